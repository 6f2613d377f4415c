// New records as every store makes them, and what a list row shows of personal data and of the last message.
import type { Contact, Conversation } from '../contract/conversation.ts';
import type { Message } from '../contract/message.ts';

/** The members of a stored message that its writer need not give. */
export const blankMessage = {
  buttons: [],
  attachments: [],
  stateReason: null,
  externalId: null,
  clientMessageId: null,
  inReplyTo: null,
  ruleId: null,
  coveredBy: null,
  button: null,
  reason: null,
  attempt: 0,
  sentAt: null,
  editedAt: null,
  deleted: false,
} satisfies Partial<Message>;

/**
 * @param number consultation number; the store counts from 1001
 * @param now epoch ms
 * @returns a conversation as it begins: held by the bot, without a message
 */
export function newConversation(id: string, number: number, contact: Contact, now: number): Conversation {
  return {
    id,
    number,
    channel: contact.channel,
    accountId: contact.accountId,
    contactId: contact.id,
    state: 'bot',
    officerId: null,
    teamId: null,
    seq: 0,
    rev: 0,
    language: 'id',
    topic: null,
    handoffReason: null,
    failures: 0,
    introduced: false,
    openedAt: now,
    lastInboundAt: null,
    waitingSince: null,
    queuedAt: null,
    claimedAt: null,
    closedAt: null,
    placeTold: null,
    placeToldAt: null,
    timers: {},
    dueAt: null,
  };
}

/** @returns a phone number with its middle hidden: `+62812****678`; of a short one only the last three digits. */
export function maskPhone(phone: string | null): string | null {
  if (phone === null) return null;
  return `${phone.length >= 12 ? phone.slice(0, 6) : ''}****${phone.slice(-3)}`;
}

const previewLength = 120;

/** @returns the start of a message's text, at most 120 characters, never half a surrogate pair. */
export function previewOf(text: string): string {
  return text.slice(0, previewLength).replace(/[\uD800-\uDBFF]$/, '');
}

/** @returns the patch without its undefined members: they mean nothing. */
export function definedOf<T extends object>(patch: T): T {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as T;
}

/** Shown to officers when a lease ended before the channel answered. */
export const leaseLost = 'Pengiriman terputus; mungkin sudah sampai.';
