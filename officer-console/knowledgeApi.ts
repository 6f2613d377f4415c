// The console's requests about the bot's knowledge. Made over the one `ask` of api.ts.
import type { FactUses, KnownIntent, LabelView, UnansweredList } from '../src/contract/knowledge.ts';
import type { Answer } from './answer.ts';

export function createKnowledgeApi(ask: <T>(method: string, path: string, body?: unknown) => Promise<Answer<T>>) {
  const label = (messageId: string) => `/api/knowledge/labels/${encodeURIComponent(messageId)}`;
  return {
    factUses: () => ask<FactUses>('GET', '/api/knowledge/facts'),
    unanswered: () => ask<UnansweredList>('GET', '/api/knowledge/unanswered'),
    intents: () => ask<{ intents: KnownIntent[] }>('GET', '/api/knowledge/intents'),
    labelOf: (messageId: string) => ask<LabelView>('GET', label(messageId)),
    label: (messageId: string, intent: string | null) => ask<LabelView>('PUT', label(messageId), { intent }),
    unlabel: (messageId: string) => ask<LabelView>('DELETE', label(messageId)),
  };
}
