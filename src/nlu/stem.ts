// Indonesian stems for the matcher: own rules for colloquial affixes and an exception list ahead of natural's StemmerId.
/// <reference path="./natural.d.ts" />
import stemmerId from 'natural/lib/natural/stemmers/indonesian/stemmer_id.js';

/** Words that StemmerId takes too far (berikan → ikan) or that mean something of their own in an office. */
const exceptions = new Map(
  Object.entries({
    berikan: 'beri',
    diberikan: 'beri',
    perpanjang: 'perpanjang',
    perpanjangan: 'perpanjang',
    memperpanjang: 'perpanjang',
    diperpanjang: 'perpanjang',
    mendirikan: 'dirikan',
    didirikan: 'dirikan',
    petugas: 'petugas',
    bertugas: 'petugas',
    berlaku: 'berlaku',
    gangguan: 'gangguan',
    kembali: 'kembali',
    dikembalikan: 'dikembalikan',
    dibalikin: 'dikembalikan',
    antrean: 'antre',
    antrian: 'antre',
    ngantri: 'antre',
    antri: 'antre',
    mengantre: 'antre',
    kenapa: 'kenapa',
    berapa: 'berapa',
    bagaimana: 'bagaimana',
    selamat: 'selamat',
    selamanya: 'selamanya',
    perbedaan: 'beda',
    bedanya: 'beda',
    manusia: 'manusia',
    mesin: 'mesin',
    kegunaan: 'guna',
    gunanya: 'guna',
    fungsi: 'guna',
    fungsinya: 'guna',
  }),
);

/** Root words of Indonesian; every stemmer shares them. */
const roots = new Set(stemmerId.dictionary);

/** StemmerId takes these letters for the particle -kah or -lah wherever a word ends in them: menikah → meni. */
const endsLikeParticle = /[kl]ah$/;

const cacheLimit = 20_000;

export interface Stemmer {
  /** @returns the stem of one lower-case word. */
  stem(word: string): string;
  /** The word without affixes it may have, by form alone, longest first: the rest may be a root with a slip in it. */
  bare(word: string): string[];
  /** Is it an Indonesian root word, or one of the protected words? */
  isKnown(word: string): boolean;
  /** Is it such a word, or a standard form of one (berada, pengurusan)? */
  isForm(word: string): boolean;
}

/** @param options.protectedWords acronyms and names of services: never changed, except that -nya, -na and -ku are cut off */
export function createStemmer(options: { protectedWords: ReadonlySet<string> }): Stemmer {
  const cache = new Map<string, string>();
  const settled = new Set(exceptions.values());
  const isKnown = (word: string): boolean => roots.has(word) || options.protectedWords.has(word) || settled.has(word);

  const stem = (word: string): string => {
    const cached = cache.get(word);
    if (cached !== undefined) return cached;
    const result = compute(word);
    if (cache.size >= cacheLimit) cache.clear();
    cache.set(word, result);
    return result;
  };

  const compute = (word: string): string => {
    const exception = exceptions.get(word);
    if (exception) return exception;
    if (isKnown(word)) return word;
    const bare = word.replace(/(?:nya|na|ku)$/, '');
    if (bare !== word && (isKnown(bare) || exceptions.has(bare))) return exceptions.get(bare) ?? bare;
    const rest = word.replace(/^(?:me|di|ter)/, '');
    if (rest !== word && endsLikeParticle.test(rest) && roots.has(rest)) return rest;
    const formal = stemmerId.stem(word);
    if (roots.has(formal)) return formal;
    const plain = colloquial(word).find((candidate) => exceptions.has(candidate) || isKnown(candidate));
    if (plain) return exceptions.get(plain) ?? plain;
    return word;
  };

  const isForm = (word: string): boolean => isKnown(word) || roots.has(stemmerId.stem(word));

  return { stem, isKnown, isForm, bare };
}

/** Colloquial and Sundanese affixes taken off: daftarin → daftar, ngurus → urus, diurusin → urus, biayana → biaya, jelaskeun → jelas. */
function colloquial(word: string): string[] {
  const ends = [word, word.replace(/(?:in|keun|kan|nya|na|ana)$/, '')];
  const starts = ends.flatMap((part) => [
    part,
    part.replace(/^(?:di|ke|nge|ng)/, ''),
    part.replace(/^ng/, 'k'),
    part.replace(/^ny/, 's'),
    part.replace(/^n/, 't'),
    part.replace(/^m/, 'p'),
  ]);
  return [...new Set(starts)].filter((part) => part.length >= 3 && part !== word);
}

const shortestBare = 4;
const endings = /(?:(?:kan|an|i)?(?:nya|ku|mu|na)?(?:lah|kah|pun)?|in)$/;
/** Prefix → what the root may begin with instead; the nasal of me- and pe- swallows k, t, s, p. */
const beginnings: [RegExp, string[]][] = [
  [/^(?:me|pe)ng/, ['', 'k']],
  [/^(?:me|pe)ny/, ['s']],
  [/^(?:me|pe)m/, ['', 'p', 'm']],
  [/^(?:me|pe)n/, ['', 't', 'n']],
  [/^(?:memper|diper|ter|ber|per|me|pe|di|ke|se|nge|ng)/, ['']],
  [/^ny/, ['s']],
];

function bare(word: string): string[] {
  const stripped = new Set<string>();
  const ends = new Set([word, word.replace(/(?:nya|ku|mu|na|lah|kah|pun)$/, ''), word.replace(endings, '')]);
  for (const end of ends) {
    stripped.add(end);
    for (const [prefix, starts] of beginnings) {
      const rest = end.replace(prefix, '');
      if (rest !== end) for (const start of starts) stripped.add(start + rest);
    }
  }
  stripped.delete(word);
  return [...stripped].filter((part) => part.length >= shortestBare).sort((a, b) => b.length - a.length);
}
