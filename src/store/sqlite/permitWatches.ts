// The sub-port of watches ("tell me when it moves") and of the counters that bound guessing.
import type { PermitWatchStore, Watch } from '../../desk/permitPort.ts';
import type { Connection } from './connection.ts';
import { createPermitRows, type EventColumns, eventColumns, type PermitColumns, permitColumns } from './permitRows.ts';

type DueColumns = PermitColumns & { watch: string; contactId: string; at: number; event: number };

/** @returns the watches of the port. */
export function createPermitWatches({ db, fields, read, write }: Connection): PermitWatchStore {
  const rows = createPermitRows(db, fields);
  const count = db.prepare<[string, number], { count: number }>('SELECT count FROM permit_tries WHERE key = ? AND until > ?');
  const add = db.prepare<[string, number, number, number]>(
    `INSERT INTO permit_tries (key, count, until) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET
       count = iif(until > ?, count, 0) + excluded.count, until = excluded.until`,
  );
  const prune = db.prepare<[number]>('DELETE FROM permit_tries WHERE until <= ?');
  const lapse = db.prepare<[number]>('UPDATE permit_watches SET overAt = ? WHERE ended IS NOT NULL AND overAt IS NULL');
  const pruneOver = db.prepare<[number]>('DELETE FROM permit_watches WHERE overAt < ?');
  const watch = db.prepare<[string, string, number, string]>(
    `INSERT INTO permit_watches (id, permit, contactId, at, told) SELECT ?, n, ?, ?, current FROM permits WHERE id = ?
     ON CONFLICT (contactId, permit) DO UPDATE SET
       id = excluded.id, at = excluded.at, told = excluded.told, overAt = NULL, ended = NULL
       WHERE overAt IS NOT NULL OR ended IS NOT NULL`,
  );
  const watches = db.prepare<[string], Watch>(
    `SELECT w.id, p.id AS permitId, w.contactId, w.at FROM permit_watches w JOIN permits p ON p.n = w.permit
     WHERE w.contactId = ? AND w.overAt IS NULL AND w.ended IS NULL ORDER BY w.id`,
  );
  const unwatch = db.prepare<[string], { overAt: number | null }>(
    'DELETE FROM permit_watches WHERE contactId = ? RETURNING overAt',
  );
  const unwatchOne = db.prepare<[string, string], { overAt: number | null }>(
    'DELETE FROM permit_watches WHERE contactId = ? AND permit = (SELECT n FROM permits WHERE id = ?) RETURNING overAt',
  );
  const due = db.prepare<[string, number], DueColumns>(
    `SELECT ${permitColumns}, w.id AS watch, w.contactId, w.at,
       (SELECT min(m.n) FROM permit_events m WHERE m.permit = w.permit AND m.n > w.told AND m.moved = 1) AS event
     FROM permit_watches w JOIN permits p ON p.n = w.permit AND p.current > w.told JOIN permit_events e ON e.n = p.current
     WHERE w.id > ? AND w.overAt IS NULL AND w.ended IS NULL AND event IS NOT NULL ORDER BY w.id LIMIT ?`,
  );
  const watched = db.prepare<[string, number], PermitColumns & { watch: string }>(
    `SELECT ${permitColumns}, w.id AS watch FROM permit_watches w JOIN permits p ON p.n = w.permit JOIN permit_events e ON e.n = p.current
     WHERE w.id > ? AND w.overAt IS NULL AND w.ended IS NULL ORDER BY w.id LIMIT ?`,
  );
  const ended = db.prepare<[string, number], { id: string; contactId: string; ended: string }>(
    'SELECT id, contactId, ended FROM permit_watches WHERE ended IS NOT NULL AND id > ? ORDER BY id LIMIT ?',
  );
  const event = db.prepare<[number], EventColumns>(`SELECT ${eventColumns} FROM permit_events WHERE n = ?`);
  const told = db.prepare<[number, number | null, string]>(
    'UPDATE permit_watches SET told = max(told, ?), overAt = ifnull(overAt, ?) WHERE id = ?',
  );
  const keyOf = (key: string): string => fields.blindIndexes(`try:${key}`)[0] ?? '';

  return {
    spend: (keys, now) =>
      write(() => {
        const hashed = keys.map((one) => ({ ...one, key: keyOf(one.key) }));
        const counts = hashed.map(({ key }) => count.get(key, now)?.count ?? 0);
        const reached = hashed.findIndex(({ limit }, at) => (counts[at] ?? 0) >= limit);
        // The same statements run whether it is counted or not.
        for (const { key, until } of hashed) add.run(key, reached === -1 ? 1 : 0, until, now);
        return reached === -1 ? null : reached;
      }),
    tries: (key, now) => read(() => count.get(keyOf(key), now)?.count ?? 0),
    watch: ({ id, permitId, contactId, at }) => write(() => void watch.run(id, contactId, at, permitId)),
    watches: (contactId) => read(() => watches.all(contactId)),
    unwatch: (contactId, permitId) =>
      write(() => {
        const gone = permitId === null ? unwatch.all(contactId) : unwatchOne.all(contactId, permitId);
        return gone.filter(({ overAt }) => overAt === null).length;
      }),
    due: (after, limit) =>
      read(() =>
        due.all(after ?? '', limit).flatMap((row) => {
          const next = event.get(row.event);
          if (next === undefined) return [];
          const { watch: id, contactId, at } = row;
          return [{ id, permitId: row.id, contactId, at, event: rows.toEvent(next), file: rows.toFile(row) }];
        }),
      ),
    ended: (after, limit) =>
      read(() =>
        ended.all(after ?? '', limit).map((row) => {
          const about: { number: string; isWrong: boolean } = JSON.parse(fields.decrypt(row.ended) ?? '{}');
          return { id: row.id, contactId: row.contactId, ...about };
        }),
      ),
    watched: (after, limit) =>
      read(() => watched.all(after ?? '', limit).map((row) => ({ id: row.watch, file: rows.toFile(row) }))),
    told: (watchId, n, overAt) => write(() => void told.run(n, overAt, watchId)),
    prune: (now, overBefore) =>
      write(() => {
        prune.run(now);
        lapse.run(now);
        pruneOver.run(overBefore);
      }),
  };
}
