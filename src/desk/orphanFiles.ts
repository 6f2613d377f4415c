// Files whose message was never written (a crash came between), or names them no more (it was withdrawn), are removed at night.
import type { DeskContext } from './context.ts';

/** A message is written right after its file; a day covers every clock and every restore in between. */
const GRACE_MS = 86_400_000;
const CHUNK = 500;

/** Removes files that no message names. @returns how many */
export async function forgetOrphanFiles({ store, files, clock, log }: DeskContext): Promise<number> {
  const before = clock.now() - GRACE_MS;
  const named = new Set<string>();
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.attachments.keys>> = await store.attachments.keys(cursor, CHUNK);
    for (const key of page.rows) named.add(key);
    cursor = page.cursor;
    // Messages get a turn between two pages.
    await new Promise((resolve) => setImmediate(resolve));
  } while (cursor !== null);
  const count = await files.prune(before, named);
  if (count > 0) log.info({ count }, 'files that no message names are removed');
  return count;
}
