// What went wrong in the browser, in a short word.

/** @returns a short word on anything thrown; the library throws bare strings too. Digits are hidden: they may be numbers of citizens. */
export function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message : typeof error === 'string' ? error : 'unknown';
  return (words.split('\n')[0] ?? '').replace(/\d{5,}/g, '#').slice(0, 180);
}
