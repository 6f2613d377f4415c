// Copies of test rows as people type them: slips of the finger, and chat words in place of formal ones. Fixed seeds.
import type { Lexicon } from '../src/nlu/lexicon.ts';
import { createRandom } from '../src/nlu/model/random.ts';
import type { TextRow } from './nluSets.ts';

const neighbours: Record<string, string> = {
  q: 'wa',
  w: 'qes',
  e: 'wrd',
  r: 'etf',
  t: 'ryg',
  y: 'tuh',
  u: 'yij',
  i: 'uok',
  o: 'ipl',
  p: 'ol',
  a: 'qsz',
  s: 'awdx',
  d: 'sefc',
  f: 'drgv',
  g: 'fthb',
  h: 'gyjn',
  j: 'hukm',
  k: 'jil',
  l: 'kop',
  z: 'asx',
  x: 'zsdc',
  c: 'xdfv',
  v: 'cfgb',
  b: 'vghn',
  n: 'bhjm',
  m: 'njk',
};
const shortest = 4;

/** Slips: round(words/4), at least one, on words of four letters or more, never the first letter. */
export function withTypos(rows: readonly TextRow[], seed: number): TextRow[] {
  const random = createRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return rows.map((row) => {
    const words = row.text.split(' ');
    const edits = Math.max(1, Math.round(words.length / 4));
    for (let edit = 0; edit < edits; edit++) {
      const places = [...words.keys()].filter((at) => (words[at] ?? '').replace(/[^a-z]/gi, '').length >= shortest);
      const at = places[below(places.length)];
      if (at === undefined) break;
      const word = words[at] ?? '';
      const letter = 1 + below(word.length - 1);
      const kind = below(4);
      const before = word.slice(0, letter);
      const own = word[letter] ?? '';
      const after = word.slice(letter + 1);
      if (kind === 0) words[at] = before + after;
      else if (kind === 1)
        words[at] =
          after === ''
            ? before.slice(0, 1) + before.slice(1, -1) + own + before.slice(-1)
            : before + after[0] + own + after.slice(1);
      else if (kind === 2) words[at] = before + own + own + after;
      else {
        const keys = neighbours[own.toLowerCase()] ?? own;
        words[at] = before + (keys[below(keys.length)] ?? own) + after;
      }
    }
    return { ...row, text: words.join(' ') };
  });
}

/** Half of the variants, by a hash of the variant: held out of our normaliser, and the only ones `withSlang` puts in. */
export function isHeldOut(variant: string): boolean {
  let state = 0x811c9dc5;
  for (const letter of variant) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  return ((state ^ (state >>> 13)) & 1) === 1;
}

/** The map without its held-out variants; dropped particles stay. */
export function withoutHeldOut(lexicon: Lexicon): Lexicon {
  const phrases = new Map([...lexicon.phrases].filter(([variant]) => !isHeldOut(variant)));
  return { ...lexicon, phrases };
}

/** Each formal word becomes one of its held-out variants with probability 0.7. */
export function withSlang(rows: readonly TextRow[], lexicon: Lexicon, seed: number): TextRow[] {
  const random = createRandom(seed);
  const variants = new Map<string, string[]>();
  for (const [variant, plain] of lexicon.phrases) {
    if (!isHeldOut(variant)) continue;
    const key = plain.join(' ');
    variants.set(key, [...(variants.get(key) ?? []), variant]);
  }
  return rows.map((row) => {
    const words = row.text.split(' ');
    const out: string[] = [];
    for (let at = 0; at < words.length; ) {
      let size = Math.min(2, words.length - at);
      let list: string[] | undefined;
      for (; size > 0 && !list; size--)
        list = variants.get(
          words
            .slice(at, at + size)
            .join(' ')
            .toLowerCase()
            .replace(/[?!.,]+$/, ''),
        );
      if (list && random() < 0.7) {
        out.push(list[Math.floor(random() * list.length)] ?? '');
        at += size + 1;
      } else {
        out.push(words[at] ?? '');
        at += 1;
      }
    }
    return { ...row, text: out.join(' ') };
  });
}
