// Every state as a citizen reads it: position, whose turn, since when, what to do, how old and from where.
import type { Language } from '../../src/contract/message.ts';
import type { PermitFile, PermitStage, PermitTurn } from '../../src/contract/permit.ts';
import { defaultPermitSettings } from '../../src/desk/permitSettings.ts';
import { howToText, statusText } from '../../src/desk/permitText.ts';
import { report, status } from '../support/permitKit.ts';

const now = Date.UTC(2026, 10, 25, 3);
const frame = (language: Language) => ({ language, now, timeZone: 'Asia/Jakarta', settings: defaultPermitSettings, hours: null });
const file = (stage: PermitStage | null, turn: PermitTurn, more: Partial<PermitFile> = {}): PermitFile => ({
  ...report(),
  id: 'f',
  status: status({ stage, turn, since: now - 86_400_000 * 2, textRaw: 'Teks sistem' }),
  fetchedAt: now - 3_600_000,
  ...more,
});

it.each([
  ['terdaftar', 'office', 'Terdaftar, sejak 23 November 2026. Giliran kantor; pemohon menunggu.'],
  ['verifikasi_berkas', 'office', 'Verifikasi berkas, sejak 23 November 2026. Giliran kantor; pemohon menunggu.'],
  ['dikembalikan', 'applicant', 'Dikembalikan, sejak 23 November 2026. Giliran pemohon.'],
  [
    'verifikasi_teknis',
    'unknown',
    'Verifikasi teknis, sejak 23 November 2026. Giliran siapa tidak disebut sistemnya, tanya petugas.',
  ],
  ['tinjauan_lapangan', 'agency', 'Tinjauan lapangan, sejak 23 November 2026. Giliran dinas teknis; pemohon menunggu.'],
  ['rekomendasi_teknis', 'agency', 'Rekomendasi teknis, sejak 23 November 2026. Giliran dinas teknis; pemohon menunggu.'],
  ['menunggu_pembayaran', 'applicant', 'Menunggu pembayaran, sejak 23 November 2026. Giliran pemohon.'],
  ['penetapan', 'office', 'Penetapan, sejak 23 November 2026. Giliran kantor; pemohon menunggu.'],
  ['terbit', 'none', 'Terbit, sejak 23 November 2026. Prosesnya sudah selesai.'],
  ['ditolak', 'none', 'Ditolak, sejak 23 November 2026. Prosesnya sudah selesai.'],
  ['dicabut', 'none', 'Dicabut, sejak 23 November 2026. Prosesnya sudah selesai.'],
  [
    null,
    'unknown',
    'Status dari sistem: “Teks sistem”. Artinya belum saya ketahui. Giliran siapa tidak disebut sistemnya, tanya petugas.',
  ],
] as const)('When a file is at %s (%s), then a citizen reads all of it', (stage, turn, words) => {
  const asOf = 'Data per hari ini pukul 09.00, sumber SIMBG.';
  for (const language of ['id', 'su'] as const) expect(statusText(frame(language), file(stage, turn))).toBe(`${words} ${asOf}`);
  const old = statusText(frame('id'), file(stage, turn, { fetchedAt: now - 86_400_000 * 10 }));
  expect(old).toContain('Data ini sudah lama, mungkin sudah berubah. Petugas bisa memeriksa.');
  const english = statusText(frame('en'), file(stage, turn));
  expect(english).toMatch(/since|Status by the system/);
  expect(english).toMatch(/turn|over/);
  expect(english).toMatch(/Data as of .*, source SIMBG\.$/);
});

it.each([
  ['dikembalikan', 'GAMPIL', 'lengkapi data'],
  ['dikembalikan', 'SIMBG', 'Catatan perbaikannya ada di akun SIMBG tempat'],
  ['dikembalikan', 'MANUAL', 'Catatan perbaikannya ada di akun tempat'],
  ['menunggu_pembayaran', 'GAMPIL', 'Tagihan resminya ada di akun GAMPIL tempat'],
  ['menunggu_pembayaran', 'SIMBG', 'Tagihan resminya ada di akun SIMBG tempat'],
  [null, 'SIMBG', 'Yang perlu dilakukan tertulis di akun SIMBG tempat'],
] as const)('When it is the applicant’s turn at %s in %s, then what to do fits', (stage, system, words) => {
  const text = howToText('id', file(stage, 'applicant', { system }));
  expect(text).toContain(words);
  expect(/perbaik/i.test(text)).toBe(stage === 'dikembalikan');
});
