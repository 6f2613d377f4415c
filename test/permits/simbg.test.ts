// SIMBG's exports by the field names of its code: read, repeated, broken; and the link a citizen gets.
import type { Mapping } from '../../src/contract/permitImport.ts';
import { defaultPermitSettings } from '../../src/desk/permitSettings.ts';
import { simbgLink } from '../../src/desk/permitText.ts';
import { createImporter } from '../../src/permits/import/importRows.ts';
import { createMemoryStore } from '../support/memoryStore.ts';
import { type SimbgFault, simbgExport } from '../support/simbgStandin.ts';

const importer = createImporter();
const frame = { patterns: [], reasons: new Set<string>(), fetchedAt: Date.UTC(2026, 10, 25), offsetMinutes: 420 };
const nothing = { mapping: null, sheet: null };
const whole = simbgExport('none', 'csv');
let mapping: Mapping;
beforeAll(async () => {
  mapping = (await importer.look(whole, nothing, frame)).mapping!;
});
async function take(bytes: Buffer) {
  const { permits } = createMemoryStore();
  const done = await importer.run(bytes, { mapping, frame, permits, by: 'o1', now: 5 });
  const of = async (i: number) => (await permits.find(`PBG-327312-01082023-0${i}`))[0];
  return { done, of };
}

test.each(['csv', 'xlsx'] as const)(
  'When an export comes as %s, then its integers are read by the table of SIMBG',
  async (format) => {
    const bytes = simbgExport('none', format);
    const look = await importer.look(bytes, nothing, frame);
    expect(look.mapping).toMatchObject({
      system: 'SIMBG',
      codes: 'simbg',
      dates: 'DD/MM/YYYY',
      columns: { number: 'no_konsultasi', phone: 'no_hp' },
    });
    expect(look.problems).toEqual([]);
    mapping = look.mapping!;
    const { done, of } = await take(bytes);
    expect(done).toMatchObject({ rows: 4, added: 4, refused: 0 });
    expect(await Promise.all([1, 2, 3, 4].map(async (i) => (await of(i))?.status.stage))).toEqual([
      'terdaftar',
      'dikembalikan',
      'menunggu_pembayaran',
      'terbit',
    ]);
  },
);

test.each<[SimbgFault, object]>([
  ['duplicate', { rows: 8, added: 4, same: 4 }],
  ['empty', { rows: 0, added: 0, refused: 0 }],
  ['unknown-status', { rows: 2, added: 2 }],
])('When an export is %s, then it is taken as it is', async (fault, counts) => {
  const { mapping: proposed } = await importer.look(simbgExport(fault, 'csv'), nothing, frame);
  mapping = { ...proposed!, dates: 'DD/MM/YYYY' };
  const { done, of } = await take(simbgExport(fault, 'csv'));
  expect(done).toMatchObject(counts);
  if (fault === 'unknown-status') expect((await of(1))?.status).toMatchObject({ stage: null, turn: 'unknown', codeRaw: '8' });
});

test.each<[SimbgFault, 'csv' | 'xlsx', string]>([
  ['login-page', 'csv', 'tidak memiliki kolom'],
  ['other-columns', 'csv', '"no_hp"'],
  ['cut', 'xlsx', 'rusak'],
])('When what was saved is %s (%s), then nothing is taken and one sentence says why', async (fault, format, sentence) => {
  await expect(take(simbgExport(fault, format))).rejects.toThrow(sentence);
});

it('When a number is of SIMBG, then the link of the settings is told by its form alone; others get none', () => {
  const text = (link: string | null, number: string) =>
    simbgLink(
      { language: 'id', now: 0, timeZone: 'Asia/Jakarta', hours: null, settings: { ...defaultPermitSettings, simbgLink: link } },
      number,
    );
  const number = 'PBG-327312-01082023-01';
  expect(text('https://simbg.example.go.id/Informasi/Lacak/{nomor}', number)).toContain(`/Lacak/${number}`);
  expect([text(null, number), text('https://simbg.example.go.id', 'I-202202231710411927449')]).toEqual(['', '']);
});
