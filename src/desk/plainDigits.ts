// Digits of every script and width as plain ones, invisible characters gone: what people paste looks alike and must be read alike. Pure.

/** Zero-width and direction marks, soft hyphens: never seen, and never part of a word or an emoji. */
const invisible = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
/** Joiners and keycaps hold emoji together; behind a letter or digit they hide in a number. */
const joined = /(?<=[\p{L}\p{N}])(?:\u200c|\u200d|\ufe0f|\u20e3)+/gu;
/** Letters, digits and signs as wide as a Chinese one. */
const wide = /[\uff01-\uff5e]/g;
const foreignDigit = /(?![0-9])\p{Nd}/gu;
const isForeign = /[^\s -~]|[\ufeff]/;

/** @returns the text with ASCII digits only; doing it twice changes nothing. Ordinary text comes back as it is. */
export function plainDigits(text: string): string {
  if (!isForeign.test(text)) return text;
  return text
    .replace(invisible, '')
    .replace(joined, '')
    .replace(wide, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(foreignDigit, (digit) => String(digitOf(digit.codePointAt(0) ?? 0)));
}

/** Unicode keeps the ten digits of a script side by side, zero first; some sets follow each other without a gap. */
function digitOf(code: number): number {
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (code - zero) % 10;
}
