// Cursors of lists: the sort key of the last row, opaque to clients, checked when it comes back.
import { LoketError } from '../../contract/errors.ts';
import type { Page } from '../../desk/storePort.ts';

/**
 * @param start the key before the first row
 * @throws LoketError `invalid` when a client made it up
 */
export function readCursor(cursor: string | null, start: readonly number[]): number[] {
  if (cursor === null) return [...start];
  const key = cursor.split('_').map(Number);
  if (key.length !== start.length || !key.every(Number.isFinite)) throw new LoketError('invalid', 'This page does not exist.');
  return key;
}

/**
 * @param found up to one row more than the page holds
 * @param keyOf sort key of a row
 */
export function toPage<T>(found: T[], limit: number, keyOf: (row: T) => number[]): Page<T> {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, cursor: found.length > limit && last !== undefined ? keyOf(last).join('_') : null };
}
