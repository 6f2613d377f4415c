// Reads an export row by row and hands reports to the store in small lots that let messages through; a look at one; and undo.

import { LoketError } from '../../contract/errors.ts';
import type { ImportPreview, Mapping, RowProblem } from '../../contract/permitImport.ts';
import { newId } from '../../desk/ids.ts';
import type { ImportCounts, ImportFrame, ImportRun, PermitImporter } from '../../desk/permitImportPort.ts';
import type { PermitBatch, PermitReport } from '../../desk/permitPort.ts';
import { proposeMapping } from './mapping.ts';
import { formatOf, openTable } from './openTable.ts';
import { createRivals, type Rivals, UNCLEAR } from './rivals.ts';
import { type RowResult, readRow } from './row.ts';
import { createShown } from './shown.ts';
import type { Table, TableRow } from './table.ts';

/** One lot is one transaction on the store's thread: small, so that a message waits for a few milliseconds at most. */
const CHUNK = 50;
const MOST_PROBLEMS = 200;
/** What a look reads, and what it shows. */
const LOOK_ROWS = 200;
const SHOWN_ROWS = 20;

/** @returns the importer of CSV and XLSX */
export const createImporter = (): PermitImporter => ({ formatOf, look: lookAt, run: importRows, undo: undoImport });

async function lookAt(
  bytes: Uint8Array,
  wish: { mapping: Mapping | null; sheet: string | null; known?: readonly Mapping[] },
  frame: ImportFrame,
): Promise<ImportPreview> {
  const table = await openTable(bytes, { sheet: wish.mapping?.sheet ?? wish.sheet, delimiter: wish.mapping?.delimiter ?? null });
  const rows: TableRow[] = [];
  for await (const row of table.rows) if (rows.push(row) === LOOK_ROWS) break;
  const values = rows.map((row) => row.values);
  const mapping = wish.mapping ?? adopt(table, wish.known ?? []) ?? proposeMapping(table, values);
  if (mapping !== null) refuseUnknownColumns(table, mapping);
  return {
    sheets: table.sheets,
    headers: table.headers,
    rows: values.slice(0, SHOWN_ROWS).map(createShown(table.headers, mapping)),
    mapping,
    problems: mapping === null ? [] : problemsOf(rows, { ...frame, mapping }).slice(0, MOST_PROBLEMS),
  };
}

type RowFrame = ImportFrame & { mapping: Mapping };

function problemsOf(rows: readonly TableRow[], frame: RowFrame): RowProblem[] {
  const rivals = createRivals();
  const see = (read: RowResult) => read.ok && rivals.see(read.report);
  for (const row of rows) see(readRow(row, frame));
  return rows.flatMap((row) => {
    const read = readSettled(row, frame, rivals);
    return read.ok ? [] : read.problems;
  });
}

/** @returns the row, refused when other rows of its number contradict it. */
function readSettled(row: TableRow, frame: RowFrame, rivals: Rivals): RowResult {
  const read = readRow(row, frame);
  if (!read.ok || !rivals.isUnclear(read.report.number)) return read;
  return { ok: false, problems: [{ line: row.line, column: frame.mapping.columns.number, problem: UNCLEAR }] };
}

/** Reads the whole file once before anything of it is written. */
async function seeAll(bytes: Uint8Array, frame: RowFrame, signal: AbortSignal | undefined): Promise<Rivals> {
  const { sheet, delimiter } = frame.mapping;
  const table = await openTable(bytes, { sheet, delimiter });
  refuseUnknownColumns(table, frame.mapping);
  const rivals = createRivals();
  let seen = 0;
  for await (const row of table.rows) {
    if (signal?.aborted) break;
    const read = readRow(row, frame);
    if (read.ok) rivals.see(read.report);
    if (++seen % CHUNK === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return rivals;
}

/**
 * Importing the same file again changes nothing. A broken row is told by line and column and left out; the others are kept.
 * @throws LoketError `invalid` with one sentence when the file cannot be read or lacks a column of the mapping
 */
async function importRows(
  bytes: Uint8Array,
  { mapping, frame, permits, by, now, signal, onProgress }: ImportRun,
): Promise<ImportCounts> {
  const batch = newId('b');
  const counts: ImportCounts = {
    batch: permits && batch,
    rows: 0,
    added: 0,
    changed: 0,
    same: 0,
    older: 0,
    refused: 0,
    problems: [],
  };
  const record = (state: PermitBatch['state']): PermitBatch => {
    const { rows, added, changed, refused } = counts;
    return { id: batch, at: now, by, system: mapping.system, rows, added, changed, refused, state };
  };
  let lot: { id: string; report: PermitReport }[] = [];
  const flush = async () => {
    const results = permits === null || lot.length === 0 ? [] : await permits.put(lot, batch);
    for (const { outcome } of results) counts[outcome] += 1;
    lot = [];
    onProgress?.(counts);
    await new Promise((resolve) => setImmediate(resolve));
  };

  const rowFrame = { ...frame, mapping };
  const rivals = await seeAll(bytes, rowFrame, signal);
  const table = await openTable(bytes, { sheet: mapping.sheet, delimiter: mapping.delimiter });
  const audit = { id: newId('a'), at: now, actor: by, action: 'permit-import', subject: batch, detail: mapping.system };
  await permits?.putBatch(record('running'), audit);
  try {
    for await (const row of table.rows) {
      if (signal?.aborted) break;
      counts.rows += 1;
      const read = readSettled(row, rowFrame, rivals);
      if (read.ok) lot.push({ id: newId('f'), report: read.report });
      else {
        counts.refused += 1;
        counts.problems.push(...read.problems.slice(0, MOST_PROBLEMS - counts.problems.length));
      }
      if (counts.rows % CHUNK === 0) await flush();
    }
    await flush();
  } catch (error) {
    await permits?.putBatch(record('stopped'), null);
    throw error;
  }
  await permits?.putBatch(record(signal?.aborted ? 'stopped' : 'done'), null);
  return counts;
}

/** Takes an import back, in small lots. @returns how many entries went */
const undoImport: PermitImporter['undo'] = async (permits, batch, by, now) => {
  let undone = 0;
  for (;;) {
    const count = await permits.undo(batch.id, CHUNK);
    undone += count;
    if (count < CHUNK) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const audit = { id: newId('a'), at: now, actor: by, action: 'permit-import-undone', subject: batch.id, detail: null };
  await permits.putBatch({ ...batch, state: 'undone' }, audit);
  return undone;
};

function adopt(table: Table, known: readonly Mapping[]): Mapping | null {
  const found = known.find((mapping) => missingColumns(table, mapping).length === 0);
  return found === undefined ? null : { ...found, sheet: table.sheet, delimiter: table.delimiter };
}

const missingColumns = ({ headers }: Table, { columns: { otherNumbers, ...rest } }: Mapping): string[] =>
  [...Object.values(rest), ...otherNumbers].filter((name) => !headers.includes(name));

/** A column that was renamed must not go missing unnoticed. */
function refuseUnknownColumns(table: Table, mapping: Mapping): void {
  const missing = missingColumns(table, mapping);
  if (missing.length > 0)
    throw new LoketError('invalid', `Berkas tidak memiliki kolom "${missing.join('", "')}": periksa pemetaan dan pemisah kolom.`);
}
