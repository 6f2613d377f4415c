// One node:http server: provider webhooks first and raw, everything else through Express. Socket.IO attaches itself to `server`.
// What main.ts must pass is listed in options.ts.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LoketError } from '../contract/errors.ts';
import { createApp } from './app.ts';
import { createHooks, isHook } from './hooks.ts';
import type { HttpOptions } from './options.ts';
import { isUpload } from './uploads.ts';

/** A slow sender holds a connection for half a minute; one who sends a file from a slow phone (10 MB at 400 kbit/s) for four. */
const bodyMs = 30_000;
const uploadMs = 240_000;

export interface HttpServer {
  readonly server: Server;
  /** @returns the port, also when 0 was asked for. @throws LoketError `failed` with a sentence for whoever starts the desk */
  listen(host: string, port: number): Promise<number>;
  /** Takes no new requests, lets the ones in hand finish, and cuts what is left after `graceMs` milliseconds. */
  close(graceMs: number): Promise<void>;
}

export function createHttpServer(options: HttpOptions): HttpServer {
  const app = createApp(options);
  const hooks = createHooks(options);
  const server = createServer((req, res) => {
    if (!isUpload(req.url)) endIfSlow(req);
    if (isHook(req.url)) void hooks(req, res);
    else app(req, res);
  });
  server.requestTimeout = uploadMs;
  server.headersTimeout = 10_000;

  return {
    server,
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
        server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
      }),
    close: (graceMs) =>
      new Promise((resolve) => {
        const sweep = setInterval(() => server.closeIdleConnections(), 50);
        const deadline = setTimeout(() => {
          server.closeAllConnections();
          finish();
        }, graceMs);
        const finish = () => {
          clearInterval(sweep);
          clearTimeout(deadline);
          resolve();
        };
        server.close(finish); // also calls back when it was not listening any more
      }),
  };
}

/** Cuts a request whose body is not complete in time. */
function endIfSlow(req: IncomingMessage): void {
  if (req.headers['content-length'] === undefined && req.headers['transfer-encoding'] === undefined) return;
  const timer = setTimeout(() => req.destroy(), bodyMs).unref();
  req.once('close', () => clearTimeout(timer));
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): LoketError {
  const reason =
    error.code === 'EADDRINUSE'
      ? `Port ${port} on ${host} is in use: stop the other program, or set another PORT.`
      : error.code === 'EACCES'
        ? `This user may not open port ${port}: set a PORT above 1023.`
        : `The server cannot listen on ${host}:${port} (${error.code ?? error.name}).`;
  return new LoketError('failed', reason, { cause: error });
}
