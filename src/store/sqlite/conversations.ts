// The sub-port of conversations: its two big writes and its lists have files of their own; here are the small rest and the sum.
import type { Message } from '../../contract/message.ts';
import type { ConversationStore, MessageChange } from '../../desk/storePort.ts';
import { previewOf } from '../../desk/views.ts';
import { applyPatch } from '../blank.ts';
import { createCommit } from './commit.ts';
import type { Connection } from './connection.ts';
import { createContactRows } from './contactRows.ts';
import { prepareAdvance, prepareChange } from './line.ts';
import { createLists } from './lists.ts';
import { sourceOf } from './messageWriter.ts';
import { createReceive } from './receive.ts';
import { conversationRecord, jsonOrNull, messageRecord, toConversation, toMessage } from './records.ts';

/** @returns the conversations of the port. */
export function createConversations(connection: Connection): ConversationStore {
  const { db, fields, read } = connection;
  const contacts = createContactRows(db, fields);
  const byId = db.prepare<[string], string>(`SELECT ${conversationRecord} FROM conversations c WHERE id = ?`).pluck();
  return {
    ...createReceive(connection),
    ...createLists(connection),
    commit: createCommit(connection),
    revise: createRevise(connection),
    get: (id) =>
      read(() => {
        const found = byId.get(id);
        if (found === undefined) return null;
        const conversation = toConversation(found);
        const contact = contacts.get(conversation.contactId);
        return contact && { conversation, contact };
      }),
  };
}

interface Found {
  n: number;
  conversation: number;
  record: string;
}

/** An edit older than the one stored changes nothing: channels repeat and reorder what they tell. */
function createRevise({ db, write }: Connection): ConversationStore['revise'] {
  const byId = db.prepare<[string], Found>(`SELECT n, conversation, ${messageRecord} AS record FROM messages WHERE id = ?`);
  // A citizen's edit must never touch what we wrote, so the channel's id finds inbound messages only.
  const byExternal = db.prepare<[string, string], Found>(
    `SELECT n, conversation, ${messageRecord} AS record FROM messages WHERE source = ? AND externalId = ? AND direction = 'in'`,
  );
  const conversation = db.prepare<[number], string>(`SELECT ${conversationRecord} FROM conversations c WHERE number = ?`).pluck();
  const setPreview = db.prepare<[string, number, number]>('UPDATE conversations SET preview = ? WHERE number = ? AND seq = ?');
  const change = prepareChange(db, 'text = ?, attachments = ?, editedAt = ?, deleted = ?, tokensVersion = 0', 'n = ?');
  const advance = prepareAdvance(db);

  return ({ find, ...rest }) =>
    write(() => {
      const wanted = applyPatch<Omit<MessageChange, 'find'>>({}, rest);
      const found = 'id' in find ? byId.get(find.id) : byExternal.get(sourceOf(find), find.externalId);
      if (found === undefined) return null;
      const message = toMessage(found.record);
      const revised = isNews(wanted, message) ? apply(message, wanted, found.n) : message;
      const current = conversation.get(found.conversation);
      return current === undefined ? null : { message: revised, conversation: toConversation(current) };
    });

  function apply(message: Message, wanted: Omit<MessageChange, 'find'>, n: number): Message {
    const { text, attachments, editedAt, deleted } = { ...message, ...wanted };
    const columns = change.get(text, jsonOrNull(attachments), editedAt, deleted ? 1 : 0, n);
    if (columns === undefined) return message;
    advance(columns.conversation);
    if (columns.note === 0) setPreview.run(previewOf({ text, deleted }), columns.conversation, columns.pos);
    return toMessage(columns.record);
  }
}

function isNews(wanted: Omit<MessageChange, 'find'>, { text, attachments, editedAt, deleted }: Message): boolean {
  if (wanted.editedAt !== undefined && editedAt !== null && wanted.editedAt < editedAt) return false;
  return (
    JSON.stringify({ text, attachments, editedAt, deleted }) !==
    JSON.stringify({ text, attachments, editedAt, deleted, ...wanted })
  );
}
