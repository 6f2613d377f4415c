// One inbound message in: the write that is acknowledged to a channel, and the conversation it goes to.
import type { Contact, Conversation } from '../../contract/conversation.ts';
import type { Message } from '../../contract/message.ts';
import type { ConversationStore, NewInbound, Opened, OpenRequest } from '../../desk/storePort.ts';
import { previewOf } from '../../desk/views.ts';
import { newConversation, newInbound } from '../blank.ts';
import type { Connection } from './connection.ts';
import { createContactRows } from './contactRows.ts';
import { createMessageWriter, sourceOf } from './messageWriter.ts';
import { conversationRecord, messageRecord, toConversation, toMessage } from './records.ts';

/** @returns `open` and `receive` of the port. */
export function createReceive({ db, fields, write }: Connection): Pick<ConversationStore, 'open' | 'receive'> {
  const contacts = createContactRows(db, fields);
  const writeMessage = createMessageWriter(db);
  const findOpen = db
    .prepare<[string], string>(`SELECT ${conversationRecord} FROM conversations c WHERE contactId = ? AND state <> 'closed'`)
    .pluck();
  const findClosed = db
    .prepare<[string, number], string>(
      `SELECT ${conversationRecord} FROM conversations c WHERE contactId = ? AND state = 'closed' AND ifnull(closedAt, 0) >= ?
       ORDER BY closedAt DESC, number DESC LIMIT 1`,
    )
    .pluck();
  const findById = db.prepare<[string], string>(`SELECT ${conversationRecord} FROM conversations c WHERE id = ?`).pluck();
  const insert = db.prepare<[string, string, string, string, string, string, number]>(
    `INSERT INTO conversations (id, channel, accountId, contactId, state, seq, rev, language, failures, introduced, openedAt, preview)
     VALUES (?, ?, ?, ?, ?, 0, 0, ?, 0, 0, ?, '')`,
  );
  const advance = db.prepare<[number, number, number, number | null, number, number, string, number]>(
    `UPDATE conversations SET seq = ?, rev = ?, lastInboundAt = ?, waitingSince = ?, uncoveredSince = min(ifnull(uncoveredSince, ?), ?),
     preview = ? WHERE number = ?`,
  );
  const findReceived = db
    .prepare<[string, string], string>(
      `SELECT ${messageRecord} FROM messages WHERE source = ? AND externalId = ? AND direction = 'in'`,
    )
    .pluck();
  const findByClient = db
    .prepare<[number, string], string>(`SELECT ${messageRecord} FROM messages WHERE conversation = ? AND clientMessageId = ?`)
    .pluck();

  /** The contact's open conversation, else the latest closed one that is recent enough. */
  function current(contact: Contact, reuseClosedSince: number): Conversation | null {
    const found = findOpen.get(contact.id) ?? findClosed.get(contact.id, reuseClosedSince);
    return found === undefined ? null : toConversation(found);
  }

  function begin(request: OpenRequest, contact: Contact): Conversation {
    const made = newConversation(request.newConversationId, 0, contact, request.now);
    const { id, channel, accountId, contactId, state, language, openedAt } = made;
    made.number = Number(insert.run(id, channel, accountId, contactId, state, language, openedAt).lastInsertRowid);
    return made;
  }

  function duplicateOf(message: NewInbound, request: OpenRequest, conversation: Conversation | null): Message | null {
    let found = findReceived.get(sourceOf(request.contact), message.externalId);
    if (found === undefined && conversation !== null && message.clientMessageId !== null)
      found = findByClient.get(conversation.number, message.clientMessageId);
    return found === undefined ? null : toMessage(found);
  }

  function openedOf(message: Message): Opened {
    const conversation = toConversation(findById.get(message.conversationId) ?? 'null');
    const contact = contacts.get(conversation.contactId);
    if (contact === null) throw new Error('a conversation without a contact');
    return { contact, conversation };
  }

  function add(message: NewInbound, conversation: Conversation, now: number): { message: Message; conversation: Conversation } {
    conversation.seq += 1;
    conversation.rev += 1;
    conversation.lastInboundAt = now;
    conversation.waitingSince ??= now;
    const { id: conversationId, number, seq, rev, waitingSince } = conversation;
    advance.run(seq, rev, now, waitingSince, now, now, previewOf({ text: message.text, deleted: false }), number);
    const stored = newInbound(message, { conversationId, seq, rev }, now);
    writeMessage(stored, conversation);
    return { message: stored, conversation };
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
        if (duplicate !== null) return { kind: 'duplicate', message: duplicate, ...openedOf(duplicate) };
        const contact = contacts.learn(request, known);
        return { kind: 'stored', contact, ...add(request.message, found ?? begin(request, contact), request.now) };
      }),
  };
}
