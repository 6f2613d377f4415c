// What need not be kept of permit files is forgotten, a little at every sweep: ended files, files nobody tells of any more, old counters.
import type { DeskContext } from './context.ts';

const dayMs = 86_400_000;
const CHUNK = 200;

export async function forgetOldPermits(desk: DeskContext): Promise<void> {
  const now = desk.clock.now();
  const { keepEndedDays, keepSilentDays } = desk.permits.settings();
  const gone = await desk.store.permits.purge(now - keepEndedDays * dayMs, now - keepSilentDays * dayMs, CHUNK);
  await desk.store.permitWatches.prune(now);
  if (gone > 0) desk.log.info({ count: gone }, 'permit files past their retention are deleted');
}
