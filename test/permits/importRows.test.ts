// An export in CSV: read, refused by line and column, repeated without effect, taken back.
import { mappingSchema } from '../../src/contract/permitImport.ts';
import type { PermitStore } from '../../src/desk/permitPort.ts';
import { createImporter } from '../../src/permits/import/importRows.ts';
import { createMemoryStore } from '../support/memoryStore.ts';

const mapping = mappingSchema.parse({
  system: 'SIMBG',
  codes: 'simbg',
  delimiter: ';',
  dates: 'DD/MM/YYYY',
  service: 'PBG',
  columns: { number: 'no', statusCode: 'status', since: 'tgl', name: 'nama', phone: 'hp', nik: 'nik' },
});
const importer = createImporter();
const frame = { patterns: [], reasons: new Set<string>(), fetchedAt: Date.UTC(2026, 10, 25), offsetMinutes: 420 };
const importText = (text: string, permits: PermitStore | null) =>
  importer.run(Buffer.from(text), { mapping, frame, permits, by: 'o1', now: 5 });
const file = [
  '\ufeffno;status;tgl;nama;hp;nik',
  'pbg 327312 01082023 01;3;24/11/2026;Euis;0812-3456-5678;3273120108800001',
  'PBG-327312-01082023-02;;24/11/2026;Asep;08123;12',
  'PBG-327312-01082023-03;8;31/02/2026;"Ujang; S.T.";;',
  'PBG-327312-01082023-04;15;01/11/2026;;;',
].join('\n');

it('When an export has good and broken rows, then the good ones are found and the broken ones told by line and column, not quoted', async () => {
  const { permits } = createMemoryStore();
  const run = () => importText(file, permits);
  const done = await run();
  expect(done).toMatchObject({ rows: 4, added: 2, refused: 2 });
  expect(done.problems).toEqual([
    { line: 3, column: 'hp', problem: 'bukan nomor HP Indonesia' },
    { line: 3, column: 'nik', problem: 'bukan 16 angka' },
    { line: 3, column: 'status', problem: 'status kosong' },
    { line: 4, column: 'tgl', problem: 'bukan tanggal DD/MM/YYYY' },
  ]);
  expect((await permits.find('PBG-327312-01082023-01'))[0]).toMatchObject({
    service: 'PBG',
    person: { name: 'Euis', phone: '+6281234565678', nikTail: '0001' },
    status: { stage: 'dikembalikan', turn: 'applicant', since: Date.UTC(2026, 10, 23, 17) },
  });
  expect(await run()).toMatchObject({ rows: 4, added: 0, changed: 0, same: 2 });
  const [, first] = await permits.batches(2);
  expect(first).toMatchObject({ by: 'o1', added: 2, refused: 2, state: 'done' });
  expect(await importer.undo(permits, first!, 'o1', 6)).toBe(2);
  expect(await permits.isEmpty()).toBe(true);
  expect((await permits.batches(2))[1]?.state).toBe('undone');
});

it('When it is a dry run, or no such file at all, then nothing is written', async () => {
  const { permits } = createMemoryStore();
  expect(await importText(file, null)).toMatchObject({ batch: null, rows: 4, refused: 2 });
  await expect(importText('a,b\n1,2', permits)).rejects.toThrow('tidak memiliki kolom "no", "status"');
  expect(await permits.isEmpty()).toBe(true);
});

describe('one number in several rows', () => {
  const rows = (...lines: string[]) => ['no;status;tgl;nama;hp;nik', ...lines.map((line) => `${line};;;`)].join('\n');
  const one = 'PBG-327312-01082023-01';
  const run = async (text: string) => {
    const { permits } = createMemoryStore();
    const { rows: count, refused, problems } = await importText(text, permits);
    return { count, refused, problems, stage: (await permits.find(one))[0]?.status.stage ?? null };
  };
  it.each([
    ['the newest date comes last', [`${one};3;01/11/2026`, `${one};15;02/11/2026`], 'terbit', 0],
    ['the newest date comes first', [`${one};15;02/11/2026`, `${one};3;01/11/2026`], 'terbit', 0],
    ['an older day is contradictory', [`${one};1;01/11/2026`, `${one};3;01/11/2026`, `${one};15;02/11/2026`], 'terbit', 0],
    ['they say the same', [`${one};3;`, `${one};3;01/11/2026`], 'dikembalikan', 0],
    ['no row has a date', [`${one};3;`, `${one};15;`], null, 2],
    ['both have the same date', [`${one};3;01/11/2026`, `${one};15;01/11/2026`], null, 2],
    ['one has no date', [`${one};3;`, `${one};15;01/11/2026`], null, 2],
    ['one is spelled otherwise', [`${one};3;`, 'pbg 327312 01082023 01;15;'], null, 2],
  ])('When %s, then the position is told only where it is clear', async (_, lines, stage, refused) => {
    const done = await run(rows(...lines, 'PBG-327312-01082023-02;3;'));
    expect(done).toMatchObject({ count: lines.length + 1, stage, refused });
    for (const { column, problem } of done.problems)
      expect([column, problem]).toEqual(['no', expect.stringContaining('status berbeda')]);
  });

  it('When a look is taken, then it says so beforehand', async () => {
    const text = rows(`${one};3;`, `${one};15;`);
    const { problems } = await importer.look(Buffer.from(text), { mapping, sheet: null }, frame);
    expect(problems.map(({ line }) => line)).toEqual([2, 3]);
  });

  it('When a cell holds two numbers of one kind, then the row is refused', async () => {
    expect(await run(rows(`${one} / PBG-327312-01082023-02;15;`))).toMatchObject({
      stage: null,
      problems: [{ line: 2, column: 'no', problem: 'lebih dari satu nomor' }],
    });
  });
});

it('When a note or a service holds a NIK, then it is masked before anything is written', async () => {
  const { permits } = createMemoryStore();
  const columns = { number: 'no', statusCode: 'status', note: 'catatan', service: 'izin' };
  const text = 'no;status;catatan;izin\nPBG-327312-01082023-01;3;NIK 3273120108800001 salah;PBG 3273120108800001';
  await importer.run(Buffer.from(text), {
    mapping: { ...mapping, columns: { ...columns, otherNumbers: [] } },
    frame,
    permits,
    by: 'o1',
    now: 5,
  });
  const [file] = await permits.find('PBG-327312-01082023-01');
  const found = await permits.get(file!.id);
  expect([file?.service, found?.events[0]?.note]).toEqual(['PBG 3273********0001', 'NIK 3273********0001 salah']);
});
