// Reads an export in CSV, row by row, and hands reports to the store in small lots that let messages through.
import { Readable } from 'node:stream';
import { parse as csv } from 'csv-parse';
import { newId } from '../../desk/ids.ts';
import type { PermitBatch, PermitReport, PermitStore } from '../../desk/permitPort.ts';
import { type RowFrame, type RowProblem, readRow } from './row.ts';

export interface ImportSummary {
  batch: string | null;
  rows: number;
  added: number;
  changed: number;
  same: number;
  older: number;
  refused: number;
  /** The first ones; `refused` counts all. */
  problems: RowProblem[];
}

const CHUNK = 200;
const MOST_PROBLEMS = 200;
/** A row longer than this is no row: the quotes of the file are broken. Bytes. */
const MOST_ROW_BYTES = 64 * 1024;

/**
 * Importing the same file again changes nothing. A broken row is told by line and column and left out; the others are kept.
 * @param permits null: a dry run, nothing is written
 * @throws Error with one sentence when the file is no CSV or lacks the column of the number
 */
export async function importCsv(
  input: Readable | string,
  frame: RowFrame,
  { permits, by, now }: { permits: PermitStore | null; by: string; now: number },
): Promise<ImportSummary> {
  const batch = newId('b');
  const done: ImportSummary = {
    batch: permits === null ? null : batch,
    rows: 0,
    added: 0,
    changed: 0,
    same: 0,
    older: 0,
    refused: 0,
    problems: [],
  };
  const record = (state: PermitBatch['state']): PermitBatch => {
    const { rows, added, changed, refused } = done;
    return { id: batch, at: now, by, system: frame.mapping.system, rows, added, changed, refused, state };
  };
  const audit = { id: newId('a'), at: now, actor: by, action: 'permit-import', subject: batch, detail: frame.mapping.system };
  let lot: { id: string; report: PermitReport }[] = [];
  const flush = async () => {
    const results = permits === null ? [] : await permits.put(lot, batch);
    for (const { outcome } of results) done[outcome] += 1;
    lot = [];
    await new Promise((resolve) => setImmediate(resolve));
  };

  const parser = csv({
    bom: true,
    columns: headerFor(frame),
    delimiter: frame.mapping.delimiter,
    info: true,
    max_record_size: MOST_ROW_BYTES,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const source = typeof input === 'string' ? Readable.from([input]) : input;
  source.on('error', (error) => parser.destroy(error));
  await permits?.putBatch(record('running'), audit);
  for await (const { record: row, info } of source.pipe(parser) as AsyncIterable<{
    record: Record<string, string>;
    info: { lines: number };
  }>) {
    done.rows += 1;
    const read = readRow(row, info.lines, frame);
    if (read.ok) lot.push({ id: newId('f'), report: read.report });
    else {
      done.refused += 1;
      if (done.problems.length < MOST_PROBLEMS) done.problems.push(...read.problems);
    }
    if (lot.length === CHUNK) await flush();
  }
  await flush();
  await permits?.putBatch(record('done'), null);
  return done;
}

/** Takes an import back, in small lots. @returns how many entries went */
export async function undoImport(permits: PermitStore, batch: PermitBatch, by: string, now: number): Promise<number> {
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
}

function headerFor({ mapping }: RowFrame): (header: string[]) => string[] {
  return (header) => {
    const names = header.map((name) => name.trim());
    if (!names.includes(mapping.columns.number))
      throw new Error(`The file has no column "${mapping.columns.number}": check the mapping and its delimiter.`);
    return names;
  };
}
