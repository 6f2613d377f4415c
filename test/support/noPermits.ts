// The verbs about permit files for doors that are not about them: nothing is known.
import type { PermitVerbs } from '../../src/desk/permitVerbs.ts';

const refusal = { ok: false, code: 'not-found' } as const;

export const noPermits: PermitVerbs = {
  permitsOf: async () => refusal,
  findPermits: async () => ({ ok: true, files: [] }),
  permit: async () => refusal,
  waitingPermits: async () => ({ ok: true, rows: [], cursor: null }),
  addPermit: async () => refusal,
  movePermit: async () => refusal,
  endWatches: async () => refusal,
};
