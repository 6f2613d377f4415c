// The Socket.IO server with its two namespaces: /widget for visitors, /officer for consoles. main.ts attaches it to the HTTP server.
// Options main.ts must pass: `publicUrl`, `widgetOrigins`, `trustProxy` (the same values the HTTP room gets).
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { type DefaultEventsMap, type Namespace, Server, type Socket } from 'socket.io';
import type { Officer } from '../contract/conversation.ts';
import type { OfficerClientEvents, OfficerServerEvents, WidgetClientEvents, WidgetServerEvents } from '../contract/events.ts';
import { createOrigins } from './origins.ts';

/** What the desk knows about a console's socket. */
interface OfficerSocketData {
  officer: Officer;
  /** When the session was last looked up; epoch ms. */
  checkedAt: number;
}

export type WidgetNamespace = Namespace<WidgetClientEvents, WidgetServerEvents>;
export type OfficerNamespace = Namespace<OfficerClientEvents, OfficerServerEvents, DefaultEventsMap, OfficerSocketData>;
export type OfficerSocket = Socket<OfficerClientEvents, OfficerServerEvents, DefaultEventsMap, OfficerSocketData>;

export interface RealtimeServer {
  readonly widget: WidgetNamespace;
  readonly officer: OfficerNamespace;
  /** Begins to serve sockets on this server, at /socket.io. */
  attach(server: HttpServer): void;
  /** @returns the address a socket comes from, for limits; behind proxies the one the outermost trusted proxy saw */
  addressOf(request: IncomingMessage): string;
  /** Cuts every socket and takes no new ones. Call before the HTTP server closes, which waits for its sockets. */
  close(): void;
}

/**
 * @param options `publicUrl` the office's own address or null for the host that was asked; `widgetOrigins` sites that may
 *   hold a widget's socket; `trustProxy` number of proxies in front
 */
export function createRealtimeServer(options: {
  publicUrl: string | null;
  widgetOrigins: string[];
  trustProxy: number;
}): RealtimeServer {
  const origins = createOrigins(options);
  const io = new Server({
    path: '/socket.io',
    serveClient: false,
    perMessageDeflate: false, // 5 times the CPU, 17 times the memory (reliability.md §5.2)
    maxHttpBufferSize: 64 * 1024,
    // CORS does not cover the websocket transport, so the check is here, for both transports (ASVS 4.4.2).
    allowRequest: (request, done) => done(null, origins.mayConnect(request.headers)),
  });
  const officer: OfficerNamespace = io.of('/officer');
  officer.use((socket, next) => next(origins.isOwn(socket.request.headers) ? undefined : new Error('forbidden')));

  return {
    widget: io.of('/widget'),
    officer,
    attach: (server) => void io.attach(server),
    addressOf: (request) => addressBehind(request, options.trustProxy),
    close: () => void io.engine?.close(),
  };
}

/** Each proxy appends whom it saw; the last `proxies` entries are by our own, so the one before them is the client. */
function addressBehind(request: IncomingMessage, proxies: number): string {
  const remote = request.socket.remoteAddress ?? '';
  if (proxies === 0) return remote;
  const header = request.headers['x-forwarded-for'];
  const seen = (typeof header === 'string' ? header.split(',') : []).map((entry) => entry.trim());
  return seen.at(-Math.min(proxies, seen.length)) || remote;
}
