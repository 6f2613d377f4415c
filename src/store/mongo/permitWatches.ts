// The sub-port of watches ("tell me when it moves") and of the counters that bound guessing.
import type { DueWatch, PermitWatchStore } from '../../desk/permitPort.ts';
import type { MongoConnection } from './connection.ts';
import { Overtaken } from './errors.ts';
import { gt, lt, lte, oneOf } from './filters.ts';
import { createPermitRows } from './permitRows.ts';

/** Watches looked at in one go. */
const BATCH = 200;

/** @returns the watches of the port. */
export function createPermitWatches({ models, fields, run, atomic }: MongoConnection): PermitWatchStore {
  const { permits, permitEvents, permitWatches, permitTries } = models;
  const rows = createPermitRows(fields);
  const keyOf = (key: string): string => fields.blindIndexes(`try:${key}`)[0] ?? '';

  return {
    spend: (keys, now) =>
      atomic(async (session) => {
        const hashed = keys.map((one) => ({ ...one, key: keyOf(one.key) }));
        const known = await permitTries.find({ _id: oneOf(hashed.map(({ key }) => key)) }, null, { session }).lean();
        const countOf = (key: string) => known.find(({ _id, until }) => _id === key && until > now)?.count ?? 0;
        const reached = hashed.findIndex(({ key, limit }) => countOf(key) >= limit);
        // The same writes run whether it is counted or not; and two that count at once collide here.
        const writes = hashed.map(({ key, until }) => ({
          updateOne: {
            filter: { _id: key },
            update: { $set: { count: countOf(key) + (reached === -1 ? 1 : 0), until } },
            upsert: true,
          },
        }));
        if (writes.length > 0) await permitTries.bulkWrite(writes, { session });
        return reached === -1 ? null : reached;
      }),
    tries: (key, now) =>
      run(async () => {
        const known = await permitTries.findById(keyOf(key)).lean();
        return known !== null && known.until > now ? known.count : 0;
      }),
    watch: ({ id, permitId, contactId, at }) =>
      atomic(async (session) => {
        const permit = await permits.findById(permitId, { current: 1 }, { session }).lean();
        if (permit === null) return;
        // Who takes this position back in the same moment collides here.
        const standing = await permitEvents.updateOne({ _id: permit.current }, { $inc: { tells: 1 } }, { session });
        if (standing.matchedCount !== 1) throw new Overtaken();
        const known = await permitWatches.findOne({ contactId, permitId }, null, { session }).lean();
        if (known !== null && (known.overAt ?? known.ended ?? null) === null) return;
        if (known !== null) await permitWatches.deleteOne({ _id: known._id }, { session });
        await permitWatches.insertMany([{ _id: id, permitId, contactId, at, told: permit.current }], { session, lean: true });
      }),
    watches: (contactId) =>
      run(async () => {
        const found = await permitWatches.find({ contactId, overAt: null, ended: null }).lean();
        const sorted = found.sort((a, b) => (a._id < b._id ? -1 : 1));
        return sorted.map(({ _id: id, permitId, at }) => ({ id, permitId, contactId, at }));
      }),
    unwatch: (contactId, permitId) =>
      run(async () => {
        const filter = permitId === null ? { contactId } : { contactId, permitId };
        const { deletedCount } = await permitWatches.deleteMany({ ...filter, overAt: null });
        await permitWatches.deleteMany(filter);
        return deletedCount;
      }),
    due: (after, limit) =>
      run(async () => {
        const due: DueWatch[] = [];
        for (let from = after ?? ''; due.length < limit; ) {
          const watches = await permitWatches
            .find({ _id: gt(from), overAt: null, ended: null })
            .sort({ _id: 1 })
            .limit(BATCH)
            .lean();
          const files = await permits.find({ _id: oneOf(watches.map(({ permitId }) => permitId)) }).lean();
          const byId = new Map(files.map((file) => [file._id, file]));
          for (const { _id: id, permitId, contactId, at, told } of watches) {
            const file = byId.get(permitId);
            if (due.length >= limit || file === undefined || file.current <= told) continue;
            const event = await permitEvents
              .findOne({ permitId, moved: true, _id: gt(told) })
              .sort({ _id: 1 })
              .lean();
            if (event !== null)
              due.push({ ...{ id, permitId, contactId, at }, event: rows.toEvent(event), file: rows.toFile(file) });
          }
          if (watches.length < BATCH) break;
          from = watches.at(-1)?._id ?? '';
        }
        return due;
      }),
    ended: (after, limit) =>
      run(async () => {
        const found = await permitWatches.find({ ended: gt('') }).lean();
        const rest = found.filter(({ _id }) => _id > (after ?? '')).sort((a, b) => (a._id < b._id ? -1 : 1));
        return rest.slice(0, limit).map(({ _id: id, contactId, ended }) => {
          const about: { number: string; isWrong: boolean } = JSON.parse(fields.decrypt(ended ?? null) ?? '{}');
          return { id, contactId, ...about };
        });
      }),
    watched: (after, limit) =>
      run(async () => {
        const watches = await permitWatches
          .find({ _id: gt(after ?? ''), overAt: null, ended: null })
          .sort({ _id: 1 })
          .limit(limit)
          .lean();
        const files = await permits.find({ _id: oneOf(watches.map(({ permitId }) => permitId)) }).lean();
        const byId = new Map(files.map((file) => [file._id, file]));
        return watches.flatMap(({ _id: id, permitId }) => {
          const file = byId.get(permitId);
          return file === undefined ? [] : [{ id, file: rows.toFile(file) }];
        });
      }),
    told: (watchId, event, overAt) =>
      run(async () => {
        const over = overAt === null ? {} : { $set: { overAt } };
        await permitWatches.updateOne({ _id: watchId }, { $max: { told: event }, ...over });
      }),
    prune: (now, overBefore) =>
      run(async () => {
        await permitTries.deleteMany({ until: lte(now) });
        await permitWatches.updateMany({ ended: gt(''), overAt: null }, { $set: { overAt: now } });
        await permitWatches.deleteMany({ overAt: lt(overBefore) });
      }),
  };
}
