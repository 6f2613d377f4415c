// Personal numbers are hidden, everything else stays: a table of real shapes, and random texts.
import { maskPersonal, maskPhone } from '../../src/desk/identifiers.ts';
import { randomFrom } from './random.ts';

describe('maskPersonal', () => {
  it.each([
    ['NIK 3273120108800001 atas nama saya', 'NIK 3273********0001 atas nama saya'],
    ['nik3273124108800001.', 'nik3273********0001.'],
    ['3273 1201 0880 0001', '3273 **** **** 0001'],
    ['3273-1201-0880-0001', '3273-****-****-0001'],
    ['32.73.12.010880.0001', '32.73.**.******.0001'],
    ['327312 010880 0001', '3273** ****** 0001'],
    ['327312 - 010880 - 0001', '3273** - ****** - 0001'],
    ['3 2 7 3 1 2 0 1 0 8 8 0 0 0 0 1', '3 2 7 3 * * * * * * * * 0 0 0 1'],
    ['081234567890 3273 1201 0880 0001', '081234567890 3273 **** **** 0001'],
    ['08123456 3273 1201 0880 0001', '08123456 3273 **** **** 0001'],
    ['9999999999999999', '9999********9999'],
    ['0012 3456 7890 1000', '0012 **** **** 1000'],
    ['01.234.567.8-901.234', '01.23*.***.*-**1.234'],
    ['01.234.567.8 - 901.234', '01.23*.***.* - **1.234'],
    ['01 234 567 8 901 234', '01 23* *** * **1 234'],
    ['012345678-901.234', '0123*****-**1.234'],
    ['NPWP 012345678901234, NIK 3273120108800001', 'NPWP 0123*******1234, NIK 3273********0001'],
  ])('When a text holds "%s", then the middle is hidden', (text, masked) => {
    expect(maskPersonal(text)).toBe(masked);
  });

  it.each([
    'NIB saya 1234567890123',
    'NIB 1203010112345 dan 3273010112345',
    '+62 812-3456-7890',
    '+6281234567890',
    '0812 3456 7890',
    '0812 3456 7890 0813 9876 5432',
    'I-202202231710411927449',
    '202206-0218-0046-2443-330',
    'PBG-327312-01082023-01',
    'pbg 327312 01082023 01',
    '327312-01082023-01',
    'SLF-327312-01082023-001',
    'SK-PBG-327312-01082023-001',
    'SK-IMB-327312-01082023-0001',
    'Rp1.500.000.000.000',
    'Rp1.500.000.000.000.000',
    'Rp 12.345.678.901,00',
    'dari 12-08-2023 12-01-2024',
    'dari 12-08-2023 - 12-01-2024',
    '0002/TDP/VI/2015/BPPT',
    'B/PU.05/1098-DPMPTSP/IX/2025',
    'kode 029000000001 dan K-4821',
    '',
  ])('When a text holds "%s", then nothing changes', (text) => {
    expect(maskPersonal(text)).toBe(text);
  });

  it('When digits of any length stand between other things, then no run of 15 or 16 survives and other runs stay', () => {
    const random = randomFrom(1);
    for (let round = 0; round < 1500; round += 1) {
      const runs = Array.from({ length: 1 + random(4) }, () =>
        Array.from({ length: 1 + random(24) }, () => String(random(10))).join(''),
      );
      const text = runs.join(' x ');
      const masked = maskPersonal(text).split(' x ');
      expect(masked).toHaveLength(runs.length);
      masked.forEach((run, at) => {
        const before = runs[at] ?? '';
        const isHidden = before.length === 15 || before.length === 16;
        expect(run).toBe(isHidden ? before.slice(0, 4) + '*'.repeat(before.length - 8) + before.slice(-4) : before);
      });
    }
  });

  it('When a text is masked twice, then the second time changes nothing, and lengths never change', () => {
    const random = randomFrom(2);
    const parts = [
      '3273',
      '1201',
      '0880',
      '0001',
      '01',
      '234',
      '567',
      '8',
      '.',
      '-',
      ' ',
      ' - ',
      '*',
      '3273120108800001',
      'a',
      '+',
    ];
    for (let round = 0; round < 5000; round += 1) {
      const text = Array.from({ length: random(16) }, () => parts[random(parts.length)]).join('');
      const masked = maskPersonal(text);
      expect(masked).toHaveLength(text.length);
      expect(maskPersonal(masked)).toBe(masked);
      expect(masked).not.toMatch(/(?<!\d)\d{15,16}(?!\d)/);
    }
  });

  it('When a text is as long as may be and full of digits, then it is masked to its end', () => {
    expect(maskPersonal('3273 1201 0880 0001, '.repeat(380))).toBe('3273 **** **** 0001, '.repeat(380));
    expect(maskPersonal('1.'.repeat(4000))).toHaveLength(8000);
    expect(maskPersonal('12 '.repeat(2666))).toHaveLength(7998);
  });
});

describe('maskPhone', () => {
  it.each([
    ['+628123456678', '+62812****678'],
    ['+6281234566789', '+62812****789'],
    ['+62812****678', '+62812****678'],
    ['12345', '****'],
    ['', '****'],
  ])('When a phone number is %s, then a list shows %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });
});
