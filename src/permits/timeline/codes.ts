// What the codes and words of each system mean on the one timeline. A code that is not here is never guessed: its own text is shown.
import type { PermitStage, PermitTurn } from '../../contract/permit.ts';
import type { CodeTable } from '../../contract/permitImport.ts';

/** A position: the stage, and whose turn it is. A null stage is a known position outside the timeline. */
export type Position = readonly [stage: PermitStage | null, turn: PermitTurn, text: string];

/**
 * OSS `kd_status` (annex 10 of the integration agreement as clients carry it; single source). 41–44 do not say who has to move.
 * 60–80 are sanctions on an issued licence: no stage of an application.
 */
const oss: Record<string, Position> = {
  10: ['verifikasi_berkas', 'office', 'Dokumen lengkap'],
  11: ['dikembalikan', 'applicant', 'Dokumen belum lengkap'],
  20: ['verifikasi_berkas', 'office', 'Validasi'],
  30: ['menunggu_pembayaran', 'office', 'Verifikasi pembayaran'],
  31: ['menunggu_pembayaran', 'applicant', 'Menunggu pembayaran PNBP'],
  32: ['menunggu_pembayaran', 'office', 'Menunggu verifikasi bukti bayar'],
  33: ['menunggu_pembayaran', 'office', 'Persetujuan pembayaran'],
  40: ['tinjauan_lapangan', 'agency', 'Inspeksi'],
  41: ['verifikasi_teknis', 'unknown', 'Konfirmasi persyaratan'],
  42: ['verifikasi_teknis', 'unknown', 'Data konfirmasi'],
  43: ['verifikasi_teknis', 'unknown', 'Re-konfirmasi'],
  44: ['verifikasi_teknis', 'unknown', 'Data re-konfirmasi'],
  45: ['verifikasi_teknis', 'office', 'Persyaratan terverifikasi'],
  46: ['dikembalikan', 'applicant', 'Perlu perbaikan persyaratan'],
  47: ['dikembalikan', 'applicant', 'Perlu perbaikan persyaratan'],
  48: ['penetapan', 'office', 'Persetujuan perizinan'],
  50: ['terbit', 'none', 'Izin terbit / SS terverifikasi'],
  60: [null, 'unknown', 'Peringatan'],
  70: [null, 'unknown', 'Penghentian sementara'],
  80: [null, 'unknown', 'Denda'],
  90: ['ditolak', 'none', 'Ditolak'],
  93: ['ditolak', 'none', 'Penolakan persyaratan'],
};

/** The same field as SIMBG fills it when it reports to OSS: other meanings for some numbers. */
const ossFromSimbg: Record<string, Position> = {
  ...oss,
  12: [null, 'unknown', 'Pemenuhan komitmen'],
  20: [null, 'unknown', 'Pemenuhan komitmen'],
  30: ['menunggu_pembayaran', 'applicant', 'Penagihan retribusi'],
  31: ['menunggu_pembayaran', 'office', 'Konfirmasi pembayaran'],
};

const inspection: Position = ['tinjauan_lapangan', 'agency', 'Inspeksi SLF'];

/** SIMBG's status integers (derived from its code as of 2023; single source). 8, 13, 14 and 16 were not seen. */
const simbg: Record<string, Position> = {
  0: [null, 'applicant', 'Draf, belum diajukan'],
  1: ['terdaftar', 'office', 'Diajukan'],
  2: ['verifikasi_berkas', 'office', 'Perbaikan masuk, menunggu pemeriksaan'],
  3: ['dikembalikan', 'applicant', 'Dikembalikan ke pemohon'],
  4: ['verifikasi_teknis', 'office', 'Berkas lolos, penugasan TPA/TPT'],
  5: ['verifikasi_teknis', 'office', 'Penjadwalan konsultasi'],
  6: ['verifikasi_teknis', 'office', 'Konsultasi terjadwal'],
  7: ['dikembalikan', 'applicant', 'Perbaikan dokumen teknis'],
  9: ['rekomendasi_teknis', 'agency', 'Perhitungan retribusi'],
  10: ['rekomendasi_teknis', 'agency', 'Pemeriksaan'],
  11: ['rekomendasi_teknis', 'agency', 'Validasi kepala dinas teknis'],
  12: ['menunggu_pembayaran', 'applicant', 'Tagihan retribusi terkirim'],
  15: ['terbit', 'none', 'PBG terbit'],
  17: inspection,
  18: inspection,
  19: inspection,
  20: inspection,
  21: ['terbit', 'none', 'SLF terbit'],
};

/** Which table reads the codes of a feed. */
const codeTables: Record<CodeTable, Record<string, Position>> = { oss, 'oss-simbg': ossFromSimbg, simbg };

/** Whole texts, folded; "Selesai", "Proses", "Menunggu" say nothing about a stage, so they are not here. */
const words: [PermitStage, PermitTurn, string][] = [
  ['terdaftar', 'office', 'terdaftar, pendaftaran, permohonan diterima, diajukan'],
  ['verifikasi_berkas', 'office', 'verifikasi berkas, verifikasi pendaftaran, menunggu verifikasi, pemeriksaan berkas'],
  [
    'dikembalikan',
    'applicant',
    'dikembalikan, dikembalikan ke pemohon, kembali ke pemohon, perlu perbaikan, perbaikan berkas, lengkapi data',
  ],
  ['verifikasi_teknis', 'office', 'verifikasi teknis'],
  ['tinjauan_lapangan', 'agency', 'tinjauan lapangan, peninjauan lapangan, survei lapangan, bapl, bapt'],
  ['rekomendasi_teknis', 'agency', 'rekomendasi teknis, rekomendasi dinas teknis'],
  ['menunggu_pembayaran', 'applicant', 'menunggu pembayaran, menunggu pembayaran retribusi, belum bayar'],
  ['penetapan', 'office', 'penetapan, penetapan tte, tte, tanda tangan elektronik, penandatanganan'],
  ['terbit', 'none', 'terbit, izin terbit, sudah terbit, sk terbit, sk diterbitkan, diterbitkan'],
  ['ditolak', 'none', 'ditolak, permohonan ditolak'],
  ['dicabut', 'none', 'dicabut, izin dicabut, pencabutan'],
];
const byWords = new Map(words.flatMap(([stage, turn, texts]) => texts.split(', ').map((text) => [text, [stage, turn] as const])));

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * @param table which table reads `code`; null: the feed has words only
 * @returns where this stands; stage null and turn `unknown` for what nobody has mapped. Code and text are kept as they came
 */
export function readPosition(
  table: CodeTable | null,
  { code, text }: { code: string | null; text: string | null },
): { stage: PermitStage | null; turn: PermitTurn; codeRaw: string | null; textRaw: string | null } {
  const raw = { codeRaw: clean(code), textRaw: clean(text) };
  const key = raw.codeRaw === null || !/^\d+$/.test(raw.codeRaw) ? null : String(Number(raw.codeRaw));
  const codes = table === null ? {} : codeTables[table];
  const known = key === null || !Object.hasOwn(codes, key) ? undefined : codes[key];
  if (known !== undefined) {
    const [stage, turn, text] = known;
    const said = byWords.get(fold(raw.textRaw ?? ''));
    // Code and text name two stages: the table is not of this feed, or the feed is wrong. Its text is shown, no stage is told.
    if (said !== undefined && said[0] !== stage) return { stage: null, turn: 'unknown', ...raw };
    const isTurnClear = said === undefined || said[1] === turn;
    return { stage, turn: isTurnClear ? turn : 'unknown', codeRaw: raw.codeRaw, textRaw: raw.textRaw ?? text };
  }
  // A code that is not in its table is not read by its text either: the text of a new code may mislead.
  const read = raw.codeRaw !== null && table !== null ? undefined : byWords.get(fold(raw.textRaw ?? ''));
  return { stage: read?.[0] ?? null, turn: read?.[1] ?? 'unknown', ...raw };
}

const clean = (text: string | null): string | null => text?.replace(/\s+/g, ' ').trim().slice(0, 200) || null;
