// What the columns of an export probably mean, told by their names: a proposal for an officer to correct, never a decision.
import type { Mapping } from '../../contract/permitImport.ts';
import type { Table } from './table.ts';

type Field = Exclude<keyof Mapping['columns'], 'otherNumbers'>;

/** Names seen in exports and in the fields of GAMPIL, SIMBG, SiCantik and MPP Digital; the first that is there is taken. */
const names: Record<Field, string[]> = {
  number: ['nomor', 'nomor_registrasi', 'no_registrasi', 'nomor_permohonan', 'no_permohonan', 'no_konsultasi', 'id_izin', 'no'],
  service: ['layanan', 'jenis_izin', 'nama_izin', 'nm_konsultasi', 'jenis_layanan'],
  statusCode: ['kode_status', 'kd_status'],
  statusText: ['status', 'uraian_status', 'tahapan', 'nama_proses', 'posisi'],
  reason: ['alasan'],
  note: ['catatan', 'alasan_tolak', 'keterangan'],
  since: ['sejak', 'tgl_status', 'tanggal_status'],
  submitted: ['tanggal_daftar', 'tgl_pengajuan', 'tanggal_pengajuan', 'tgl_permohonan', 'tanggal_permohonan', 'tgl_pernyataan'],
  name: ['nama', 'nama_pemohon', 'nm_pemilik'],
  phone: ['hp', 'no_hp', 'nomor_hp', 'telepon', 'no_telepon', 'no_tlp'],
  nik: ['nik', 'no_ktp'],
};
const furtherNumbers = ['nomor_lain', 'nomor_resi', 'no_resi', 'resi', 'no_izin', 'nomor_izin', 'nib', 'id_izin'];

const fold = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

/**
 * @param rows the first ones: their dates tell how dates are written
 * @returns null when no column looks like a number of files
 */
export function proposeMapping(
  { headers, delimiter, sheet }: Table,
  rows: readonly Readonly<Record<string, string>>[],
): Mapping | null {
  const byFold = new Map(headers.map((header) => [fold(header), header]));
  const pick = (field: Field): string | undefined => names[field].flatMap((name) => byFold.get(name) ?? [])[0];
  const number = pick('number');
  if (number === undefined) return null;
  const isSimbg = byFold.has('no_konsultasi') || byFold.has('tahap_pbg');
  const isOss = fold(number) === 'id_izin';
  const otherNumbers = furtherNumbers.flatMap((name) => byFold.get(name) ?? []).filter((header) => header !== number);
  const columns: Mapping['columns'] = { number, otherNumbers: otherNumbers.slice(0, 4) };
  for (const field of Object.keys(names) as Field[]) {
    const header = pick(field);
    if (header !== undefined) columns[field] = header;
  }
  // SIMBG writes its integers into a column that is called like a text.
  if (isSimbg && columns.statusCode === undefined && columns.statusText !== undefined) {
    columns.statusCode = columns.statusText;
    delete columns.statusText;
  }
  return {
    system: isSimbg ? 'SIMBG' : isOss ? 'OSS' : 'GAMPIL',
    codes: isSimbg ? 'simbg' : isOss ? 'oss' : null,
    delimiter,
    sheet,
    dates: datesOf(rows.flatMap((row) => [row[columns.since ?? ''] ?? '', row[columns.submitted ?? ''] ?? ''])),
    service: null,
    columns,
  };
}

function datesOf(texts: readonly string[]): Mapping['dates'] {
  const first = texts.find((text) => /^\d{1,2}[-/]\d{1,2}[-/]\d{4}/.test(text.trim()));
  if (first === undefined) return 'YYYY-MM-DD';
  return first.includes('/') ? 'DD/MM/YYYY' : 'DD-MM-YYYY';
}
