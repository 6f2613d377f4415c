// Personal numbers in free text: what must never be stored, logged or searched in full. Pure; used before anything is written.
import { findNumbers } from './permitNumbers.ts';
import { plainDigits } from './plainDigits.ts';

/** Kemendagri province codes: the first two digits of every NIK. */
const provinces = new Set([
  ...[11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53],
  ...[61, 62, 63, 64, 65, 71, 72, 73, 74, 75, 76, 81, 82, 91, 92, 93, 94, 95, 96],
]);

const bareNumber = /(?<!\d)\d{15,16}(?!\d)/g;
/** The same with letters typed for some of its digits. */
const mistypedNumber = /(?<![\p{L}\p{N}])(?=(?:[OoQIl|SsZzBG]*\d){12})[0-9OoQIl|SsZzBG]{15,16}(?![\p{L}\p{N}])/gu;
/** What people put between groups of one number, as often a line end or the space of an address as a dot. */
const space = '(?:[ \\u00a0\\t]|%20){0,2}';
const gap = `${space}(?:(?:[.,\\-\\u2010-\\u2015\\u2212_/:·|]|\\r?\\n)${space}){0,2}`;
/** Behind the word itself a number is hidden also with digits too few or too many, however it is parted. */
const captioned = new RegExp(
  `(?<!\\p{L})(?:nik|n\\.i\\.k|npwp|ktp|kk)(?!\\p{L})((?:(?!nib|pbg|slf|imb|izin|oss|i-|hp|wa|tel|resi)[^\\p{N}]){0,24}?)(?!08|628)([0-9](?:${gap}[0-9OoIl]){11,17})(?![\\p{L}\\p{N}])`,
  'giu',
);
/** `01.234.567.8-901.234`, with the dots left out or with one separator throughout. */
const formattedNpwp = new RegExp(
  `(?<!\\d)(?:\\d{2}\\.?\\d{3}\\.?\\d{3}\\.?\\d ?[-–] ?\\d{3}[. ]?\\d{3}|${['\\d{2}', '\\d{3}', '\\d{3}', '\\d', '\\d{3}', '\\d{3}'].join(gap)})(?!\\d)`,
  'g',
);
/** 16 digits in groups; no star of a number that is masked already before them. */
const groupedNumber = new RegExp(`(?<!\\*\\*|\\d[ .–-]?\\*|[\\d+])\\d(?:${gap}\\d){15}(?!\\d)`, 'y');

/**
 * Hides the middle of NIK (16 digits) and NPWP (15 or 16 digits), in the form in which they were written: `3273********0001`.
 * A bare run of 15 or 16 digits is always hidden: one too many is better than one too few. NIB (13 digits), phone numbers,
 * OSS ids (21 digits), SIMBG numbers (`PBG-327312-01082023-01`) and amounts of money stay. Doing it twice changes nothing.
 * Formats: Dukcapil (NIK), DJP (NPWP), OSS and SIMBG number patterns.
 *
 * @param given anything a citizen or officer wrote
 */
export function maskPersonal(given: string): string {
  const text = plainDigits(given);
  const masked = maskPlain(text);
  // What holds no such number stays as it was written: joined emoji and other scripts need the characters that hide digits.
  return masked === text ? given : masked;
}

function maskPlain(text: string): string {
  if (!/pbg|slf|imb/i.test(text)) return maskAll(text);
  // A SIMBG number without its dashes has as many digits as a NIK; its letters and its date tell them apart.
  let masked = '';
  let at = 0;
  const numbers = findNumbers(text).found.filter(({ kind }) => kind === 'simbg' || kind === 'decree');
  for (const { start, end } of numbers.sort((a, b) => a.start - b.start)) {
    masked += maskAll(text.slice(at, start)) + text.slice(start, end);
    at = end;
  }
  return masked + maskAll(text.slice(at));
}

function maskAll(text: string): string {
  // Most texts hold few digits.
  if ((text.match(/\d/g)?.length ?? 0) < 9) return text;
  const whole = text.replace(bareNumber, maskMiddle).replace(mistypedNumber, maskMiddle);
  const behindWord = whole.replace(
    captioned,
    (all, _between: string, number: string) => all.slice(0, all.length - number.length) + maskMiddle(number),
  );
  return maskGrouped(behindWord).replace(formattedNpwp, maskMiddle);
}

/**
 * @param phone E.164, `+628123456678`; null when it is not known
 * @returns first 6 and last 3 characters, `+62812****678` however long it is; only stars when that would leave too little hidden
 */
export function maskPhone<T extends string | null>(phone: T): T | string {
  if (phone === null) return phone;
  if (phone.length < 12) return '****';
  return `${phone.slice(0, 6)}****${phone.slice(-3)}`;
}

/** Every digit but the first four and the last four becomes a star, letters typed for digits with them; separators stay. */
function maskMiddle(number: string): string {
  const total = number.replaceAll('%20', ' ').replace(/[^\p{L}\p{N}|]/gu, '').length;
  let place = 0;
  return number.replace(/%20|[\p{L}\p{N}|]/gu, (digit) => {
    if (digit === '%20') return digit;
    place += 1;
    return place > 4 && place <= total - 4 ? '*' : digit;
  });
}

/** Tries every place where a digit group begins, because an unlikely match may hide a likely one that begins inside it. */
function maskGrouped(text: string): string {
  let masked = text;
  for (const { index } of text.matchAll(/(?<!\d)\d/g)) {
    groupedNumber.lastIndex = index;
    const found = groupedNumber.exec(masked)?.[0];
    if (found !== undefined && isPersonal(found, masked.slice(0, index), masked.slice(index + found.length))) {
      masked = masked.slice(0, index) + maskMiddle(found) + masked.slice(index + found.length);
    }
  }
  return masked;
}

function isPersonal(number: string, before: string, after: string): boolean {
  const plain = number.replaceAll('%20', ' ');
  const separators = new Set(plain.match(/\D+/g)?.map(kindOf));
  const sizes = plain.split(/\D+/).map((group) => group.length);
  const shape = sizes.join('-');
  // Two dates or two numbers side by side mix their separators; a person who groups a NIK uses one, or the groups of the card.
  if (separators.size !== 1) return /^(?:4-4-4-4|6-6-4)$/.test(shape) && isPlausibleNik(plain.replace(/\D/g, ''));
  // The shape of SIMBG registration numbers, with or without their PBG- or SLF-.
  if (shape === '6-8-2') return false;
  // Cards and the 16-digit NPWP are printed in fours; more groups beside them mean a list of other numbers.
  if (shape === '4-4-4-4' && !/\d[ .–-]$/.test(before) && !/^[ .–-]\d/.test(after)) return true;
  const isGroupedByHand = sizes.every((size) => size >= 2 && size <= 10) || sizes.every((size) => size === 1);
  return isGroupedByHand && isPlausibleNik(plain.replace(/\D/g, ''));
}

/** Spaces and line ends are one kind, dashes of every length another; a line may also end behind a dash. */
function kindOf(separator: string): string {
  const plain = separator.replace(/[\u2010-\u2015\u2212]/g, '-').replace(/\s+/g, ' ');
  return separator.includes('\n') ? plain.trim() || ' ' : plain;
}

/** Province, then DDMMYY of birth with 40 added to a woman's day. */
function isPlausibleNik(digits: string): boolean {
  const day = Number(digits.slice(6, 8));
  const month = Number(digits.slice(8, 10));
  const isDay = (day >= 1 && day <= 31) || (day >= 41 && day <= 71);
  return provinces.has(Number(digits.slice(0, 2))) && isDay && month >= 1 && month <= 12;
}
