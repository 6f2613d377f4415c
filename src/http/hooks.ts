// Provider webhooks, served ahead of Express: raw bytes in, the channel's status out. Express alone would cost four times as much.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Channel, DeskLog, Hook } from '../desk/ports.ts';

const prefix = '/webhook/';
/** Larger deliveries are refused. Bytes. */
const maxBody = 4 * 1024 * 1024;
/** A larger body is read on (and thrown away) so that the sender gets its answer, but not for ever. Bytes. */
const maxRead = 4 * maxBody;

export const isHook = (url: string | undefined): boolean => url?.startsWith(prefix) ?? false;

/**
 * @param parts the channels; one with a `webhook` is reached at `/webhook/<its name>`, so is every other hook
 * @returns a handler that never rejects; GET is let through for the handshakes of providers
 */
export function createHooks(parts: { channels: Channel[]; hooks?: Hook[]; log: DeskLog }) {
  const all: Partial<Hook>[] = [...parts.channels, ...(parts.hooks ?? [])];
  const byName = new Map(all.filter((one) => one.webhook).map((one) => [`${prefix}${one.name}`, one]));

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://hooks');
    const hook = byName.get(url.pathname);
    if (hook?.webhook === undefined) return answer(res, 404);
    const method = req.method ?? '';
    if (method !== 'POST' && method !== 'GET') {
      res.setHeader('Allow', 'GET, POST');
      return answer(res, 405);
    }
    const body = await readBody(req);
    if (body === null) return answer(res, 413);
    const result = await hook.webhook({ method, headers: req.headers, query: url.searchParams, body });
    answer(res, result.status, result.body);
  }

  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    try {
      await serve(req, res);
    } catch (error) {
      // The sender went away, or a channel broke its promise never to throw: no 2xx either way, so the provider repeats.
      parts.log.warn({ cause: error instanceof Error ? error.name : typeof error }, 'webhook delivery failed');
      if (!res.headersSent) answer(res, 500);
    }
  };
}

function answer(res: ServerResponse, status: number, body = ''): void {
  // What happens to be echoed (a handshake's challenge) must never be taken for a page.
  res.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' });
  res.end(body);
}

/** @returns the whole body, or null when it is larger than the cap. @throws when the sender goes away before its end */
function readBody(req: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    // By events: an async iterator over a stream costs several times as much.
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBody) chunks.push(chunk);
      else if (size > maxRead) req.destroy();
    });
    req.on('end', () => resolve(size > maxBody ? null : Buffer.concat(chunks, size)));
    req.on('error', reject);
    req.on('close', () => (size > maxRead ? resolve(null) : reject(new Error('The sender went away.'))));
  });
}
