// Handlers of signing in and out. Whoever signs out or changes the password also loses the sockets of the old session.
import type { z } from 'zod';
import type { acceptBody, passwordBody, sessionBody, setupBody } from '../contract/http.ts';
import type { SignedIn } from './auth.ts';
import { deviceOf } from './device.ts';
import type { HttpOptions } from './options.ts';
import type { Call } from './route.ts';

type SessionParts = Pick<HttpOptions, 'auth' | 'setup' | 'realtime' | 'desk' | 'passwords'>;

export function createSessionHandlers({ auth, setup, realtime, desk, passwords }: SessionParts) {
  return {
    async login({ input, req, res }: Call<'public', z.output<typeof sessionBody>>) {
      return welcome(
        res,
        await auth.login({ ...input, address: req.ip ?? '', cookie: req.headers.cookie, device: deviceIn(req) }),
      );
    },
    async logout({ req, res }: Call<'public', unknown>) {
      const officer = await auth.officerOf(req.headers.cookie, false);
      res.set('Set-Cookie', await auth.logout(req.headers.cookie));
      if (officer !== null) realtime.cut(officer.id);
      return undefined;
    },
    async setUp({ input, req, res }: Call<'public', z.output<typeof setupBody>>) {
      return welcome(res, await auth.begin(await setup.redeem(input), deviceIn(req)));
    },
    async accept({ input, req, res }: Call<'public', z.output<typeof acceptBody>>) {
      const { token, name, password } = input;
      // Looked at first: a hash costs 19 MiB, and anybody may call this.
      const open = await desk.entry.look(token);
      if (!open.ok) return open;
      const accepted = await desk.entry.accept({ token, name, passwordHash: await passwords.hash(password) });
      return accepted.ok ? welcome(res, await auth.begin(accepted.officer, deviceIn(req))) : accepted;
    },
    async changePassword({ by, input, req, res }: Call<'officer', z.output<typeof passwordBody>>) {
      const signedIn = await auth.changePassword(by, { ...input, device: deviceIn(req) });
      realtime.cut(by.id);
      return welcome(res, signedIn);
    },
  };
}

const deviceIn = (req: { headers: { 'user-agent'?: string | undefined } }) => deviceOf(req.headers['user-agent']);

function welcome(res: { set(name: string, value: string): unknown }, { officer, setCookie }: SignedIn) {
  res.set('Set-Cookie', setCookie);
  return { officer };
}
