// The part of the memory model that is about knowledge: facts asked for, labels, what the bot did not know.
import type { Conversation } from '../../src/contract/conversation.ts';
import { type Asked, type KnowledgeStore, type Label, UNANSWERED_TEXT } from '../../src/desk/knowledgePort.ts';
import type { AuditEntry } from '../../src/desk/storePort.ts';
import { addOnce, copy } from './memoryOffice.ts';
import type { Kept } from './memoryOutbox.ts';
import { page, sorted } from './memoryPage.ts';

interface Kernel {
  all: () => Kept[];
  conversationOf: (message: Kept) => Conversation;
  audit: AuditEntry[];
  /** What `commit` counted. */
  asked: Asked[];
}

export function createMemoryKnowledge({ all, conversationOf, audit, asked }: Kernel): KnowledgeStore {
  const labels = new Map<string, Label>();
  const messageOf = (id: string | null) => all().find((m) => m.id === id);
  const isShown = (m: Kept | undefined): m is Kept => m !== undefined && !m.deleted && m.text !== '';
  /** A label goes with its message. */
  const labelOf = (id: string) => (messageOf(id) === undefined ? null : copy(labels.get(id) ?? null));
  return {
    async asked(sinceDay) {
      const facts = asked.filter(({ day }) => day >= sinceDay).flatMap((one) => one.facts);
      return [...new Set(facts)].map((fact) => ({ fact, count: facts.filter((one) => one === fact).length }));
    },
    async label(label, entry) {
      if (messageOf(label.messageId)?.direction !== 'in') return 'gone';
      labels.set(label.messageId, copy(label));
      addOnce(audit, [entry]);
      return 'ok';
    },
    async unlabel(messageId, entry) {
      if (labelOf(messageId) === null) return false;
      labels.delete(messageId);
      addOnce(audit, [entry]);
      return true;
    },
    labelsOf: async (messageIds) => messageIds.flatMap((id) => labelOf(id) ?? []),
    async labels(since, cursor, limit) {
      const made = [...labels.values()].filter(({ at, messageId }) => at >= since && isShown(messageOf(messageId)));
      const found = page(made, (label) => [label.at, messageOf(label.messageId)!.order], cursor, limit);
      return { ...found, rows: found.rows.map((label) => ({ ...copy(label), text: messageOf(label.messageId)!.text })) };
    },
    async unanswered({ since, teamIds, limit }) {
      const isTheirs = ({ teamId }: Conversation) => teamId === null || teamIds === null || teamIds.includes(teamId);
      const unsure = all().filter((m) => m.reason?.unsure !== undefined && m.createdAt >= since);
      return sorted(unsure, (m) => [-m.createdAt, -m.order])
        .flatMap((m) => {
          const [question, conversation] = [messageOf(m.reason!.unsure!), conversationOf(m)];
          if (!isShown(question) || !isTheirs(conversation)) return [];
          if (m.reason!.untilReply && (conversation.lastInboundAt ?? 0) > m.createdAt) return [];
          const text = [...question.text].slice(0, UNANSWERED_TEXT).join('');
          const { id: messageId } = question;
          return [{ messageId, conversationId: conversation.id, text, at: m.createdAt, label: labelOf(messageId) }];
        })
        .slice(0, limit);
    },
  };
}
