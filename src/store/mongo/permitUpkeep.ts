// Taking back an import, forgetting what need not be kept, and writing files anew under another key: in small steps that yield.
import type { ClientSession } from 'mongoose';
import { type PermitStore, undoOf } from '../../desk/permitPort.ts';
import { isSomebodyElse } from '../../desk/permitReport.ts';
import type { MongoConnection } from './connection.ts';
import { between, gt, isNot, lt, lte, oneOf } from './filters.ts';
import { createWatchEnds } from './permitNews.ts';
import { createPermitRows, positionOf } from './permitRows.ts';

/** @returns `undo`, `purge` and `rekey` of the port. */
export function createPermitUpkeep(connection: MongoConnection): Pick<PermitStore, 'undo' | 'purge' | 'rekey'> {
  const { models, fields, atomic, run, take } = connection;
  const { permits, permitEvents, permitWatches } = models;
  const rows = createPermitRows(fields);
  const endWatches = createWatchEnds(connection);

  async function drop(ids: string[], session: ClientSession): Promise<void> {
    if (ids.length === 0) return;
    await permits.deleteMany({ _id: oneOf(ids) }, { session });
    await permitEvents.deleteMany({ permitId: oneOf(ids) }, { session });
    // Those that ended without their doing were about this very file, and are still to be told so.
    await permitWatches.deleteMany({ permitId: oneOf(ids), ended: null }, { session });
  }

  /** @param moved the number of an entry, when what is taken back was a move: whoever was told of it, or saw it, is told of the old position again. */
  async function takeBack(permitId: string, batch: string, moved: number | null, session: ClientSession): Promise<void> {
    const before = await permitEvents.findOne({ permitId }, null, { session }).sort({ _id: -1 }).lean();
    const known = await permits.findById(permitId, { sealed: 1 }, { session }).lean();
    if (known === null) return;
    const withdrawn = rows.open(known.sealed);
    if (before === null) {
      await endWatches(permitId, withdrawn.number, 0, session);
      return drop([permitId], session);
    }
    const content = rows.open(before.sealed);
    if (isSomebodyElse(withdrawn.person, content.person)) {
      const others = { permitId, batch: isNot(batch) };
      const standing = await permitEvents.findOne(others, { _id: 1 }, { session }).sort({ _id: -1 }).lean();
      await endWatches(permitId, content.number, moved === null ? null : (standing?._id ?? 0), session);
    }
    const wrong = moved !== null && before.batch !== batch ? { permitId, told: gt(before._id), ended: null } : null;
    const again = wrong !== null && (await permitWatches.exists(wrong).session(session)) !== null ? moved : null;
    if (again !== null) {
      await permitWatches.updateMany({ permitId, told: gt(before._id), ended: null }, { $set: { overAt: null } }, { session });
      const move = { permitId, moved: true, _id: lte(before._id) };
      const heard = await permitEvents.findOne(move, { _id: 1 }, { session }).sort({ _id: -1 }).lean();
      // Whoever had heard all up to there, and not of what is withdrawn, has nothing to hear.
      const told = between(heard?._id ?? before._id, before._id);
      await permitWatches.updateMany({ permitId, told }, { $set: { told: again } }, { session });
      await permitEvents.create([{ ...before, _id: again, batch: undoOf(batch), moved: true }], { session });
    }
    const { service, submittedAt } = content;
    const set = {
      sealed: before.sealed,
      current: again ?? before._id,
      note: before.note,
      ...positionOf(before, before.fetchedAt),
    };
    const more = service === undefined || submittedAt === undefined ? {} : { service, submittedAt };
    await permits.updateOne({ _id: permitId }, { $set: { ...set, ...more, ...rows.numbersOf(content) } }, { session });
  }

  return {
    undo: async (batch, limit) => {
      // Taken outside the transaction, where others would collide on them: numbers may be skipped.
      const first = await run(() => take('permitEvents', limit));
      return atomic(async (session) => {
        const shape = { permitId: 1, moved: 1 };
        const brought = await permitEvents.find({ batch }, shape, { session }).sort({ _id: -1 }).limit(limit).lean();
        await permitEvents.deleteMany({ _id: oneOf(brought.map(({ _id }) => _id)) }, { session });
        const moves = new Set(brought.filter(({ moved }) => moved).map(({ permitId }) => permitId));
        for (const [at, permitId] of [...new Set(brought.map((event) => event.permitId))].entries())
          await takeBack(permitId, batch, moves.has(permitId) ? first + at : null, session);
        return brought.length;
      });
    },
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
      // Few at any time: they wait to be told so.
      if (from === 0)
        for (const { _id, ended } of await run(() => permitWatches.find({ ended: gt('') }, { ended: 1 }).lean()))
          await run(() =>
            permitWatches.updateOne({ _id, ended }, { $set: { ended: fields.encrypt(fields.decrypt(ended ?? null)) } }),
          );
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
