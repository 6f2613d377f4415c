// Taking back an import, forgetting what need not be kept, and writing files anew under another key: in small steps that yield.
import { isFinal } from '../../contract/permit.ts';
import { type PermitStore, undoOf } from '../../desk/permitPort.ts';
import { isSomebodyElse } from '../../desk/permitReport.ts';
import type { Connection } from './connection.ts';
import { createWatchEnds } from './permitNews.ts';
import { createPermitRows, type EventColumns, eventColumns } from './permitRows.ts';

/** @returns `undo`, `purge` and `rekey` of the port. */
export function createPermitUpkeep({ db, fields, write }: Connection): Pick<PermitStore, 'undo' | 'purge' | 'rekey'> {
  const rows = createPermitRows(db, fields);
  const ofBatch = db.prepare<[string, number], { n: number; permit: number; moved: number }>(
    'SELECT n, permit, moved FROM permit_events WHERE batch = ? ORDER BY n DESC LIMIT ?',
  );
  const dropEvent = db.prepare<[number]>('DELETE FROM permit_events WHERE n = ?');
  const last = db.prepare<[number], EventColumns & { sealed: string }>(
    `SELECT ${eventColumns}, sealed FROM permit_events WHERE permit = ? ORDER BY n DESC LIMIT 1`,
  );
  const now = db.prepare<[number], { sealed: string; service: string | null; submittedAt: number | null }>(
    'SELECT sealed, service, submittedAt FROM permits WHERE n = ?',
  );
  const endWatches = createWatchEnds(db, fields);
  const standing = db.prepare<[number, string], { n: number | null }>(
    'SELECT max(n) AS n FROM permit_events WHERE permit = ? AND batch IS NOT ?',
  );
  const release = db.prepare<[number]>('UPDATE permit_watches SET permit = NULL WHERE permit = ?');
  const restore = db.prepare(
    'UPDATE permits SET sealed = ?, service = ?, submittedAt = ?, fetchedAt = ?, current = ?, turn = ?, since = ?, endedAt = ? WHERE n = ?',
  );
  const lastTold = db.prepare<[number], { n: number | null }>(
    'SELECT max(told) AS n FROM permit_watches WHERE permit = ? AND ended IS NULL',
  );
  const goOn = db.prepare<[number, number]>('UPDATE permit_watches SET overAt = NULL WHERE permit = ? AND told > ?');
  // Whoever had heard all up to there, and not of what is withdrawn, has nothing to hear.
  const skip = db.prepare<[number, number, number, number, number]>(
    `UPDATE permit_watches SET told = ? WHERE permit = ? AND told <= ?
       AND told >= (SELECT max(n) FROM permit_events WHERE permit = ? AND moved = 1 AND n <= ?)`,
  );
  const again = db.prepare<[number, string, number]>(
    `INSERT INTO permit_events (n, permit, batch, moved, stage, turn, codeRaw, textRaw, reason, since, fetchedAt, note, sealed)
     SELECT max((SELECT max(n) FROM permit_events), ?) + 1, permit, ?, 1, stage, turn, codeRaw, textRaw, reason, since, fetchedAt, note, sealed
     FROM permit_events WHERE n = ?`,
  );
  const drop = db.prepare<[number]>('DELETE FROM permits WHERE n = ?');
  const ended = db.prepare<[number, number], { n: number }>('SELECT n FROM permits WHERE endedAt < ? ORDER BY endedAt LIMIT ?');
  const silent = db.prepare<[number, number], { n: number }>(
    'SELECT n FROM permits WHERE fetchedAt < ? ORDER BY fetchedAt LIMIT ?',
  );
  const after = db.prepare<[number, number], { n: number; sealed: string }>(
    'SELECT n, sealed FROM permits WHERE n > ? ORDER BY n LIMIT ?',
  );
  const reseal = db.prepare<[string, number]>('UPDATE permits SET sealed = ? WHERE n = ?');
  const events = db.prepare<[number], { n: number; sealed: string; note: string | null }>(
    'SELECT n, sealed, note FROM permit_events WHERE permit = ?',
  );
  const endedWatches = db.prepare<[], { id: string; ended: string }>(
    'SELECT id, ended FROM permit_watches WHERE ended IS NOT NULL ORDER BY id',
  );
  const resealWatch = db.prepare<[string | null, string]>('UPDATE permit_watches SET ended = ? WHERE id = ?');
  const resealEvent = db.prepare<[string, string | null, number]>('UPDATE permit_events SET sealed = ?, note = ? WHERE n = ?');

  /** @param hasMoved what is taken back was a move: whoever was told of it, or saw it, is told of the old position again. */
  function takeBack(permit: number, batch: string, hasMoved: boolean): void {
    const before = last.get(permit);
    const known = now.get(permit);
    if (known === undefined) return;
    const withdrawn = rows.open(known.sealed);
    if (before === undefined) {
      endWatches(permit, withdrawn.number, 0);
      release.run(permit);
      return void drop.run(permit);
    }
    const content = rows.open(before.sealed);
    if (isSomebodyElse(withdrawn.person, content.person))
      endWatches(permit, content.number, hasMoved ? (standing.get(permit, batch)?.n ?? 0) : null);
    const told = lastTold.get(permit)?.n ?? 0;
    const isWrong = hasMoved && told > before.n && before.batch !== batch;
    const current = isWrong ? tellAgain(permit, before.n, told, batch) : before.n;
    const { service, submittedAt } = content.service === undefined ? known : content;
    const since = before.since ?? before.fetchedAt;
    const ended = isFinal(before.stage) ? since : null;
    restore.run(before.sealed, service, submittedAt, before.fetchedAt, current, before.turn, since, ended, permit);
    rows.index(permit, content);
  }

  /** @returns the new entry that tells the old position again; watches that ended with what is withdrawn go on */
  function tellAgain(permit: number, before: number, told: number, batch: string): number {
    goOn.run(permit, before);
    const n = Number(again.run(told, undoOf(batch), before).lastInsertRowid);
    skip.run(n, permit, before, permit, before);
    return n;
  }

  return {
    undo: (batch, limit) =>
      write(() => {
        const brought = ofBatch.all(batch, limit);
        for (const { n } of brought) dropEvent.run(n);
        const moves = new Set(brought.filter(({ moved }) => moved === 1).map(({ permit }) => permit));
        for (const permit of new Set(brought.map((event) => event.permit))) takeBack(permit, batch, moves.has(permit));
        return brought.length;
      }),
    purge: (endedBefore, heardBefore, limit) =>
      write(() => {
        const old = new Set([...ended.all(endedBefore, limit), ...silent.all(heardBefore, limit)].map(({ n }) => n));
        const gone = [...old].slice(0, limit);
        for (const n of gone) drop.run(n);
        return gone.length;
      }),
    rekey: (from, limit) =>
      write(() => {
        // Few at any time: they wait to be told so.
        if (from === 0)
          for (const { id, ended: sealed } of endedWatches.all()) resealWatch.run(fields.encrypt(fields.decrypt(sealed)), id);
        const found = after.all(from, limit);
        for (const { n, sealed } of found) {
          const content = rows.open(sealed);
          reseal.run(rows.seal(content), n);
          rows.index(n, content);
          for (const event of events.all(n))
            resealEvent.run(rows.seal(rows.open(event.sealed)), fields.encrypt(fields.decrypt(event.note)), event.n);
        }
        return found.at(-1)?.n ?? null;
      }),
  };
}
