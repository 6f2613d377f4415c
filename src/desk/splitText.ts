// Cuts a long text into messages a channel can carry. Pure.

/** Not before a combining mark or joiner: the white space would belong to the character before them. */
const whole = '(?![\\p{M}\\u200d])';
const paragraph = new RegExp(`\\n[^\\S\\n]*\\n\\s*${whole}`, 'gu');
/** After a word of three letters or digits, so that "Jl. Cianjur No. 34" stays together; or at a line's end. */
const sentence = new RegExp(`(?<=[\\p{L}\\p{N})]{3}[.!?…]["'”’)]?)\\s+${whole}|\\n\\s*${whole}`, 'gu');
const word = new RegExp(`\\s+${whole}`, 'gu');

/**
 * Pieces of at most `max` characters, cut between paragraphs, else sentences, else words, else between characters as people
 * see them. Nothing is lost but the white space at the cuts.
 *
 * @param text what to say
 * @param max longest piece in UTF-16 units, at least 2
 * @throws RangeError when `max` is smaller: one emoji would not fit
 */
export function splitText(text: string, max: number): string[] {
  if (!Number.isInteger(max) || max < 2) throw new RangeError('splitText: max must be a whole number of at least 2');
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const cut = findCut(rest, max);
    if (cut.end > 0) pieces.push(rest.slice(0, cut.end));
    rest = rest.slice(cut.next);
  }
  if (rest.length > 0) pieces.push(rest);
  return pieces;
}

interface Cut {
  /** Where the piece ends and where the next one begins: white space between them is dropped. */
  end: number;
  next: number;
}

function findCut(text: string, max: number): Cut {
  // A paragraph or sentence that would leave a stub is not worth it: the next finer cut fills the piece.
  const least = Math.floor(max / 3);
  return (
    lastMatch(text, paragraph, least, max) ??
    lastMatch(text, sentence, least, max) ??
    lastMatch(text, word, 0, max) ??
    characterCut(text, max)
  );
}

/** The last match that begins between `least` and `max`. */
function lastMatch(text: string, pattern: RegExp, least: number, max: number): Cut | null {
  let cut: Cut | null = null;
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found !== null && found.index <= max; found = pattern.exec(text)) {
    if (found.index >= least) cut = { end: found.index, next: pattern.lastIndex };
  }
  return cut;
}

function characterCut(text: string, max: number): Cut {
  const grapheme = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text).containing(max);
  if (grapheme !== undefined && grapheme.index > 0) return { end: grapheme.index, next: grapheme.index };
  // One character longer than a piece: at least keep its surrogate pairs whole.
  const isPair = (text.codePointAt(max - 1) ?? 0) > 0xffff;
  const end = isPair ? max - 1 : max;
  return { end, next: end };
}
