// Finds permit numbers in what people write, in every spelling; asks back instead of guessing. Pure.
import { type Doubt, inRange, type Numbers, type PermitNumber, readDigits } from './permitDigits.ts';
import { isTimestamp, OSS_DIGITS, ossPrefix, otherOss, readOss, readOtherOss } from './permitOss.ts';
import { asDigit, matchPatterns, type NumberPattern } from './permitPattern.ts';
import { plainDigits } from './plainDigits.ts';

export type { Doubt, Numbers } from './permitDigits.ts';

/** Texts are read up to here; a message is never longer. */
const MOST_CHARS = 8000;
/** A caption such as "NIB saya:" stands at most so far before its number. */
const CAPTION_CHARS = 40;

/**
 * Formats: NIB 13 digits, OSS id_izin `I-` + timestamp + 7 digits (OSS web service), SIMBG `PBG-kecamatan-DDMMYYYY-NN` (SIMBG), old
 * Bandung decrees `NNNN/KODE/ROMAN/YYYY/BPPT`; what the office set for GAMPIL, SIP and others.
 *
 * @param text a message, caption, or the text of a QR code or address; places are those in `plainDigits(text)`
 * @param patterns of the office
 */
export function findNumbers(text: string, patterns: readonly NumberPattern[] = []): Numbers {
  const plain = flatten(plainDigits(text.slice(0, MOST_CHARS)));
  const numbers: Numbers = { found: [], doubts: [] };
  const isTaken = (start: number, end: number) =>
    [...numbers.found, ...numbers.doubts].some((one) => one.start < end && start < one.end);
  const keep = (one: PermitNumber | Doubt | null) => {
    if (one === null || isTaken(one.start, one.end)) return;
    if ('system' in one) numbers.found.push(one);
    else numbers.doubts.push(one);
  };
  for (const { isSlip, name: _, ...match } of matchPatterns(plain, patterns))
    keep(isSlip ? { kind: 'slip', number: match.number, start: match.start, end: match.end } : { kind: 'office', ...match });
  for (const pattern of patterns) for (const near of offByOne(plain, pattern)) keep(near);
  for (const match of plain.matchAll(simbgPrefix)) keep(readSimbg(plain, match));
  for (const match of plain.matchAll(bppt)) keep(readBppt(match));
  for (const match of plain.matchAll(otherOss)) keep(readOtherOss(plain, match));
  for (const match of plain.matchAll(ossPrefix)) keep(readOss(plain, match));
  for (const match of plain.matchAll(nibCaption)) keep(readCaptionedNib(plain, match));
  for (const match of plain.matchAll(bareSimbg)) keep(readBareSimbg(plain, match));
  for (const match of plain.matchAll(mistypedNib)) keep(readMistypedNib(match));
  for (const match of plain.matchAll(gluedRun)) keep(readGlued(plain, match));
  for (const match of plain.matchAll(digitRun)) for (const one of readRun(plain, match)) keep(one);
  return numbers;
}

/** Words thumbs glue to a number: `NIBsaya1234…`, `1234…nya`. Only before a whole NIB, and behind three digits or a serial. */
const gluedBefore = /(?<![\p{L}\p{N}])(?:nib)?(?:saya|sy|ku|nya|ini|adalah|cek|tolong|mohon)(?=\d{13}(?!\d))/giu;
const gluedBehind =
  /(?<=\d{3}|-\d{2})(?:nib|nya|ya|yah|kak|kang|teh|pak|bu|min|dong|gan|bang|mohon|tolong|cek|itu|ini)(?![\p{L}\p{N}])/giu;

/** Same length as the text: typographic dashes, odd spaces, bold marks and escapes of addresses become plain ones. */
const flatten = (text: string): string =>
  text
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .replace(/(?<![\p{N}*•.\-/])\*(?=[\p{L}\p{N}])([^*\n]{0,80}[\p{L}\p{N}])\*(?![\p{N}*•.\-/])/gu, ' $1 ')
    .replace(/(?<=[a-z])\+(?=\d)/gi, ' ')
    .replace(gluedBefore, (word) => (/^nib/i.test(word) ? word.slice(0, 3) : '').padEnd(word.length))
    .replace(gluedBehind, (word) => ' '.repeat(word.length))
    .replace(
      /%(2D|2F|20|3D|3A)/gi,
      (_, code: string) => ` ${{ '2D': '-', '2F': '/', '20': ' ', '3D': '=', '3A': ':' }[code.toUpperCase()]} `,
    );

// ---- SIMBG ---------------------------------------------------------------------------------------------------------

const simbgPrefix =
  /(?<![a-z0-9])(sk[\s.\-_/]{0,2}(?:no(?:mor|mer)?[\s.:]{1,3})?)?(p[\s.]?b[\s.]?g|s[\s.]?l[\s.]?f|imb)(?=[\s.\-_/:#]{0,3}[0-9o|il])/gi;
/** Its shape without its letters, or with words between: `nomor PBG saya 327312-01082023-01`. */
const bareSimbg = /(?<![\p{N}+*•.,])(\d{6})[\s.\-_/]{1,3}(\d{8})[\s.\-_/]{1,3}(\d{2,3})(?![\p{L}\p{N}*•])/gu;

function readSimbg(text: string, match: RegExpExecArray): PermitNumber | Doubt | null {
  const start = match.index;
  const isDecree = match[1] !== undefined;
  const letters = `${isDecree ? 'SK-' : ''}${(match[2] ?? '').replace(/[\s.]/g, '').toUpperCase()}`;
  if (letters === 'IMB') return null;
  const { steps } = readDigits(text, start + match[0].length, 18);
  const longest = isDecree ? 18 : 17;
  const whole = steps.find(({ digits }) => digits.length >= 16 && digits.length <= longest && isDate(digits.slice(6, 14)));
  if (whole !== undefined) {
    const { digits, end, isSlip } = whole;
    const number = `${letters}-${digits.slice(0, 6)}-${digits.slice(6, 14)}-${digits.slice(14)}`;
    return isSlip
      ? { kind: 'slip', number, start, end }
      : { kind: isDecree ? 'decree' : 'simbg', system: 'SIMBG', number, start, end };
  }
  const near = steps.find(({ digits }) => digits.length >= 14 && digits.length <= longest + 1);
  if (near !== undefined)
    return { kind: 'length', name: letters, digits: near.digits.length, expected: 16, start, end: near.end };
  // Its beginning alone, a district of Java: the rest may follow.
  const last = steps.at(-1);
  if (last === undefined || last.digits.length < 6 || !/^3\d{5}$/.test(steps[0]?.digits ?? '')) return null;
  const part = `${letters}-${last.digits.slice(0, 6)}${last.digits.length > 6 ? `-${last.digits.slice(6)}` : ''}`;
  return { kind: 'length', name: letters, digits: last.digits.length, expected: 16, part, start, end: last.end };
}

/** With PBG or SLF a few words before, it is that; without, PBG is asked about, which most are. */
function readBareSimbg(text: string, match: RegExpExecArray): PermitNumber | Doubt | null {
  const [written, district = '', date = '', serial = ''] = match;
  if (!isDate(date) || !/^[1-9]/.test(district)) return null;
  const before = text.slice(Math.max(0, match.index - CAPTION_CHARS), match.index);
  const letters = /(?<![a-z])(pbg|slf)(?![a-z])[^0-9\n]*$/i.exec(before)?.[1]?.toUpperCase();
  const number = `${letters ?? 'PBG'}-${district}-${date}-${serial}`;
  const place = { number, start: match.index, end: match.index + written.length };
  return letters === undefined ? { kind: 'slip', ...place } : { kind: 'simbg', system: 'SIMBG', ...place };
}

/** DDMMYYYY, of a year in which SIMBG or its forerunner existed. */
function isDate(text: string): boolean {
  const [day, month, year] = [text.slice(0, 2), text.slice(2, 4), text.slice(4)].map(Number);
  return inRange(day, 1, 31) && inRange(month, 1, 12) && inRange(year, 2010, 2099);
}

// ---- old decrees ---------------------------------------------------------------------------------------------------

const bppt =
  /(?<![a-z0-9])([\do]{1,5})[\s./-]{1,3}([a-z]{2,6})[\s./-]{1,3}([ivx1l]{1,5})[\s./-]{1,3}(2[0o][\do]{2})[\s./-]{1,3}bppt(?![a-z0-9])/gi;

function readBppt(match: RegExpExecArray): PermitNumber | Doubt {
  const [written, serial = '', code = '', roman = '', year = ''] = match;
  const month = roman.toUpperCase().replace(/[1L]/g, 'I');
  const asDigits = (part: string) => part.replace(/o/gi, '0');
  const number = `${asDigits(serial).padStart(4, '0')}/${code.toUpperCase()}/${month}/${asDigits(year)}/BPPT`;
  const place = { number, start: match.index, end: match.index + written.length };
  return /o/i.test(serial + year) ? { kind: 'slip', ...place } : { kind: 'bppt', system: 'MANUAL', ...place };
}

// ---- NIB -----------------------------------------------------------------------------------------------------------

const NIB_DIGITS = 13;
/** Also glued to its number; a letter like `I` or `S` begins one only with three digits behind. */
const nibCaption = new RegExp(
  `(?<![a-z])nib(?:(?![a-z])[^0-9\\n]{0,${CAPTION_CHARS}}?(?<![\\p{L}+])(?=[0-9o|]|[ilszbg][0-9]{3})|(?=[0-9]))`,
  'giu',
);
/** What comes after these words is no NIB, whatever stood before. */
const otherCaption =
  /(?<![a-z])(?:rp|idr|modal|investasi|harga|biaya|nilai|jumlah|omzet|aset|sebanyak|rekening|no\.? ?rek|va|virtual account|billing|hp|wa|whats?app|telp|telepon|phone|hub|hubungi|npwp|nik)(?![a-z])[^\p{N}\n]{0,8}$/iu;
/** A number with one of these behind it counts something. */
const counted =
  /^ ?(?:orang|org|buah|bh|unit|pcs|lembar|lbr|kali|hari|bulan|tahun|rupiah|rp|ribu|rb|juta|jt|miliar|triliun|meter|m2|m²|km|kg|ton|persen|people)(?![\p{L}\p{N}])/iu;
/** Thirteen signs, most of them digits, with O, I, l and the like among them. */
const mistypedNib = /(?<![\p{L}\p{N}+*•.,])(?=[0-9]*[OoIl|SsZzBG])[0-9OoIl|SsZzBG]{13}(?![\p{L}\p{N}*•])/gu;
/** `no.1234567890123`: the word glued to the number. */
const gluedRun = /(?<!\p{L})(?:nomor|nomer|nmr|no)[.:]?(\d{13})(?![\p{L}\p{N}*•])/giu;

function readGlued(text: string, match: RegExpExecArray): PermitNumber | Doubt | null {
  const end = match.index + match[0].length;
  const [written, digits = ''] = match;
  const isOther = otherCaption.test(text.slice(Math.max(0, match.index - CAPTION_CHARS), match.index));
  return isOther || counted.test(text.slice(end)) ? null : asNib(digits, end - written.length + written.indexOf(digits), end);
}

function readMistypedNib(match: RegExpExecArray): PermitNumber | Doubt | null {
  const [written] = match;
  const digits = [...written].map((char) => asDigit(char) ?? '').join('');
  const isNumber = (written.match(/[0-9]/g) ?? []).length >= 9 && digits.length === NIB_DIGITS;
  return isNumber ? asNib(digits, match.index, match.index + written.length, true) : null;
}

function readCaptionedNib(text: string, match: RegExpExecArray): PermitNumber | Doubt | null {
  const start = match.index + match[0].length;
  if (otherCaption.test(match[0])) return null;
  const { steps } = readDigits(text, start, NIB_DIGITS + 4);
  const whole = steps.find(({ digits }) => digits.length === NIB_DIGITS);
  if (whole !== undefined) return asNib(whole.digits, start, whole.end, whole.isSlip);
  const near = steps.find(({ digits }) => Math.abs(digits.length - NIB_DIGITS) === 1);
  return near === undefined ? null : nibLength(near.digits, start, near.end);
}

function asNib(number: string, start: number, end: number, isSlip = false): PermitNumber | Doubt {
  if (/^(62|08)/.test(number)) return { kind: 'phone-or-nib', number, start, end };
  return isSlip ? { kind: 'slip', number, start, end } : { kind: 'nib', system: 'OSS', number, start, end };
}

const nibLength = (digits: string, start: number, end: number): Doubt => ({
  kind: 'length',
  name: 'NIB',
  digits: digits.length,
  expected: NIB_DIGITS,
  start,
  end,
});

/** Digits parted by single spaces, dots, dashes or line ends, not of an amount, a masked number, or with a country's plus before. */
const digitRun = /(?<![\p{L}\p{N}+*•.,])\d+(?:(?:[ .-]|\r?\n)\d+)*(?![\p{L}\p{N}*•])/gu;

function readRun(text: string, match: RegExpExecArray): (PermitNumber | Doubt)[] {
  const written = match[0];
  const start = match.index;
  if (otherCaption.test(text.slice(Math.max(0, start - CAPTION_CHARS), start))) return [];
  const groups = [...written.matchAll(/\d+/g)].map((group) => ({ digits: group[0], at: start + group.index }));
  const alone = groups.filter(({ digits }) => digits.length === NIB_DIGITS);
  if (alone.length > 0) {
    const named = alone.filter(({ at }) => !counted.test(text.slice(at + NIB_DIGITS)));
    return named.map(({ digits, at }) => asNib(digits, at, at + NIB_DIGITS));
  }
  const timestamp = groups.find(({ digits }) => digits.length === OSS_DIGITS && isTimestamp(digits));
  if (timestamp !== undefined)
    return [{ kind: 'slip', number: `I-${timestamp.digits}`, start: timestamp.at, end: timestamp.at + OSS_DIGITS }];
  const digits = written.replace(/\D/g, '');
  const end = start + written.length;
  const isWholeMessage = text.trim() === written;
  if (counted.test(text.slice(end))) return [];
  if (digits.length === NIB_DIGITS && isGroupedNib(written, isWholeMessage)) return [asNib(digits, start, end)];
  const isOneOff = Math.abs(digits.length - NIB_DIGITS) === 1 && groups.length === 1 && !/^(0|62)/.test(digits);
  return isWholeMessage && isOneOff ? [nibLength(digits, start, end)] : [];
}

/** Grouped with one kind of separator, as people read it out. Dots in threes are an amount, groups of two dates. */
function isGroupedNib(written: string, isWholeMessage: boolean): boolean {
  const sizes = written.split(/\D/).map((group) => group.length);
  if (written.includes('\n') && !isWholeMessage) return false;
  if (new Set(written.match(/\D/g)).size > 1 || (written.includes('.') && sizes.slice(1).every((size) => size === 3)))
    return false;
  const isSpelled = isWholeMessage && (sizes.every((size) => size === 1) || sizes.slice(0, -1).every((size) => size === 4));
  return isSpelled || sizes.every((size) => size >= 3);
}

// ---- numbers of the office -----------------------------------------------------------------------------------------

/** A number of the office with one digit too few or too many, asked about by its name. */
function offByOne(text: string, { pattern, name, system }: NumberPattern): Doubt[] {
  const last = pattern.lastIndexOf('#');
  const expected = pattern.replace(/[^#0-9]/g, '').length;
  const called = name.replace(/^(?:nomor|nomer|no\.?) /i, '');
  return [-1, 1].flatMap((by) => {
    const other = pattern.slice(0, last) + (by < 0 ? '' : '##') + pattern.slice(last + 1);
    return matchPatterns(text, [{ system, name, pattern: other }]).map(
      ({ start, end }): Doubt => ({ kind: 'length', name: called, digits: expected + by, expected, start, end }),
    );
  });
}
