// Conversations and audit entries past the months the office set are forgotten every night; 0 months keeps them.
import type { DeskContext } from './context.ts';
import { forgetContact } from './forget.ts';

const CHUNK = 200;
/** No month is longer: nothing goes too early. */
const monthMs = 31 * 86_400_000;

/** Messages get a turn between two chunks. */
const pause = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Erases people all of whose conversations were closed longer ago than `keepTalksMonths`, with everything stored about them, as the officer's
 * own verb does. Whoever is still to be told of a file's moves stays.
 * @returns how many
 */
export async function forgetOldTalks(desk: DeskContext): Promise<number> {
  const { keepTalksMonths: months } = desk.office().rules;
  if (months === 0) return 0;
  const before = desk.clock.now() - months * monthMs;
  let count = 0;
  let after: string | null = null;
  do {
    const found: { ids: string[]; last: string | null } = await desk.store.retention.idleContacts(before, after, CHUNK);
    for (const id of found.ids) {
      if ((await desk.store.permitWatches.watches(id)).length > 0) continue;
      if ((await forgetContact(desk, id, 'system', before)) !== null) count += 1;
    }
    after = found.last;
    await pause();
  } while (after !== null);
  if (count > 0) desk.log.info({ count }, 'people whose conversations are past their retention are erased');
  return count;
}

/** @returns how many audit entries older than `keepAuditMonths` were deleted */
export async function forgetOldAudit({ store, clock, office }: DeskContext): Promise<number> {
  const { keepAuditMonths: months } = office().rules;
  if (months === 0) return 0;
  const before = clock.now() - months * monthMs;
  let count = 0;
  for (let gone = CHUNK; gone === CHUNK; count += gone) {
    gone = await store.retention.forgetAudit(before, CHUNK);
    await pause();
  }
  return count;
}
