// Adds one message to a conversation: shared by receive and commit. Runs inside a write command.
import type { Database } from 'better-sqlite3';
import type { Conversation } from '../../contract/conversation.ts';
import type { Message } from '../../contract/message.ts';
import { jsonOrNull } from './records.ts';

/** @returns the value of the column `source`: which of our accounts a message belongs to. */
export const sourceOf = (key: { channel: string; accountId: string }): string => `${key.channel}:${key.accountId}`;

const names = `id, conversation, source, pos, note, rev, direction, authorKind, authorId, authorName, kind, text, buttons, attachments,
  state, externalId, clientMessageId, inReplyTo, ruleId, button, reason, template, attempt, createdAt, sentAt, deleted, notBefore, tokensVersion`;

/** @returns writes a new message as it is given; its `seq` and `rev` are the conversation's, raised by the caller. */
export function createMessageWriter(db: Database): (message: Message, conversation: Conversation) => void {
  const insert = db.prepare(`INSERT INTO messages (${names}) VALUES (${names.split(',').fill('?').join(', ')})`);
  return (message, conversation) => {
    insert.run(
      message.id,
      conversation.number,
      sourceOf(conversation),
      conversation.seq,
      message.seq === null ? message.rev : 0,
      message.rev,
      message.direction,
      message.author.kind,
      message.author.id,
      message.author.name,
      message.kind,
      message.text,
      jsonOrNull(message.buttons),
      jsonOrNull(message.attachments),
      message.state,
      message.externalId,
      message.clientMessageId,
      message.inReplyTo,
      message.ruleId,
      message.button,
      message.reason === null ? null : JSON.stringify(message.reason),
      message.template ? JSON.stringify(message.template) : null,
      message.attempt,
      message.createdAt,
      message.sentAt,
      0,
      message.state === 'pending' ? message.createdAt : null,
      0,
    );
  };
}
