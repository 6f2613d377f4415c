// Webhook deliveries: the signature over the raw bytes first, then the words, then the store, and only then the acknowledgement.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { codeOf } from '../../contract/errors.ts';
import type { DeskLog, RawRequest } from '../../desk/ports.ts';
import { readDelivery } from './cloudConvert.ts';
import type { Ingest } from './cloudIngest.ts';
import { deliverySchema } from './cloudUpdate.ts';

type Answer = { status: number; body?: string };

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
/** Digests have one length, so the comparison takes the same time for every wrong word. */
const isSame = (given: string, expected: Buffer): boolean => timingSafeEqual(digest(given), expected);

/**
 * @param parts `appSecret` signs deliveries · `verifyToken` is said in Meta's handshake · `ingest` null while the channel does not run
 * @returns the handler. GET: 200 with the challenge, 403 for a wrong word. POST: 200 stored (or known already, or nothing for us),
 *   401 wrong signature, 400 not a delivery, 503 not stored: Meta repeats every delivery that is not 2xx, for days
 */
export function createWebhook(parts: {
  accountId: string;
  appSecret: string;
  verifyToken: string;
  ingest: () => Ingest | null;
  log: DeskLog;
}) {
  const expectedWord = digest(parts.verifyToken);

  function shakeHands(query: URLSearchParams): Answer {
    const word = query.get('hub.verify_token') ?? '';
    if (query.get('hub.mode') !== 'subscribe' || !isSame(word, expectedWord)) return { status: 403 };
    return { status: 200, body: query.get('hub.challenge') ?? '' };
  }

  function isSigned({ headers, body }: RawRequest): boolean {
    const given = headers['x-hub-signature-256'];
    const signature = `sha256=${createHmac('sha256', parts.appSecret).update(body).digest('hex')}`;
    return typeof given === 'string' && isSame(given, digest(signature));
  }

  return async function webhook(request: RawRequest): Promise<Answer> {
    if (request.method === 'GET') return shakeHands(request.query);
    if (!isSigned(request)) return { status: 401 };
    if (request.method !== 'POST') return { status: 405 };
    const delivery = deliverySchema.safeParse(parseJson(request.body));
    if (!delivery.success) return { status: 400 };
    const ingest = parts.ingest();
    if (ingest === null) return { status: 503 };
    try {
      await ingest.take(readDelivery(delivery.data, parts.accountId));
      return { status: 200 };
    } catch (error) {
      parts.log.warn({ channel: 'whatsapp', code: codeOf(error) }, 'delivery not stored');
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
