// The sub-port of the queue's counts: ranges of small indexes.
import type { QueueStore } from '../../desk/queuePort.ts';
import type { MongoConnection } from './connection.ts';
import { lt, lte } from './filters.ts';

/** @returns the counts of the port. */
export function createQueue({ models, run }: MongoConnection): QueueStore {
  const { conversations } = models;
  return {
    ahead: ({ teamId, queuedAt, number }) =>
      run(() =>
        conversations.countDocuments({
          ...{ state: 'queued', teamId, place: lte(queuedAt) },
          $or: [{ place: lt(queuedAt) }, { place: queuedAt, number: lt(number) }],
        }),
      ),
    size: () =>
      run(async () => {
        const queued = await conversations.countDocuments({ state: 'queued' });
        const first = await conversations.findOne({ state: 'queued' }, { place: 1 }).sort({ place: 1, number: 1 }).lean();
        return { queued, oldest: first?.place ?? null };
      }),
  };
}
