// Adds one message to a conversation: shared by receive and commit. Runs inside a write command.
import type { Database } from 'better-sqlite3';
import type { Conversation } from '../../contract/conversation.ts';
import type { Message } from '../../contract/message.ts';
import { jsonOrNull } from './records.ts';

/** A message without what its place in the conversation gives it. */
export type Draft = Omit<Message, 'conversationId' | 'seq' | 'rev'>;

/** @returns the value of the column `source`: which of our accounts a message belongs to. */
export const sourceOf = (key: { channel: string; accountId: string }): string => `${key.channel}:${key.accountId}`;

const names = `id, conversation, source, pos, note, rev, direction, authorKind, authorId, authorName, kind, text, buttons, attachments,
  state, externalId, clientMessageId, inReplyTo, ruleId, button, reason, attempt, createdAt, sentAt, deleted, notBefore, tokensVersion`;

/**
 * @returns writes a draft at the conversation's current `seq` and `rev`, which the caller has raised already, and returns the
 *   stored message. A contact's name is personal data and stays with the contact: it is not written.
 */
export function createMessageWriter(db: Database): (draft: Draft, conversation: Conversation) => Message {
  const insert = db.prepare(`INSERT INTO messages (${names}) VALUES (${names.split(',').fill('?').join(', ')})`);
  return (draft, conversation) => {
    const isNote = draft.direction === 'note';
    const author = draft.author.kind === 'contact' ? { ...draft.author, name: null } : draft.author;
    insert.run(
      draft.id,
      conversation.number,
      sourceOf(conversation),
      conversation.seq,
      isNote ? conversation.rev : 0,
      conversation.rev,
      draft.direction,
      author.kind,
      author.id,
      author.name,
      draft.kind,
      draft.text,
      jsonOrNull(draft.buttons),
      jsonOrNull(draft.attachments),
      draft.state,
      draft.externalId,
      draft.clientMessageId,
      draft.inReplyTo,
      draft.ruleId,
      draft.button,
      draft.reason === null ? null : JSON.stringify(draft.reason),
      draft.attempt,
      draft.createdAt,
      draft.sentAt,
      0,
      draft.state === 'pending' ? draft.createdAt : null,
      0,
    );
    return { ...draft, author, conversationId: conversation.id, seq: isNote ? null : conversation.seq, rev: conversation.rev };
  };
}
