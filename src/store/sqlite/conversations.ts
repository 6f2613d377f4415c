// The sub-port of conversations: its two big writes and its lists have files of their own; here are the small rest and the sum.
import type { Message } from '../../contract/message.ts';
import type { ConversationStore, MessageChange } from '../../desk/storePort.ts';
import { definedOf, previewOf } from '../blank.ts';
import { createCommit } from './commit.ts';
import type { Connection } from './connection.ts';
import { createContactRows } from './contactRows.ts';
import { prepareAdvance, prepareChange } from './line.ts';
import { createLists } from './lists.ts';
import { sourceOf } from './messageWriter.ts';
import { createReceive } from './receive.ts';
import {
  type ConversationColumns,
  conversationColumns,
  jsonOrNull,
  type MessageColumns,
  messageColumnsWithId,
  toConversation,
  toMessage,
} from './records.ts';

/** @returns the conversations of the port. */
export function createConversations(connection: Connection): ConversationStore {
  const { db, fields, read } = connection;
  const contacts = createContactRows(db, fields);
  const byId = db.prepare<[string], ConversationColumns>(`SELECT ${conversationColumns} FROM conversations WHERE id = ?`);
  return {
    ...createReceive(connection),
    ...createLists(connection),
    commit: createCommit(connection),
    revise: createRevise(connection),
    get: (id) =>
      read(() => {
        const columns = byId.get(id);
        const contact = columns && contacts.get(columns.contactId);
        return columns && contact ? { conversation: toConversation(columns), contact } : null;
      }),
  };
}

/** An edit older than the one stored changes nothing: channels repeat and reorder what they tell. */
function createRevise({ db, write }: Connection): ConversationStore['revise'] {
  const byId = db.prepare<[string], MessageColumns>(`SELECT ${messageColumnsWithId} FROM messages WHERE id = ?`);
  // A citizen's edit must never touch what we wrote, so the channel's id finds inbound messages only.
  const byExternal = db.prepare<[string, string], MessageColumns>(
    `SELECT ${messageColumnsWithId} FROM messages WHERE source = ? AND externalId = ? AND direction = 'in'`,
  );
  const conversation = db.prepare<[number], ConversationColumns>(
    `SELECT ${conversationColumns} FROM conversations WHERE number = ?`,
  );
  const setPreview = db.prepare<[string, number, number]>('UPDATE conversations SET preview = ? WHERE number = ? AND seq = ?');
  const change = prepareChange(db, 'text = ?, attachments = ?, editedAt = ?, deleted = ?, tokensVersion = 0', 'n = ?');
  const advance = prepareAdvance(db);

  return ({ find, ...rest }) =>
    write(() => {
      const wanted = definedOf(rest);
      const columns = 'id' in find ? byId.get(find.id) : byExternal.get(sourceOf(find), find.externalId);
      if (columns === undefined) return null;
      const message = toMessage(columns);
      const revised = isNews(wanted, message) ? apply(message, wanted, columns.n) : message;
      const current = conversation.get(columns.conversation);
      return current === undefined ? null : { message: revised, conversation: toConversation(current) };
    });

  function apply(message: Message, wanted: Omit<MessageChange, 'find'>, n: number): Message {
    const { text, attachments, editedAt, deleted } = { ...message, ...wanted };
    const columns = change.get(text, jsonOrNull(attachments), editedAt, deleted ? 1 : 0, n);
    if (columns === undefined) return message;
    advance(columns.conversation);
    if (columns.note === 0) setPreview.run(deleted ? '' : previewOf(text), columns.conversation, columns.pos);
    return toMessage(columns);
  }
}

function isNews(wanted: Omit<MessageChange, 'find'>, { text, attachments, editedAt, deleted }: Message): boolean {
  if (wanted.editedAt !== undefined && editedAt !== null && wanted.editedAt < editedAt) return false;
  return (
    JSON.stringify({ text, attachments, editedAt, deleted }) !==
    JSON.stringify({ text, attachments, editedAt, deleted, ...wanted })
  );
}
