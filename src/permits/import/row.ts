// One row of an export becomes a report, or says by column what is wrong with it. Never quotes what stood there.
import type { Mapping, RowProblem } from '../../contract/permitImport.ts';
import { maskPersonal } from '../../desk/identifiers.ts';
import type { ImportFrame } from '../../desk/permitImportPort.ts';
import { findNumbers } from '../../desk/permitNumbers.ts';
import type { PermitReport } from '../../desk/permitPort.ts';
import { readPosition } from '../timeline/codes.ts';
import type { TableRow } from './table.ts';

export type RowResult = { ok: true; report: PermitReport } | { ok: false; problems: RowProblem[] };

type RowFrame = ImportFrame & { mapping: Mapping };

export function readRow({ values, numeric, line }: TableRow, frame: RowFrame): RowResult {
  const { mapping, fetchedAt } = frame;
  const { columns } = mapping;
  const problems: RowProblem[] = [];
  const value = (column: string | undefined): string | null => (column === undefined ? null : values[column]?.trim() || null);
  const fail = (column: string | undefined, problem: string): null => {
    problems.push({ line, column: column ?? '', problem });
    return null;
  };
  const read = <T>(column: string | undefined, parse: (text: string) => T | string): T | null => {
    const text = value(column);
    if (text === null) return null;
    const parsed = parse(text);
    return typeof parsed === 'string' && parsed.startsWith('!') ? fail(column, parsed.slice(1)) : (parsed as T);
  };

  const raw = value(columns.number);
  if (raw === null) fail(columns.number, 'kosong');
  else if (raw.length > 60) fail(columns.number, 'terlalu panjang');
  for (const column of [columns.number, ...columns.otherNumbers, columns.nik])
    if (column !== undefined && mayHaveLostDigits(value(column) ?? '', numeric.has(column))) fail(column, LOST_DIGITS);
  const number = canonical(raw ?? '', frame);
  if (hasRivals(raw ?? '', frame)) fail(columns.number, 'lebih dari satu nomor');
  const since = read(columns.since, (text) => readDate(text, frame));
  const submittedAt = read(columns.submitted, (text) => readDate(text, frame));
  const phone = read(columns.phone, readPhone);
  const nikTail = read(columns.nik, (text) =>
    /^\d{16}$/.test(text.replace(/[\s.-]/g, '')) ? text.replace(/\D/g, '').slice(-4) : '!bukan 16 angka',
  );
  const reason = read(columns.reason, (text) => (frame.reasons.has(text) ? text : '!bukan alasan baku'));
  const code = value(columns.statusCode);
  const text = value(columns.statusText);
  if (code === null && text === null) fail(columns.statusText ?? columns.statusCode, 'status kosong');
  if (since !== null && since > fetchedAt + 86_400_000) fail(columns.since, 'tanggal di masa depan');
  if (problems.length > 0) return { ok: false, problems };

  const position = readPosition(mapping.codes, { code, text: masked(text) });
  return {
    ok: true,
    report: {
      system: mapping.system,
      number,
      otherNumbers: columns.otherNumbers.flatMap((column) => value(column) ?? []).map((one) => canonical(one, frame)),
      service: masked(value(columns.service) ?? mapping.service)?.slice(0, 60) ?? null,
      person: { name: value(columns.name)?.slice(0, 120) ?? null, phone, nikTail },
      status: { ...position, reason, since },
      note: masked(value(columns.note))?.slice(0, 500) ?? null,
      submittedAt,
      fetchedAt,
    },
  };
}

const masked = (text: string | null): string | null => (text === null ? null : maskPersonal(text));

/** Two numbers of one kind in a cell: which of them the status is about nobody can say. */
function hasRivals(text: string, { patterns }: RowFrame): boolean {
  const kinds = findNumbers(text, patterns).found.map(({ kind }) => kind);
  return new Set(kinds).size < kinds.length;
}

const LOST_DIGITS =
  'tersimpan sebagai angka: nol di depan atau angka terakhir bisa hilang. Jadikan kolomnya Teks di Excel dan ambil ulang datanya';

/**
 * A spreadsheet drops leading zeros and all digits after the fifteenth. Only 13 digits are surely whole: a NIB has no more, and one
 * that begins with zero would show 12.
 */
const mayHaveLostDigits = (text: string, isNumber: boolean): boolean =>
  (isNumber && !/^\d{13}$/.test(text)) || /^\d(?:[.,]\d+)?E\+?\d+$/i.test(text);

/** As the dialogue will write the number it looks for; an unknown form stays as it is, in capitals. */
function canonical(text: string, { patterns }: RowFrame): string {
  const { found, doubts } = findNumbers(text, patterns);
  const doubt = doubts[0];
  return found[0]?.number ?? (doubt?.kind === 'phone-or-nib' ? doubt.number : text.toUpperCase().replace(/\s+/g, ' '));
}

function readPhone(text: string): string {
  const digits = text
    .replace(/[^\d+]/g, '')
    .replace(/^\+/, '')
    .replace(/^0/, '62')
    .replace(/^8/, '628');
  return /^62\d{8,13}$/.test(digits) ? `+${digits}` : '!bukan nomor HP Indonesia';
}

function readDate(text: string, { mapping, offsetMinutes }: RowFrame): number | string {
  const parts = text.match(/^(\d+)[-/](\d+)[-/](\d+)(?:[ T](\d{2}):(\d{2})(?::\d{2})?)?$/);
  if (parts === null) return `!bukan tanggal ${mapping.dates}`;
  const [a = 0, b = 0, c = 0, hour = 0, minute = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  // A year in front is never ambiguous; date cells of a workbook are written so.
  const [year, day] = parts[1]?.length === 4 ? [a, c] : mapping.dates === 'YYYY-MM-DD' ? [0, 0] : [c, a];
  const at = Date.UTC(year, b - 1, day, hour, minute);
  const isReal = new Date(at).getUTCDate() === day && new Date(at).getUTCMonth() === b - 1 && year >= 2000 && year < 2100;
  return isReal ? at - offsetMinutes * 60_000 : `!bukan tanggal ${mapping.dates}`;
}
