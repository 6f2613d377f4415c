// Writing what sources told about permit files: each report is compared with what is known, and only news is added.
import { isFinal } from '../../contract/permit.ts';
import type { PermitReport, PermitStore, PutResult } from '../../desk/permitPort.ts';
import { isSomebodyElse, mergeReport } from '../../desk/permitReport.ts';
import type { Connection } from './connection.ts';
import { createWatchEnds } from './permitNews.ts';
import { createPermitRows, type PermitColumns, permitColumns, permitTables } from './permitRows.ts';

/** @returns `put` of the port. */
export function createPermitPut({ db, fields, write }: Connection): PermitStore['put'] {
  const rows = createPermitRows(db, fields);
  const find = db.prepare<[string, string], PermitColumns>(
    `SELECT ${permitColumns} FROM permit_numbers k JOIN permits p ON p.n = k.permit JOIN permit_events e ON e.n = p.current
     WHERE k.hash IN (SELECT value FROM json_each(?)) AND k.isMain = 1 AND p.system = ? LIMIT 1`,
  );
  const insert = db.prepare(
    `INSERT INTO permits (id, system, sealed, service, submittedAt, fetchedAt, current, turn, since, endedAt)
     VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?)`,
  );
  const addEvent = db.prepare(
    `INSERT INTO permit_events (permit, batch, moved, stage, turn, codeRaw, textRaw, reason, since, fetchedAt, note, sealed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = db.prepare(
    'UPDATE permits SET sealed = ?, service = ?, submittedAt = ?, fetchedAt = ?, current = ?, turn = ?, since = ?, endedAt = ? WHERE n = ?',
  );
  const begin = db.prepare('UPDATE permits SET current = ? WHERE n = ?');
  const endWatches = createWatchEnds(db, fields);
  const heard = db.prepare('UPDATE permits SET fetchedAt = ? WHERE n = ?');

  function event(permit: number, batch: string | null, moved: boolean, report: PermitReport, sealed: string): number {
    const { stage, turn, codeRaw, textRaw, reason, since } = report.status;
    const note = fields.encrypt(report.note);
    const values = [permit, batch, moved ? 1 : 0, stage, turn, codeRaw, textRaw, reason, since, report.fetchedAt, note, sealed];
    return Number(addEvent.run(...values).lastInsertRowid);
  }

  function putOne(id: string, report: PermitReport, batch: string | null): PutResult {
    const row = find.get(JSON.stringify(rows.hashes(report.number)), report.system);
    const known = row === undefined ? null : rows.toFile(row);
    const note = row === undefined || report.note === null ? null : fields.decrypt(row.note);
    const merged = mergeReport(known, report, note);
    if (merged.outcome === 'older' && known !== null) return { id: known.id, outcome: 'older' };
    if (merged.outcome === 'same' && row !== undefined) {
      heard.run(report.fetchedAt, row.n);
      return { id: row.id, outcome: 'same' };
    }
    const { file, moved } = merged;
    const { service, submittedAt } = file;
    const content = { number: file.number, others: file.otherNumbers, person: file.person, service, submittedAt };
    const sealed = rows.seal(content);
    const { turn, stage } = file.status;
    const since = file.status.since ?? report.fetchedAt;
    const endedAt = isFinal(stage) ? since : null;
    if (row === undefined) {
      const made = insert.run(id, file.system, sealed, service, submittedAt, report.fetchedAt, turn, since, endedAt);
      const n = Number(made.lastInsertRowid);
      rows.index(n, content);
      begin.run(event(n, batch, true, report, sealed), n);
      return { id, outcome: 'added' };
    }
    const { status, fetchedAt } = file;
    const current = event(row.n, batch, moved, { ...report, status, fetchedAt }, sealed);
    if (JSON.stringify(file.otherNumbers) !== JSON.stringify(known?.otherNumbers)) rows.index(row.n, content);
    update.run(sealed, service, submittedAt, fetchedAt, current, turn, since, endedAt, row.n);
    if (known !== null && isSomebodyElse(known.person, file.person)) endWatches(row.n, file.number, null);
    return { id: row.id, outcome: 'changed' };
  }

  return (reports, batch) => write(() => reports.map(({ id, report }) => putOne(id, report, batch)));
}

/** For tables that list files by a query of their own. */
export const listPermits = (where: string): string => `SELECT ${permitColumns} FROM ${permitTables} ${where}`;
