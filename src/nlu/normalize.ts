// First step of the matcher: a raw message → clauses of plain lower-case words, without addresses, numbers and introductions.

/** What is left of a message: its clauses, each a list of lower-case ASCII words. */
export type Clauses = string[][];

/** Longer messages are cut here before any work: a question that needs more is for a person. Characters. */
export const readLimit = 1500;

const linkOrMention = /(?<!\S)(?:https?:\/\/|www\.)\S+|(?<!\S)[^\s@]+@[^\s@]+\.\S+|(?<!\w)@\w+/g;
/** Any run without spaces that holds four or more digits: registration numbers, NIB, phone numbers, years. */
const numberRun = /(?<![^\s,;:()?!])[^\s,;:()?!\d]*\d(?:[^\s,;:()?!\d]*\d){3,}[^\s,;:()?!]*/g;
/** Stands for what was taken out, until the words that only announce it ("no hp", "email") are taken out with it. */
const mark = '\u0000';
const announced = /(?:\b(?:no|nomor|nomer|nmr|hp|wa|telp|nik|email)\b[.:\s]*)*\0/g;
const introduction =
  /\b(?:nama\s+(?:saya|abdi|aku)|atas\s+nama|my\s+name\s+is|wasta\s+abdi)\s+(?:adalah\s+)?[a-z]+(?:\s+(?!mau|ingin|dari|saya|punya|dengan|apa|and|i\b)[a-z]+)?/g;

/**
 * @param text any message of a citizen; only the first `readLimit` characters are read
 * @returns clauses split at sentence marks, commas and line ends; empty ones are left out
 */
export function normalize(text: string): Clauses {
  const folded = text
    .slice(0, readLimit)
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replaceAll(mark, ' ')
    .replace(linkOrMention, mark)
    .replace(numberRun, mark)
    .replace(announced, ' ')
    .replace(/['’‘`´]/g, '')
    .replace(introduction, ' ');
  return folded
    .split(/[.,;:!?()\n\r]+/)
    .map(words)
    .filter((clause) => clause.length > 0);
}

/** Words of one clause: "lamaaaa" → lama, "syarat2" and "syarat-syarat" → syarat; digits alone carry no intent. */
function words(clause: string): string[] {
  return clause
    .replace(/([a-z])\1{2,}/g, '$1')
    .replace(/\b([a-z]{2,})2(?=[a-z]{0,3}\b)/g, '$1 ')
    .replace(/\b([a-z]{2,})-\1/g, '$1')
    .split(/[^a-z0-9]+/)
    .filter((word) => /[a-z]/.test(word))
    .map((word) => (word.length > 40 ? word.slice(0, 40) : word));
}
