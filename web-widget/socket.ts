// The wire: session token, Socket.IO namespace /widget, reconnecting for as long as the page lives.
import { io, type Socket } from 'socket.io-client';
import type { WidgetClientEvents, WidgetServerEvents } from '../src/contract/events.ts';
import type { Connection, ConnectionEvents } from './chat.ts';
import { forgetSession, openSession } from './session.ts';
import type { KeyValue } from './storage.ts';

/** How long an answer may take before the connection counts as dead, ms. Phones lose sockets without noticing. */
const ackMs = 8_000;

/**
 * Connects at once and keeps trying.
 * @param options `base` the address the widget is served from (`…/widget/`); `events` what is heard
 */
export function createConnection(options: { base: URL; storage: KeyValue; events: ConnectionEvents }): Connection {
  const { base, storage, events } = options;
  let token = '';
  let refusals = 0;
  let isStarting = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const socket: Socket<WidgetServerEvents, WidgetClientEvents> = io(new URL('/widget', base).href, {
    path: new URL('../socket.io', base).pathname,
    autoConnect: false,
    auth: (give) => give({ token }),
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    timeout: 10_000,
    reconnectionDelayMax: 10_000,
  });

  const tell = (): void => events.connection(socket.connected ? 'online' : navigator.onLine ? 'connecting' : 'offline');

  async function start(): Promise<void> {
    if (isStarting) return;
    isStarting = true;
    clearTimeout(timer);
    try {
      token = await openSession({ base, storage });
      socket.connect();
    } catch {
      startLater();
    } finally {
      isStarting = false;
    }
  }

  function startLater(): void {
    tell();
    clearTimeout(timer);
    timer = setTimeout(() => void start(), Math.min(30_000, 1_000 * 2 ** refusals) * (0.75 + Math.random() / 2));
    refusals += 1;
  }

  /** Now rather than at the next planned attempt: the network or the visitor is back. */
  function hurry(): void {
    tell();
    if (socket.connected || !navigator.onLine) return;
    refusals = 0;
    if (token === '') void start();
    else socket.disconnect().connect();
  }

  socket.on('connect', () => {
    refusals = 0;
    tell();
  });
  socket.on('disconnect', (reason) => {
    tell();
    if (reason === 'io server disconnect') startLater();
  });
  socket.on('connect_error', (error) => {
    if (!socket.active) {
      // The server itself said no; Socket.IO does not try again by itself.
      if (error.message === 'unauthorized') forgetSession(storage);
      return startLater();
    }
    // A proxy may swallow one of the transports without an error: begin with the other one next time.
    socket.io.opts.transports?.reverse();
    tell();
  });
  for (const name of ['message:new', 'message:status', 'queue:place', 'conversation:state', 'typing'] as const)
    socket.on(name, events[name] as () => void);

  addEventListener('online', hurry);
  addEventListener('offline', tell);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && hurry());

  /** No answer in time: the socket is dead or the server is; a fresh connection tells which. */
  function silent(): { ok: false; code: 'silent' } {
    if (socket.connected) socket.disconnect().connect();
    return { ok: false, code: 'silent' };
  }

  const away = { ok: false, code: 'away' } as const;

  void start();
  return {
    // Never through Socket.IO's own buffer: it would send again what the outgoing line sends again.
    send: (payload) =>
      socket.connected ? socket.timeout(ackMs).emitWithAck('message:send', payload).catch(silent) : Promise.resolve(away),
    since: (rev) =>
      socket.connected ? socket.timeout(ackMs).emitWithAck('history:since', { rev }).catch(silent) : Promise.resolve(away),
  };
}
