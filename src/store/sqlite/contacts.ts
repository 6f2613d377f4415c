// The sub-port of contacts: looking people up, and forgetting them.
import type { Attachment } from '../../contract/message.ts';
import type { ContactStore, ErasedContact } from '../../desk/storePort.ts';
import type { Connection } from './connection.ts';
import { createContactIndex } from './contactIndex.ts';
import { createContactRows } from './contactRows.ts';
import { readCursor, toPage } from './cursor.ts';
import { contactRecord, type ListColumns, listColumns, toContact, toListRow } from './records.ts';
import { isIdle } from './retention.ts';
import { createTrail } from './trail.ts';

/** @returns the contacts of the port. */
export function createContacts(connection: Connection): ContactStore {
  const { db, fields, read, write } = connection;
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
  const talkCount = db.prepare<[string], number>('SELECT count(*) FROM conversations WHERE contactId = ?').pluck();
  const sizes = db.prepare<[string], { messages: number; tokens: number }>(
    `SELECT count(*) AS messages, ifnull(sum((SELECT count(*) FROM tokens t WHERE t.message = m.n)), 0) AS tokens
     FROM conversations c JOIN messages m ON m.conversation = c.number WHERE c.contactId = ?`,
  );
  const idle = db.prepare<[string, number, number]>(`SELECT 1 FROM contacts p WHERE p.id = ? AND ${isIdle}`);
  // Conversations, messages and tokens go with the contact (ON DELETE CASCADE).
  const forget = db.prepare<[string]>('DELETE FROM contacts WHERE id = ?');

  const fileKeysOf = (attachments: string) =>
    (JSON.parse(attachments) as Attachment[]).flatMap((attachment) => attachment.key ?? []);

  function footprint(id: string): ErasedContact {
    const attachments = filed.all(id).map((one) => one.attachments);
    const count = attachments.reduce((sum, list) => sum + (JSON.parse(list) as Attachment[]).length, 0);
    const { messages = 0, tokens = 0 } = sizes.get(id) ?? {};
    const conversations = talkCount.get(id) ?? 0;
    return { conversations, messages, attachments: count, tokens, fileKeys: attachments.flatMap(fileKeysOf) };
  }

  return {
    ...createContactIndex(connection),
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
    footprint: (id) =>
      read(() => {
        if (rows.get(id) === null) return null;
        const { fileKeys: _, ...sum } = footprint(id);
        return sum;
      }),
    update: (id, { name, phone, unreachable, blocked }, audit) =>
      write(() => {
        const known = rows.get(id);
        if (known === null) return null;
        const next = {
          ...known,
          name: name === undefined ? known.name : name,
          phone: phone === undefined ? known.phone : phone,
          unreachable: unreachable ?? known.unreachable,
          blocked: blocked ?? known.blocked,
        };
        rows.save(next);
        if (audit !== undefined) trail.audit([audit]);
        return next;
      }),
    async erase(id, audit, closedBefore = null) {
      const erased = await write(() => {
        if (rows.get(id) === null) return null;
        if (closedBefore !== null && idle.get(id, closedBefore, closedBefore) === undefined) return null;
        const erased = footprint(id);
        forget.run(id);
        trail.audit([audit]);
        return erased;
      });
      // What was erased still stands in the write-ahead log until that is written back and cut.
      if (erased !== null) await read(() => db.pragma('wal_checkpoint(TRUNCATE)'));
      return erased;
    },
  };
}
