// An export as a table, whatever its format: header, then rows one after the other, never the whole file as rows in memory.
import { LoketError } from '../../contract/errors.ts';
import type { Mapping } from '../../contract/permitImport.ts';

export interface TableRow {
  /** Of the file, the header is line 1. */
  line: number;
  /** By column; a date cell of a workbook reads `YYYY-MM-DD HH:MM`. */
  values: Record<string, string>;
  /** Columns whose cell is a number to the workbook, not text: digits may be lost. */
  numeric: ReadonlySet<string>;
}

export interface Table {
  /** Empty for a CSV. */
  sheets: string[];
  /** The sheet that is read; null for a CSV. */
  sheet: string | null;
  delimiter: Mapping['delimiter'];
  headers: string[];
  /** To be read once. */
  rows: AsyncIterable<TableRow>;
}

const MOST_COLUMNS = 200;

/** @returns the names of the columns, trimmed. @throws LoketError when there is none, or one twice */
export function readHeader(cells: readonly string[]): string[] {
  const headers = cells.map((name) => name.trim());
  const named = headers.filter((name) => name !== '');
  if (named.length === 0) throw new LoketError('invalid', 'Baris pertama harus berisi nama kolom.');
  if (headers.length > MOST_COLUMNS) throw new LoketError('invalid', `Terlalu banyak kolom: paling banyak ${MOST_COLUMNS}.`);
  const twice = named.find((name, at) => named.indexOf(name) !== at);
  if (twice !== undefined) throw new LoketError('invalid', `Kolom "${twice}" ada dua kali: beri nama yang berbeda.`);
  return headers;
}
