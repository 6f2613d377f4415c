// The one way a stored message changes after it was written: its own `rev` and its conversation's rise together.
import type { Database, Statement } from 'better-sqlite3';
import { messageRecord } from './records.ts';

/** SQL, within an UPDATE of conversations: when the head of the outgoing line may be sent; null while it is being sent, or when nothing waits. */
export const headOfLine = `(SELECT CASE state WHEN 'pending' THEN notBefore END FROM messages
  WHERE conversation = number AND state IN ('pending', 'sending') ORDER BY pos LIMIT 1)`;

export type Bound = string | number | null;

/** What a change returns: the message as it is now, and where it lies. */
export interface ChangedColumns {
  record: string;
  conversation: number;
  pos: number;
  note: number;
}

/**
 * @param set assignments to columns of messages
 * @param where finds at most one message
 * @returns a statement that also gives the message the next `rev`, and returns it; follow it with `advance`
 */
export function prepareChange(db: Database, set: string, where: string): Statement<Bound[], ChangedColumns> {
  return db.prepare(
    `UPDATE messages SET ${set}, rev = (SELECT c.rev + 1 FROM conversations c WHERE c.number = messages.conversation)
     WHERE ${where} RETURNING ${messageRecord} AS record, conversation, pos, note`,
  );
}

/** @returns raises a conversation's `rev` after one of its messages changed, and finds anew what its line may send. */
export function prepareAdvance(db: Database): (conversation: number) => void {
  const update = db.prepare(`UPDATE conversations SET rev = rev + 1, sendAt = ${headOfLine} WHERE number = ?`);
  return (conversation) => {
    update.run(conversation);
  };
}
