// When the office is open: computed from the calendar each time, never remembered on an officer or a conversation. Pure.
import { z } from 'zod';
import type { Language } from '../contract/message.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
type Weekday = (typeof weekdays)[number];

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** How far ahead an opening is looked for: longer closures deserve words by the office. */
const lookAheadDays = 60;

const dateSchema = z.iso.date('bukan tanggal YYYY-MM-DD');
const nameSchema = z.string().trim().min(1).max(80);
/** `24:00` is the end of the day. Compared as text, which is the order of the clock. */
const timeSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'bukan jam HH:MM');

const rangeSchema = z
  .strictObject({ from: timeSchema, to: timeSchema })
  .refine((range) => range.from < range.to, 'jam buka harus sebelum jam tutup');
const daySchema = z
  .array(rangeSchema)
  .max(6)
  .refine((ranges) => ranges.every((range, at) => at === 0 || (ranges[at - 1]?.to ?? '') <= range.from), {
    message: 'rentang jam harus berurutan dan tidak bertumpuk',
  })
  .default([]);
const weeklySchema = z.strictObject({
  monday: daySchema,
  tuesday: daySchema,
  wednesday: daySchema,
  thursday: daySchema,
  friday: daySchema,
  saturday: daySchema,
  sunday: daySchema,
});
const overrideSchema = z
  .strictObject({ from: dateSchema, to: dateSchema, name: nameSchema, weekly: weeklySchema })
  .refine((period) => period.from <= period.to, 'tanggal mulai harus sebelum tanggal selesai');

/**
 * Opening hours: a weekly table with several ranges a day (noon and Friday breaks), closed dates (national holidays, cuti
 * bersama), and dated periods such as Ramadan that replace the table. A closed date wins over a period.
 */
export const hoursSchema = z.strictObject({
  weekly: weeklySchema,
  holidays: z
    .array(z.strictObject({ date: dateSchema, name: nameSchema }))
    .max(400)
    .default([]),
  overrides: z
    .array(overrideSchema)
    .max(40)
    .refine((periods) => periods.every((one, at) => !periods.some((other, to) => to > at && overlap(one, other))), {
      message: 'periode jam khusus tidak boleh bertumpuk',
    })
    .default([]),
});
export type Hours = z.infer<typeof hoursSchema>;
type Weekly = Hours['weekly'];
type Range = Weekly[Weekday][number];

/**
 * @param hours null when the office has not confirmed any
 * @param at epoch ms
 * @param timeZone IANA name of the office's zone
 * @returns null when the hours are not known
 */
export function isOpen(hours: Hours | null, at: number, timeZone: string): boolean | null {
  return hours === null ? null : isOpenOn(hours, wallClock(timeZone)(at));
}

/**
 * @returns when the office is next open, epoch ms: `at` itself when it is open then, null when hours are unknown or nothing
 *   opens within 60 days
 */
export function nextOpening(hours: Hours | null, at: number, timeZone: string): number | null {
  if (hours === null) return null;
  const clock = wallClock(timeZone);
  const today = clock(at);
  if (isOpenOn(hours, today)) return at;
  for (let day = 0; day <= lookAheadDays; day += 1) {
    const date = addDays(today.date, day);
    for (const range of rangesOn(hours, date)) {
      const opening = firstOpenMinute(hours, clock, date, range, at);
      if (opening !== null) return opening;
    }
  }
  return null;
}

/**
 * @param from when the quiet hours begin, HH:MM
 * @returns the date (YYYY-MM-DD) on which the quiet hours that began last before `at` began: it names that night
 */
export function nightOf(at: number, from: string, timeZone: string): string {
  const { date, minute } = wallClock(timeZone)(at);
  return timeOf(minute) >= from ? date : addDays(date, -1);
}

/**
 * The hours in one line: "Senin–Kamis 08.00–12.00 dan 13.00–15.30; Jumat 08.00–11.30; Sabtu–Minggu tutup".
 *
 * @param at with `timeZone`: also tells the period in force and whether that day is a holiday; epoch ms
 */
export function describeHours(hours: Hours, language: Language, at?: number, timeZone?: string): string {
  if (at === undefined || timeZone === undefined) return describeWeek(hours.weekly, language);
  const { date } = wallClock(timeZone)(at);
  const period = periodOn(hours, date);
  const holiday = holidayOn(hours, date);
  const english = language === 'en';
  const week = describeWeek(period?.weekly ?? hours.weekly, language);
  const until = period && `${period.name} (${english ? 'until' : 'sampai'} ${describeDate(period.to, language)}): `;
  const closed = holiday && (english ? `. Closed today: ${holiday.name}` : `. Hari ini tutup: ${holiday.name}`);
  return `${until ?? ''}${week}${closed ?? ''}`;
}

/**
 * A moment as people say it: "hari ini pukul 13.00", "besok pukul 08.00", "Senin, 3 Agustus 2026, pukul 08.00".
 *
 * @param at the moment told; epoch ms
 * @param now what "today" is; epoch ms
 */
export function describeMoment(at: number, language: Language, now: number, timeZone: string): string {
  const clock = wallClock(timeZone);
  const moment = clock(at);
  const today = clock(now).date;
  const english = language === 'en';
  const time = `${english ? 'at' : 'pukul'} ${sayTime(timeOf(moment.minute), language)}`;
  if (moment.date === today) return `${english ? 'today' : 'hari ini'} ${time}`;
  if (moment.date === addDays(today, 1)) return `${english ? 'tomorrow' : 'besok'} ${time}`;
  const day = dayNames(language)[weekdays.indexOf(weekdayOf(moment.date))];
  return `${day}, ${describeDate(moment.date, language)}, ${time}`;
}

/** @param date YYYY-MM-DD @returns when that day begins in the zone, epoch ms. */
export function startOfDay(date: string, timeZone: string): number {
  const wall = wallMs({ date, minute: 0 });
  return wall - (wallMs(wallClock(timeZone)(wall)) - wall);
}

/** @param date YYYY-MM-DD @returns "1 Agustus 2026", "1 August 2026" */
export function describeDate(date: string, language: Language): string {
  return dateFormats[language === 'en' ? 'en' : 'id'].format(Date.parse(`${date}T00:00:00Z`));
}

/** @returns the day at `at` (epoch ms) in a time zone, YYYY-MM-DD. */
export const dayOf = (at: number, timeZone: string): string => wallClock(timeZone)(at).date;

const dateFormat = (locale: string) =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
/** Making one costs 200 µs, and every answer says a date. */
const dateFormats = { id: dateFormat('id-ID'), en: dateFormat('en-GB') };

// ---- calendar ------------------------------------------------------------------------------------------------------

interface WallTime {
  /** YYYY-MM-DD */
  date: string;
  /** Minutes since midnight. */
  minute: number;
}

function isOpenOn(hours: Hours, { date, minute }: WallTime): boolean {
  const time = timeOf(minute);
  return rangesOn(hours, date).some((range) => range.from <= time && time < range.to);
}

function rangesOn(hours: Hours, date: string): Range[] {
  if (holidayOn(hours, date)) return [];
  return (periodOn(hours, date)?.weekly ?? hours.weekly)[weekdayOf(date)];
}

const holidayOn = (hours: Hours, date: string) => hours.holidays.find((holiday) => holiday.date === date);
const periodOn = (hours: Hours, date: string) => hours.overrides.find((one) => one.from <= date && date <= one.to);
const overlap = (a: { from: string; to: string }, b: { from: string; to: string }) => a.from <= b.to && b.from <= a.to;

/**
 * The first open minute of one range, not before `at`. Where the zone's clock jumps near that time, the wall time stands for
 * two instants or for none: the minutes between the two readings are tried one by one.
 */
function firstOpenMinute(hours: Hours, clock: (at: number) => WallTime, date: string, range: Range, at: number): number | null {
  const wall = wallMs({ date, minute: Number(range.from.slice(0, 2)) * 60 + Number(range.from.slice(3)) });
  const readings = [wall - dayMs, wall + dayMs].map((near) => wall - (wallMs(clock(near)) - near));
  const last = Math.max(...readings);
  for (let instant = Math.min(...readings); instant <= last; instant += minuteMs) {
    if (instant > at && isOpenOn(hours, clock(instant))) return instant;
  }
  return null;
}

/** @returns a reader of the wall clock of one zone. @throws RangeError for a zone that does not exist */
function wallClock(timeZone: string): (at: number) => WallTime {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const clock = (at: number): WallTime => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return { date: `${part.year}-${part.month}-${part.day}`, minute: Number(part.hour) * 60 + Number(part.minute) };
  };
  clocks.set(timeZone, clock);
  return clock;
}
/** Making one costs 200 µs, and answers that need the office's facts are counted by the day. */
const clocks = new Map<string, (at: number) => WallTime>();

const wallMs = ({ date, minute }: WallTime): number => Date.parse(`${date}T00:00:00Z`) + minute * minuteMs;
const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function weekdayOf(date: string): Weekday {
  const sundayFirst = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekdays[(sundayFirst + 6) % 7] ?? 'monday';
}

// ---- words ---------------------------------------------------------------------------------------------------------

function dayNames(language: Language): string[] {
  return language === 'en'
    ? ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
    : ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'];
}

const sayTime = (time: string, language: Language): string => (language === 'en' ? time : time.replace(':', '.'));

/** Days in a row with the same ranges are told together. */
function describeWeek(weekly: Weekly, language: Language): string {
  const names = dayNames(language);
  const groups: { first: string; last: string; ranges: string }[] = [];
  weekdays.forEach((weekday, at) => {
    const name = names[at] ?? weekday;
    const ranges = describeRanges(weekly[weekday], language);
    const group = groups.at(-1);
    if (group?.ranges === ranges) group.last = name;
    else groups.push({ first: name, last: name, ranges });
  });
  return groups.map(({ first, last, ranges }) => `${first === last ? first : `${first}–${last}`} ${ranges}`).join('; ');
}

function describeRanges(ranges: Range[], language: Language): string {
  if (ranges.length === 0) return language === 'en' ? 'closed' : 'tutup';
  const told = ranges.map(({ from, to }) => `${sayTime(from, language)}–${sayTime(to, language)}`);
  const joint = language === 'en' ? ' and ' : ' dan ';
  return told.length === 1 ? `${told[0]}` : `${told.slice(0, -1).join(', ')}${joint}${told.at(-1)}`;
}
