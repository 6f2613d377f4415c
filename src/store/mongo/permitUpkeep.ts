// Taking back an import, forgetting what need not be kept, and writing files anew under another key: in small steps that yield.
import type { ClientSession } from 'mongoose';
import type { PermitStore } from '../../desk/permitPort.ts';
import type { MongoConnection } from './connection.ts';
import { gt, lt, oneOf } from './filters.ts';
import { createPermitRows, positionOf } from './permitRows.ts';

/** @returns `undo`, `purge` and `rekey` of the port. */
export function createPermitUpkeep(connection: MongoConnection): Pick<PermitStore, 'undo' | 'purge' | 'rekey'> {
  const { models, fields, atomic, run } = connection;
  const { permits, permitEvents, permitWatches } = models;
  const rows = createPermitRows(fields);

  async function drop(ids: string[], session: ClientSession): Promise<void> {
    if (ids.length === 0) return;
    await permits.deleteMany({ _id: oneOf(ids) }, { session });
    await permitEvents.deleteMany({ permitId: oneOf(ids) }, { session });
    await permitWatches.deleteMany({ permitId: oneOf(ids) }, { session });
  }

  async function takeBack(permitId: string, session: ClientSession): Promise<void> {
    const before = await permitEvents.findOne({ permitId }, null, { session }).sort({ _id: -1 }).lean();
    if (before === null) return drop([permitId], session);
    const set = { sealed: before.sealed, current: before._id, note: before.note, ...positionOf(before, before.fetchedAt) };
    const numbers = rows.numbersOf(rows.open(before.sealed));
    await permits.updateOne({ _id: permitId }, { $set: { ...set, ...numbers } }, { session });
  }

  return {
    undo: (batch, limit) =>
      atomic(async (session) => {
        const brought = await permitEvents.find({ batch }, { permitId: 1 }, { session }).sort({ _id: -1 }).limit(limit).lean();
        await permitEvents.deleteMany({ _id: oneOf(brought.map(({ _id }) => _id)) }, { session });
        for (const permitId of new Set(brought.map((event) => event.permitId))) await takeBack(permitId, session);
        return brought.length;
      }),
    purge: (endedBefore, heardBefore, limit) =>
      atomic(async (session) => {
        // Numbers only: a file that has not ended has null there, which is less than nothing.
        const ended = await permits
          .find({ endedAt: lt(endedBefore) }, { _id: 1 }, { session })
          .sort({ endedAt: 1 })
          .limit(limit)
          .lean();
        const silent = await permits
          .find({ fetchedAt: lt(heardBefore) }, { _id: 1 }, { session })
          .sort({ fetchedAt: 1 })
          .limit(limit)
          .lean();
        const gone = [...new Set([...ended, ...silent].map(({ _id }) => _id))].slice(0, limit);
        await drop(gone, session);
        return gone.length;
      }),
    rekey: async (from, limit) => {
      const found = await run(() =>
        permits
          .find({ n: gt(from) }, { n: 1 })
          .sort({ n: 1 })
          .limit(limit)
          .lean(),
      );
      for (const { _id } of found) await atomic((session) => rekeyOne(_id, session));
      return found.at(-1)?.n ?? null;
    },
  };

  async function rekeyOne(permitId: string, session: ClientSession): Promise<void> {
    const doc = await permits.findById(permitId, null, { session }).lean();
    if (doc === null) return;
    const content = rows.open(doc.sealed);
    await permits.updateOne(
      { _id: permitId },
      { $set: { sealed: rows.seal(content), note: fields.encrypt(fields.decrypt(doc.note)), ...rows.numbersOf(content) } },
      { session },
    );
    const events = await permitEvents.find({ permitId }, { sealed: 1, note: 1 }, { session }).lean();
    const writes = events.map(({ _id, sealed, note }) => ({
      updateOne: {
        filter: { _id },
        update: { $set: { sealed: rows.seal(rows.open(sealed)), note: fields.encrypt(fields.decrypt(note)) } },
      },
    }));
    if (writes.length > 0) await permitEvents.bulkWrite(writes, { session });
  }
}
