// Permit numbers are found in every spelling; what may be something else is asked about, and nothing is guessed.
import { maskPersonal } from '../../src/desk/identifiers.ts';
import { findNumbers } from '../../src/desk/permitNumbers.ts';
import { matchPatterns, numberPatternSchema } from '../../src/desk/permitPattern.ts';
import { randomFrom } from './random.ts';

const patterns = [
  { system: 'GAMPIL' as const, name: 'nomor resi', pattern: 'GMP-####-####' },
  { system: 'MPPDN' as const, name: 'SIP', pattern: '446/SIP-@@/####/####' },
];
const found = (text: string) => findNumbers(text, patterns).found.map(({ kind, number }) => `${kind} ${number}`);
const doubts = (text: string) => findNumbers(text, patterns).doubts;

describe('findNumbers', () => {
  it.each([
    ['1234567890123', 'nib 1234567890123'],
    ['NIB saya 1234 5678 90123', 'nib 1234567890123'],
    ['nib: 1234.5678.90123 tolong', 'nib 1234567890123'],
    ['NIB-nya 1-234-567-890-123', 'nib 1234567890123'],
    ['nib sy １２３４５６７８９０１２３', 'nib 1234567890123'],
    ['1234 5678 90123', 'nib 1234567890123'],
    ['https://oss.go.id/cek/1234567890123?x=1', 'nib 1234567890123'],
    ['NIB 1234567890123 hp 081234567890', 'nib 1234567890123'],
    ['1234567890123 081234567890', 'nib 1234567890123'],
    ['I-202202231710411927449', 'oss I-202202231710411927449'],
    ['i-202202231710411927449.', 'oss I-202202231710411927449'],
    ['id izin i 20220223 171041 1927449 pak', 'oss I-202202231710411927449'],
    ['I202202231710411927449', 'oss I-202202231710411927449'],
    ['I – 2022 0223 1710 4119 27449', 'oss I-202202231710411927449'],
    ['PBG-327312-01082023-01', 'simbg PBG-327312-01082023-01'],
    ['pbg 327312 01082023 01', 'simbg PBG-327312-01082023-01'],
    ['Pbg.327312.01082023.001', 'simbg PBG-327312-01082023-001'],
    ['nomor PBG: 327312-01082023-01 gimana ya', 'simbg PBG-327312-01082023-01'],
    ['PBG3273120108202301', 'simbg PBG-327312-01082023-01'],
    ['PBG-327312-01082023-01 08123456789', 'simbg PBG-327312-01082023-01'],
    ['slf‑327312‑01082023‑12', 'simbg SLF-327312-01082023-12'],
    ['https://simbg.pu.go.id/Informasi/Lacak/PBG-327312-01082023-01', 'simbg PBG-327312-01082023-01'],
    ['https://x.id/?no=PBG%2D327312%2D01082023%2D01', 'simbg PBG-327312-01082023-01'],
    ['SK-PBG-327312-01082023-001', 'decree SK-PBG-327312-01082023-001'],
    ['sk slf 327312 01082023 0001', 'decree SK-SLF-327312-01082023-0001'],
    ['SK-IMB-327312-01082023-002', 'decree SK-IMB-327312-01082023-002'],
    ['0002/TDP/VI/2015/BPPT', 'bppt 0002/TDP/VI/2015/BPPT'],
    ['2 / imb / vi / 2015 / bppt', 'bppt 0002/IMB/VI/2015/BPPT'],
    ['0002-IPR-Vl-2016-BPPT', 'bppt 0002/IPR/VI/2016/BPPT'],
    ['gmp 1234 5678', 'office GMP-1234-5678'],
    ['resi saya GMP12345678 ya min', 'office GMP-1234-5678'],
    ['446/sip-dg/0123/2025', 'office 446/SIP-DG/0123/2025'],
  ])('When somebody writes "%s", then it is %s', (text, number) => {
    expect(found(text)).toEqual([number]);
    expect(doubts(text)).toEqual([]);
  });

  it.each([
    ['0812345678901', { kind: 'phone-or-nib', number: '0812345678901' }],
    ['NIB 0812345678901', { kind: 'phone-or-nib', number: '0812345678901' }],
    ['6281234567890', { kind: 'phone-or-nib', number: '6281234567890' }],
    ['NIB 1234567890l2O', { kind: 'slip', number: '1234567890120' }],
    ['PBG-3273I2-O1082023-01', { kind: 'slip', number: 'PBG-327312-01082023-01' }],
    ['1-202202231710411927449', { kind: 'slip', number: 'I-202202231710411927449' }],
    ['202202231710411927449', { kind: 'slip', number: 'I-202202231710411927449' }],
    ['I-2O2202231710411927449', { kind: 'slip', number: 'I-202202231710411927449' }],
    ['GMP-12O4-5678', { kind: 'slip', number: 'GMP-1204-5678' }],
    ['NIB 123456789012', { kind: 'length', name: 'NIB', digits: 12, expected: 13 }],
    ['nib 12345678901234', { kind: 'length', name: 'NIB', digits: 14, expected: 13 }],
    ['123456789012', { kind: 'length', name: 'NIB', digits: 12, expected: 13 }],
    ['I-20220223171041192744', { kind: 'length', name: 'id_izin OSS', digits: 20, expected: 21 }],
    ['PBG-32731-01082023-01', { kind: 'length', name: 'PBG', digits: 15, expected: 16 }],
    ['PBG-327312-41082023-01', { kind: 'length', name: 'PBG', digits: 14, expected: 16 }],
  ])('When somebody writes "%s", then it is asked about', (text, doubt) => {
    expect(found(text)).toEqual([]);
    expect(doubts(text)).toMatchObject([doubt]);
  });

  it.each([
    'halo, mau urus PBG rumah 2 lantai',
    'izin praktik 2025 berapa lama',
    'Rp1.500.000.000.000',
    'Rp 1500000000000',
    '1.500.000.000.000',
    '+6281234567890',
    '+62 812-3456-7890',
    '081234567890',
    '0812 3456 7890',
    'K-4821',
    'dari 12-08-2023 12-01-2024',
    'NIK 3273********0001',
    'Perda 5/2025 pasal 12',
    'kode 029000000001 dan K-4821 ya',
    'I love 2025',
    'IMB tahun 2015',
    '',
  ])('When a text is "%s", then no permit number is seen in it', (text) => {
    expect(findNumbers(text, patterns)).toEqual({ found: [], doubts: [] });
  });

  it('When two numbers stand in one message, then both are found', () => {
    expect(found('PBG-327312-01082023-01 sama NIB 1234567890123')).toEqual(['simbg PBG-327312-01082023-01', 'nib 1234567890123']);
  });

  it('When texts are random, then reading ends, spans lie in the text and do not overlap', () => {
    const random = randomFrom(4);
    const parts = [
      'PBG',
      'sk-',
      'I-',
      'nib ',
      '2022',
      '327312',
      '01082023',
      '-',
      '.',
      ' ',
      '0',
      '1',
      'O',
      'l',
      'GMP-',
      '/',
      'bppt',
    ];
    for (let round = 0; round < 5000; round++) {
      const text = Array.from({ length: random(30) }, () => parts[random(parts.length)]).join('');
      const { found: numbers, doubts: asked } = findNumbers(text, patterns);
      const spans = [...numbers, ...asked].sort((a, b) => a.start - b.start);
      spans.forEach(({ start, end }, at) => {
        expect(start).toBeGreaterThanOrEqual(spans[at - 1]?.end ?? 0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
      });
    }
  });

  it('When a text is as long as may be and made to be hard, then it is still read to its end', () => {
    for (const part of ['1 ', 'PBG-', 'NIB ', '1-20', 'I-20 ', '0/a/i/', 'GMP-1234-', '1.', '--'])
      expect(findNumbers(part.repeat(8000 / part.length), patterns).found.length).toBeLessThan(8000);
  });
});

describe('personal numbers beside permit numbers', () => {
  it.each([
    ['PBG3273120108202301 NIK 3273120108800001', 'PBG3273120108202301 NIK 3273********0001'],
    ['PBG 3273120108800001', 'PBG 3273********0001'],
    ['nik saya 3273-1201-0880-0001, npwp 01.234.567.8-901.234', 'nik saya 3273-****-****-0001, npwp 01.23*.***.*-**1.234'],
  ])('When somebody writes "%s", then only the personal ones are hidden', (text, masked) => {
    expect(maskPersonal(text)).toBe(masked);
    expect(found(masked).filter((one) => one.startsWith('nib'))).toEqual([]);
  });
});

describe('patterns of the office', () => {
  it.each(['GMP-####-####', 'REG/####/@@', '446 SIP ####'])('When "%s" is set, then it is taken', (pattern) => {
    expect(numberPatternSchema.safeParse({ system: 'GAMPIL', name: 'resi', pattern }).success).toBe(true);
  });

  it.each(['(a+)+$', '########', 'G##', '.*', 'GMP-####--####', '-####A', 'A'.repeat(41), 'ABCD'])(
    'When "%s" is set, then it is refused',
    (pattern) => {
      expect(numberPatternSchema.safeParse({ system: 'GAMPIL', name: 'resi', pattern }).success).toBe(false);
    },
  );

  it('When the longest patterns meet the hardest text, then the steps stay below length times length', () => {
    let reads = 0;
    const text = 'A'.repeat(8000);
    const counted = new Proxy(Object(text) as object, {
      get(target, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) reads++;
        const value = Reflect.get(target, key);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const pattern = `${'A'.repeat(35)}####B`;
    expect(matchPatterns(counted as unknown as string, [{ system: 'GAMPIL', name: 'resi', pattern }])).toEqual([]);
    expect(reads).toBeGreaterThan(0);
    expect(reads).toBeLessThan(8000 * 40 * 2);
  });
});
