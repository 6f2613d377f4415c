// The steps from raw text to stems: cleaning, word maps, spelling help, stems.

import { readWordMaps } from '../../scripts/wordMaps.ts';
import { applyLexicon, parseLexicon } from '../../src/nlu/lexicon.ts';
import { normalize, readLimit } from '../../src/nlu/normalize.ts';
import { createSpeller } from '../../src/nlu/speller.ts';
import { createStemmer } from '../../src/nlu/stem.ts';
import { createWordChain } from '../../src/nlu/wordChain.ts';

describe('normalize', () => {
  it.each([
    [
      'Halo MIN, lamaaaa banget!!',
      [
        ['halo', 'min'],
        ['lama', 'banget'],
      ],
    ],
    [
      'syarat2nya apa, syarat-syarat NIB',
      [
        ['syarat', 'nya', 'apa'],
        ['syarat', 'nib'],
      ],
    ],
    ['téh "naon" ＮＩＢ', [['teh', 'naon', 'nib']]],
    ['cek PBG-327301-01012025-01 dan I-202202231710411927449', [['cek', 'dan']]],
    ['NIB:9120001234567 0812-3456-7890', [['nib']]],
    ['lihat https://oss.go.id/x?y=1 atau a.b@c.co.id @akun', [['lihat', 'atau']]],
    ['nama saya Budi Santoso mau tanya', [['mau', 'tanya']]],
    ['blok 2 tipe 36', [['blok', 'tipe']]],
    ["jum'at wa'alaikum", [['jumat', 'waalaikum']]],
    ['cek status no hp 0812-3456-7890 email: a.b@c.id', [['cek', 'status']]],
    ['🙂 ??? 123', []],
  ])('When "%s" comes, then plain words are left', (text, expected) => {
    expect(normalize(text)).toEqual(expected);
  });

  it('When a message is longer than the limit, then the rest is not read', () => {
    expect(normalize(`${'a b '.repeat(readLimit)} akhir`).flat()).not.toContain('akhir');
  });
});

describe('lexicon', () => {
  const { lexicon, problems } = parseLexicon('# note\n-: kak, min\ntidak bisa: gabisa, ga bs\ntidak: ga\n');

  it('When phrases overlap, then the longest wins', () => {
    expect(problems).toEqual([]);
    expect(applyLexicon(lexicon, ['ga', 'bs', 'ga', 'gabisa', 'apa'])).toEqual([
      'tidak',
      'bisa',
      'tidak',
      'tidak',
      'bisa',
      'apa',
    ]);
    expect([...lexicon.dropped]).toEqual(['kak', 'min']);
  });

  it('When a line is wrong, then it is named', () => {
    expect(parseLexicon('tanpa titik dua\nx: a b c d e\ny: ,\n').problems).toHaveLength(4);
  });
});

describe('speller', () => {
  const speller = createSpeller({
    vocabulary: new Map([
      ['syarat', 9],
      ['perpanjang', 4],
      ['biaya', 5],
    ]),
    isKnown: (word) => word === 'biasa',
  });
  it.each([
    ['sayarat', 'syarat'],
    ['syrat', 'syarat'],
    ['prepanjang', 'perpanjang'],
    ['perpankjag', 'perpanjang'],
    ['biyaa', 'biaya'],
    ['biasa', 'biasa'],
    ['sim', 'sim'],
    ['kucing', 'kucing'],
    ['syarat', 'syarat'],
    ['syar4t', 'syar4t'],
  ])('When "%s" is written, then "%s" is meant', (word, meant) => {
    expect(speller.correct(word)).toBe(meant);
  });
});

describe('stemmer', () => {
  const stemmer = createStemmer({ protectedWords: new Set(['nib', 'simbg', 'gampil']) });
  it.each([
    ['persyaratan', 'syarat'],
    ['daftarin', 'daftar'],
    ['ngajuin', 'aju'],
    ['ngurus', 'urus'],
    ['diurusin', 'urus'],
    ['pasangin', 'pasang'],
    ['berikan', 'beri'],
    ['perpanjangan', 'perpanjang'],
    ['mendirikan', 'dirikan'],
    ['petugasnya', 'petugas'],
    ['nibnya', 'nib'],
    ['simbg', 'simbg'],
    ['gampil', 'gampil'],
    ['biayana', 'biaya'],
    ['jelaskeun', 'jelas'],
    // Roots that end like a particle.
    ['menikah', 'nikah'],
    ['melangkah', 'langkah'],
    ['constructor', 'constructor'],
    ['xyzzy', 'xyzzy'],
  ])('When the word is "%s", then its stem is "%s"', (word, stem) => {
    expect(stemmer.stem(word)).toBe(stem);
    expect(stemmer.stem(word)).toBe(stem);
  });
});

describe('the whole chain', () => {
  const chain = createWordChain('id', readWordMaps());
  chain.learn([
    'berapa biaya perpanjangan izin reklame sekarang',
    'bagaimana cara mendaftarkan usaha dengan NIB',
    'saya mau bayar, syaratnya apa saja untuk rumah',
    'siapa pengembang aplikasi ini, tolong ingatkan saya',
    'sudah dibayar tapi belum selesai',
  ]);
  const words = (text: string): string => chain.words(text).join(' ');

  it.each([
    ['Berapa BIAYA izin?', 'berapa biaya izin'],
    ['berapa biaya izin', 'min, berapa biaya izin dong kak'],
    ['berapa biaya izin', 'berapaaaa biaya izinnn...'],
    ['berapa biaya izin', 'bérapa biàya izin'],
    ['syarat NIB apa', 'syarat2 NIB apa'],
    ['berapa biaya izin', 'brp biaya ijin'],
    ['bagaimana cara daftar', 'gmn cara daftarin'],
    ['saya mau tahu siapa', 'aku ingin tahu siapakah'],
    // Synonyms, in any form.
    ['bisa lihat contohnya', 'bisa ditampilkan contohnya'],
    ['mau ganti nama usaha', 'mau mengubah nama usaha'],
    ['perlu lihat', 'butuh lihat'],
  ])('When "%s" is written as "%s", then the words are the same', (one, other) => {
    expect(words(other)).toBe(words(one));
  });

  it.each([
    // Vowels left out, and nasals before a consonant; none of these is in a list.
    ['skrng', 'sekarang'],
    ['dngan', 'dengan'],
    ['rklme', 'reklame'],
    // Slips: swapped, doubled, a neighbour key, a silent h, no head; inside an affixed word too.
    ['baiya', 'biaya'],
    ['reklamme', 'reklame'],
    ['aplikqsi', 'aplikasi'],
    ['elesai', 'selesai'],
    ['pengmbang', 'pengembang'],
    ['mengingtkan', 'ingatkan'],
    ['pengembangmu', 'pengembang'],
  ])('When "%s" is typed, then "%s" is read', (typed, meant) => {
    expect(words(typed)).toBe(words(meant));
  });

  it('When a standard form of a known word is no word of the rows, then it is not taken for a slip', () => {
    expect(words('kantornya berada')).toBe('kantor ada');
  });

  it.each(['nib', 'nob', 'slf', 'simbg', 'biasa', 'kota', 'raya', 'ktp', 'xyzzy', 'qq'])(
    'When "%s" is typed, then it is left as it is',
    (word) => {
      expect(words(word)).toBe(word);
    },
  );

  it('When the rows are English, then no Indonesian map or stemmer is run', () => {
    const english = createWordChain('en', readWordMaps());
    english.learn(['please extend the permits', 'my cards are lost']);
    expect(english.words('Please EXTEND the permit')).toEqual(english.words('pleese extend the permits'));
    expect(english.words('no min by si')).toEqual(['no', 'min', 'by', 'si']);
    expect(english.words("I don't have 25 €")).toEqual(['i', 'dont', 'have', '0']);
  });
});
