// The second fact a citizen types (the last four digits of a phone or NIK): read once, then hidden before anything is written. Pure.
import type { Numbers } from './permitNumbers.ts';

export type Fact =
  /** `digits` are the last four of what was written. */
  | { kind: 'digits'; digits: string; of: 'phone' | 'nik' }
  /** Some digits, but not four: asked again, not judged. */
  | { kind: 'wrong-length' }
  /** Nothing that could be one: a question, a word. */
  | { kind: 'none' };

export const FACT_DIGITS = 4;
const NIK_DIGITS = 16;
const HIDDEN = '•';
/** A question that happens to hold a year has more other words than this. */
const MOST_WORDS = 6;

const spoken: Record<string, string> = {
  ...{
    nol: '0',
    kosong: '0',
    satu: '1',
    dua: '2',
    tiga: '3',
    empat: '4',
    lima: '5',
    enam: '6',
    tujuh: '7',
    delapan: '8',
    sembilan: '9',
  },
  ...{ hiji: '1', tilu: '3', opat: '4', genep: '6', dalapan: '8', salapan: '9' },
  ...{ zero: '0', one: '1', two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8', nine: '9' },
};
const spokenRun = new RegExp(`(?<!\\p{L})(?:(?:${Object.keys(spoken).join('|')})(?!\\p{L})[\\s,.-]*){3,}`, 'giu');
/** Also "4 angka terakhir", which is not the fact itself. */
const howMany = /(?<!\d)4\s*(?:angka|digit|nomor|nomer|no\b|last)/gi;
/** A whole phone number behind its word: a fact in a message of any length. */
const wholePhone =
  /(?<!\p{L})(?:hp|hape|handphone|wa|telp|telepon|phone)(?!\p{L})[^\d\n]{0,20}?((?:\+?62|0)[ .-]?8(?:[ .-]?\d){7,11})(?!\d)/giu;
const digitRun = /\d(?:[ .\-()]{0,2}\d)*/g;

/** @returns whether a text has enough digits, in figures or words, to be looked at; of digits alone one is, the others may follow. Cheap: asked of every message. */
export const mayHoldFact = (text: string): boolean =>
  /(?:\d\D*){3}/.test(text) || (/\d/.test(text) && !/\p{L}/u.test(text)) || text.search(spokenRun) >= 0;

/**
 * @param numbers permit numbers in the text, which are not facts
 * @returns what was given; the last four digits also of a whole phone number or NIK, which is then hidden as a whole
 */
export function readFact(text: string, numbers: Numbers): Fact {
  const rest = withoutNumbers(text, numbers).replace(howMany, ' ');
  const runs = [...digitsOf(rest)];
  const others = rest
    .replace(digitRun, ' ')
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '' && !(word.toLowerCase() in spoken));
  const whole = [...rest.matchAll(wholePhone)].map(([, number = '']) => number.replace(/\D/g, '').slice(-FACT_DIGITS));
  if (others.length > MOST_WORDS && whole.length === 1) return { kind: 'digits', digits: whole[0] ?? '', of: 'phone' };
  const isAsking = others.length > 0 && /\?\s*$/.test(text);
  if (runs.length === 0 || others.length > MOST_WORDS || isAsking || /(?:tahun|thn|year|tgl|tanggal)\s*\d/i.test(rest))
    return { kind: 'none' };
  const usable = [
    ...new Set(runs.filter((run) => run.length === FACT_DIGITS || run.length >= 9).map((run) => run.slice(-FACT_DIGITS))),
  ];
  const apart = runs.join('');
  // Each digit on a line of its own, or parted by whatever else is no word.
  if (usable.length === 0 && others.length === 0 && apart.length === FACT_DIGITS)
    return { kind: 'digits', digits: apart, of: 'phone' };
  // A whole one, sent without being asked for.
  const isNik = runs.some((run) => run.length === NIK_DIGITS);
  return usable.length === 1
    ? { kind: 'digits', digits: usable[0] ?? '', of: isNik || /(?<!\p{L})nik(?!\p{L})/iu.test(rest) ? 'nik' : 'phone' }
    : { kind: 'wrong-length' };
}

/** @returns the text with every digit outside its permit numbers hidden, and digits written as words as well. */
export function hideFact(text: string, numbers: Numbers): string {
  const spans = permitSpans(numbers).sort((a, b) => a.start - b.start);
  let hidden = '';
  let at = 0;
  for (const { start, end } of [...spans, { start: text.length, end: text.length }]) {
    hidden += hideAll(text.slice(at, start)) + text.slice(start, end);
    at = end;
  }
  return hidden;
}

/** @returns whether a text is nothing but an answer to "the last four digits?": an edit into one is hidden like a message. */
export const isFactOnly = (text: string, numbers: Numbers): boolean =>
  numbers.found.length === 0 && readFact(text, numbers).kind === 'digits' && text.trim().length <= 60;

/** @returns whether four digits stand beside a permit number with hardly a word more: the fact, sent along without being asked for. */
export function standsBeside(text: string, numbers: Numbers): boolean {
  if (numbers.found.length === 0) return false;
  const rest = withoutNumbers(text, numbers);
  const words = rest.match(/\p{L}+/gu) ?? [];
  const runs = rest.match(/\d+/g) ?? [];
  if (words.length > 3 || runs.length !== 1 || /\b(?:kbli|kode|tahun|thn|pasal|rp|rt|rw|blok|jam)\b/i.test(rest)) return false;
  return /^(?!19\d\d|20\d\d)\d{4}$/.test(runs[0] ?? '');
}

const hideAll = (text: string): string =>
  text.replace(spokenRun, HIDDEN.repeat(FACT_DIGITS)).replace(/(?!(?<!\d)4\s*(?:angka|digit)\b)\d/gi, HIDDEN);

/** Also of numbers with a letter typed for a digit: those are asked about, so they must stay readable. */
const permitSpans = ({ found, doubts }: Numbers): { start: number; end: number }[] => [
  ...found,
  ...doubts.filter(({ kind }) => kind === 'slip'),
];

function withoutNumbers(text: string, numbers: Numbers): string {
  let rest = text;
  for (const { start, end } of permitSpans(numbers).sort((a, b) => b.start - a.start))
    rest = `${rest.slice(0, start)} ${rest.slice(end)}`;
  return rest;
}

function* digitsOf(text: string): Iterable<string> {
  for (const [run] of text.matchAll(digitRun)) yield run.replace(/\D/g, '');
  for (const [run] of text.matchAll(spokenRun))
    yield run
      .split(/[^\p{L}]+/u)
      .map((word) => spoken[word.toLowerCase()] ?? '')
      .join('');
}
