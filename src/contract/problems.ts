// What is wrong with an input, in words an officer can act on: for zod's problems that have no sentence of their own in the schema.
import { z } from 'zod';

const kinds: Record<string, string> = {
  string: 'teks',
  number: 'berupa angka',
  int: 'bilangan bulat',
  boolean: 'true atau false',
  array: 'daftar',
  object: 'kelompok isian',
  record: 'kelompok isian',
};
const units: Record<string, string> = {
  string: ' huruf atau angka',
  array: ' isian',
  set: ' isian',
  record: ' isian',
  file: ' byte',
};
const formats: Record<string, string> = {
  email: 'bukan alamat e-mail',
  url: 'bukan alamat situs; mulailah dengan https://',
  date: 'bukan tanggal; tulis seperti 2026-01-31',
};

/** For `safeParse(value, { error: problemWords })`. @returns one clause in Indonesian, without the input's own text */
export const problemWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'harus diisi';
  if (issue.code === 'invalid_type') return `harus ${kinds[issue.expected] ?? issue.expected}`;
  if (issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1) return 'harus diisi';
  if (issue.code === 'too_small') return `paling sedikit ${issue.minimum}${units[issue.origin] ?? ''}`;
  if (issue.code === 'too_big') return `paling banyak ${issue.maximum}${units[issue.origin] ?? ''}`;
  if (issue.code === 'invalid_value')
    return `harus ${issue.values.length > 1 ? 'salah satu dari ' : ''}${issue.values.join(', ')}`;
  if (issue.code === 'unrecognized_keys') return `tidak mengenal ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_format' && formats[issue.format] !== undefined) return formats[issue.format];
  return z.locales.id().localeError(issue);
};
