// Tells by its bytes what a file is, and opens it as a table.
import { isUtf8 } from 'node:buffer';
import { LoketError } from '../../contract/errors.ts';
import type { Mapping } from '../../contract/permitImport.ts';
import { readCsv } from './csvTable.ts';
import type { Table } from './table.ts';
import { readXlsx } from './xlsxTable.ts';

/** What a caller wants of the file; null: the first sheet, the delimiter that the header shows. */
export interface TableWish {
  sheet: string | null;
  delimiter: Mapping['delimiter'] | null;
}

/** @throws LoketError `invalid` with one sentence that says what to save the file as */
export function formatOf(bytes: Uint8Array): 'csv' | 'xlsx' {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4096));
  if (start.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return 'xlsx';
  if (start.subarray(0, 4).toString('hex') === 'd0cf11e0')
    throw new LoketError(
      'invalid',
      'Ini berkas Excel lama (.xls) atau terkunci kata sandi. Simpan sebagai .xlsx tanpa kata sandi.',
    );
  if (start.includes(0)) throw new LoketError('invalid', 'Berkas ini bukan CSV atau XLSX.');
  if (!isUtf8(bytes))
    throw new LoketError('invalid', 'Huruf berkas ini tidak terbaca. Simpan sebagai "CSV UTF-8" lalu unggah lagi.');
  return 'csv';
}

/** @throws LoketError `invalid` when the file is broken, has no such sheet or no usable header; also while its rows are read */
export function openTable(bytes: Uint8Array, wish: TableWish): Promise<Table> {
  return formatOf(bytes) === 'xlsx' ? readXlsx(bytes, wish.sheet) : readCsv(bytes, wish.delimiter);
}
