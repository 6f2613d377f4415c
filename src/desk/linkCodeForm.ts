// The form of a code by which a visitor links another channel. Pure; used before anything is written.
import { randomInt } from 'node:crypto';

/** Without 0 O 1 I L, which people mistake for each other: 31 letters, 8 of them, some 39 bits. */
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const four = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
const form = new RegExp(`(?<![\\p{L}\\p{N}])LK[-–—]([${letters}]{4})[-–—]([${letters}]{4})(?![\\p{L}\\p{N}])`, 'giu');

/** @returns a new code, `LK-7KQ2-M9XD`: no permit number begins so, and it fits what Telegram takes behind `/start`. */
export const newLinkCode = (): string => `LK-${four()}-${four()}`;

/** @returns the first code in a text as it was given out, or null */
export function findLinkCode(text: string): string | null {
  const [found] = text.matchAll(form);
  return found === undefined ? null : `LK-${found[1]}-${found[2]}`.toUpperCase();
}

/** @returns the text with every code hidden: a code must not be read out of what is stored. */
export const hideLinkCodes = (text: string): string => text.replace(form, 'LK-••••-••••');
