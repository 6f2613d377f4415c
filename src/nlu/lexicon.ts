// Word maps of the matcher: chat slang, Sundanese and English words → plain Indonesian; synonyms → one of them. Pure; intentFiles.ts reads the files.

/** One map file: variants of up to four words → plain words, and the words to drop. */
export interface Lexicon {
  phrases: Map<string, string[]>;
  /** First word of a phrase → the most words a phrase with it has: most words start none, and are passed at once. */
  longest: Map<string, number>;
  dropped: Set<string>;
}

const longestPhrase = 4;

/**
 * Reads the format `plain: variant, variant`; `-` lists words to drop; `#` starts a comment.
 * @returns the lexicon, and a sentence for every line that is wrong
 */
export function parseLexicon(text: string): { lexicon: Lexicon; problems: string[] } {
  const lexicon: Lexicon = { phrases: new Map(), longest: new Map(), dropped: new Set() };
  const problems: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [plain, variants, ...more] = line.split(':');
    if (!plain || !variants || more.length > 0) {
      problems.push(`line ${index + 1}: write "plain: variant, variant"`);
      continue;
    }
    for (const variant of variants.split(',').map((part) => part.trim().toLowerCase().replaceAll("'", ''))) {
      const words = variant.split(/\s+/);
      if (variant === '' || words.length > longestPhrase) {
        problems.push(`line ${index + 1}: a variant has one to ${longestPhrase} words`);
      } else if (plain.trim() === '-') {
        lexicon.dropped.add(variant);
      } else {
        add(lexicon, words, plain.trim().split(/\s+/));
      }
    }
  }
  return { lexicon, problems };
}

/** @returns the list as it is met after stemming; it is written in whole words */
export function stemmedLexicon({ phrases, dropped }: Lexicon, stem: (word: string) => string): Lexicon {
  const stemmed: Lexicon = { phrases: new Map(), longest: new Map(), dropped };
  for (const [variant, plain] of phrases) add(stemmed, variant.split(' ').map(stem), plain.map(stem));
  return stemmed;
}

function add({ phrases, longest }: Lexicon, variant: readonly string[], plain: string[]): void {
  const first = variant[0] ?? '';
  phrases.set(variant.join(' '), plain);
  longest.set(first, Math.max(variant.length, longest.get(first) ?? 0));
}

/** Replaces variants by their plain words, the longest phrase first. `fallback` is asked for single words that are not listed. */
export function applyLexicon(
  lexicon: Lexicon,
  words: string[],
  fallback: (word: string) => string[] | undefined = () => undefined,
): string[] {
  const plain: string[] = [];
  let at = 0;
  while (at < words.length) {
    const word = words[at] ?? '';
    let size = Math.min(lexicon.longest.get(word) ?? 0, words.length - at);
    let found: string[] | undefined;
    for (; size > 0 && !found; size--) found = lexicon.phrases.get(words.slice(at, at + size).join(' '));
    if (found) {
      plain.push(...found);
      at += size + 1;
    } else {
      plain.push(...(fallback(word) ?? [word]));
      at += 1;
    }
  }
  return plain;
}
