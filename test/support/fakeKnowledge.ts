// The knowledge half of the fake desk: nobody asked anything, nothing has a label.
import type { KnowledgeVerbs } from '../../src/desk/knowledgeVerbs.ts';

const unlabelled = { ok: true, question: null, label: null } as const;

export const knowsNothing: KnowledgeVerbs = {
  factUses: async () => ({ ok: true, days: 30, facts: [], overdue: [] }),
  unanswered: async () => ({ ok: true, days: 30, questions: [], isCut: false }),
  intents: async () => ({ ok: true, intents: [] }),
  labelOf: async () => unlabelled,
  label: async () => unlabelled,
  unlabel: async () => unlabelled,
};
