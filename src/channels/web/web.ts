// The web widget as a channel: visitors on the Socket.IO namespace /widget. Sending is showing, and that is the publisher's part.
// Options main.ts must pass: the namespace, `verifyToken`, `addressOf` (behind proxies), clock, log; limits have defaults.
import type { Namespace, Socket } from 'socket.io';
import { codeOf } from '../../contract/errors.ts';
import type { WidgetClientEvents, WidgetServerEvents } from '../../contract/events.ts';
import type { Channel, ChannelHealth, Clock, DeskLog, Intake } from '../../desk/ports.ts';
import { createTokenBuckets } from '../../desk/tokenBucket.ts';
import { visitorKey } from '../../desk/visitorToken.ts';
import { serveVisitor } from './visitor.ts';

export interface WebChannelOptions {
  namespace: Namespace<WidgetClientEvents, WidgetServerEvents>;
  /** @returns the visitor a token belongs to, or null */
  verifyToken(token: string): string | null;
  /** @returns the address a socket comes from; a hall or an office shares one */
  addressOf(request: Socket['request']): string;
  clock: Clock;
  log: DeskLog;
  limits?: Partial<WebLimits>;
}

export interface WebLimits {
  /** Sockets open at once from one address. */
  socketsPerAddress: number;
  /** Events a visitor may send at once; one more comes back every `everyMs` milliseconds. */
  burst: number;
  everyMs: number;
}

/** A hall of 300 people a day behind one address fits several times; nobody types 20 messages at once. */
const usual: WebLimits = { socketsPerAddress: 500, burst: 30, everyMs: 500 };

export function createWebChannel(options: WebChannelOptions): Channel {
  const { namespace, verifyToken, addressOf, clock, log } = options;
  const limits = { ...usual, ...options.limits };
  const perAddress = new Map<string, number>();
  // By visitor, not by socket: a new connection does not bring a new allowance.
  const buckets = createTokenBuckets(limits);
  let health: ChannelHealth = { state: 'connecting', since: clock.now(), detail: null };
  let intake: Intake | null = null;

  async function admit(socket: Socket): Promise<Error | undefined> {
    if (intake === null) return new Error('overloaded');
    const visitorId = visitorOf(socket, verifyToken);
    // A token lives as long as what is stored under it: after erasing it opens nothing.
    if (visitorId === null || !(await intake.knows(visitorKey(visitorId)))) return new Error('unauthorized');
    const open = perAddress.get(addressOf(socket.request)) ?? 0;
    return open >= limits.socketsPerAddress ? new Error('too-many') : undefined;
  }

  namespace.use(
    (socket, next) =>
      void admit(socket)
        .catch((error: unknown) => new Error(codeOf(error)))
        .then(next),
  );

  namespace.on('connection', (socket) => {
    const visitorId = visitorOf(socket, verifyToken);
    if (intake === null || visitorId === null) return void socket.disconnect(true);
    countIn(socket);
    socket.use((_packet, next) => {
      if (buckets.take(visitorId, clock.now())) return next();
      log.warn({}, 'visitor cut: too many events');
      socket.disconnect(true);
    });
    serveVisitor({ socket, visitorId, intake, clock, log });
  });

  function countIn(socket: Socket): void {
    const address = addressOf(socket.request);
    perAddress.set(address, (perAddress.get(address) ?? 0) + 1);
    socket.once('disconnect', () => {
      const left = (perAddress.get(address) ?? 1) - 1;
      if (left > 0) perAddress.set(address, left);
      else perAddress.delete(address);
    });
  }

  return {
    name: 'web',
    accountId: visitorKey('').accountId,
    capabilities: {
      buttons: true,
      typing: true,
      maxTextLength: 8_000,
      repeatable: true,
      oneThread: true,
      maxFileBytes: Number.MAX_SAFE_INTEGER,
    },
    async start(given) {
      intake = given;
      health = { state: 'ready', since: clock.now(), detail: null };
    },
    /** The message is stored, the publisher shows it now, and a visitor who is away reads it from the store later. */
    send: async () => ({ externalId: null }),
    forget(visitorId) {
      for (const socket of namespace.sockets.values()) if (visitorOf(socket, verifyToken) === visitorId) socket.conn.close();
    },
    async stop() {
      intake = null;
      health = { state: 'down', since: clock.now(), detail: 'Kanal web sedang dihentikan.' };
      // The connection, not the namespace: widgets then come back by themselves when the desk is up again.
      for (const socket of namespace.sockets.values()) socket.conn.close();
    },
    health: () => health,
  };
}

function visitorOf(socket: Pick<Socket, 'handshake'>, verifyToken: WebChannelOptions['verifyToken']): string | null {
  const token: unknown = socket.handshake.auth.token;
  return typeof token === 'string' ? verifyToken(token) : null;
}
