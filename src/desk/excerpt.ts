// The part of a long text that shows why it was found, with the places of the words in it. Pure.
import { messageTokens, type SearchWords, type Stem } from './tokens.ts';

/** Characters shown around the first place. */
const length = 160;
const before = 40;

/**
 * @param text a stored (masked) message
 * @returns at most some 160 characters of it and where the words stand in them, as [from, to)
 */
export function excerptOf(
  text: string,
  { tokens, prefix }: SearchWords,
  stem?: Stem,
): { excerpt: string; marks: [number, number][] } {
  const places = [...text.matchAll(/[\p{L}\p{N}\p{M}]+(?:-\d+)?/gu)]
    .filter(([word]) =>
      messageTokens(word, stem).some((token) => tokens.includes(token) || (prefix !== null && token.startsWith(prefix))),
    )
    .map((found): [number, number] => [found.index, found.index + found[0].length]);
  const start = text.length <= length ? 0 : wordStart(text, Math.max(0, (places[0]?.[0] ?? 0) - before));
  const end = Math.min(text.length, start + length);
  const lead = start > 0 ? '…' : '';
  const shift = start - lead.length;
  const excerpt = `${lead}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
  const marks = places
    .filter(([from, to]) => from >= start && to <= end)
    .map(([from, to]): [number, number] => [from - shift, to - shift]);
  return { excerpt, marks };
}

/** @returns the beginning of the word at or after this place, never inside a surrogate pair */
function wordStart(text: string, at: number): number {
  if (at === 0) return 0;
  const space = text.slice(at, at + before).search(/\s/);
  return space < 0 ? at : at + space + 1;
}
