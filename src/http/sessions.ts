// Sessions of officers: a random secret in the browser, only its SHA-256 in the store, two limits on its life.
import { createHash, randomBytes } from 'node:crypto';
import type { Officer } from '../contract/conversation.ts';
import type { Clock } from '../desk/ports.ts';
import type { OfficerStore } from '../desk/storePort.ts';

/** Without a request for this long, a session is over (ASVS 7.3.1). Milliseconds. */
const idleMs = 12 * 3_600_000;
/** However busy, a session is over after this (ASVS 7.3.2). Milliseconds. */
const absoluteMs = 7 * 86_400_000;
/** The last use is written at most this often. Milliseconds. */
const touchEveryMs = 60_000;

export interface Sessions {
  /** @returns the secret of a new session, 256 random bits. */
  begin(officerId: string): Promise<string>;
  /**
   * @param secret from the cookie
   * @param touch true when a person does something: keeps the session from idling out
   * @returns the officer as stored now, or null when the session is unknown, too old, or its officer disabled
   */
  officer(secret: string | null, touch: boolean): Promise<Officer | null>;
  end(secret: string): Promise<void>;
  endAll(officerId: string): Promise<void>;
}

export function createSessions(parts: { officers: OfficerStore; clock: Clock }): Sessions {
  const { officers, clock } = parts;
  /** How many endings there were: a touch that began before one must not bring its session back. */
  let endings = 0;

  return {
    async begin(officerId) {
      const secret = randomBytes(32).toString('base64url');
      const now = clock.now();
      await officers.putSession(hashOf(secret), { officerId, createdAt: now, lastSeenAt: now });
      return secret;
    },
    async officer(secret, touch) {
      if (secret === null || !/^[A-Za-z0-9_-]{43}$/.test(secret)) return null;
      const hash = hashOf(secret);
      const endingsBefore = endings;
      const session = await officers.session(hash);
      if (session === null) return null;

      const now = clock.now();
      if (now - session.lastSeenAt >= idleMs || now - session.createdAt >= absoluteMs) {
        await officers.endSessions({ hash });
        return null;
      }
      const officer = await officers.get(session.officerId);
      if (officer === null || officer.disabled) return null;
      const due = touch && now - session.lastSeenAt >= touchEveryMs;
      if (due && endings === endingsBefore) await officers.putSession(hash, { ...session, lastSeenAt: now });
      return officer;
    },
    async end(secret) {
      endings += 1;
      await officers.endSessions({ hash: hashOf(secret) });
    },
    async endAll(officerId) {
      endings += 1;
      await officers.endSessions({ officerId });
    },
  };
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
