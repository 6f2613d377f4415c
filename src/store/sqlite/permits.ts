// The sub-port of permit files. Numbers are found by blind index only; a look-up does the same work whether it finds any or not.
import type { PermitFile } from '../../contract/permit.ts';
import { FILES_PER_NUMBER, type PermitBatch, type PermitStore } from '../../desk/permitPort.ts';
import { holderOf } from '../../desk/permitReport.ts';
import type { Connection } from './connection.ts';
import { readCursor, toPage } from './cursor.ts';
import { createPermitPut, listPermits } from './permitPut.ts';
import { createPermitRows, type EventColumns, eventColumns, type PermitColumns } from './permitRows.ts';
import { createPermitUpkeep } from './permitUpkeep.ts';
import { createTrail } from './trail.ts';

/** @returns the permits of the port. */
export function createPermits(connection: Connection): PermitStore {
  const { db, fields, read, write } = connection;
  const rows = createPermitRows(db, fields);
  const trail = createTrail(db);
  /** Opened in place of a file that is not there. */
  const decoy = rows.seal({ number: '', others: [], person: { name: null, phone: null, nikTail: null } });
  const byNumber = db.prepare<[string, number], PermitColumns>(
    listPermits(
      `WHERE p.n IN (SELECT permit FROM permit_numbers WHERE hash IN (SELECT value FROM json_each(?))) ORDER BY p.n DESC LIMIT ?`,
    ),
  );
  const byId = db.prepare<[string], PermitColumns>(listPermits('WHERE p.id = ?'));
  const eventsOf = db.prepare<[number], EventColumns>(`SELECT ${eventColumns} FROM permit_events WHERE permit = ? ORDER BY n`);
  const waiting = db.prepare<[number, number, number], PermitColumns & { place: number }>(
    listPermits(`WHERE p.turn = 'applicant' AND (p.since, p.n) > (?, ?) ORDER BY p.since, p.n LIMIT ?`).replace(
      'SELECT',
      'SELECT p.since AS place,',
    ),
  );
  const any = db.prepare('SELECT 1 FROM permits LIMIT 1');
  const putBatch = db.prepare(
    `INSERT INTO permit_batches (id, at, by, system, rows, added, changed, refused, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET rows = excluded.rows, added = excluded.added, changed = excluded.changed,
       refused = excluded.refused, state = excluded.state`,
  );
  const batches = db.prepare<[number], PermitBatch>(
    'SELECT id, at, by, system, rows, added, changed, refused, state FROM permit_batches ORDER BY n DESC LIMIT ?',
  );

  return {
    put: createPermitPut(connection),
    find: (number) =>
      read(() => {
        const found = byNumber.all(JSON.stringify(rows.hashes(number)), FILES_PER_NUMBER);
        const files: PermitFile[] = [];
        for (let i = 0; i < FILES_PER_NUMBER; i++) {
          const row = found[i];
          const sealed = rows.openAnew(row?.sealed ?? decoy);
          if (row !== undefined) files.push(rows.toFile(row, sealed));
        }
        return files;
      }),
    get: async (id, look) => {
      if (look !== undefined) await write(() => trail.audit([look]));
      return read(() => {
        const row = byId.get(id);
        if (row === undefined) return null;
        const file = rows.toFile(row);
        return { file, events: eventsOf.all(row.n).map(rows.toEvent), holder: fields.blindIndexes(holderOf(file))[0] ?? '' };
      });
    },
    waiting: (cursor, limit) =>
      read(() => {
        const [since = 0, n = 0] = readCursor(cursor, [0, 0]);
        const page = toPage(waiting.all(since, n, limit + 1), limit, (row) => [row.place, row.n]);
        return { rows: page.rows.map((row) => rows.toFile(row)), cursor: page.cursor };
      }),
    isEmpty: () => read(() => any.get() === undefined),
    putBatch: ({ id, at, by, system, rows: count, added, changed, refused, state }, audit) =>
      write(() => {
        putBatch.run(id, at, by, system, count, added, changed, refused, state);
        if (audit !== null) trail.audit([audit]);
      }),
    batches: (limit) => read(() => batches.all(limit)),
    ...createPermitUpkeep(connection),
  };
}
