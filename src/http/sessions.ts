// Sessions of officers: a random secret in the browser, only its SHA-256 in the store, two limits on its life.
import { createHash, randomBytes } from 'node:crypto';
import type { Officer } from '../contract/conversation.ts';
import type { Clock } from '../desk/ports.ts';
import { SESSION_IDLE_MS, SESSION_MAX_MS } from '../desk/sessionVerbs.ts';
import type { LoginStore, OfficerStore } from '../desk/storePort.ts';

/** The last use is written at most this often. Milliseconds. */
const touchEveryMs = 60_000;

export interface Sessions {
  /** @param device kind of browser, or null @returns the secret of a new session, 256 random bits. */
  begin(officerId: string, device: string | null): Promise<string>;
  /**
   * @param secret from the cookie
   * @param touch true when a person does something: keeps the session from idling out
   * @returns the officer as stored now, or null when the session is unknown, too old, or its officer disabled
   */
  officer(secret: string | null, touch: boolean): Promise<Officer | null>;
  end(secret: string): Promise<void>;
  endAll(officerId: string): Promise<void>;
}

export function createSessions(parts: { officers: OfficerStore; logins: LoginStore; clock: Clock }): Sessions {
  const { officers, logins, clock } = parts;

  return {
    async begin(officerId, device) {
      const secret = randomBytes(32).toString('base64url');
      const now = clock.now();
      await officers.putSession(hashOf(secret), { officerId, createdAt: now, lastSeenAt: now, device });
      return secret;
    },
    async officer(secret, touch) {
      if (secret === null || !/^[A-Za-z0-9_-]{43}$/.test(secret)) return null;
      const hash = hashOf(secret);
      const session = await officers.session(hash);
      if (session === null) return null;

      const now = clock.now();
      if (now - session.lastSeenAt >= SESSION_IDLE_MS || now - session.createdAt >= SESSION_MAX_MS) {
        await officers.endSessions({ hash });
        return null;
      }
      const officer = await officers.get(session.officerId);
      if (officer === null || officer.disabled) return null;
      if (touch && now - session.lastSeenAt >= touchEveryMs) await logins.touch(hash, now);
      return officer;
    },
    async end(secret) {
      await officers.endSessions({ hash: hashOf(secret) });
    },
    async endAll(officerId) {
      await officers.endSessions({ officerId });
    },
  };
}

/** @returns what the store knows of a secret. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
