// Webhook deliveries: the secret first, then the words, then the store, and only then the acknowledgement.
import { createHash, timingSafeEqual } from 'node:crypto';
import { codeOf } from '../../contract/errors.ts';
import type { DeskLog, RawRequest } from '../../desk/ports.ts';
import type { Ingest } from './telegramIngest.ts';
import { updateSchema } from './telegramUpdate.ts';

/** Where Telegram delivers, below the public URL: the HTTP room serves a channel's webhook at `/webhook/<its name>`. */
export const hookPath = '/webhook/telegram';

const secretHeader = 'x-telegram-bot-api-secret-token';
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * @param parts `secret` as told to Telegram · `ingest` null while the channel does not run
 * @returns the handler: 200 stored (or known already, or nothing for us), 401 wrong secret, 400 not an update,
 *   503 not stored: Telegram repeats every delivery that is not 2xx
 */
export function createWebhook(parts: { secret: string; ingest: () => Ingest | null; log: DeskLog }) {
  const expected = digest(parts.secret);

  /** Digests have one length, so the comparison takes the same time for every wrong secret. */
  function isOurs(given: string | string[] | undefined): boolean {
    return typeof given === 'string' && timingSafeEqual(digest(given), expected);
  }

  return async function webhook(request: RawRequest): Promise<{ status: number }> {
    if (!isOurs(request.headers[secretHeader])) return { status: 401 };
    if (request.method !== 'POST') return { status: 405 };
    const update = updateSchema.safeParse(parseJson(request.body));
    if (!update.success) return { status: 400 };
    const ingest = parts.ingest();
    if (ingest === null) return { status: 503 };
    try {
      await ingest.take(update.data);
      return { status: 200 };
    } catch (error) {
      parts.log.warn({ channel: 'telegram', updateId: update.data.update_id, code: codeOf(error) }, 'update not stored');
      return { status: 503 };
    }
  };
}

/** @returns undefined, which no schema takes, for anything that is not JSON. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
