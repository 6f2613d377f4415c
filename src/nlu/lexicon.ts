// Word maps of the matcher: chat slang, Sundanese and English words → plain Indonesian. Pure; intentFiles.ts reads the files.

/** One map file: variants of up to four words → plain words, and the words to drop. */
export interface Lexicon {
  phrases: Map<string, string[]>;
  dropped: Set<string>;
}

const longestPhrase = 4;

/**
 * Reads the format `plain: variant, variant`; `-` lists words to drop; `#` starts a comment.
 * @returns the lexicon, and a sentence for every line that is wrong
 */
export function parseLexicon(text: string): { lexicon: Lexicon; problems: string[] } {
  const lexicon: Lexicon = { phrases: new Map(), dropped: new Set() };
  const problems: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [plain, variants, ...more] = line.split(':');
    if (!plain || !variants || more.length > 0) {
      problems.push(`line ${index + 1}: write "plain: variant, variant"`);
      continue;
    }
    for (const variant of variants.split(',').map((part) => part.trim().toLowerCase())) {
      const size = variant.split(/\s+/).length;
      if (variant === '' || size > longestPhrase) problems.push(`line ${index + 1}: a variant has one to ${longestPhrase} words`);
      else if (plain.trim() === '-') lexicon.dropped.add(variant);
      else lexicon.phrases.set(variant.replaceAll("'", ''), plain.trim().split(/\s+/));
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
    let size = Math.min(longestPhrase, words.length - at);
    let found: string[] | undefined;
    for (; size > 0 && !found; size--) found = lexicon.phrases.get(words.slice(at, at + size).join(' '));
    const word = words[at] ?? '';
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
