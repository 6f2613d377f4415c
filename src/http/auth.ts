// Signing in and out: who an officer is, guarded against guessing per account, per address and in total.
import type { Officer } from '../contract/conversation.ts';
import { LoketError } from '../contract/errors.ts';
import type { Clock } from '../desk/ports.ts';
import type { LoginStore, OfficerStore } from '../desk/storePort.ts';
import { createTokenBuckets } from '../desk/tokenBucket.ts';
import { createSessionCookie } from './cookie.ts';
import type { Passwords } from './passwords.ts';
import { createSessions, hashOf } from './sessions.ts';

export interface SignedIn {
  officer: Officer;
  setCookie: string;
}

export interface Auth {
  /** The one answer to a wrong e-mail, a wrong password and a disabled account. @throws LoketError `unauthorized` | `too-many` */
  login(attempt: {
    email: string;
    password: string;
    address: string;
    cookie: string | undefined;
    device: string | null;
  }): Promise<SignedIn>;
  /** @returns the `Set-Cookie` value that clears the cookie. */
  logout(cookie: string | undefined): Promise<string>;
  /**
   * @param cookie the request's `Cookie` header
   * @param touch false for checks nobody caused: they must not keep a session alive
   */
  officerOf(cookie: string | undefined, touch: boolean): Promise<Officer | null>;
  /** Ends every session of the officer and begins a new one. @throws LoketError `unauthorized` | `too-many` */
  changePassword(by: Officer, change: { current: string; next: string; device: string | null }): Promise<SignedIn>;
  /** Begins a session without a password: for the officer that the setup or an invitation just made. */
  begin(officer: Officer, device: string | null): Promise<SignedIn>;
  /** @returns the hash under which the store knows the session of a `Cookie` header, or null. */
  sessionHash(cookie: string | undefined): string | null;
}

/**
 * Figures of the guard: 10 wrong tries an account, one more every 30 s; 30 an address (an office shares one), one more every
 * 5 s; 100 in total, 5 more a second. A right password costs none of them (ASVS 6.3.1).
 */
export function createAuth(parts: {
  officers: OfficerStore;
  logins: LoginStore;
  passwords: Passwords;
  clock: Clock;
  secure: boolean;
}): Auth {
  const { officers, passwords, clock } = parts;
  const sessions = createSessions({ officers, logins: parts.logins, clock });
  const cookies = createSessionCookie(parts.secure);
  const perAccount = createTokenBuckets({ burst: 10, everyMs: 30_000 });
  const perAddress = createTokenBuckets({ burst: 30, everyMs: 5_000 });
  const total = createTokenBuckets({ burst: 100, everyMs: 200, keys: 1 });

  /** Runs one check of a password, counted unless it was right. */
  async function guarded(keys: { account: string; address: string | null }, check: () => Promise<boolean>): Promise<void> {
    const now = clock.now();
    const allowed =
      total.take('all', now) &&
      (keys.address === null || perAddress.take(keys.address, now)) &&
      perAccount.take(keys.account, now);
    if (!allowed) throw new LoketError('too-many', 'Terlalu banyak percobaan masuk. Tunggu sebentar lalu coba lagi.');
    if (!(await check())) throw new LoketError('unauthorized', 'E-mail atau kata sandi tidak cocok.');
    total.refund('all');
    if (keys.address !== null) perAddress.refund(keys.address);
    perAccount.refund(keys.account);
  }

  async function begin(officer: Officer, device: string | null): Promise<SignedIn> {
    return { officer, setCookie: cookies.give(await sessions.begin(officer.id, device)) };
  }

  async function endSecret(cookie: string | undefined): Promise<void> {
    const secret = cookies.read(cookie);
    if (secret !== null) await sessions.end(secret);
  }

  return {
    begin,
    async login(attempt) {
      const known = await officers.byEmail(attempt.email);
      await guarded({ account: attempt.email, address: attempt.address }, async () => {
        const right = await passwords.matches(known?.passwordHash ?? null, attempt.password);
        return right && known?.officer.disabled === false;
      });
      if (known === null) throw new LoketError('failed', 'A password matched an account that does not exist.');
      await endSecret(attempt.cookie);
      return begin(known.officer, attempt.device);
    },
    async logout(cookie) {
      await endSecret(cookie);
      return cookies.take();
    },
    officerOf: (cookie, touch) => sessions.officer(cookies.read(cookie), touch),
    async changePassword(by, change) {
      const known = await officers.byEmail(by.email);
      await guarded({ account: by.email, address: null }, () => passwords.matches(known?.passwordHash ?? null, change.current));
      await officers.update(by.id, { passwordHash: await passwords.hash(change.next) });
      await sessions.endAll(by.id);
      return begin(by, change.device);
    },
    sessionHash(cookie) {
      const secret = cookies.read(cookie);
      return secret === null ? null : hashOf(secret);
    },
  };
}
