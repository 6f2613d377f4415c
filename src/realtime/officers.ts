// Consoles on the /officer namespace: who connects is checked, what they send is parsed, each event is one desk verb and one answer.
// Options main.ts must pass: the namespace, the desk's `officer` verbs, `store.conversations`, the nodes' hints, `officerOf` (from the login), clock, log.
import type { Socket } from 'socket.io';
import type { Officer } from '../contract/conversation.ts';
import { codeOf } from '../contract/errors.ts';
import { inboxRooms } from '../desk/access.ts';
import type { Hints } from '../desk/nodes.ts';
import type { Clock, DeskLog } from '../desk/ports.ts';
import type { ConversationStore } from '../desk/storePort.ts';
import { createTokenBuckets } from '../desk/tokenBucket.ts';
import type { OfficerVerbs } from '../desk/verbs.ts';
import { createOfficerEvents } from './officerEvents.ts';
import { createPresence } from './presence.ts';
import type { OfficerNamespace, OfficerSocket } from './server.ts';

/** A session is looked up again at least this often. Milliseconds. */
const recheckMs = 30_000;
/** The desk learns this often that a console is there. Milliseconds. */
const seenMs = 60_000;
/** A console's events: 60 at once, 10 more a second; beyond that the socket is cut. */
const flood = { burst: 60, everyMs: 100 };

export interface OfficerParts {
  namespace: OfficerNamespace;
  desk: OfficerVerbs;
  conversations: Pick<ConversationStore, 'get'>;
  /** To and from other nodes; null where there are none. */
  hints: Hints | null;
  /** @returns the officer of a `Cookie` header's session, or null; must not keep the session alive */
  officerOf(cookie: string | undefined): Promise<Officer | null>;
  clock: Clock;
  log: DeskLog;
}

/** @returns a handle that stops the timers; sockets end with the server. */
export function serveOfficers(parts: OfficerParts): { stop(): void } {
  const { namespace, desk, officerOf, clock, log } = parts;
  const presence = createPresence(namespace, parts.hints);
  const events = createOfficerEvents({ ...parts, presence });
  const warn = (error: unknown) => log.warn({ cause: codeOf(error) }, 'officer socket: background work failed');

  /** Looks the session up again when that is due. @returns false when it has ended; the socket is then cut */
  async function isSignedIn(socket: OfficerSocket): Promise<boolean> {
    if (clock.now() - socket.data.checkedAt < recheckMs) return true;
    const officer = await officerOf(socket.request.headers.cookie);
    if (officer === null) {
      socket.conn.close();
      return false;
    }
    socket.data = { officer, checkedAt: clock.now() };
    return true;
  }

  async function admit(socket: OfficerSocket): Promise<Error | undefined> {
    try {
      const officer = await officerOf(socket.request.headers.cookie);
      if (officer === null) return new Error('unauthorized');
      socket.data = { officer, checkedAt: clock.now() };
      return undefined;
    } catch (error) {
      return new Error(codeOf(error));
    }
  }

  namespace.use((socket, next) => void admit(socket).then(next));
  namespace.on('connection', (socket) => {
    const bucket = createTokenBuckets({ ...flood, keys: 1 });
    void socket.join(inboxRooms(socket.data.officer));
    desk.seen(socket.data.officer).catch(warn);
    socket.use((_packet, next) => {
      if (bucket.take('events', clock.now())) return next();
      log.warn({ officerId: socket.data.officer.id }, 'console cut: too many events');
      socket.disconnect(true);
    });
    socket.on('disconnect', () => presence.gone(socket));
    listen(socket);
  });

  function listen(socket: OfficerSocket): void {
    for (const [name, answer] of Object.entries(events))
      (socket as Socket).on(name, async (...sent: unknown[]) => {
        const ack = sent.at(-1);
        const reply = await isSignedIn(socket)
          .then((signedIn) => (signedIn ? answer(socket, sent[0]) : ({ ok: false, code: 'unauthorized' } as const)))
          .catch((error: unknown) => {
            const code = codeOf(error);
            if (code === 'failed') log.error({ event: name, cause: error instanceof Error ? error.name : '' }, 'event failed');
            return { ok: false, code } as const;
          });
        if (typeof ack === 'function') ack(reply);
      });
  }

  const recheck = setInterval(() => {
    for (const socket of namespace.sockets.values()) isSignedIn(socket).catch(warn);
  }, recheckMs);
  const seen = setInterval(() => {
    const present = new Map([...namespace.sockets.values()].map((socket) => [socket.data.officer.id, socket.data.officer]));
    for (const officer of present.values()) desk.seen(officer).catch(warn);
  }, seenMs);

  return {
    stop() {
      clearInterval(recheck);
      clearInterval(seen);
      presence.stop();
    },
  };
}
