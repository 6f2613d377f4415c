// What watchers are told, kept in step with the write that says it and with the write that makes it untrue.
import type { Database } from 'better-sqlite3';
import type { News } from '../../desk/permitPort.ts';
import type { FieldCrypto } from '../fieldCrypto.ts';

/** @returns notes news as told; false when they are none any more: taken back, told before, or nobody watches. Call it inside a write. */
export function createNews(db: Database): (news: News) => boolean {
  // An entry's number may be given again once it was taken back, but never within the same import.
  const told = db.prepare<[number, number | null, string, number, number, string | null]>(
    `UPDATE permit_watches SET told = ?, overAt = ? WHERE id = ? AND overAt IS NULL AND ended IS NULL AND told < ? AND EXISTS (
       SELECT 1 FROM permit_events e WHERE e.n = ? AND e.permit = permit_watches.permit AND e.moved = 1 AND e.batch IS ?)`,
  );
  const end = db.prepare<[string]>('DELETE FROM permit_watches WHERE id = ? AND ended IS NOT NULL');
  return ({ watchId, event, overAt }) =>
    (event === null ? end.run(watchId) : told.run(event.n, overAt, watchId, event.n, event.n, event.batch)).changes === 1;
}

/**
 * @returns ends all watches of a file whose proof holds no more, to be told so. `heard`: its last entry that stands; whoever was told of a
 *   later one was told something wrong, also when the watch was over with it; null: nothing was wrong
 */
export function createWatchEnds(
  db: Database,
  fields: FieldCrypto,
): (permit: number, number: string, heard: number | null) => void {
  const wrong = db.prepare<[string, number, number]>(
    'UPDATE permit_watches SET ended = ?, overAt = NULL WHERE permit = ? AND told > ? AND ended IS NULL',
  );
  const forget = db.prepare<[number]>('DELETE FROM permit_watches WHERE permit = ? AND overAt IS NOT NULL');
  const end = db.prepare<[string, number]>('UPDATE permit_watches SET ended = ? WHERE permit = ? AND ended IS NULL');
  const seal = (number: string, isWrong: boolean) => fields.encrypt(JSON.stringify({ number, isWrong }));
  return (permit, number, heard) => {
    if (heard !== null) wrong.run(seal(number, true), permit, heard);
    forget.run(permit);
    end.run(seal(number, false), permit);
  };
}
