// The sub-port of permit files. Numbers are found by blind index only; a look-up opens as many sealed fields whether it finds any or not.
import type { PermitFile } from '../../contract/permit.ts';
import { FILES_PER_NUMBER, type PermitStore } from '../../desk/permitPort.ts';
import { holderOf } from '../../desk/permitReport.ts';
import { readCursor, toPage } from '../sqlite/cursor.ts';
import type { MongoConnection } from './connection.ts';
import { gt, gte, oneOf } from './filters.ts';
import { createPermitPut } from './permitPut.ts';
import { createPermitRows } from './permitRows.ts';
import { createPermitUpkeep } from './permitUpkeep.ts';
import { createTrail } from './trail.ts';

/** @returns the permits of the port. */
export function createPermits(connection: MongoConnection): PermitStore {
  const { models, fields, run, atomic, order } = connection;
  const { permits, permitEvents, permitBatches } = models;
  const rows = createPermitRows(fields);
  const trail = createTrail(connection);
  /** Opened in place of a file that is not there. */
  const decoy = rows.seal({ number: '', others: [], person: { name: null, phone: null, nikTail: null } });

  return {
    put: createPermitPut(connection),
    find: (number) =>
      run(async () => {
        const filter = { numbers: oneOf(rows.hashes(number)) };
        const found = await permits.find(filter).sort({ n: -1 }).limit(FILES_PER_NUMBER).lean();
        const files: PermitFile[] = [];
        for (let i = 0; i < FILES_PER_NUMBER; i++) {
          const doc = found[i];
          const sealed = rows.openAnew(doc?.sealed ?? decoy);
          if (doc !== undefined) files.push(rows.toFile(doc, sealed));
        }
        return files;
      }),
    get: async (id, look) => {
      if (look !== undefined) await atomic((session) => trail.audit([look], session));
      return run(async () => {
        const doc = await permits.findById(id).lean();
        if (doc === null) return null;
        const events = await permitEvents.find({ permitId: id }).sort({ _id: 1 }).lean();
        const file = rows.toFile(doc);
        return { file, events: events.map(rows.toEvent), holder: fields.blindIndexes(holderOf(file))[0] ?? '' };
      });
    },
    waiting: (cursor, limit) =>
      run(async () => {
        const [at = 0, n = 0] = readCursor(cursor, [0, 0]);
        const found = await permits
          .find({ turn: 'applicant', place: gte(at), $or: [{ place: gt(at) }, { place: at, n: gt(n) }] })
          .sort({ place: 1, n: 1 })
          .limit(limit + 1)
          .lean();
        const page = toPage(found, limit, (doc) => [doc.place, doc.n]);
        return { rows: page.rows.map((doc) => rows.toFile(doc)), cursor: page.cursor };
      }),
    isEmpty: () => run(async () => (await permits.findOne({}, { _id: 1 }).lean()) === null),
    putBatch: ({ id, at, by, system, ...counts }, audit) =>
      atomic(async (session) => {
        const first = { at, by, system, n: order() };
        await permitBatches.updateOne({ _id: id }, { $set: counts, $setOnInsert: first }, { upsert: true, session });
        await trail.audit([audit ?? undefined], session);
      }),
    batches: (limit) =>
      run(async () => {
        const found = await permitBatches.find().sort({ n: -1 }).limit(limit).lean();
        return found.map(({ _id: id, n: _, ...batch }) => ({ id, ...batch }));
      }),
    ...createPermitUpkeep(connection),
  };
}
