// What others may see of the desk's records: the citizen's view of messages and conversations, the officers' list row.
import { type Contact, type Conversation, type ConversationRow, consultationNumber } from '../contract/conversation.ts';
import type { QueuePlace, WidgetConversation, WidgetMessage } from '../contract/events.ts';
import type { Message } from '../contract/message.ts';
import { maskPhone } from './identifiers.ts';

/** Characters of the last message in a list row. */
const previewLength = 120;

/** @returns the message as the citizen may see it, or null for what is not for them (notes). */
export function toWidgetMessage(message: Message): WidgetMessage | null {
  if (message.direction === 'note' || message.seq === null) return null;
  return {
    id: message.id,
    clientMessageId: message.direction === 'in' ? message.clientMessageId : null,
    seq: message.seq,
    rev: message.rev,
    direction: message.direction,
    author: message.author.kind,
    authorName: message.author.kind === 'officer' ? message.author.name : null,
    kind: message.kind,
    text: message.deleted ? '' : message.text,
    buttons: message.buttons,
    // The handles of a file are the desk's own; the citizen needs to know only that there was one.
    attachments: message.deleted ? [] : message.attachments.map((file) => ({ ...file, ref: null, key: null })),
    state: message.state,
    createdAt: message.createdAt,
    edited: message.editedAt !== null,
    deleted: message.deleted,
  };
}

/** @returns the conversation as the citizen may see it; `officerName` and `place` are given when they apply. */
export function toWidgetConversation(
  conversation: Conversation,
  shown: { officerName: string | null; place: QueuePlace | null },
): WidgetConversation {
  return {
    id: conversation.id,
    number: consultationNumber(conversation.number),
    state: conversation.state,
    rev: conversation.rev,
    language: conversation.language,
    officerName: conversation.state === 'officer' ? shown.officerName : null,
    place: conversation.state === 'queued' ? shown.place : null,
  };
}

/** @returns the row lists show: the conversation, who it is with (phone masked), and the start of the last message. */
export function toRow(conversation: Conversation, contact: Contact, preview: string): ConversationRow {
  return {
    ...conversation,
    contactName: contact.name,
    contactPhone: maskPhone(contact.phone),
    contactUnreachable: contact.unreachable,
    preview,
  };
}

/** @returns the start of a message's text, at most 120 characters, never half a surrogate pair; nothing of a withdrawn one. */
export function previewOf({ text, deleted }: Pick<Message, 'text' | 'deleted'>): string {
  return deleted ? '' : text.slice(0, previewLength).replace(/[\uD800-\uDBFF]$/, '');
}
