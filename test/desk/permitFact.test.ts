// The second fact is read in the ways people write it, and no digit of it survives into what is stored.
import { hideFact, isFactOnly, readFact } from '../../src/desk/permitFact.ts';
import { findNumbers } from '../../src/desk/permitNumbers.ts';

const read = (text: string) => {
  const fact = readFact(text, findNumbers(text));
  return fact.kind === 'digits' ? fact.digits : fact.kind;
};
const hide = (text: string) => hideFact(text, findNumbers(text));

describe('the second fact', () => {
  it.each([
    ['5678', '5678', '••••'],
    ['5 6 7 8', '5678', '• • • •'],
    ['56-78.', '5678', '••-••.'],
    ['4 angka terakhir 5678 ya min', '5678', '4 angka terakhir •••• ya min'],
    ['hp saya 0812-3456-5678', '5678', 'hp saya ••••-••••-••••'],
    ['+62 812 3456 5678', '5678', '+•• ••• •••• ••••'],
    ['lima enam tujuh delapan', '5678', '••••'],
    ['five six seven eight', '5678', '••••'],
    ['PBG-327312-01082023-01 5678', '5678', 'PBG-327312-01082023-01 ••••'],
    ['5678, nomor NIB 1234567890123', '5678', '••••, nomor NIB 1234567890123'],
    ['1990', '1990', '••••'],
    ['4 angka terakhir 2019', '2019', '4 angka terakhir ••••'],
    ['2019 angka terakhirnya', '2019', '•••• angka terakhirnya'],
    ['6281234565678', '5678', '•••••••••••••'],
    ['5\n6\n7\n8', '5678', '•\n•\n•\n•'],
    ['5,   6,   7,   8', '5678', '•,   •,   •,   •'],
    ['5678?', '5678', '••••?'],
    ['567', 'wrong-length', '•••'],
    ['56789', 'wrong-length', '•••••'],
    ['5678 atau 1234', 'wrong-length', '•••• atau ••••'],
    ['kenapa belum selesai dari tahun 2025', 'none', 'kenapa belum selesai dari tahun ••••'],
    ['syarat PBG apa saja?', 'none', 'syarat PBG apa saja?'],
    ['berapa biaya 2025?', 'none', 'berapa biaya ••••?'],
    ['saya dua orang', 'none', 'saya dua orang'],
    [
      'PBG-327312-01082023-01 atas nama Euis Komariah, mohon dibantu cek, hp 08123456-5678',
      '5678',
      'PBG-327312-01082023-01 atas nama Euis Komariah, mohon dibantu cek, hp ••••••••-••••',
    ],
    [
      'sudah tiga kali ganti hp sejak 2024 dan belum ada kabar sama sekali',
      'none',
      'sudah tiga kali ganti hp sejak •••• dan belum ada kabar sama sekali',
    ],
  ])('When somebody writes "%s", then %s is read and "%s" is kept', (text, fact, kept) => {
    expect(read(text)).toBe(fact);
    expect(hide(text)).toBe(kept);
  });

  it('When a message is edited into nothing but digits, then that is seen', () => {
    expect(isFactOnly('5678', findNumbers('5678'))).toBe(true);
    for (const text of ['rapat 2025 jam berapa?', 'NIB 1234567890123', 'halo'])
      expect(isFactOnly(text, findNumbers(text))).toBe(false);
  });

  it('When a whole NIK is sent without being asked for, then its last four are compared as such', () => {
    expect(readFact('3273124501800001', findNumbers('3273124501800001'))).toEqual({ kind: 'digits', digits: '0001', of: 'nik' });
  });
});
