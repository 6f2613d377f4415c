// The sub-port of attachments: a walk along the few messages that have any.
import type { AttachmentStore } from '../../desk/storePort.ts';
import { readCursor, toPage } from '../sqlite/cursor.ts';
import type { MongoConnection } from './connection.ts';
import { gt } from './filters.ts';

/** @returns the attachments of the port. */
export function createAttachments({ models, run }: MongoConnection): AttachmentStore {
  return {
    keys: (cursor, limit) =>
      run(async () => {
        const [last = 0] = readCursor(cursor, [0]);
        const found = await models.messages
          .find({ hasFiles: true, n: gt(last) }, { n: 1, attachments: 1 })
          .sort({ n: 1 })
          .limit(limit + 1)
          .lean();
        const page = toPage(found, limit, ({ n }) => [n]);
        return { rows: page.rows.flatMap(({ attachments }) => attachments.flatMap(({ key }) => key ?? [])), cursor: page.cursor };
      }),
  };
}
