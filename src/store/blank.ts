// New records as every store makes them, and what a list row shows of personal data and of the last message.
import type { Contact, Conversation } from '../contract/conversation.ts';
import type { Message } from '../contract/message.ts';
import type { NewInbound, NewMessage } from '../desk/storePort.ts';

/**
 * @param place what its conversation gives it
 * @param now epoch ms
 * @returns an inbound message as it is stored. The contact's name is personal data and stays with the contact.
 */
export function newInbound(message: NewInbound, place: Place, now: number): Message {
  return {
    id: message.id,
    conversationId: place.conversationId,
    seq: place.seq,
    rev: place.rev,
    direction: 'in',
    author: { kind: message.author.kind, id: message.author.id, name: null },
    kind: message.kind,
    text: message.text,
    buttons: [],
    attachments: message.attachments,
    state: 'received',
    stateReason: null,
    externalId: message.externalId,
    clientMessageId: message.clientMessageId,
    inReplyTo: null,
    ruleId: null,
    coveredBy: null,
    button: message.button,
    reason: null,
    template: null,
    attempt: 0,
    createdAt: now,
    sentAt: message.sentAt,
    editedAt: null,
    deleted: false,
  };
}

/** @returns a message of the desk as it is stored. */
export function newOutbound(message: NewMessage, place: Place, now: number): Message {
  return {
    id: message.id,
    conversationId: place.conversationId,
    seq: place.seq,
    rev: place.rev,
    direction: message.direction,
    author: message.author,
    kind: message.kind,
    text: message.text,
    buttons: message.buttons,
    attachments: message.attachments,
    state: message.state,
    stateReason: null,
    externalId: null,
    clientMessageId: message.clientMessageId,
    inReplyTo: message.inReplyTo,
    ruleId: message.ruleId,
    coveredBy: null,
    button: null,
    reason: message.reason,
    template: message.template ?? null,
    attempt: 0,
    createdAt: now,
    sentAt: null,
    editedAt: null,
    deleted: false,
  };
}

interface Place {
  conversationId: string;
  /** Null for a note. */
  seq: number | null;
  rev: number;
}

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
    tags: [],
    permit: null,
    timers: {},
    dueAt: null,
  };
}

/** Writes a patch over a record; undefined members mean nothing. */
export function applyPatch<T extends object>(record: T, patch: NoInfer<Partial<T>>): T {
  for (const name of Object.keys(patch) as (keyof T)[]) {
    const value = patch[name];
    if (value !== undefined) record[name] = value;
  }
  return record;
}

/** Shown to officers when a lease ended before the channel answered. */
export const leaseLost = 'Pengiriman terputus; mungkin sudah sampai.';
