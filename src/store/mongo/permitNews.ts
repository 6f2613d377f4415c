// What watchers are told, kept in step with the write that says it and with the write that makes it untrue.
import type { ClientSession } from 'mongoose';
import type { News } from '../../desk/permitPort.ts';
import type { MongoConnection } from './connection.ts';
import { gt, lt } from './filters.ts';

/** @returns notes news as told; false when they are none any more: taken back, told before, or nobody watches. */
export function createNews({ models }: MongoConnection): (news: News, session: ClientSession) => Promise<boolean> {
  const { permitEvents, permitWatches } = models;
  return async ({ watchId, event, overAt }, session) => {
    if (event === null) return (await permitWatches.deleteOne({ _id: watchId, ended: gt('') }, { session })).deletedCount === 1;
    const told = { _id: watchId, overAt: null, ended: null, told: lt(event.n) };
    const watch = await permitWatches.findOne(told, { permitId: 1 }, { session }).lean();
    if (watch === null) return false;
    // Both write the entry: one who takes it back in the same moment collides here, and looks again.
    const stands = { _id: event.n, permitId: watch.permitId, moved: true, batch: event.batch };
    if ((await permitEvents.updateOne(stands, { $inc: { tells: 1 } }, { session })).matchedCount !== 1) return false;
    return (await permitWatches.updateOne(told, { $set: { told: event.n, overAt } }, { session })).matchedCount === 1;
  };
}

/**
 * @returns ends all watches of a file whose proof holds no more, to be told so. `heard`: its last entry that stands; whoever was told of a
 *   later one was told something wrong, also when the watch was over with it; null: nothing was wrong
 */
export function createWatchEnds({ models, fields }: MongoConnection) {
  const { permitWatches } = models;
  const seal = (number: string, isWrong: boolean) => fields.encrypt(JSON.stringify({ number, isWrong }));
  return async (permitId: string, number: string, heard: number | null, session: ClientSession): Promise<void> => {
    const wrong = { permitId, ended: null, told: gt(heard ?? 0) };
    const set = { ended: seal(number, true), overAt: null };
    if (heard !== null) await permitWatches.updateMany(wrong, { $set: set }, { session });
    await permitWatches.deleteMany({ permitId, overAt: gt(0) }, { session });
    await permitWatches.updateMany({ permitId, ended: null }, { $set: { ended: seal(number, false) } }, { session });
  };
}
