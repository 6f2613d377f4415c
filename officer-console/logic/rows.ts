// The lists of conversations: who belongs in which view, in which order, and how a hint from the socket is merged. No DOM.
import type { ConversationRow, ConversationView } from '../../src/contract/conversation.ts';
import type { Filter } from './route.ts';

export interface RowList {
  rows: ConversationRow[];
  /** Opaque; null when the last page is here. */
  cursor: string | null;
  loaded: boolean;
  /** The next page did not come: the sentence to show where it would stand. */
  stalled: string | null;
}

/** Whose list it is, of which view, narrowed to what. */
export interface Place {
  view: ConversationView;
  officerId: string;
  filter: Filter;
  /** When a row's time to reply ends, if that is soon: such rows stand first in the queue and among one's own. */
  hurry?: (row: ConversationRow) => number | null;
}

export const emptyList: RowList = { rows: [], cursor: null, loaded: false, stalled: null };

/** @returns whether the row is among what the officer narrowed the lists to. */
export const fits = (row: ConversationRow, { channel, teamId, tag }: Filter): boolean =>
  (channel ?? row.channel) === row.channel && (teamId ?? row.teamId) === row.teamId && (tag === null || row.tags.includes(tag));

/** @returns whether the server would list this row in this view for this officer. */
export function belongs(view: ConversationView, row: ConversationRow, officerId: string): boolean {
  if (row.lastInboundAt === null) return false;
  if (view === 'queue') return row.state === 'queued';
  if (view === 'mine') return row.state === 'officer' && row.officerId === officerId;
  return view === 'closed' ? row.state === 'closed' : row.state !== 'closed';
}

/** The orders of the store's views, so that a merged row lands where the server would put it. */
const orders: Record<ConversationView, (a: ConversationRow, b: ConversationRow) => number> = {
  queue: (a, b) => (a.queuedAt ?? 0) - (b.queuedAt ?? 0),
  mine: (a, b) => (a.waitingSince ?? Number.POSITIVE_INFINITY) - (b.waitingSince ?? Number.POSITIVE_INFINITY) || newest(a, b),
  all: (a, b) => newest(a, b),
  closed: (a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0),
};
const newest = (a: ConversationRow, b: ConversationRow): number => (b.lastInboundAt ?? 0) - (a.lastInboundAt ?? 0);

/**
 * Puts changed rows in, moves them, or takes them out; an older copy (`rev`) never replaces a newer one.
 * @returns the same list when nothing changed
 */
export function mergeRows(list: RowList, changed: ConversationRow[], place: Place): RowList {
  const { view, officerId, filter } = place;
  const byId = new Map(list.rows.map((row) => [row.id, row]));
  let touched = false;
  for (const row of changed) {
    const known = byId.get(row.id);
    if (known !== undefined && known.rev > row.rev) continue;
    if (belongs(view, row, officerId) && fits(row, filter)) byId.set(row.id, row);
    else if (!byId.delete(row.id)) continue;
    touched = true;
  }
  return touched ? { ...list, rows: sorted([...byId.values()], place) } : list;
}

/**
 * The first page read afresh, plus what the socket told while it was on its way (that may be newer, or gone from the view).
 * @param before what was shown: further pages that were read already stay behind the first
 */
export function firstPage(
  answer: { rows: ConversationRow[]; cursor: string | null },
  meanwhile: ConversationRow[],
  place: Place,
  before: RowList = emptyList,
): RowList {
  const last = answer.rows.at(-1);
  const fresh = new Set(answer.rows.map((row) => row.id));
  const isFurther = (row: ConversationRow) => last !== undefined && !fresh.has(row.id) && compare(place, last, row) < 0;
  const further = answer.cursor === null ? [] : before.rows.filter(isFurther);
  const cursor = further.length === 0 ? answer.cursor : before.cursor;
  return mergeRows({ rows: sorted([...answer.rows, ...further], place), cursor, loaded: true, stalled: null }, meanwhile, place);
}

/** A further page behind what is there. */
export function nextPage(list: RowList, answer: { rows: ConversationRow[]; cursor: string | null }, place: Place): RowList {
  return { ...mergeRows(list, answer.rows, place), cursor: answer.cursor, stalled: null };
}

/** @returns the count as shown on a tab: `12`, `50+` when more pages wait, at most `99+`, empty before the first answer. */
export function countText(list: RowList): string {
  if (!list.loaded) return '';
  const count = list.rows.length;
  if (count > 99) return '99+';
  return list.cursor === null ? String(count) : `${count}+`;
}

const sorted = (rows: ConversationRow[], place: Place): ConversationRow[] => [...rows].sort((a, b) => compare(place, a, b));

function compare({ view, hurry }: Place, a: ConversationRow, b: ConversationRow): number {
  const isByAge = view === 'all' || view === 'closed';
  const endOf = (row: ConversationRow) => hurry?.(row) ?? Number.MAX_SAFE_INTEGER;
  const soonest = isByAge ? 0 : endOf(a) - endOf(b);
  return soonest || orders[view](a, b) || (isByAge ? b.number - a.number : a.number - b.number);
}
