// The sub-port of attachments: a walk along the few messages that have any.
import type { Attachment } from '../../contract/message.ts';
import type { AttachmentStore } from '../../desk/storePort.ts';
import type { Connection } from './connection.ts';
import { readCursor, toPage } from './cursor.ts';

/** @returns the attachments of the port. */
export function createAttachments({ db, read }: Connection): AttachmentStore {
  // Named, because the planner would rather walk every message by its number.
  const after = db.prepare<[number, number], { n: number; attachments: string }>(
    'SELECT n, attachments FROM messages INDEXED BY messages_files WHERE attachments IS NOT NULL AND n > ? ORDER BY n LIMIT ?',
  );
  return {
    keys: (cursor, limit) =>
      read(() => {
        const [last = 0] = readCursor(cursor, [0]);
        const { rows, cursor: next } = toPage(after.all(last, limit + 1), limit, ({ n }) => [n]);
        const files = rows.flatMap(({ attachments }) => JSON.parse(attachments) as Attachment[]);
        return { rows: files.flatMap(({ key }) => key ?? []), cursor: next };
      }),
  };
}
