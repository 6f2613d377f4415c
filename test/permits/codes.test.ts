// Every documented code and word of every system, and where it stands on the one timeline.
import { permitStages } from '../../src/contract/permit.ts';
import { readPosition } from '../../src/permits/timeline/codes.ts';

type Row = [string, string | null, string];
const oss: Row[] = [
  ['10', 'verifikasi_berkas', 'office'],
  ['11', 'dikembalikan', 'applicant'],
  ['20', 'verifikasi_berkas', 'office'],
  ['30', 'menunggu_pembayaran', 'office'],
  ['31', 'menunggu_pembayaran', 'applicant'],
  ['32', 'menunggu_pembayaran', 'office'],
  ['33', 'menunggu_pembayaran', 'office'],
  ['40', 'tinjauan_lapangan', 'agency'],
  ['41', 'verifikasi_teknis', 'unknown'],
  ['42', 'verifikasi_teknis', 'unknown'],
  ['43', 'verifikasi_teknis', 'unknown'],
  ['44', 'verifikasi_teknis', 'unknown'],
  ['45', 'verifikasi_teknis', 'office'],
  ['46', 'dikembalikan', 'applicant'],
  ['47', 'dikembalikan', 'applicant'],
  ['48', 'penetapan', 'office'],
  ['50', 'terbit', 'none'],
  ['60', null, 'unknown'],
  ['70', null, 'unknown'],
  ['80', null, 'unknown'],
  ['90', 'ditolak', 'none'],
  ['93', 'ditolak', 'none'],
];
const viaSimbg: Row[] = [
  ['12', null, 'unknown'],
  ['20', null, 'unknown'],
  ['30', 'menunggu_pembayaran', 'applicant'],
  ['31', 'menunggu_pembayaran', 'office'],
];
const simbg: Row[] = [
  ['0', null, 'applicant'],
  ['1', 'terdaftar', 'office'],
  ['2', 'verifikasi_berkas', 'office'],
  ['3', 'dikembalikan', 'applicant'],
  ['4', 'verifikasi_teknis', 'office'],
  ['5', 'verifikasi_teknis', 'office'],
  ['6', 'verifikasi_teknis', 'office'],
  ['7', 'dikembalikan', 'applicant'],
  ['9', 'rekomendasi_teknis', 'agency'],
  ['10', 'rekomendasi_teknis', 'agency'],
  ['11', 'rekomendasi_teknis', 'agency'],
  ['12', 'menunggu_pembayaran', 'applicant'],
  ['15', 'terbit', 'none'],
  ['17', 'tinjauan_lapangan', 'agency'],
  ['18', 'tinjauan_lapangan', 'agency'],
  ['19', 'tinjauan_lapangan', 'agency'],
  ['20', 'tinjauan_lapangan', 'agency'],
  ['21', 'terbit', 'none'],
];

describe('codes', () => {
  it.each([
    ...oss.map((row) => ['oss' as const, ...row] as const),
    ...viaSimbg.map((row) => ['oss-simbg' as const, ...row] as const),
    ...simbg.map((row) => ['simbg' as const, ...row] as const),
  ])('When %s sends %s, then it is %s and the turn of %s', (table, code, stage, turn) => {
    const read = readPosition(table, { code, text: null });
    expect(read).toMatchObject({ stage, turn, codeRaw: code });
    expect(read.textRaw).toMatch(/\p{L}/u);
    expect(readPosition(table, { code, text: 'Uraian dari sistem' }).textRaw).toBe('Uraian dari sistem');
  });

  it.each([
    ['oss', '58'],
    ['oss', '09'],
    ['oss', '999'],
    ['oss', 'X1'],
    ['oss-simbg', '09'],
    ['simbg', '8'],
    ['simbg', '13'],
    ['simbg', '14'],
    ['simbg', '16'],
    ['simbg', '22'],
    ['simbg', '__proto__'],
    ['oss', 'constructor'],
  ] as const)('When %s sends the unknown %s, then nothing is guessed and its own text is kept', (table, code) => {
    const text = 'izin terbit sebagian';
    expect(readPosition(table, { code, text })).toEqual({ stage: null, turn: 'unknown', codeRaw: code, textRaw: text });
    expect(readPosition(table, { code, text: 'izin terbit' }).stage).toBeNull();
  });

  it.each([
    ['oss', '50', 'Ditolak', null, 'unknown'],
    ['oss', '90', 'Izin terbit', null, 'unknown'],
    ['simbg', '15', 'Perlu Perbaikan', null, 'unknown'],
    ['oss', '30', 'Menunggu pembayaran', 'menunggu_pembayaran', 'unknown'],
    ['simbg', '3', 'Perlu perbaikan', 'dikembalikan', 'applicant'],
    ['simbg', '15', 'PBG sudah keluar', 'terbit', 'none'],
  ] as const)('When %s sends %s and writes "%s", then what contradicts is not told', (table, code, text, stage, turn) => {
    expect(readPosition(table, { code, text })).toEqual({ stage, turn, codeRaw: code, textRaw: text });
  });

  it('When a code has leading zeros or spaces, then it is the same code', () => {
    expect(readPosition('simbg', { code: ' 03 ', text: null })).toMatchObject({ stage: 'dikembalikan', codeRaw: '03' });
  });
});

describe('words', () => {
  it.each([
    ['Verifikasi Pendaftaran', 'verifikasi_berkas', 'office'],
    ['VERIFIKASI TEKNIS', 'verifikasi_teknis', 'office'],
    ['SK DITERBITKAN', 'terbit', 'none'],
    ['DITOLAK', 'ditolak', 'none'],
    ['Menunggu Verifikasi', 'verifikasi_berkas', 'office'],
    ['Perlu Perbaikan', 'dikembalikan', 'applicant'],
    ['Kembali ke Pemohon', 'dikembalikan', 'applicant'],
    ['Tinjauan  Lapangan.', 'tinjauan_lapangan', 'agency'],
    ['Penetapan/TTE', 'penetapan', 'office'],
    ['dicabut', 'dicabut', 'none'],
    ['Menunggu pembayaran', 'menunggu_pembayaran', 'applicant'],
  ])('When a system writes "%s", then it is %s and the turn of %s', (text, stage, turn) => {
    expect(readPosition(null, { code: null, text })).toEqual({ stage, turn, codeRaw: null, textRaw: text.replace(/\s+/g, ' ') });
  });

  it.each(['Selesai', 'Proses', 'Menunggu', 'Sedang Diproses', 'Disetujui', 'EVALUASI', 'VALIDASI', 'tidak terbit', '', 'merah'])(
    'When a system writes only "%s", then no stage is guessed',
    (text) => expect(readPosition(null, { code: null, text })).toMatchObject({ stage: null, turn: 'unknown' }),
  );

  it('When the stages are listed by their own names, then each is read as itself', () => {
    for (const stage of permitStages) expect(readPosition(null, { code: null, text: stage }).stage).toBe(stage);
  });
});
