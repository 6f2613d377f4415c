// One inbound message in: the write that is acknowledged to a channel, and the conversation it goes to.
import type { Contact, Conversation } from '../../contract/conversation.ts';
import type { Message } from '../../contract/message.ts';
import type { ConversationStore, NewInbound, Opened, OpenRequest } from '../../desk/storePort.ts';
import { blankMessage, newConversation, previewOf } from '../blank.ts';
import type { Connection } from './connection.ts';
import { createContactRows } from './contactRows.ts';
import { createMessageWriter, sourceOf } from './messageWriter.ts';
import {
  type ConversationColumns,
  conversationColumns,
  type MessageColumns,
  messageColumnsWithId,
  toConversation,
  toMessage,
} from './records.ts';

/** @returns `open` and `receive` of the port. */
export function createReceive({ db, fields, write }: Connection): Pick<ConversationStore, 'open' | 'receive'> {
  const contacts = createContactRows(db, fields);
  const writeMessage = createMessageWriter(db);
  const findOpen = db.prepare<[string], ConversationColumns>(
    `SELECT ${conversationColumns} FROM conversations WHERE contactId = ? AND state <> 'closed'`,
  );
  const findClosed = db.prepare<[string, number], ConversationColumns>(
    `SELECT ${conversationColumns} FROM conversations WHERE contactId = ? AND state = 'closed' AND ifnull(closedAt, 0) >= ?
     ORDER BY closedAt DESC, number DESC LIMIT 1`,
  );
  const findById = db.prepare<[string], ConversationColumns>(`SELECT ${conversationColumns} FROM conversations WHERE id = ?`);
  const insert = db.prepare<[string, string, string, string, string, string, number]>(
    `INSERT INTO conversations (id, channel, accountId, contactId, state, seq, rev, language, failures, introduced, openedAt, preview)
     VALUES (?, ?, ?, ?, ?, 0, 0, ?, 0, 0, ?, '')`,
  );
  const advance = db.prepare<[number, number, number, number | null, number, number, string, number]>(
    `UPDATE conversations SET seq = ?, rev = ?, lastInboundAt = ?, waitingSince = ?, uncoveredSince = min(ifnull(uncoveredSince, ?), ?),
     preview = ? WHERE number = ?`,
  );
  const findReceived = db.prepare<[string, string], MessageColumns>(
    `SELECT ${messageColumnsWithId} FROM messages WHERE source = ? AND externalId = ? AND direction = 'in'`,
  );
  const findByClient = db.prepare<[number, string], MessageColumns>(
    `SELECT ${messageColumnsWithId} FROM messages WHERE conversation = ? AND clientMessageId = ?`,
  );

  /** The contact's open conversation, else the latest closed one that is recent enough. */
  function current(contact: Contact, reuseClosedSince: number): Conversation | null {
    const found = findOpen.get(contact.id) ?? findClosed.get(contact.id, reuseClosedSince);
    return found === undefined ? null : toConversation(found);
  }

  function begin(request: OpenRequest, contact: Contact): Conversation {
    const made = newConversation(request.newConversationId, 0, contact, request.now);
    const { id, channel, accountId, contactId, state, language, openedAt } = made;
    const { lastInsertRowid } = insert.run(id, channel, accountId, contactId, state, language, openedAt);
    return { ...made, number: Number(lastInsertRowid) };
  }

  function duplicateOf(message: NewInbound, request: OpenRequest, conversation: Conversation | null): MessageColumns | undefined {
    const received = findReceived.get(sourceOf(request.contact), message.externalId);
    if (received !== undefined || conversation === null || message.clientMessageId === null) return received;
    return findByClient.get(conversation.number, message.clientMessageId);
  }

  function openedOf(message: MessageColumns): Opened {
    const columns = findById.get(message.conversationId);
    const contact = columns && contacts.get(columns.contactId);
    if (columns === undefined || !contact) throw new Error('a message without a conversation and contact');
    return { contact, conversation: toConversation(columns) };
  }

  function add(message: NewInbound, conversation: Conversation, now: number): { message: Message; conversation: Conversation } {
    const { seq, rev, waitingSince, number } = conversation;
    const advanced = { ...conversation, seq: seq + 1, rev: rev + 1, lastInboundAt: now, waitingSince: waitingSince ?? now };
    advance.run(advanced.seq, advanced.rev, now, advanced.waitingSince, now, now, previewOf(message.text), number);
    const draft = { ...blankMessage, ...message, direction: 'in' as const, state: 'received' as const, createdAt: now };
    return { message: writeMessage(draft, advanced), conversation: advanced };
  }

  return {
    open: (request) =>
      write(() => {
        const contact = contacts.learn(request, contacts.find(request.contact));
        const conversation = current(contact, request.reuseClosedSince) ?? begin(request, contact);
        return { contact, conversation };
      }),
    receive: (request) =>
      write(() => {
        const known = contacts.find(request.contact);
        const found = known && current(known, request.reuseClosedSince);
        const duplicate = duplicateOf(request.message, request, found);
        if (duplicate !== undefined) return { kind: 'duplicate', message: toMessage(duplicate), ...openedOf(duplicate) };
        const contact = contacts.learn(request, known);
        return { kind: 'stored', contact, ...add(request.message, found ?? begin(request, contact), request.now) };
      }),
  };
}
