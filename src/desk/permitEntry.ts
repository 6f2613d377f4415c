// What an officer types about a permit file becomes a report like any other source's, with the officer as its source. Pure.
import { MANUAL_CODE, type PermitFile, type PermitStage, type PermitStatus, type PermitTurn } from '../contract/permit.ts';
import type { AddPermit, MovePermit } from '../contract/permitDesk.ts';
import { startOfDay } from './hours.ts';
import { maskPersonal } from './identifiers.ts';
import { findNumbers } from './permitNumbers.ts';
import type { PermitReport } from './permitPort.ts';
import type { PermitSettings } from './permitSettings.ts';

export interface EntryFrame {
  now: number;
  timeZone: string;
  settings: PermitSettings;
}
type Read = { ok: true; report: PermitReport } | { ok: false; message: string };

/** Whose turn it is at a stage when the officer does not say. */
const usualTurns: Record<PermitStage, PermitTurn> = {
  terdaftar: 'office',
  verifikasi_berkas: 'office',
  dikembalikan: 'applicant',
  verifikasi_teknis: 'office',
  tinjauan_lapangan: 'agency',
  rekomendasi_teknis: 'agency',
  menunggu_pembayaran: 'applicant',
  penetapan: 'office',
  terbit: 'none',
  ditolak: 'none',
  dicabut: 'none',
};

/** @returns a file with its first position; its system is the one the number belongs to, so that a later import goes on with it. */
export function readNewPermit(frame: EntryFrame, entry: AddPermit): Read {
  const number = numberIn(entry.number, frame.settings);
  if (number === null)
    return bad(
      'Bentuk nomor ini tidak dikenali. Periksa nomornya, atau minta admin menambah polanya di Pengaturan › Berkas izin.',
    );
  const phone = phoneIn(entry.phone);
  if (entry.phone !== '' && phone === null) return bad('Nomor HP bukan nomor Indonesia: tulis seperti 0812… atau +62812….');
  if (phone === null && entry.nikTail === '')
    return bad('Isi nomor HP terdaftar atau 4 angka terakhir NIK: tanpa itu pemohon tidak dapat membuktikan berkasnya.');
  const submittedAt = momentOf(frame, entry.submitted);
  if (submittedAt === 'future') return bad('Tanggal daftar ada di masa depan.');
  const read = readPosition(frame, entry);
  if (!read.ok) return read;
  const person = { name: entry.name || null, phone, nikTail: entry.nikTail || null };
  return { ok: true, report: { ...read.report, ...number, service: entry.service || null, person, submittedAt } };
}

/** @returns the next position of a known file. */
export function readMove(frame: EntryFrame, file: PermitFile, entry: MovePermit): Read {
  const read = readPosition(frame, entry);
  return read.ok ? { ok: true, report: { ...read.report, system: file.system, number: file.number } } : read;
}

function readPosition(frame: EntryFrame, { stage, turn, reason, since: date, note }: MovePermit): Read {
  const since = momentOf(frame, date);
  if (since === 'future') return bad('Tanggal “sejak” ada di masa depan.');
  if (reason !== null && !frame.settings.reasons.some(({ key }) => key === reason)) return bad('Alasan ini bukan alasan baku.');
  const status: PermitStatus = {
    stage,
    turn: turn ?? usualTurns[stage],
    codeRaw: MANUAL_CODE,
    textRaw: null,
    reason: stage === 'dikembalikan' ? reason : null,
    since,
  };
  const nobody = { name: null, phone: null, nikTail: null };
  const nothing = { otherNumbers: [], service: null, person: nobody, submittedAt: null };
  return {
    ok: true,
    report: { system: 'MANUAL', number: '', ...nothing, status, note: maskPersonal(note) || null, fetchedAt: frame.now },
  };
}

/** @returns the number as it is written canonically, with its system; null unless the text is one number. */
export function numberIn(text: string, { patterns }: PermitSettings): Pick<PermitReport, 'number' | 'system'> | null {
  const { found, doubts } = findNumbers(text, patterns);
  const [number] = found;
  if (number !== undefined) return { number: number.number, system: number.system };
  // An officer who types 13 digits into the field for numbers means a NIB.
  const [doubt] = doubts;
  return doubt?.kind === 'phone-or-nib' ? { number: doubt.number, system: 'OSS' } : null;
}

/** E.164; null when it is no Indonesian number. */
function phoneIn(text: string): string | null {
  const digits = text.replace(/\D/g, '').replace(/^0/, '62').replace(/^8/, '628');
  return /^62\d{8,13}$/.test(digits) ? `+${digits}` : null;
}

/** Of today it is now: an entry is never older than what a source said this morning. */
function momentOf({ now, timeZone }: EntryFrame, date: string | null): number | null | 'future' {
  if (date === null) return null;
  const begins = startOfDay(date, timeZone);
  if (begins > now) return 'future';
  return now - begins < 86_400_000 ? now : begins;
}

const bad = (message: string): Read => ({ ok: false, message });
