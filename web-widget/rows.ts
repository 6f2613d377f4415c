// Arranges the log's items for the eye: groups of one speaker, one quick-reply row, a line for each new day.
import type { LogItem } from './timeline.ts';

export interface Row {
  item: LogItem;
  /** First and last of a run of bubbles by the same speaker. */
  isFirst: boolean;
  isLast: boolean;
  /** Quick replies can still be pressed: the visitor has not written since. */
  hasButtons: boolean;
}

/** A longer pause begins a new group, ms. */
const groupMs = 5 * 60_000;

/** @returns one row for each item, in the same order. */
export function rowsOf(items: readonly LogItem[]): Row[] {
  const lastOwn = items.reduce((found, item, index) => (item.author === 'contact' ? index : found), -1);
  return items.map((item, index) => ({
    item,
    isFirst: !isOneGroup(items[index - 1], item),
    isLast: !isOneGroup(item, items[index + 1]),
    hasButtons: index > lastOwn && item.buttons.length > 0 && !item.deleted,
  }));
}

function isOneGroup(before: LogItem | undefined, after: LogItem | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  if (before.author !== after.author || before.authorName !== after.authorName) return false;
  return (
    before.delivery !== 'failed' &&
    Math.abs(after.createdAt - before.createdAt) < groupMs &&
    isSameDay(before.createdAt, after.createdAt)
  );
}

/**
 * @param options words for the last two days, and `now` in epoch ms
 * @returns the rows with a `day` entry before the first row of each day, by the visitor's own clock
 */
export function daysOf(
  rows: readonly Row[],
  options: { today: string; yesterday: string; language: string; now: number },
): (Row | { day: string })[] {
  const out: (Row | { day: string })[] = [];
  let before: number | null = null;
  for (const row of rows) {
    const at = row.item.createdAt;
    if (before === null || !isSameDay(before, at)) out.push({ day: dayName(at, options) });
    before = at;
    out.push(row);
  }
  return out;
}

function dayName(at: number, options: { today: string; yesterday: string; language: string; now: number }): string {
  const yesterday = new Date(options.now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (isSameDay(at, options.now)) return options.today;
  if (isSameDay(at, yesterday.getTime())) return options.yesterday;
  return new Intl.DateTimeFormat(localeOf(options.language), { day: 'numeric', month: 'long', year: 'numeric' }).format(at);
}

/** @returns the time of day as people write it: 13.05 */
export const timeOf = (at: number, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), { hour: '2-digit', minute: '2-digit' }).format(at);

/** Few browsers know Sundanese; its dates are written as in Indonesian. */
const localeOf = (language: string): string => (language === 'en' ? 'en-GB' : 'id-ID');

const isSameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString();
