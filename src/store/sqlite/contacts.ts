// The sub-port of contacts: looking people up, and forgetting them.
import type { Attachment } from '../../contract/message.ts';
import type { ContactStore } from '../../desk/storePort.ts';
import type { Connection } from './connection.ts';
import { createContactRows } from './contactRows.ts';
import { readCursor, toPage } from './cursor.ts';
import { contactRecord, type ListColumns, listColumns, toContact, toListRow } from './records.ts';
import { createTrail } from './trail.ts';

/** @returns the contacts of the port. */
export function createContacts({ db, fields, read, write }: Connection): ContactStore {
  const rows = createContactRows(db, fields);
  const trail = createTrail(db);
  const byPhone = db
    .prepare<[string], string>(
      `SELECT ${contactRecord} FROM contacts p WHERE phoneIndex IN (SELECT value FROM json_each(?)) ORDER BY n`,
    )
    .pluck();
  const filed = db.prepare<[string], { attachments: string }>(
    `SELECT m.attachments FROM conversations c JOIN messages m ON m.conversation = c.number
     WHERE c.contactId = ? AND m.attachments IS NOT NULL ORDER BY m.n`,
  );
  const talks = db.prepare<[string, number, number], ListColumns>(
    `SELECT ${listColumns} FROM conversations c JOIN contacts p ON p.id = c.contactId
     WHERE c.contactId = ? AND c.number < ? AND c.lastInboundAt IS NOT NULL ORDER BY c.number DESC LIMIT ?`,
  );
  // Conversations, messages and tokens go with the contact (ON DELETE CASCADE).
  const forget = db.prepare<[string]>('DELETE FROM contacts WHERE id = ?');

  const fileKeysOf = (attachments: string) =>
    (JSON.parse(attachments) as Attachment[]).flatMap((attachment) => attachment.key ?? []);

  return {
    get: (id) => read(() => rows.get(id)),
    find: (key) => read(() => rows.find(key)),
    findByPhone: (phone) =>
      read(() => byPhone.all(JSON.stringify(fields.blindIndexes(phone))).map((record) => toContact(record, fields))),
    conversations: (id, cursor, limit) =>
      read(() => {
        const [before = 0] = readCursor(cursor, [Number.MAX_SAFE_INTEGER]);
        const found = talks.all(id, before, limit + 1).map((columns) => toListRow(columns, fields));
        return toPage(found, limit, (row) => [row.number]);
      }),
    update: (id, { name, phone, unreachable }) =>
      write(() => {
        const known = rows.get(id);
        if (known === null) return null;
        const next = {
          ...known,
          name: name === undefined ? known.name : name,
          phone: phone === undefined ? known.phone : phone,
          unreachable: unreachable ?? known.unreachable,
        };
        rows.save(next);
        return next;
      }),
    async erase(id, audit) {
      const erased = await write(() => {
        if (rows.get(id) === null) return null;
        const fileKeys = filed.all(id).flatMap(({ attachments }) => fileKeysOf(attachments));
        forget.run(id);
        trail.audit([audit]);
        return { fileKeys };
      });
      // What was erased still stands in the write-ahead log until that is written back and cut.
      if (erased !== null) await read(() => db.pragma('wal_checkpoint(TRUNCATE)'));
      return erased;
    },
  };
}
