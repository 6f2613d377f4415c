// A stand-in of SIMBG: it has no service to ask, so this makes the exports an office can take out, with the field names of its code
// (`getDataPBGRow`, snapshot of August 2023, single source), whole or broken. Names and numbers are made up.
import { makeXlsx } from './xlsxMaker.ts';

export type SimbgFault = 'none' | 'duplicate' | 'empty' | 'login-page' | 'cut' | 'other-columns' | 'unknown-status';

const head = [
  'no_konsultasi',
  'nm_pemilik',
  'nm_konsultasi',
  'nama_kec_bg',
  'status',
  'tahap_pbg',
  'tgl_pernyataan',
  'id_izin',
  'no_hp',
];

/** `status` counts through SIMBG's integers; one row each. */
const rowsOf = (statuses: readonly number[]): string[][] =>
  statuses.map((status, i) => [
    `PBG-327312-0108${2023}-${String(i + 1).padStart(2, '0')}`,
    `Pemohon Contoh ${i + 1}`,
    'Bangunan Baru',
    'Cibeunying Kidul',
    String(status),
    '1',
    '01/08/2023',
    '',
    `0812345600${String(i).padStart(2, '0')}`,
  ]);

export function simbgExport(fault: SimbgFault, format: 'csv' | 'xlsx', statuses: readonly number[] = [1, 3, 12, 15]): Buffer {
  if (fault === 'login-page') return Buffer.from('<!doctype html><html><body>Silakan login</body></html>');
  const rows = rowsOf(fault === 'unknown-status' ? [8, 99] : statuses);
  const titles = fault === 'other-columns' ? head.map((name) => (name === 'no_hp' ? 'kontak' : name)) : head;
  const table = fault === 'empty' ? [titles] : [titles, ...rows, ...(fault === 'duplicate' ? rows : [])];
  const whole = format === 'xlsx' ? makeXlsx({ PBG: table }) : Buffer.from(table.map((row) => row.join(';')).join('\r\n'));
  return fault === 'cut' ? whole.subarray(0, Math.floor(whole.length / 2)) : whole;
}
