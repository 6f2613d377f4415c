// Rows of the SQLite file as records of the contract. SQL builds a record's JSON and one JSON.parse reads it: that costs a quarter of
// fetching some 25 columns one by one, and there is no second list of fields to keep in step.
import type { Contact, Conversation, ConversationRow } from '../../contract/conversation.ts';
import type { Message } from '../../contract/message.ts';
import { maskPhone } from '../../desk/identifiers.ts';
import type { FieldCrypto } from '../fieldCrypto.ts';

/** For each member of a record, the SQL expression that gives it. */
type Expressions<T> = { [K in keyof T]: string };

const boolean = (column: string) => `json(iif(${column}, 'true', 'false'))`;
const json = (column: string, empty: string) => `json(ifnull(${column}, '${empty}'))`;

function recordSql<T>(expressions: Expressions<T>): string {
  return `json_object(${Object.entries<string>(expressions)
    .map(([name, expression]) => `'${name}', ${expression}`)
    .join(', ')})`;
}

/** SQL for the record of a conversation; its table must be named `c`. */
export const conversationRecord = recordSql<Conversation>({
  id: 'c.id',
  number: 'c.number',
  channel: 'c.channel',
  accountId: 'c.accountId',
  contactId: 'c.contactId',
  state: 'c.state',
  officerId: 'c.officerId',
  teamId: 'c.teamId',
  seq: 'c.seq',
  rev: 'c.rev',
  language: 'c.language',
  topic: 'c.topic',
  handoffReason: 'c.handoffReason',
  failures: 'c.failures',
  introduced: boolean('c.introduced'),
  openedAt: 'c.openedAt',
  lastInboundAt: 'c.lastInboundAt',
  waitingSince: 'c.waitingSince',
  queuedAt: 'c.queuedAt',
  claimedAt: 'c.claimedAt',
  closedAt: 'c.closedAt',
  placeTold: 'c.placeTold',
  placeToldAt: 'c.placeToldAt',
  tags: json('c.tags', '[]'),
  permit: json('c.permit', 'null'),
  timers: json('c.timers', '{}'),
  dueAt: 'c.dueAt',
});

/** SQL for the record of a contact, name and phone still encrypted; its table must be named `p`. */
export const contactRecord = recordSql<Contact>({
  id: 'p.id',
  channel: 'p.channel',
  accountId: 'p.accountId',
  externalId: 'p.externalId',
  name: 'p.name',
  phone: 'p.phone',
  unreachable: boolean('p.unreachable'),
  blocked: boolean('p.blocked'),
  createdAt: 'p.createdAt',
});

/** SQL for the record of a message; its table must not be renamed, so that RETURNING can use it too. */
export const messageRecord = recordSql<Message>({
  id: 'messages.id',
  conversationId: '(SELECT c.id FROM conversations c WHERE c.number = messages.conversation)',
  seq: 'iif(note = 0, pos, NULL)',
  rev: 'messages.rev',
  direction: 'direction',
  author: `json_object('kind', authorKind, 'id', authorId, 'name', authorName)`,
  kind: 'kind',
  text: 'text',
  buttons: json('buttons', '[]'),
  attachments: json('attachments', '[]'),
  state: 'messages.state',
  stateReason: 'stateReason',
  externalId: 'messages.externalId',
  clientMessageId: 'clientMessageId',
  inReplyTo: 'inReplyTo',
  ruleId: 'ruleId',
  coveredBy: 'coveredBy',
  button: 'button',
  reason: json('reason', 'null'),
  template: json('template', 'null'),
  attempt: 'attempt',
  createdAt: 'messages.createdAt',
  sentAt: 'sentAt',
  editedAt: 'editedAt',
  deleted: boolean('deleted'),
});

export const toConversation = (record: string): Conversation => JSON.parse(record) as Conversation;
export const toMessage = (record: string): Message => JSON.parse(record) as Message;

export function toContact(record: string, fields: FieldCrypto): Contact {
  const contact = JSON.parse(record) as Contact;
  contact.name = fields.decrypt(contact.name);
  contact.phone = fields.decrypt(contact.phone);
  return contact;
}

/** A conversation `c` with its contact `p`, as a list shows it. */
export interface ListColumns {
  record: string;
  preview: string;
  name: string | null;
  phone: string | null;
  unreachable: number;
}
export const listColumns = `${conversationRecord} AS record, c.preview, p.name, p.phone, p.unreachable`;

/** SQL: the rule of `list` about teams; takes the team ids as JSON, or null for every team. */
export const teamFilter = '(@teams IS NULL OR c.teamId IS NULL OR c.teamId IN (SELECT value FROM json_each(@teams)))';

export function toListRow(columns: ListColumns, fields: FieldCrypto): ConversationRow {
  return {
    ...toConversation(columns.record),
    contactName: fields.decrypt(columns.name),
    contactPhone: maskPhone(fields.decrypt(columns.phone)),
    contactUnreachable: columns.unreachable === 1,
    preview: columns.preview,
  };
}

/** @returns JSON, or null for an empty list: most messages have neither buttons nor files. */
export const jsonOrNull = (list: readonly unknown[]): string | null => (list.length === 0 ? null : JSON.stringify(list));
