// Public holidays from an iCalendar file (RFC 5545), as the office imports them: whole days only, read carefully, refused with a reason. Pure.

export interface HolidayList {
  /** By date; several names of one day are joined. */
  holidays: { date: string; name: string }[];
  /** Events that are no holidays of ours, with why, in Indonesian. */
  refused: { name: string; reason: string }[];
}

/** A file of several years of national holidays has some 200 events. */
const maxEvents = 2000;
/** A longer closure is a period of its own, not a list of holidays. Days. */
const maxDays = 31;
const maxName = 80;
const dayMs = 86_400_000;

const reasons = {
  noDate: 'tanggal mulainya tidak terbaca',
  timed: 'berlangsung pada jam tertentu, bukan sehari penuh',
  repeats: 'berulang (RRULE atau RDATE): tanggal libur nasional berpindah tiap tahun, jadi isi tanggalnya satu per satu',
  tooLong: `lebih dari ${maxDays} hari: isi sebagai periode jam khusus`,
  backwards: 'selesai sebelum mulai',
};

/**
 * @param text the file as it came; line ends of any kind
 * @returns the days its events cover (the end of a whole-day event is the day after its last); null when it is no calendar
 */
export function readHolidayCalendar(text: string): HolidayList | null {
  const lines = unfold(text);
  if (!lines.some((line) => /^BEGIN:VCALENDAR$/i.test(line))) return null;
  const names = new Map<string, string[]>();
  const refused: HolidayList['refused'] = [];
  for (const event of eventsOf(lines).slice(0, maxEvents)) {
    const name = unescaped(event.get('SUMMARY')?.value ?? '') || 'Hari libur';
    if (/^CANCELLED$/i.test(event.get('STATUS')?.value ?? '')) continue;
    const days = daysOf(event);
    if (typeof days === 'string') refused.push({ name, reason: reasons[days] });
    else for (const date of days) names.set(date, [...(names.get(date) ?? []), name]);
  }
  const holidays = [...names].map(([date, all]) => ({ date, name: cut([...new Set(all)].join(' / ')) }));
  return { holidays: holidays.sort((a, b) => (a.date < b.date ? -1 : 1)), refused };
}

interface Property {
  parameters: string;
  value: string;
}
type Event = Map<string, Property>;

/** A line that begins with a space or tab goes on with the one before. */
const unfold = (text: string): string[] =>
  text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n')
    .map((line) => line.trimEnd());

function eventsOf(lines: string[]): Event[] {
  const events: Event[] = [];
  /** Components we are inside of: an alarm in an event has properties of its own. */
  const inside: string[] = [];
  for (const line of lines) {
    const found = /^([A-Za-z0-9-]+)((?:;[^=:;]+=(?:"[^"]*"|[^":;]*))*):(.*)$/.exec(line);
    if (found === null) continue;
    const [, rawName = '', parameters = '', value = ''] = found;
    const name = rawName.toUpperCase();
    if (name === 'BEGIN') {
      inside.push(value.toUpperCase());
      if (inside.at(-1) === 'VEVENT') events.push(new Map());
    } else if (name === 'END') inside.pop();
    else if (inside.at(-1) === 'VEVENT') events.at(-1)?.set(name, { parameters, value });
  }
  return events;
}

function daysOf(event: Event): string[] | keyof typeof reasons {
  if (event.has('RRULE') || event.has('RDATE')) return 'repeats';
  const start = event.get('DTSTART');
  if (start === undefined) return 'noDate';
  if (/^\d{8}T/.test(start.value)) return 'timed';
  const first = dateOf(start.value);
  if (first === null) return 'noDate';
  const end = event.get('DTEND');
  const after = end === undefined ? first + durationOf(event) * dayMs : dateOf(end.value.slice(0, 8));
  if (after === null) return 'noDate';
  if (after < first) return 'backwards';
  // Some programs write the same day as its own end: it is one day.
  const count = Math.max(1, Math.round((after - first) / dayMs));
  if (count > maxDays) return 'tooLong';
  return Array.from({ length: count }, (_, day) => new Date(first + day * dayMs).toISOString().slice(0, 10));
}

/** Whole days of `P2D` or `P1W`; a whole-day event without an end is one day. */
function durationOf(event: Event): number {
  const [, weeks, days] = /^P(?:(\d{1,3})W|(\d{1,3})D)/.exec(event.get('DURATION')?.value ?? '') ?? [];
  return Number(weeks ?? 0) * 7 + Number(days ?? 0) || 1;
}

/** @returns midnight UTC of `20261225`; null for a day that does not exist */
function dateOf(value: string): number | null {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(value) ?? [];
  const iso = `${year}-${month}-${day}`;
  const at = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== iso ? null : at;
}

const unescaped = (text: string): string =>
  cut(
    text
      .replace(/\\[nN]/g, ' ')
      .replace(/\\([\\;,])/g, '$1')
      .replace(/\s+/g, ' ')
      .trim(),
  );
const cut = (text: string): string =>
  text
    .slice(0, maxName)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();
