// Documents as records of the contract, and back.
import type { Contact, Conversation, ConversationRow } from '../../contract/conversation.ts';
import type { Message } from '../../contract/message.ts';
import { toRow } from '../../desk/views.ts';
import type { FieldCrypto } from '../fieldCrypto.ts';
import type { ContactDoc, ConversationDoc, MessageDoc } from './models.ts';

/** @returns one string for several parts, never the same for others. */
export const keyOf = (...parts: (string | number)[]): string => JSON.stringify(parts);

export const sourceOf = (key: { channel: string; accountId: string }): string => keyOf(key.channel, key.accountId);

/** Keys a message may have only once, each with a letter for its kind. */
export const receivedKey = (source: string, externalId: string): string => keyOf('in', source, externalId);
export const clientKey = (conversationId: string, clientMessageId: string): string => keyOf('c', conversationId, clientMessageId);
export const ruleKey = (inReplyTo: string, ruleId: string): string => keyOf('r', inReplyTo, ruleId);

export function toConversation(doc: ConversationDoc): Conversation {
  const { _id: id, slot, isOpen, place, sendAt, uncoveredSince, preview, ...rest } = doc;
  return { id, ...rest };
}

/** What follows from a conversation's record, for indexes. */
export function derived(conversation: Conversation): Pick<ConversationDoc, 'slot' | 'isOpen' | 'place'> {
  const { id, contactId, state, queuedAt, waitingSince, closedAt } = conversation;
  const isOpen = state !== 'closed';
  const places = { bot: 0, queued: queuedAt ?? 0, officer: waitingSince ?? Number.MAX_SAFE_INTEGER, closed: closedAt ?? 0 };
  return { slot: isOpen ? contactId : id, isOpen, place: places[state] };
}

export function toMessage(doc: MessageDoc): Message {
  const {
    _id: id,
    n,
    keys,
    channel,
    source,
    pos,
    note,
    hasFiles,
    isUnsure,
    notBefore,
    leaseOwner,
    leaseUntil,
    tokens,
    tokensVersion,
    ...rest
  } = doc;
  return { id, ...rest, template: doc.template ?? null };
}

/** @returns everything about a message that may be there once only */
export function keysOf(message: Message, { source, pos, note }: Pick<MessageDoc, 'source' | 'pos' | 'note'>): string[] {
  const { conversationId, direction, externalId, clientMessageId, inReplyTo, ruleId } = message;
  const keys = [keyOf('p', conversationId, pos, note)];
  if (direction === 'in' && externalId !== null) keys.push(receivedKey(source, externalId));
  if (clientMessageId !== null) keys.push(clientKey(conversationId, clientMessageId));
  if (inReplyTo !== null && ruleId !== null) keys.push(ruleKey(inReplyTo, ruleId));
  return keys;
}

/** What follows from a message's record, for indexes. */
export const followed = ({ attachments, reason }: Pick<Message, 'attachments' | 'reason'>) => ({
  hasFiles: attachments.length > 0,
  isUnsure: reason?.unsure !== undefined,
});

/**
 * @param conversation the one it is in, with the `seq` it gave
 * @param n order of writing
 */
export function toMessageDoc(message: Message, conversation: Conversation, n: number): MessageDoc {
  const { id, ...rest } = message;
  const place = { source: sourceOf(conversation), pos: conversation.seq, note: message.seq === null ? message.rev : 0 };
  return {
    ...{ _id: id, n, keys: keysOf(message, place), channel: conversation.channel, ...place, ...rest, ...followed(message) },
    ...{ notBefore: message.state === 'pending' ? message.createdAt : null, leaseOwner: null, leaseUntil: null },
    ...{ tokens: [], tokensVersion: message.author.kind === 'bot' ? null : 0 },
  };
}

export function toContact(doc: ContactDoc, fields: FieldCrypto): Contact {
  const { _id: id, channel, accountId, externalId, unreachable, blocked, createdAt } = doc;
  const name = fields.decrypt(doc.name);
  const phone = fields.decrypt(doc.phone);
  return { id, channel, accountId, externalId, name, phone, unreachable, blocked, createdAt };
}

export function toListRow(doc: ConversationDoc, contact: ContactDoc, fields: FieldCrypto): ConversationRow {
  return toRow(toConversation(doc), toContact(contact, fields), doc.preview);
}

/** @returns members that were given; undefined means nothing. */
export const given = <T extends object>(patch: T): T =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as T;
