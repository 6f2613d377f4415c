// What is done once a night, as the quiet hours begin; a night that was slept through is made up for at the first sweep after it.
import { z } from 'zod';
import type { DeskContext } from './context.ts';
import { nightOf } from './hours.ts';
import { newId } from './ids.ts';
import { forgetLinkCodes } from './linkCodes.ts';
import { oneAtATime } from './oneAtATime.ts';
import { forgetOrphanFiles } from './orphanFiles.ts';
import { forgetOldPermits } from './permitRetention.ts';
import { forgetOldAudit, forgetOldTalks } from './retention.ts';

const KEY = 'upkeep';
const doneSchema = z.object({ night: z.iso.date() });

/** @returns does tonight's upkeep unless it is done or at work; call it as often as you like. A failure repeats all of it. */
export function createNightly(desk: DeskContext): () => Promise<void> {
  let done = '';

  async function run(): Promise<void> {
    const now = desk.clock.now();
    const night = nightOf(now, desk.permits.settings().quietHours.from, desk.timeZone);
    if (night <= done) return;
    const stored = await desk.store.settings.get(KEY);
    const last = doneSchema.safeParse(stored?.value);
    if (!last.success || last.data.night < night) {
      const permits = await forgetOldPermits(desk);
      const talks = await forgetOldTalks(desk);
      const trail = await forgetOldAudit(desk);
      const detail = `permits ${permits}, persons ${talks}, audit ${trail}, files ${await forgetOrphanFiles(desk)}, codes ${await forgetLinkCodes(desk)}`;
      const audit = { id: newId('a'), at: now, actor: 'system', action: 'upkeep', subject: night, detail };
      // Another node may have been first: all of it is harmless twice, and one entry is enough.
      await desk.store.settings.put(KEY, { night }, stored?.version ?? 0, audit);
    }
    done = night;
  }

  return oneAtATime(run);
}
