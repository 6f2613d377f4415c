// The socket: Socket.IO namespace /widget over WebSocket, else HTTP polling, reconnecting for as long as the page lives.
import { io, type Socket } from 'socket.io-client';
import type { WidgetClientEvents, WidgetServerEvents } from '../src/contract/events.ts';
import type { Connection } from './chat.ts';

/** How long an answer may take before the connection counts as dead, ms. Phones lose sockets without noticing. */
const ackMs = 8_000;

export interface Link extends Pick<Connection, 'send' | 'since' | 'typing' | 'seen'> {
  isUp(): boolean;
  /** Connects as far as it goes without a token: on a phone line these are two round trips. */
  prepare(): void;
  open(): void;
  /** A fresh connection now, whatever the old one thinks of itself. */
  renew(): void;
  close(): void;
}

/**
 * @param options `token` at the time of connecting; `up`, `down`: the connection came or went; `refused`: the server itself said no,
 *   nothing is tried again before `open`; `failed`: an attempt got nowhere, the next one comes by itself
 */
export function createLink(options: {
  base: URL;
  token: () => string;
  events: WidgetServerEvents;
  up: () => void;
  down: (byServer: boolean) => void;
  refused: (why: string) => void;
  failed: () => void;
}): Link {
  const { base, events } = options;
  const socket: Socket<WidgetServerEvents, WidgetClientEvents> = io(new URL('/widget', base).href, {
    path: new URL('../socket.io', base).pathname,
    autoConnect: false,
    auth: (give) => give({ token: options.token() }),
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    timeout: 10_000,
    reconnectionDelayMax: 10_000,
  });

  socket.on('connect', options.up);
  socket.on('disconnect', (reason) => options.down(reason === 'io server disconnect'));
  socket.on('connect_error', (error) => {
    if (!socket.active) return options.refused(error.message);
    // A proxy may swallow one of the transports without an error: begin with the other one next time.
    socket.io.opts.transports?.reverse();
    options.failed();
  });
  for (const name of ['message:new', 'message:status', 'queue:place', 'conversation:state', 'typing'] as const)
    socket.on(name, events[name] as () => void);

  /** No answer in time: the socket is dead or the server is; a fresh connection tells which. */
  function silent(): { ok: false; code: 'silent' } {
    if (socket.connected) socket.disconnect().connect();
    return { ok: false, code: 'silent' };
  }

  return {
    isUp: () => socket.connected,
    prepare: () => void socket.io.open(),
    open: () => void socket.connect(),
    renew: () => void socket.disconnect().connect(),
    close: () => void socket.disconnect(),
    // Never through Socket.IO's own buffer: it would send again what the outgoing line sends again.
    send: (payload) => socket.timeout(ackMs).emitWithAck('message:send', payload).catch(silent),
    since: (rev) => socket.timeout(ackMs).emitWithAck('history:since', { rev }).catch(silent),
    typing: () => void (socket.connected && socket.volatile.emit('typing')),
    seen: (ids) => void (socket.connected && socket.emit('message:seen', { ids })),
  };
}
