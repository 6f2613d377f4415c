// Who a visitor of the web widget is: a random id, signed so that nobody can guess or make another's.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { InboundMessage } from '../contract/message.ts';
import type { ContactKey } from './storePort.ts';

export interface VisitorTokens {
  /** @returns a new visitor with the token that proves it. */
  issue(): { token: string; visitorId: string };
  /** @returns the visitor this token was issued to, or null when it was not issued by us. */
  verify(token: string): string | null;
}

/** @param key at least 32 secret bytes; a new key ends every visitor's conversation, so it is kept with the data */
export function createVisitorTokens(key: Uint8Array): VisitorTokens {
  if (key.length < 32) throw new Error('The key for visitor tokens needs at least 32 bytes.');
  const sign = (visitorId: string) => createHmac('sha256', key).update(`visitor:${visitorId}`).digest();

  return {
    issue() {
      const visitorId = randomBytes(16).toString('base64url');
      return { visitorId, token: `${visitorId}.${sign(visitorId).toString('base64url')}` };
    },
    verify(token) {
      const match = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/.exec(token);
      if (match?.[1] === undefined || match[2] === undefined) return null;
      const given = Buffer.from(match[2], 'base64url');
      const right = sign(match[1]);
      return given.length === right.length && timingSafeEqual(given, right) ? match[1] : null;
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
