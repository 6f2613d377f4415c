// Writing what sources told about permit files: each report is compared with what is known, and only news is added.
import type { ClientSession } from 'mongoose';
import type { PermitReport, PermitStore, PutResult } from '../../desk/permitPort.ts';
import { isSomebodyElse, mergeReport } from '../../desk/permitReport.ts';
import type { MongoConnection } from './connection.ts';
import { Overtaken } from './errors.ts';
import { oneOf } from './filters.ts';
import type { PermitDoc, PermitEventDoc } from './models.ts';
import { createWatchEnds } from './permitNews.ts';
import { createPermitRows, positionOf, statusOf } from './permitRows.ts';

interface Known {
  doc: PermitDoc;
  /** The `current` it was read with; null for a new one. */
  from: number | null;
  isChanged: boolean;
}

/** @returns `put` of the port. */
export function createPermitPut(connection: MongoConnection): PermitStore['put'] {
  const { models, fields, atomic, take } = connection;
  const { permits, permitEvents } = models;
  const rows = createPermitRows(fields);
  const endWatches = createWatchEnds(connection);

  return async (reports, batch) => {
    if (reports.length === 0) return [];
    // Taken outside the transaction, where every import of every node would collide on them: numbers may be skipped.
    const firstEvent = await connection.run(() => take('permitEvents', reports.length));
    const firstFile = await connection.run(() => take('permits', reports.length));
    return atomic((session) => put(reports, batch, { firstEvent, firstFile }, session));
  };

  async function put(
    reports: { id: string; report: PermitReport }[],
    batch: string | null,
    { firstEvent, firstFile }: { firstEvent: number; firstFile: number },
    session: ClientSession,
  ): Promise<PutResult[]> {
    const hashes = reports.map(({ report }) => rows.hashes(report.number));
    const found = await permits.find({ main: oneOf(hashes.flat()) }, null, { session }).lean();
    const known: Known[] = found.map((doc) => ({ doc, from: doc.current, isChanged: false }));
    const events: PermitEventDoc[] = [];
    const handedOver = new Map<string, string>();
    const results = reports.map(({ id, report }, i): PutResult => {
      const entry = known.find(({ doc }) => doc.system === report.system && hashes[i]?.includes(doc.main));
      const before = entry === undefined ? null : rows.toFile(entry.doc);
      const merged = mergeReport(before, report, fields.decrypt(entry?.doc.note ?? null));
      if (merged.outcome === 'older' && before !== null) return { id: before.id, outcome: 'older' };
      if (merged.outcome === 'same' && entry !== undefined) {
        entry.doc.fetchedAt = report.fetchedAt;
        entry.isChanged = true;
        return { id: entry.doc._id, outcome: 'same' };
      }
      const { file, moved } = merged;
      if (before !== null && isSomebodyElse(before.person, file.person)) handedOver.set(before.id, file.number);
      const { service, submittedAt } = file;
      const content = { number: file.number, others: file.otherNumbers, person: file.person, service, submittedAt };
      const sealed = rows.seal(content);
      const current = firstEvent + i;
      const position = positionOf(file.status, file.fetchedAt);
      const numbers = JSON.stringify(file.otherNumbers) === JSON.stringify(before?.otherNumbers) ? {} : rows.numbersOf(content);
      const note = fields.encrypt(report.note);
      const set = { sealed, service, submittedAt, current, note, ...position, ...numbers };
      const permitId = entry?.doc._id ?? id;
      if (entry === undefined) {
        const doc = { _id: id, n: firstFile + i, system: file.system, ...set, ...rows.numbersOf(content) };
        known.push({ doc, from: null, isChanged: true });
      } else {
        Object.assign(entry.doc, set);
        entry.isChanged = true;
      }
      events.push({
        ...{ _id: current, permitId, batch, moved: entry === undefined || moved, ...statusOf(file.status) },
        ...{ fetchedAt: file.fetchedAt, note, sealed },
      });
      return { id: permitId, outcome: entry === undefined ? 'added' : 'changed' };
    });
    const changed = known.filter(({ isChanged }) => isChanged);
    if (events.length > 0) await permitEvents.insertMany(events, { session, lean: true });
    if (changed.length > 0) {
      const { insertedCount, matchedCount } = await permits.bulkWrite(changed.map(writeOf), { session });
      if (insertedCount + matchedCount !== changed.length) throw new Overtaken();
    }
    for (const [permitId, number] of handedOver) await endWatches(permitId, number, null, session);
    return results;
  }
}

function writeOf({ doc, from }: Known) {
  if (from === null) return { insertOne: { document: doc } };
  const { _id, n: _, ...set } = doc;
  return { updateOne: { filter: { _id, current: from }, update: { $set: set } } };
}
