// Waits for a condition, never for luck: looks again after every short pause, gives up loudly.

/** @throws Error naming what never became true, after `limitMs` */
export async function until(what: string, isTrue: () => boolean | Promise<boolean>, limitMs = 30_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`never became true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
