// Ids of rows the desk makes: random, sortable by time of making, safe in URLs.
import { randomUUID } from 'node:crypto';

/**
 * @param prefix one or two letters that say what it is an id of
 * @returns e.g. `m_0lx2k9f3a…`: 9 characters of time in base 36, then 122 random bits (randomUUID draws them from a pool)
 */
export function newId(prefix: string): string {
  return `${prefix}_${Date.now().toString(36).padStart(9, '0')}${randomUUID().replaceAll('-', '')}`;
}
