// The sub-port of the queue's counts: ranges of two small indexes, nothing is read.
import type { QueueStore } from '../../desk/queuePort.ts';
import type { Connection } from './connection.ts';

/** @returns the counts of the port. */
export function createQueue({ db, read }: Connection): QueueStore {
  // The first bound is what SQLite seeks by: it cannot by the row value, because its key is an expression.
  const ahead = db
    .prepare<[string | null, number, number, number], number>(
      `SELECT count(*) FROM conversations WHERE state = 'queued' AND teamId IS ? AND ifnull(queuedAt, 0) <= ?
       AND (ifnull(queuedAt, 0), number) < (?, ?)`,
    )
    .pluck();
  const size = db.prepare<[], { queued: number; oldest: number | null }>(
    `SELECT count(*) AS queued, min(ifnull(queuedAt, 0)) AS oldest FROM conversations WHERE state = 'queued'`,
  );
  return {
    ahead: ({ teamId, queuedAt, number }) => read(() => ahead.get(teamId, queuedAt, queuedAt, number) ?? 0),
    size: () => read(() => size.get() ?? { queued: 0, oldest: null }),
  };
}
