// Who a visitor of the web widget is: a random id, signed so that nobody can guess or make another's.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { InboundMessage } from '../contract/message.ts';
import type { ContactKey } from './storePort.ts';

export interface VisitorTokens {
  /** @returns a new visitor with the token that proves it. */
  issue(): { token: string; visitorId: string };
  /** @returns the visitor this token was issued to, or null when it was not issued by us. */
  verify(token: string): string | null;
  /** @returns the visitor's token under the key of today: the same one unless the key was changed since. */
  tokenOf(visitorId: string): string;
}

/**
 * @param key at least 32 secret bytes, for new tokens
 * @param older keys whose tokens still hold: a key that is in neither ends its visitors' conversations
 */
export function createVisitorTokens(key: Uint8Array, older: readonly Uint8Array[] = []): VisitorTokens {
  const keys = [key, ...older];
  if (keys.some(({ length }) => length < 32)) throw new Error('The key for visitor tokens needs at least 32 bytes.');
  const sign = (by: Uint8Array, visitorId: string) => createHmac('sha256', by).update(`visitor:${visitorId}`).digest();
  const tokenOf = (visitorId: string) => `${visitorId}.${sign(key, visitorId).toString('base64url')}`;

  return {
    tokenOf,
    issue() {
      const visitorId = randomBytes(16).toString('base64url');
      return { visitorId, token: tokenOf(visitorId) };
    },
    verify(token) {
      const match = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/.exec(token);
      const [, visitorId, signature] = match ?? [];
      if (visitorId === undefined || signature === undefined) return null;
      const given = Buffer.from(signature, 'base64url');
      const isRight = (right: Buffer) => given.length === right.length && timingSafeEqual(given, right);
      return keys.some((by) => isRight(sign(by, visitorId))) ? visitorId : null;
    },
  };
}

/** @returns the address of a visitor as the desk knows contacts. */
export const visitorKey = (visitorId: string): ContactKey => ({ channel: 'web', accountId: 'default', externalId: visitorId });

/** @returns a widget's message as every channel hands messages inward; the same for its socket and its HTTP door. */
export function toInbound(
  visitorId: string,
  sent: { clientMessageId: string; text: string; button?: string | undefined },
  now: number,
): InboundMessage {
  return {
    channel: 'web',
    accountId: 'default',
    externalId: `${visitorId}:${sent.clientMessageId}`,
    from: { externalId: visitorId, name: null, phone: null, isBot: false },
    kind: 'text',
    text: sent.text,
    attachments: [],
    button: sent.button ?? null,
    clientMessageId: sent.clientMessageId,
    sentAt: now,
  };
}
