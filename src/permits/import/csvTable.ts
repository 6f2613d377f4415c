// A CSV as a table, parsed slice by slice so that a large file never holds up messages.
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { LoketError } from '../../contract/errors.ts';
import type { Mapping } from '../../contract/permitImport.ts';
import { readHeader, type Table, type TableRow } from './table.ts';

/** A row longer than this is no row: the quotes of the file are broken. Bytes. */
const MOST_ROW_BYTES = 64 * 1024;
/** What is parsed in one go. Bytes. */
const SLICE = 16 * 1024;
const delimiters: Mapping['delimiter'][] = [';', ',', '\t', '|'];
const none: ReadonlySet<string> = new Set();

/** @param wished null: the one that stands most often in the first line */
export async function readCsv(bytes: Uint8Array, wished: Mapping['delimiter'] | null): Promise<Table> {
  const delimiter = wished ?? delimiterOf(bytes);
  const records = parseRecords(bytes, delimiter);
  const first = await records.next();
  const headers = readHeader(first.done ? [] : first.value.cells);
  return { sheets: [], sheet: null, delimiter, headers, rows: rowsOf(records, headers) };
}

async function* rowsOf(records: AsyncGenerator<{ cells: string[]; line: number }>, headers: string[]): AsyncGenerator<TableRow> {
  for await (const { cells, line } of records)
    yield { line, values: Object.fromEntries(headers.map((header, at) => [header, cells[at] ?? ''])), numeric: none };
}

async function* parseRecords(bytes: Uint8Array, delimiter: string): AsyncGenerator<{ cells: string[]; line: number }> {
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    max_record_size: MOST_ROW_BYTES,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const source = Readable.from(slices(bytes), { objectMode: false });
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<{ record: string[]; info: { lines: number } }>)
      yield { cells: record, line: info.lines };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = 'lines' in error ? ` di sekitar baris ${Number(error.lines)}` : '';
    throw new LoketError('invalid', `CSV tidak terbaca${at}: periksa tanda kutip dan pemisah kolom.`, { cause: error });
  } finally {
    source.destroy();
    parser.destroy();
  }
}

function* slices(bytes: Uint8Array): Iterable<Buffer> {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < whole.length; at += SLICE) yield whole.subarray(at, at + SLICE);
}

function delimiterOf(bytes: Uint8Array): Mapping['delimiter'] {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, MOST_ROW_BYTES)).toString('utf8');
  const line = start.split(/\r?\n/).find((one) => one.trim() !== '') ?? '';
  const bare = line.replace(/"[^"]*"/g, '');
  const counts = delimiters.map((delimiter) => [bare.split(delimiter).length, delimiter] as const);
  return counts.reduce((best, one) => (one[0] > best[0] ? one : best))[1];
}
