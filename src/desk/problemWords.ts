// What is wrong with an input, in words an officer understands; the rest as zod's Indonesian says it.
import { z } from 'zod';

const fallback = z.locales.id().localeError;
const units: Record<string, string> = { string: ' huruf atau angka', array: ' isian' };

/** An error map for `safeParse(value, { error: problemWords })`; a sentence that stands in the schema comes first. */
export const problemWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'too_small')
    return issue.minimum === 1 && issue.origin === 'string'
      ? 'harus diisi'
      : `paling sedikit ${issue.minimum}${units[issue.origin] ?? ''}`;
  if (issue.code === 'too_big') return `paling banyak ${issue.maximum}${units[issue.origin] ?? ''}`;
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'harus diisi';
  if (issue.code === 'invalid_type' && issue.expected === 'int') return 'harus bilangan bulat';
  if (issue.code === 'invalid_type' && issue.expected === 'number') return 'harus berupa angka';
  return fallback(issue);
};
