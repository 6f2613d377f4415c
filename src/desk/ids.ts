// Ids of rows the desk makes: random, sortable by time of making, safe in URLs.
import { randomBytes } from 'node:crypto';

/**
 * @param prefix one or two letters that say what it is an id of
 * @returns e.g. `m_lx2k9f3a…`: 9 characters of time in base 36, then 80 random bits
 */
export function newId(prefix: string): string {
  return `${prefix}_${Date.now().toString(36).padStart(9, '0')}${randomBytes(10).toString('hex')}`;
}
