// Long texts in pieces: at most max, nothing lost but white space, characters whole.
import { splitText } from '../../src/desk/splitText.ts';
import { randomFrom } from './random.ts';

const loneSurrogate = /\p{Surrogate}/u;

describe('splitText', () => {
  it('When a text fits, then it stays as it is', () => {
    expect(splitText('Selamat pagi.', 13)).toEqual(['Selamat pagi.']);
    expect(splitText('', 10)).toEqual([]);
  });

  it.each([
    ['a paragraph ends in time', 'Satu dua. Tiga\n\nempat lima enam', 20, ['Satu dua. Tiga', 'empat lima enam']],
    ['only a sentence ends in time', 'Satu dua tiga. Empat lima enam', 20, ['Satu dua tiga.', 'Empat lima enam']],
    ['only a line ends in time', 'satu dua tiga\nempat lima enam', 20, ['satu dua tiga', 'empat lima enam']],
    ['only words end', 'satu dua tiga empat lima enam', 20, ['satu dua tiga empat', 'lima enam']],
    ['there is an abbreviation', 'Alamat Jl. Cianjur No. 34 Bandung', 24, ['Alamat Jl. Cianjur No.', '34 Bandung']],
    ['a paragraph would leave a stub', 'Ya\n\nsatu dua tiga empat', 16, ['Ya\n\nsatu dua', 'tiga empat']],
    ['nothing ends', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['the cut falls exactly at a space', 'abcd efgh', 4, ['abcd', 'efgh']],
  ])('When %s, then the cut is there', (_, text, max, pieces) => {
    expect(splitText(text, max)).toEqual(pieces);
  });

  it('When a cut would fall inside a character of several units, then the character moves to the next piece', () => {
    expect(splitText('aaa👨‍👩‍👧bbb', 9)).toEqual(['aaa', '👨‍👩‍👧b', 'bb']);
    expect(splitText('ab👍🏽', 4)).toEqual(['ab', '👍🏽']);
    expect(splitText('éééé'.normalize('NFD'), 3).every((piece) => /^(e\u0301)+$/.test(piece))).toBe(true);
  });

  it('When one character is longer than a piece, then surrogate pairs stay whole', () => {
    for (const piece of splitText('👨‍👩‍👧‍👦', 3)) expect(piece).not.toMatch(loneSurrogate);
  });

  it('When the longest piece is less than one emoji, then it refuses', () => {
    expect(() => splitText('abc', 1)).toThrow(RangeError);
  });

  it('When random texts are cut, then every piece fits, is well formed, and nothing but white space is lost', () => {
    const random = randomFrom(3);
    const parts = [
      'a',
      'kata',
      'izin. ',
      ' ',
      '  ',
      '\n',
      '\n\n',
      ' \n \n ',
      '👍🏽',
      '👨‍👩‍👧',
      'e\u0301',
      ' \u0301',
      '\r\n',
      '?! ',
      'Jl. ',
    ];
    for (let round = 0; round < 1000; round += 1) {
      const text = Array.from({ length: random(40) }, () => parts[random(parts.length)]).join('');
      const max = 2 + random(30);
      const pieces = splitText(text, max);
      for (const piece of pieces) {
        expect(piece.length).toBeGreaterThan(0);
        expect(piece.length).toBeLessThanOrEqual(max);
        expect(piece).not.toMatch(loneSurrogate);
      }
      expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }
  });
});
