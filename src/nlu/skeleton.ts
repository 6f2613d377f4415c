// Chat words without their vowels: "brp", "skrg", "dgn" → the shape they share with berapa, sekarang, dengan.

const isVowel = (letter: string): boolean =>
  letter === 'a' || letter === 'i' || letter === 'u' || letter === 'e' || letter === 'o';

/**
 * The first letter, then the consonants; a nasal before another consonant is left out, as chat does (untuk → utk), and so is
 * the second of two alike.
 */
export function skeleton(word: string): string {
  let shape = word[0] ?? '';
  for (let at = 1; at < word.length; at++) {
    const letter = word[at] ?? '';
    if (isVowel(letter)) continue;
    const next = word[at + 1] ?? '';
    if ((letter === 'n' || letter === 'm') && next !== '' && !isVowel(next)) continue;
    if (shape.at(-1) === letter) continue;
    shape += letter;
  }
  return shape;
}

/** Is every letter typed in the word, in this order, and the word longer by vowels and nasals only? */
export function isShortFor(typed: string, word: string): boolean {
  if (typed.length >= word.length || typed[0] !== word[0]) return false;
  let at = 0;
  let vowels = 0;
  for (const letter of word) {
    if (letter === typed[at]) at += 1;
    else if (isVowel(letter)) vowels += 1;
  }
  return at === typed.length && vowels > 0;
}

/** Does the word lack a vowel after its first letter? Then it is no word, unless a list says so. */
export const isBare = (word: string): boolean => ![...word.slice(1)].some(isVowel);
