// Word maps of the matcher: chat slang, Sundanese and English words → plain Indonesian. Pure; intentFiles.ts reads the files.

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
        const first = words[0] ?? '';
        lexicon.phrases.set(words.join(' '), plain.trim().split(/\s+/));
        lexicon.longest.set(first, Math.max(words.length, lexicon.longest.get(first) ?? 0));
      }
    }
  }
  return { lexicon, problems };
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
