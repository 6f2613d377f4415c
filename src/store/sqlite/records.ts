// Rows of the SQLite file to records of the contract, and back. Columns bear the contract's names, so this is about types only.
import type { Contact, Conversation, ConversationRow } from '../../contract/conversation.ts';
import type { Attachment, Author, BotReason, Button, Message } from '../../contract/message.ts';
import { maskPhone } from '../blank.ts';
import type { FieldCrypto } from '../fieldCrypto.ts';

export type ConversationColumns = Omit<Conversation, 'introduced' | 'timers'> & { introduced: number; timers: string | null };
export type ListColumns = ConversationColumns & {
  preview: string;
  name: string | null;
  phone: string | null;
  unreachable: number;
};
export type ContactColumns = Omit<Contact, 'unreachable'> & { unreachable: number };
export type MessageColumns = Omit<
  Message,
  'conversationId' | 'seq' | 'author' | 'buttons' | 'attachments' | 'reason' | 'deleted'
> & {
  n: number;
  conversation: number;
  /** Only where the statement joins it. */
  conversationId: string;
  pos: number;
  note: number;
  authorKind: Author['kind'];
  authorId: string | null;
  authorName: string | null;
  buttons: string | null;
  attachments: string | null;
  reason: string | null;
  deleted: number;
};

const conversationNames = [
  'id',
  'number',
  'channel',
  'accountId',
  'contactId',
  'state',
  'officerId',
  'teamId',
  'seq',
  'rev',
  'language',
  'topic',
  'handoffReason',
  'failures',
  'introduced',
  'openedAt',
  'lastInboundAt',
  'waitingSince',
  'queuedAt',
  'claimedAt',
  'closedAt',
  'placeTold',
  'placeToldAt',
  'timers',
  'dueAt',
] as const satisfies (keyof Conversation)[];

/** For `SELECT … FROM conversations c` and `RETURNING`. */
export const conversationColumns = conversationNames.join(', ');
/** For `SELECT … FROM conversations c JOIN contacts p ON p.id = c.contactId`. */
export const listColumns = `${conversationNames.map((name) => `c.${name}`).join(', ')}, c.preview, p.name, p.phone, p.unreachable`;
export const contactColumns = 'id, channel, accountId, externalId, name, phone, unreachable, createdAt';

/** For `SELECT … FROM messages m` and `RETURNING`; `n` and `conversation` are for the caller. */
export const messageColumns = `n, id, conversation, pos, note, rev, direction, authorKind, authorId, authorName, kind, text, buttons, attachments,
  state, stateReason, externalId, clientMessageId, inReplyTo, ruleId, coveredBy, button, reason, attempt, createdAt, sentAt, editedAt, deleted`;
/** The same with the conversation's id, for messages found by anything else than their conversation. */
export const messageColumnsWithId = `${messageColumns}, (SELECT c.id FROM conversations c WHERE c.number = messages.conversation) AS conversationId`;

/** @returns the record; `columns` is used up. */
export function toConversation(columns: ConversationColumns): Conversation {
  return {
    id: columns.id,
    number: columns.number,
    channel: columns.channel,
    accountId: columns.accountId,
    contactId: columns.contactId,
    state: columns.state,
    officerId: columns.officerId,
    teamId: columns.teamId,
    seq: columns.seq,
    rev: columns.rev,
    language: columns.language,
    topic: columns.topic,
    handoffReason: columns.handoffReason,
    failures: columns.failures,
    introduced: columns.introduced === 1,
    openedAt: columns.openedAt,
    lastInboundAt: columns.lastInboundAt,
    waitingSince: columns.waitingSince,
    queuedAt: columns.queuedAt,
    claimedAt: columns.claimedAt,
    closedAt: columns.closedAt,
    placeTold: columns.placeTold,
    placeToldAt: columns.placeToldAt,
    timers: columns.timers === null ? {} : (JSON.parse(columns.timers) as Conversation['timers']),
    dueAt: columns.dueAt,
  };
}

export function toContact(columns: ContactColumns, fields: FieldCrypto): Contact {
  return {
    id: columns.id,
    channel: columns.channel,
    accountId: columns.accountId,
    externalId: columns.externalId,
    name: fields.decrypt(columns.name),
    phone: fields.decrypt(columns.phone),
    unreachable: columns.unreachable === 1,
    createdAt: columns.createdAt,
  };
}

export function toListRow(columns: ListColumns, fields: FieldCrypto): ConversationRow {
  return {
    ...toConversation(columns),
    contactName: fields.decrypt(columns.name),
    contactPhone: maskPhone(fields.decrypt(columns.phone)),
    contactUnreachable: columns.unreachable === 1,
    preview: columns.preview,
  };
}

const parsed = <T>(json: string | null, empty: T): T => (json === null ? empty : (JSON.parse(json) as T));

export function toMessage(columns: MessageColumns, conversationId = columns.conversationId): Message {
  return {
    id: columns.id,
    conversationId,
    seq: columns.note === 0 ? columns.pos : null,
    rev: columns.rev,
    direction: columns.direction,
    author: { kind: columns.authorKind, id: columns.authorId, name: columns.authorName },
    kind: columns.kind,
    text: columns.text,
    buttons: parsed<Button[]>(columns.buttons, []),
    attachments: parsed<Attachment[]>(columns.attachments, []),
    state: columns.state,
    stateReason: columns.stateReason,
    externalId: columns.externalId,
    clientMessageId: columns.clientMessageId,
    inReplyTo: columns.inReplyTo,
    ruleId: columns.ruleId,
    coveredBy: columns.coveredBy,
    button: columns.button,
    reason: parsed<BotReason | null>(columns.reason, null),
    attempt: columns.attempt,
    createdAt: columns.createdAt,
    sentAt: columns.sentAt,
    editedAt: columns.editedAt,
    deleted: columns.deleted === 1,
  };
}

/** @returns JSON, or null for an empty list: most messages have neither buttons nor files. */
export const jsonOrNull = (list: readonly unknown[]): string | null => (list.length === 0 ? null : JSON.stringify(list));
