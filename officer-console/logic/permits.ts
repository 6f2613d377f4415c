// What the console says about permit files: stages, turns, systems, settings. No DOM.
import type { PermitStage, PermitStatus, PermitSystem, PermitTurn } from '../../src/contract/permit.ts';
import { t } from './language.ts';

/** In the usual order. */
export const stageNames: Record<PermitStage, string> = {
  terdaftar: t('Terdaftar', 'Registered'),
  verifikasi_berkas: t('Verifikasi berkas', 'Checking the files'),
  dikembalikan: t('Dikembalikan', 'Returned'),
  verifikasi_teknis: t('Verifikasi teknis', 'Technical check'),
  tinjauan_lapangan: t('Tinjauan lapangan', 'Site visit'),
  rekomendasi_teknis: t('Rekomendasi teknis', 'Technical recommendation'),
  menunggu_pembayaran: t('Menunggu pembayaran', 'Payment'),
  penetapan: t('Penetapan', 'Decision being signed'),
  terbit: t('Terbit', 'Issued'),
  ditolak: t('Ditolak', 'Refused'),
  dicabut: t('Dicabut', 'Revoked'),
};
export const turnNames: Record<PermitTurn, string> = {
  applicant: t('giliran pemohon', 'the applicant’s turn'),
  office: t('giliran kantor', 'the office’s turn'),
  agency: t('giliran dinas teknis', 'the technical agency’s turn'),
  none: t('selesai', 'over'),
  unknown: t('giliran tidak disebut', 'turn not told'),
};
export const systemNames: Record<PermitSystem, string> = {
  OSS: 'OSS',
  SIMBG: 'SIMBG',
  GAMPIL: 'GAMPIL',
  MPPDN: 'MPP Digital',
  SICANTIK: 'SiCantik',
  MANUAL: t('Catatan petugas', 'Officer’s entry'),
};

/** @returns the stage; for a code nobody has mapped the source's own words. */
export const positionName = ({ stage, textRaw, codeRaw }: PermitStatus): string =>
  stage === null ? (textRaw ?? codeRaw ?? '-') : stageNames[stage];

/** @returns what the source itself said: `kode 3 · “Dikembalikan”`. */
export function rawText({ codeRaw, textRaw }: PermitStatus): string {
  if (codeRaw === 'MANUAL') return t('dicatat petugas', 'entered by an officer');
  const parts = [codeRaw === null ? '' : `${t('kode', 'code')} ${codeRaw}`, textRaw === null ? '' : `“${textRaw}”`];
  return parts.filter((part) => part !== '').join(' · ') || t('tanpa kode', 'no code');
}

/** What the office may set about permit status; the server checks every part (desk/permitSettings.ts). */
export interface PermitOffice extends Record<PermitFigure, number> {
  patterns: { system: PermitSystem; name: string; pattern: string }[];
  reasons: { key: string; id: string; en: string; source: string; checked: string }[];
  standards: Record<string, number>;
  quietHours: { from: string; to: string };
  routes: { oss?: 'none' | 'oss' };
  simbgLink: string | null;
}
export const figureNames = {
  staleHours: t('Data dianggap lama setelah (jam)', 'Data counts as old after (hours)'),
  proofMinutes: t('Bukti kepemilikan berlaku (menit)', 'A proof holds (minutes)'),
  dialogueMinutes: t('Tanya-jawab status menunggu (menit)', 'The status dialogue waits (minutes)'),
  perContact: t('Percobaan per orang per hari (1–5)', 'Tries of a person a day (1–5)'),
  perNumber: t('Percobaan per nomor per hari (1–5)', 'Tries at a number a day (1–5)'),
  perHour: t('Percobaan semua orang per jam', 'Tries of everybody an hour'),
  slotSeconds: t('Jeda jawaban pengecekan (detik)', 'Answers come at every (seconds)'),
  pullsPerMinute: t('Sistem lain ditanya paling sering (per menit)', 'Other systems are asked at most (a minute)'),
  freshMinutes: t('Tidak ditanya lagi dalam (menit)', 'Not asked again within (minutes)'),
  keepEndedDays: t('Simpan berkas selesai (hari, 0: selamanya)', 'Keep ended files (days, 0: for good)'),
  keepSilentDays: t('Simpan berkas tanpa kabar sumber (hari, 0: selamanya)', 'Keep files no source tells of (days, 0: for good)'),
} as const;
export type PermitFigure = keyof typeof figureNames;

/** @returns `layanan = hari` lines as the standards they name, or the first line that is none. */
export function readStandards(text: string): { ok: true; standards: Record<string, number> } | { ok: false; line: string } {
  const standards: Record<string, number> = {};
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const [, service, days] = /^(.{1,60}?)\s*[=:]\s*(\d{1,3})$/.exec(line) ?? [];
    if (service === undefined || days === undefined) return { ok: false, line };
    standards[service] = Number(days);
  }
  return { ok: true, standards };
}
