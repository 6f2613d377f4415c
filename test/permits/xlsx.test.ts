// Workbooks: sheets, dates, numbers that lost digits, broken files and bombs.
import { mappingSchema } from '../../src/contract/permitImport.ts';
import { createImporter } from '../../src/permits/import/importRows.ts';
import { createMemoryStore } from '../support/memoryStore.ts';
import { makeXlsx, makeZip, workbookParts } from '../support/xlsxMaker.ts';

const importer = createImporter();
const frame = { patterns: [], reasons: new Set<string>(), fetchedAt: Date.UTC(2026, 10, 25), offsetMinutes: 420 };
const head = ['Nomor Registrasi', 'Status', 'Tgl Status', 'No HP', 'NIB'];
const nothing = { mapping: null, sheet: null };

it('When a workbook is looked at, then its columns are proposed and personal numbers masked', async () => {
  const rows = [head, ['GMP-0001', 'Terbit', new Date('2026-11-02T10:30:00Z'), '081234565678', '3273120108800001']];
  const preview = await importer.look(
    makeXlsx({ Catatan: [['x']], 'Data & isi': rows }),
    { mapping: null, sheet: 'Data & isi' },
    frame,
  );
  expect(preview.sheets).toEqual(['Catatan', 'Data & isi']);
  expect(preview.rows[0]?.slice(0, 3)).toEqual(['GMP-0001', 'Terbit', '2026-11-02 10:30']);
  expect(preview.rows[0]?.[4]).not.toContain('3273120108800001');
  expect(preview.mapping).toMatchObject({
    system: 'GAMPIL',
    sheet: 'Data & isi',
    columns: { number: 'Nomor Registrasi', statusText: 'Status', since: 'Tgl Status', phone: 'No HP', otherNumbers: ['NIB'] },
  });
});

it('When cells are dates, inline texts or whole numbers, then they are read; where digits may be lost the row is refused by line and column', async () => {
  const { permits } = createMemoryStore();
  const book = makeXlsx({
    Isi: [
      head,
      ['GMP-0001', { inline: 'Terbit' }, new Date('2026-11-02T00:00:00Z'), 81234565678, 1234567890123],
      [],
      ['GMP-0002', 'Ditolak', '03/11/2026', '', 12345678901],
      [123456, 'Ditolak', '', '', ''],
      ['1,23E+12', 'Ditolak', '', '', ''],
    ],
  });
  const { mapping } = await importer.look(book, nothing, frame);
  const done = await importer.run(book, { mapping: { ...mapping!, dates: 'DD/MM/YYYY' }, frame, permits, by: 'o1', now: 5 });
  expect(done).toMatchObject({ rows: 4, added: 1, refused: 3 });
  expect(done.problems.map(({ line, column }) => [line, column])).toEqual([
    [4, 'NIB'],
    [5, 'Nomor Registrasi'],
    [6, 'Nomor Registrasi'],
  ]);
  expect(done.problems[0]?.problem).toContain('Teks');
  expect((await permits.find('1234567890123'))[0]).toMatchObject({
    number: 'GMP-0001',
    person: { phone: '+6281234565678' },
    status: { stage: 'terbit', since: Date.UTC(2026, 10, 1, 17) },
  });
});

it('When a NIK is a number to Excel, then its last digits are not believed', async () => {
  const book = makeXlsx({
    Isi: [
      ['nomor', 'status', 'nik'],
      ['GMP-0001', 'Terbit', 3273120108800000],
    ],
  });
  const mapping = mappingSchema.parse({ system: 'GAMPIL', columns: { number: 'nomor', statusText: 'status', nik: 'nik' } });
  expect((await importer.look(book, { mapping, sheet: null }, frame)).problems).toMatchObject([{ line: 2, column: 'nik' }]);
});

const parts = workbookParts({ Isi: [head, ['GMP-0001', 'Terbit']] });
test.each<[string, Buffer, string]>([
  ['declares more than fits', makeZip(parts, { 'xl/worksheets/sheet1.xml': 3_000_000_000 }), 'terlalu besar'],
  ['holds more than it declares', makeZip(parts, { 'xl/worksheets/sheet1.xml': 20 }), 'rusak'],
  ['is cut off', makeZip(parts).subarray(0, 300), 'rusak'],
  ['has a document type', makeZip({ ...parts, 'xl/workbook.xml': '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>' }), 'tidak terbaca'],
  ['has broken XML', makeZip({ ...parts, 'xl/worksheets/sheet1.xml': '<worksheet><row></worksheet>' }), 'tidak terbaca'],
  ['ends in the middle', makeZip({ ...parts, 'xl/worksheets/sheet1.xml': '<worksheet><sheetData>' }), 'tidak terbaca'],
  [
    'has a cell a million columns to the right',
    makeZip({ ...parts, 'xl/worksheets/sheet1.xml': '<x><row r="1"><c r="ZZZZZZ1"><v>1</v></c></row></x>' }),
    'nama kolom',
  ],
  ['has too many columns', makeXlsx({ Isi: [Array.from({ length: 201 }, (_, i) => `k${i}`)] }), 'Terlalu banyak kolom'],
  ['has styles without end', makeZip(parts, { 'xl/styles.xml': 6_000_000 }), 'terlalu besar'],
  ['is no workbook', makeZip({ 'a.txt': 'x' }), 'tidak terbaca'],
  ['is an old .xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'Excel lama'],
  ['is a picture', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'bukan CSV'],
  ['has a column twice', makeXlsx({ Isi: [['nomor', 'nomor']] }), 'dua kali'],
  ['is empty', makeXlsx({ Isi: [] }), 'nama kolom'],
  ['is a CSV whose quotes never close', Buffer.from('nomor;status\n"GMP-1;Terbit\nGMP-2;Terbit'), 'tanda kutip'],
  ['is a CSV with a row without end', Buffer.from(`nomor\n${'x'.repeat(70_000)}`), 'tanda kutip'],
  ['is a CSV in another script', Buffer.from('nomor;status\nx;\xe9', 'latin1'), 'UTF-8'],
])('When a file %s, then one sentence says what to do', async (_, bytes, sentence) => {
  await expect(importer.look(bytes, nothing, frame)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining(sentence),
  });
});
