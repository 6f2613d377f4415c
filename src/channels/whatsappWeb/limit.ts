// A time limit for calls into the browser: after a crash of the page they hang for ever.

/** @throws TimeLimit after `ms`; what comes later is ignored */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeLimit(what)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export class TimeLimit extends Error {
  constructor(what: string) {
    super(`${what} took too long`);
    this.name = 'TimeLimit';
  }
}

/** @returns a short word on anything thrown; the library throws bare strings too. Digits are hidden: they may be numbers of citizens. */
export function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message : typeof error === 'string' ? error : 'unknown';
  return (words.split('\n')[0] ?? '').replace(/\d{5,}/g, '#').slice(0, 180);
}
