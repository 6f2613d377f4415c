// The sub-port of conversations: its two big writes and its lists have files of their own; here are the small rest and the sum.
import type { Message } from '../../contract/message.ts';
import type { ConversationStore, MessageChange } from '../../desk/storePort.ts';
import { previewOf } from '../../desk/views.ts';
import { createCommit } from './commit.ts';
import type { MongoConnection } from './connection.ts';
import { createLine } from './line.ts';
import { createLists } from './lists.ts';
import { createReceive } from './receive.ts';
import { followed, given, receivedKey, sourceOf, toContact, toConversation, toMessage } from './records.ts';

/** @returns the conversations of the port. */
export function createConversations(connection: MongoConnection): ConversationStore {
  const { models, fields, run } = connection;
  return {
    ...createReceive(connection),
    ...createLists(connection),
    commit: createCommit(connection),
    revise: createRevise(connection),
    get: (id) =>
      run(async () => {
        const doc = await models.conversations.findById(id).lean();
        const contact = doc && (await models.contacts.findById(doc.contactId).lean());
        return contact && { conversation: toConversation(doc), contact: toContact(contact, fields) };
      }),
  };
}

/** An edit older than the one stored changes nothing: channels repeat and reorder what they tell. */
function createRevise(connection: MongoConnection): ConversationStore['revise'] {
  const { models, atomic } = connection;
  const line = createLine(connection);
  return ({ find, ...rest }) =>
    atomic(async (session) => {
      const wanted: Omit<MessageChange, 'find'> = given(rest);
      // A citizen's edit must never touch what we wrote, so the channel's id finds inbound messages only.
      const filter = 'id' in find ? { _id: find.id } : { keys: receivedKey(sourceOf(find), find.externalId) };
      const doc = await models.messages.findOne(filter, null, { session }).lean();
      if (doc === null) return null;
      const next = { ...doc, ...wanted };
      const preview = doc.note === 0 && (await isLast(doc.conversationId, doc.pos)) ? { preview: previewOf(next) } : {};
      const message = isNews(wanted, toMessage(doc))
        ? await line.change(
            doc,
            { ...wanted, hasFiles: followed(next).hasFiles, tokensVersion: doc.tokensVersion === null ? null : 0 },
            session,
            preview,
          )
        : toMessage(doc);
      const conversation = await models.conversations.findById(doc.conversationId, null, { session }).lean();
      return conversation && { message, conversation: toConversation(conversation) };

      async function isLast(_id: string, seq: number): Promise<boolean> {
        return (await models.conversations.findOne({ _id, seq }, { _id: 1 }, { session }).lean()) !== null;
      }
    });
}

function isNews(wanted: Omit<MessageChange, 'find'>, { text, attachments, editedAt, deleted }: Message): boolean {
  if (wanted.editedAt !== undefined && editedAt !== null && wanted.editedAt < editedAt) return false;
  return (
    JSON.stringify({ text, attachments, editedAt, deleted }) !==
    JSON.stringify({ text, attachments, editedAt, deleted, ...wanted })
  );
}
