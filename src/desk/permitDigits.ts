// What reading permit numbers is made of: what is found or asked about, and groups of digits that one number was parted into. Pure.
import type { PermitSystem } from '../contract/permit.ts';
import { asDigit } from './permitPattern.ts';

export type NumberKind = 'nib' | 'oss' | 'simbg' | 'decree' | 'bppt' | 'office';

export interface PermitNumber {
  kind: NumberKind;
  system: PermitSystem;
  /** As its system writes it. */
  number: string;
  start: number;
  end: number;
}

/** Something that looks like a number and must be asked about. */
export type Doubt =
  /** 13 digits that may be a phone number. */
  | { kind: 'phone-or-nib'; number: string; start: number; end: number }
  /** A letter typed for a digit: `number` is what it was probably meant to be. */
  | { kind: 'slip'; number: string; start: number; end: number }
  /** A number OSS gives to projects, companies and files: none of an application. */
  | { kind: 'other-oss'; number: string; start: number; end: number }
  /** Digits too few or too many: `name` has `expected` digits. `part`: the rest may follow. */
  | { kind: 'length'; name: string; digits: number; expected: number; part?: string; start: number; end: number };

export interface Numbers {
  found: PermitNumber[];
  doubts: Doubt[];
}

interface Digits {
  /** Where each group ends, with the digits read up to there. */
  steps: { digits: string; end: number; isSlip: boolean }[];
}

/** Reads groups of digits (and letters that look like one) from a place, parted by up to three spaces, dots, dashes or slashes. */
export function readDigits(text: string, start: number, most: number): Digits {
  const steps: Digits['steps'] = [];
  const group = /[\s.\-_/:#]{0,3}([0-9OoQIl|SsZzBG]+)(?![\p{L}\p{N}*•])/uy;
  group.lastIndex = start;
  let digits = '';
  let isSlip = false;
  for (;;) {
    const match = group.exec(text);
    const written = match?.[1] ?? '';
    if (match === null || !/[0-9]/.test(written) || digits.length + written.length > most) return { steps };
    digits += [...written].map((char) => asDigit(char) ?? '').join('');
    isSlip ||= !/^[0-9]+$/.test(written);
    steps.push({ digits, end: group.lastIndex, isSlip });
  }
}

export const inRange = (value = -1, from: number, to: number): boolean => value >= from && value <= to;
