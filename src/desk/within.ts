// A time limit for what may hang for ever: a call into a crashed page, a write to a dead socket.

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
