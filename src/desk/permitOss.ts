// Numbers of OSS: id_izin, and those of projects, companies and files that look like one. Pure.
import { type Doubt, inRange, type PermitNumber, readDigits } from './permitDigits.ts';

export const ossPrefix = /(?<![a-z0-9])(?:i[\s.\-_/]{0,3}|[1l|]-)(?=2[0o][0-9o]{2})/gi;
export const OSS_DIGITS = 21;

export function readOss(text: string, match: RegExpExecArray): PermitNumber | Doubt | null {
  const start = match.index;
  const { steps } = readDigits(text, start + match[0].length, OSS_DIGITS + 2);
  const whole = steps.find(({ digits }) => digits.length === OSS_DIGITS && isTimestamp(digits));
  if (whole !== undefined) {
    const number = `I-${whole.digits}`;
    const isSlip = whole.isSlip || !/^i/i.test(match[0]);
    return isSlip
      ? { kind: 'slip', number, start, end: whole.end }
      : { kind: 'oss', system: 'OSS', number, start, end: whole.end };
  }
  const near = steps.find(({ digits }) => Math.abs(digits.length - OSS_DIGITS) <= 2);
  return near === undefined
    ? null
    : { kind: 'length', name: 'id_izin OSS', digits: near.digits.length, expected: OSS_DIGITS, start, end: near.end };
}

/** YYYYMMDDHHMMSS of the time since OSS exists. */
export function isTimestamp(digits: string): boolean {
  const [month, day, hour, minute] = [4, 6, 8, 10].map((at) => Number(digits.slice(at, at + 2)));
  return (
    inRange(Number(digits.slice(0, 4)), 2018, 2099) &&
    inRange(month, 1, 12) &&
    inRange(day, 1, 31) &&
    inRange(hour, 0, 23) &&
    inRange(minute, 0, 59)
  );
}

/** Numbers of projects, companies and files begin with another letter and go on like an id_izin (OSS web service). */
export const otherOss = /(?<![a-z0-9])[rpu][\s.\-_/]{0,3}(?=20[0-9]{2})/gi;

export function readOtherOss(text: string, match: RegExpExecArray): Doubt | null {
  const { steps } = readDigits(text, match.index + match[0].length, OSS_DIGITS);
  const whole = steps.find(({ digits }) => digits.length === OSS_DIGITS && isTimestamp(digits));
  const letter = match[0][0]?.toUpperCase();
  return whole === undefined
    ? null
    : { kind: 'other-oss', number: `${letter}-${whole.digits}`, start: match.index, end: whole.end };
}
