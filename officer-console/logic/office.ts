// The office's settings as the console edits them: read from GET /api/settings, written back as changes only. No DOM.
// The server's schema is the rule (the desk's office document); this reads it leniently and leaves all checking to it.
import { t } from './language.ts';

export interface FactView {
  key: string;
  value: string;
  source: string;
  /** Who vouched for it, and when; null: nobody, so citizens are not told. */
  vouched: Vouched | null;
}
export interface RuleView {
  key: string;
  label: string;
  /** As shown; `per` of the document's own unit make one of it. */
  value: number;
  per: number;
}
export type HoursPart = 'weekly' | 'holidays' | 'overrides';
export interface Vouched {
  by: string;
  at: number;
}
export interface OfficeView {
  facts: FactView[];
  /** Null while the office has set none. */
  hours: HoursDocument | null;
  hoursConfirmed: boolean;
  /** Who vouched for each part of the hours, and when; null: nobody. */
  vouched: Record<HoursPart, Vouched | null>;
  rules: RuleView[];
}

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];
export const weekdayNames: Record<Weekday, string> = {
  monday: t('Senin', 'Monday'),
  tuesday: t('Selasa', 'Tuesday'),
  wednesday: t('Rabu', 'Wednesday'),
  thursday: t('Kamis', 'Thursday'),
  friday: t('Jumat', 'Friday'),
  saturday: t('Sabtu', 'Saturday'),
  sunday: t('Minggu', 'Sunday'),
};
export interface TimeRange {
  from: string;
  to: string;
}
export type Week = Record<Weekday, TimeRange[]>;
export interface HoursDocument {
  weekly: Week;
  holidays: { date: string; name: string }[];
  overrides: { from: string; to: string; name: string; weekly: Week }[];
}

const labels: Record<string, string> = {
  greetingWaitMs: t('Bot menunggu lanjutan setelah sapaan (detik)', 'After a greeting the bot waits for the rest (seconds)'),
  idleCloseHours: t('Percakapan ditutup setelah diam (jam)', 'A silent conversation closes after (hours)'),
  officerIdleMinutes: t(
    'Bertugas menjadi Istirahat tanpa aktivitas (menit)',
    'On duty becomes on a break without activity (minutes)',
  ),
  officerGoneMinutes: t('Petugas dianggap pergi tanpa konsol (menit)', 'An officer without a console counts as gone (minutes)'),
  placeMinIntervalMinutes: t('Jarak antarpemberitahuan antrean (menit)', 'Between notices about the queue (minutes)'),
  estimateMinChats: t('Jumlah percakapan sebelum ada perkiraan waktu', 'Conversations needed before a time is estimated'),
  reopenDays: t('Percakapan selesai terbuka kembali dalam (hari)', 'A closed conversation opens again within (days)'),
  floodPerMinute: t('Pesan per menit yang masih dijawab bot', 'Messages a minute the bot still answers'),
  maxAttempts: t('Percobaan kirim sebelum dianggap gagal', 'Tries before a message counts as not delivered'),
  alarmWaitMinutes: t(
    'Alarm bila warga menunggu di antrean lebih dari (menit)',
    'Alarm when a citizen waits in the queue for more than (minutes)',
  ),
  alarmDiskPercent: t(
    'Alarm bila sisa ruang penyimpanan kurang dari (persen)',
    'Alarm when less of the disk is left than (percent)',
  ),
  keepTalksMonths: t(
    'Hapus warga sekian bulan setelah percakapan terakhirnya selesai (0: simpan)',
    'Erase a person so many months after their last conversation closed (0: keep)',
  ),
  keepAuditMonths: t('Simpan catatan audit (bulan, 0: selamanya)', 'Keep the audit trail (months, 0: for good)'),
};

/** @param office as the server sent it; what does not have the expected shape is left out */
export function readOffice(office: unknown): OfficeView {
  const document = record(office);
  const hours = record(document.hours);
  return {
    facts: Object.entries(record(document.facts)).map(([key, fact]) => {
      const { value, source } = record(fact);
      return { key, value: text(value), source: text(source), vouched: readVouched(fact) };
    }),
    hours: typeof hours.value === 'object' && hours.value !== null ? (hours.value as HoursDocument) : null,
    hoursConfirmed: typeof hours.confirmedBy === 'string',
    vouched: {
      weekly: readVouched(record(hours.parts).weekly),
      holidays: readVouched(record(hours.parts).holidays),
      overrides: readVouched(record(hours.parts).overrides),
    },
    rules: Object.entries(record(document.rules)).flatMap(([key, value]) =>
      typeof value === 'number' ? [ruleView(key, value)] : [],
    ),
  };
}

function ruleView(key: string, value: number): RuleView {
  const per = key.endsWith('Ms') ? 1_000 : 1;
  return { key, label: labels[key] ?? key, value: value / per, per };
}

function readVouched(value: unknown): Vouched | null {
  const { confirmedBy, confirmedAt } = record(value);
  return typeof confirmedBy === 'string' && typeof confirmedAt === 'number' ? { by: confirmedBy, at: confirmedAt } : null;
}

/** One day's hours as typed and shown: `08.00–12.00, 13.00–15.30`; an empty text is a closed day. */
export const showRanges = (ranges: TimeRange[]): string =>
  ranges.map(({ from, to }) => `${from}–${to}`.replaceAll(':', '.')).join(', ');

/** @returns the ranges; null when the text is none (`8-12` is read as 08:00 to 12:00). */
export function readRanges(typed: string): TimeRange[] | null {
  const ranges: TimeRange[] = [];
  for (const part of typed.split(/[,;]/).map((one) => one.trim())) {
    if (part === '') continue;
    const found = /^(\d{1,2})(?:[.:](\d{2}))?\s*(?:-|–|—|sampai|s\.?d\.?)\s*(\d{1,2})(?:[.:](\d{2}))?$/i.exec(part);
    if (found === null) return null;
    const [, fromHour = '', fromMinute = '00', toHour = '', toMinute = '00'] = found;
    const range = { from: `${fromHour.padStart(2, '0')}:${fromMinute}`, to: `${toHour.padStart(2, '0')}:${toMinute}` };
    if (range.from >= range.to || range.to > '24:00') return null;
    ranges.push(range);
  }
  return ranges;
}

/** Holidays, one a line: `2026-12-25 Hari Natal`. @returns null when a line is none */
export function readHolidays(typed: string): HoursDocument['holidays'] | null {
  const holidays: HoursDocument['holidays'] = [];
  for (const line of typed.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const found = /^(\d{4}-\d{2}-\d{2})\s+(.+)$/.exec(line);
    if (found === null) return null;
    holidays.push({ date: found[1] ?? '', name: found[2] ?? '' });
  }
  return holidays;
}

export const showHolidays = (holidays: HoursDocument['holidays']): string =>
  holidays.map(({ date, name }) => `${date} ${name}`).join('\n');

/** @returns a week read from one text per day, or the name of the first day that cannot be read. */
export function readWeek(typed: (day: Weekday) => string): { ok: true; week: Week } | { ok: false; day: string } {
  const week: Partial<Week> = {};
  for (const day of weekdays) {
    const ranges = readRanges(typed(day));
    if (ranges === null) return { ok: false, day: weekdayNames[day] };
    week[day] = ranges;
  }
  return { ok: true, week: week as Week };
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
