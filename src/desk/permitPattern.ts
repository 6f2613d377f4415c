// Number patterns an office may set for its own systems, such as `GMP-####-####`: a tiny language that cannot run away, instead of regexes.
import { z } from 'zod';
import { type PermitSystem, permitSystemSchema } from '../contract/permit.ts';

/**
 * `#` is a digit, `@` a letter, `-` `/` `.` and space part groups, every other letter or digit stands for itself. A pattern has one
 * fixed length, so matching it costs at most its length at each place of a text.
 */
export const numberPatternSchema = z.strictObject({
  system: permitSystemSchema,
  /** As people call it: "nomor resi GAMPIL". */
  name: z.string().trim().min(2).max(40),
  pattern: z
    .string()
    .trim()
    .min(4)
    .max(40)
    .regex(/^[A-Za-z0-9#@](?:[-/. ]?[A-Za-z0-9#@])*$/, 'hanya huruf, angka, #, @, dan pemisah - / . atau spasi di antaranya')
    .refine((text) => (text.match(/#/g) ?? []).length >= 4, 'perlu sedikitnya empat angka (#)')
    .refine((text) => /[A-Za-z@]/.test(text), 'perlu sedikitnya satu huruf, agar tidak tertukar dengan nomor HP'),
});
export type NumberPattern = z.infer<typeof numberPatternSchema>;

export interface PatternMatch {
  system: PermitSystem;
  name: string;
  /** As the pattern writes it. */
  number: string;
  start: number;
  end: number;
  /** A letter stood for a digit (O for 0, I for 1): to be asked about. */
  isSlip: boolean;
}

/** Between the characters of a number people put at most so many spaces, dots, dashes or slashes. */
const MAX_SEPARATORS = 3;
const separator = /[\s.\-_/]/;
const looksLike: Record<string, string> = { O: '0', Q: '0', I: '1', L: '1', '|': '1', Z: '2', S: '5', G: '6', B: '8' };

/** @returns the digit a character stands for: itself, or the one its shape is mistaken for; null for others. */
export function asDigit(char: string): string | null {
  return /[0-9]/.test(char) ? char : (looksLike[char.toUpperCase()] ?? null);
}

/** @returns every place where one of the patterns stands in the text; earlier patterns win. */
export function matchPatterns(text: string, patterns: readonly NumberPattern[]): PatternMatch[] {
  const found: PatternMatch[] = [];
  for (const pattern of patterns) {
    for (let at = 0; at < text.length; at++) {
      if (at > 0 && /[\p{L}\p{N}*•]/u.test(text[at - 1] ?? '')) continue;
      const match = matchAt(text, at, pattern);
      if (match !== null && !found.some((one) => one.start < match.end && match.start < one.end)) found.push(match);
    }
  }
  return found;
}

function matchAt(text: string, start: number, { pattern, system, name }: NumberPattern): PatternMatch | null {
  let at = start;
  let number = '';
  let isSlip = false;
  for (const token of pattern) {
    if (separator.test(token)) {
      number += token;
      continue;
    }
    if (number !== '') for (let i = 0; i < MAX_SEPARATORS && separator.test(text[at] ?? ''); i++) at++;
    const char = text[at] ?? '';
    const read = readToken(token, char);
    if (read === null) return null;
    isSlip ||= token === '#' && read !== char;
    number += read;
    at++;
  }
  if (/[\p{L}\p{N}*•]/u.test(text[at] ?? '')) return null;
  return { system, name, number, start, end: at, isSlip };
}

function readToken(token: string, char: string): string | null {
  if (token === '#') return asDigit(char);
  if (token === '@') return /[A-Za-z]/.test(char) ? char.toUpperCase() : null;
  return char.toUpperCase() === token.toUpperCase() ? token.toUpperCase() : null;
}
