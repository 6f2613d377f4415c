// Canned replies and the tags on offer: one small document under one key, replaced as a whole by compare-and-set.
import type { Officer } from '../contract/conversation.ts';
import { type Canned, cannedSchema } from '../contract/workplace.ts';
import type { DeskContext } from './context.ts';
import { newId } from './ids.ts';

const KEY = 'canned';
const empty: Canned = { replies: [], tags: [] };

interface Stored {
  canned: Canned;
  version: number;
}

export interface CannedVerbs {
  /** Every officer uses them. */
  canned(by: Officer): Promise<Stored>;
  /** `conflict` when somebody else saved first. */
  putCanned(by: Officer, canned: Canned, version: number): Promise<({ ok: true } & Stored) | { ok: false; code: 'conflict' }>;
}

export function createCanned(desk: Pick<DeskContext, 'store' | 'clock' | 'log'>): CannedVerbs {
  return {
    async canned(_by) {
      const stored = await desk.store.settings.get(KEY);
      if (stored === null) return { canned: empty, version: 0 };
      const parsed = cannedSchema.safeParse(stored.value);
      if (!parsed.success) desk.log.error({ problems: parsed.error.issues.length }, 'stored canned replies do not fit');
      return { canned: parsed.success ? parsed.data : empty, version: stored.version };
    },
    async putCanned(by, canned, version) {
      const now = desk.clock.now();
      const audit = { id: newId('a'), at: now, actor: by.id, action: 'canned', subject: KEY, detail: null };
      const written = await desk.store.settings.put(KEY, canned, version, audit);
      return written === 'conflict' ? { ok: false, code: 'conflict' } : { ok: true, canned, version: written.version };
    },
  };
}
