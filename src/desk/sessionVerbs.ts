// Sessions of officers as lists that can be cut short, and the job that clears away what is over.
import type { SessionView } from '../contract/people.ts';
import type { AdminVerbs } from './adminVerbs.ts';
import type { DeskContext } from './context.ts';
import { newId } from './ids.ts';
import type { Result } from './verbs.ts';

/** Without a request for this long, a session is over (ASVS 7.3.1). Milliseconds. */
export const SESSION_IDLE_MS = 12 * 3_600_000;
/** However busy, a session is over after this (ASVS 7.3.2). Milliseconds. */
export const SESSION_MAX_MS = 7 * 86_400_000;
/** As much of a session's hash as names it among one officer's. Characters. */
const ID_LENGTH = 16;

type Parts = Pick<DeskContext, 'store' | 'clock' | 'realtime'>;

/** @returns one's own sessions, and for admins everybody's */
export function createSessionVerbs(desk: Parts): Pick<AdminVerbs, 'mySessions' | 'endMySession' | 'sessionsOf' | 'endSession'> {
  async function list(officerId: string, current: string | null): Promise<Result<{ sessions: SessionView[] }>> {
    const now = desk.clock.now();
    const sessions = (await desk.store.logins.sessions(officerId)).filter(
      (one) => now - one.lastSeenAt < SESSION_IDLE_MS && now - one.createdAt < SESSION_MAX_MS,
    );
    return {
      ok: true,
      sessions: sessions.map(({ hash, createdAt, lastSeenAt, device }) => ({
        id: hash.slice(0, ID_LENGTH),
        createdAt,
        lastSeenAt,
        device,
        isCurrent: hash === current,
      })),
    };
  }
  async function end(actor: string, officerId: string, sessionId: string): Promise<Result<object>> {
    const found = (await desk.store.logins.sessions(officerId)).find(({ hash }) => hash.slice(0, ID_LENGTH) === sessionId);
    if (found === undefined) return { ok: false, code: 'not-found' };
    await desk.store.officers.endSessions(
      { hash: found.hash },
      { id: newId('a'), at: desk.clock.now(), actor, action: 'session-end', subject: officerId, detail: null },
    );
    // All sockets of the officer: those whose session still lives come back by themselves.
    desk.realtime.cut(officerId);
    return { ok: true };
  }
  return {
    mySessions: (by, current) => list(by.id, current),
    endMySession: (by, sessionId) => end(by.id, by.id, sessionId),
    sessionsOf: (_by, officerId) => list(officerId, null),
    endSession: (by, officerId, sessionId) => end(by.id, officerId, sessionId),
  };
}

/** Ends sessions and invitations whose time is over; they open nothing any more, this only forgets them. */
export async function cleanLogins({ store, clock }: Pick<Parts, 'store' | 'clock'>): Promise<number> {
  const now = clock.now();
  return store.logins.clean({ lastSeenBefore: now - SESSION_IDLE_MS, createdBefore: now - SESSION_MAX_MS, now });
}
