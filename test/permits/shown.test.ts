// The first rows of an export as an officer sees them before importing: columns can be told apart, people cannot.
import { createImporter } from '../../src/permits/import/importRows.ts';

const importer = createImporter();
const frame = { patterns: [], reasons: new Set<string>(), fetchedAt: Date.UTC(2026, 10, 25), offsetMinutes: 420 };
const secrets = ['Sunandar', '3456', 'Dago', 'asep@', '0108800001'];
const look = async (head: string, row: string) =>
  importer.look(Buffer.from(`${head}\n${row}\n`), { mapping: null, sheet: null }, frame);

describe('the first rows of an export', () => {
  it('When columns are known, then those of a person are masked and those of the file are not', async () => {
    const { rows } = await look(
      'nomor_registrasi,status,nama_pemohon,no_hp,nik,nama_izin',
      'GMP-0001-2026,Terbit,Asep Sunandar,0812-3456-5678,3273120108800001,Izin Reklame',
    );
    expect(rows).toEqual([
      ['GMP-0001-2026', 'Terbit', 'A*** S***', expect.stringMatching(/^0812\*+678$/), expect.any(String), 'Izin Reklame'],
    ]);
    expect(secrets.filter((secret) => rows.join().includes(secret))).toEqual([]);
  });

  it('When nothing is known of the columns, then their names and the form of a phone number hide what is personal', async () => {
    const { rows, mapping } = await look(
      'Register;Tahapan Proses;Pemilik;Alamat;Surel/E-mail;Lain-lain',
      'GMP-0001-2026;Verifikasi;Asep Sunandar;Jl. Dago 1;asep@contoh.id;hubungi +62 812 3456 5678',
    );
    expect(mapping).toBeNull();
    expect(rows[0]?.slice(0, 2)).toEqual(['GMP-0001-2026', 'Verifikasi']);
    expect(secrets.filter((secret) => rows.join().includes(secret))).toEqual([]);
  });
});
