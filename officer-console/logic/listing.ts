// How a list lies on the screen: groups, heights, the part in view, and an order that holds still under the pointer. No DOM.
import type { ConversationRow, ConversationView } from '../../src/contract/conversation.ts';

export const ROW_PX = 74;
export const HEAD_PX = 30;

export type Item = { top: number } & (
  | { kind: 'head'; group: Group; count: number }
  | { kind: 'row'; row: ConversationRow; position: number }
);
export type Group = 'answer' | 'wait';

export interface Layout {
  items: Item[];
  height: number;
}

/** @returns where each row and heading stands. *Mine* has two groups: who waits for an answer, and who has one. */
export function layOut(view: ConversationView | 'found', rows: readonly ConversationRow[]): Layout {
  const items: Item[] = [];
  let top = 0;
  const add = (row: ConversationRow, position: number) => {
    items.push({ kind: 'row', row, position, top });
    top += ROW_PX;
  };
  if (view !== 'mine') rows.forEach(add);
  else {
    const groups: [Group, ConversationRow[]][] = [
      ['answer', rows.filter((row) => row.waitingSince !== null)],
      ['wait', rows.filter((row) => row.waitingSince === null)],
    ];
    let position = 0;
    for (const [group, members] of groups) {
      if (members.length === 0) continue;
      items.push({ kind: 'head', group, count: members.length, top });
      top += HEAD_PX;
      for (const row of members) add(row, position++);
    }
  }
  return { items, height: top };
}

/** @returns the items between two heights, and a few more on either side so that quick scrolling shows no gap. */
export function inView({ items }: Layout, from: number, to: number, spare = 8): Item[] {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.top ?? 0) + ROW_PX < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < items.length && (items[end]?.top ?? 0) < to) end++;
  return items.slice(Math.max(0, low - spare), end + spare);
}

/** @returns what is held still, and behind it the rows that stand after all of it now, as a further page does: those move nothing. */
export function withFurther(held: ConversationRow[], now: readonly ConversationRow[]): ConversationRow[] {
  const known = new Set(held.map((row) => row.id));
  let end = now.length;
  for (let row = now[end - 1]; row !== undefined && !known.has(row.id); row = now[end - 1]) end--;
  return end === 0 || end === now.length ? held : [...held, ...now.slice(end)];
}

/** @returns how many rows came, went or changed places between what is held still and what the list says now. */
export function countChanges(held: readonly ConversationRow[], now: readonly ConversationRow[]): number {
  const heldIds = new Set(held.map((row) => row.id));
  const nowIds = new Set(now.map((row) => row.id));
  const came = now.filter((row) => !heldIds.has(row.id)).length;
  const stay = held.filter((row) => nowIds.has(row.id));
  const order = now.filter((row) => heldIds.has(row.id));
  const moved = stay.filter((row, i) => order[i]?.id !== row.id || isWaiting(order[i]) !== isWaiting(row)).length;
  return came + (held.length - stay.length) + moved;
}

const isWaiting = (row: ConversationRow | undefined) => row !== undefined && row.waitingSince !== null;

/**
 * @returns the conversation to answer next: the own one that waits longest, then the queue in its order. From one of these on to the
 *   one behind it, so that who cannot answer one gets to all others; null when there is no other
 */
export function nextToAnswer(
  mine: readonly ConversationRow[],
  queue: readonly ConversationRow[],
  openId: string | null,
): { view: 'mine' | 'queue'; id: string } | null {
  const own = mine.filter(isWaiting).sort((a, b) => (a.waitingSince ?? 0) - (b.waitingSince ?? 0));
  const order = [
    ...own.map(({ id }) => ({ view: 'mine' as const, id })),
    ...queue.map(({ id }) => ({ view: 'queue' as const, id })),
  ];
  const next = order[(order.findIndex(({ id }) => id === openId) + 1) % order.length];
  return next === undefined || next.id === openId ? null : next;
}

/** @returns the neighbour of the selected one in the order shown; the first when none is selected or it is not there. */
export function neighbour(ids: readonly string[], selected: string | null, step: 1 | -1): string | null {
  const at = selected === null ? -1 : ids.indexOf(selected);
  if (at < 0) return ids[0] ?? null;
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null;
}
