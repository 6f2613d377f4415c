// Order and pages of the memory model: every list is sorted by numeric keys, ascending.
import type { Page } from '../../src/desk/storePort.ts';

export type Key<T> = (item: T) => number[];
const compare = (a: number[], b: number[]) => a.map((n, i) => n - b[i]!).find((difference) => difference !== 0) ?? 0;

export const sorted = <T>(items: T[], key: Key<T>): T[] => [...items].sort((a, b) => compare(key(a), key(b)));

/** One page; the cursor is the key of its last row. */
export function page<T>(items: T[], key: Key<T>, cursor: string | null, limit: number): Page<T> {
  const after = cursor === null ? null : (JSON.parse(cursor) as number[]);
  const rest = sorted(items, key).filter((item) => after === null || compare(key(item), after) > 0);
  const rows = rest.slice(0, limit);
  return { rows, cursor: rest.length > limit ? JSON.stringify(key(rows.at(-1)!)) : null };
}
