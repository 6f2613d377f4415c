// What a search finds: the same tokens for a stored text and for the words an officer types.
import { searchTokens } from '../../src/desk/tokens.ts';

describe('searchTokens', () => {
  it.each([
    ['Izin Reklame, izin USAHA!', ['izin', 'reklame', 'usaha']],
    ['téh Résumé', ['teh', 'resume']],
    ['a b cd', ['cd']],
    ['Nomor K-4821.', ['nomor', 'k4821', '4821']],
    ['k4821', ['k4821', '4821']],
    ['K 4821', ['k4821', '4821']],
    ['blok-4821', ['blok', '4821']],
    ['PBG-327312-01082023-01', ['pbg', '327312', '01082023', '01']],
    ['NIK 3273********0001', ['nik', '3273', '0001']],
    ['rt05', ['rt05', '05']],
    ['', []],
    ['?! 👍', []],
  ])('When a text is "%s", then its tokens are %j', (text, tokens) => {
    expect(searchTokens(text)).toEqual(tokens);
  });

  it('When a text has more words, then the first 60 count, and long ones are cut alike', () => {
    expect(searchTokens(Array.from({ length: 200 }, (_, at) => `kata${at}`).join(' '))).toHaveLength(60);
    expect(searchTokens('x'.repeat(8000))).toEqual(['x'.repeat(40)]);
  });

  it('When an officer searches for a number as it was said, then every token is among those of the message', () => {
    const stored = new Set(searchTokens('Saya teruskan ke petugas. Nomor konsultasi K-4821. Tidak perlu mengulang cerita.'));
    for (const typed of ['K-4821', 'k4821', '4821', 'konsultasi k-4821']) {
      expect(searchTokens(typed).every((token) => stored.has(token))).toBe(true);
    }
  });
});
