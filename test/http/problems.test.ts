import { z } from 'zod';
import { officerBody, transferBody } from '../../src/contract/http.ts';
import { problemWords } from '../../src/contract/problems.ts';
import { parse } from '../../src/http/errors.ts';

const told = (schema: z.ZodType, value: unknown) => {
  try {
    parse(schema, value);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('Nothing was refused.');
};

describe('what is wrong with an input', () => {
  it('names the field and what to do, in Indonesian', () => {
    expect(told(officerBody, { name: 'D', email: 'dewi', password: 'pendek', role: 'bos' })).toBe(
      'name: paling sedikit 2 huruf atau angka; email: bukan alamat e-mail; password: paling sedikit 10 karakter; role: harus salah satu dari officer, supervisor, admin',
    );
    expect(told(transferBody, {})).toBe('isian: sebutkan officerId atau teamId, salah satu saja');
    expect(told(officerBody, [])).toBe('isian: harus kelompok isian');
  });

  it.each([
    ['a: harus diisi', z.object({ a: z.number() }), {}],
    ['a: harus diisi', z.object({ a: z.string().min(1) }), { a: '' }],
    ['a: harus bilangan bulat', z.object({ a: z.number().int() }), { a: 1.5 }],
    ['a: paling banyak 5', z.object({ a: z.number().max(5) }), { a: 9 }],
    ['a: paling banyak 1 isian', z.object({ a: z.array(z.string()).max(1) }), { a: ['x', 'y'] }],
    ['isian: tidak mengenal b', z.strictObject({}), { b: 1 }],
    ['a: bukan tanggal; tulis seperti 2026-01-31', z.object({ a: z.iso.date() }), { a: 'besok' }],
    ['a: harus x', z.object({ a: z.literal('x') }), { a: 'y' }],
  ])('%s', (words, schema, value) => {
    expect(told(schema, value)).toBe(words);
  });

  it('leaves rare problems to the library, still in Indonesian', () => {
    const { error } = z.ipv4().safeParse('x', { error: problemWords });
    expect(error?.issues[0]?.message).toMatch(/tidak valid/);
  });
});
