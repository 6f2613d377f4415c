// What need not be kept of permit files is forgotten every night: ended files, files nobody tells of any more, old counters.
import type { DeskContext } from './context.ts';

const dayMs = 86_400_000;
const CHUNK = 200;
/** So long an ended watch can still be told that its end was withdrawn. */
const OVER_DAYS = 30;

/** @returns how many files were deleted */
export async function forgetOldPermits({ store, clock, permits, log }: DeskContext): Promise<number> {
  const now = clock.now();
  const { keepEndedDays, keepSilentDays } = permits.settings();
  const before = (days: number) => (days === 0 ? 0 : now - days * dayMs);
  let count = 0;
  for (let gone = CHUNK; gone === CHUNK; count += gone) {
    gone = await store.permits.purge(before(keepEndedDays), before(keepSilentDays), CHUNK);
    // Messages get a turn between two chunks.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await store.permitWatches.prune(now, now - OVER_DAYS * dayMs);
  if (count > 0) log.info({ count }, 'permit files past their retention are deleted');
  return count;
}
