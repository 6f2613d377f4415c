// Handlers of signing in and out. Whoever signs out or changes the password also loses the sockets of the old session.
import type { z } from 'zod';
import type { passwordBody, sessionBody, setupBody } from '../contract/http.ts';
import type { SignedIn } from './auth.ts';
import type { HttpOptions } from './options.ts';
import type { Call } from './route.ts';

type SessionParts = Pick<HttpOptions, 'auth' | 'setup' | 'realtime'>;

export function createSessionHandlers({ auth, setup, realtime }: SessionParts) {
  return {
    async login({ input, req, res }: Call<'public', z.output<typeof sessionBody>>) {
      return welcome(res, await auth.login({ ...input, address: req.ip ?? '', cookie: req.headers.cookie }));
    },
    async logout({ req, res }: Call<'public', unknown>) {
      const officer = await auth.officerOf(req.headers.cookie, false);
      res.set('Set-Cookie', await auth.logout(req.headers.cookie));
      if (officer !== null) realtime.cut(officer.id);
      return undefined;
    },
    async setUp({ input, res }: Call<'public', z.output<typeof setupBody>>) {
      return welcome(res, await auth.begin(await setup.redeem(input)));
    },
    async changePassword({ by, input, res }: Call<'officer', z.output<typeof passwordBody>>) {
      const signedIn = await auth.changePassword(by, input);
      realtime.cut(by.id);
      return welcome(res, signedIn);
    },
  };
}

function welcome(res: { set(name: string, value: string): unknown }, { officer, setCookie }: SignedIn) {
  res.set('Set-Cookie', setCookie);
  return { officer };
}
