// The part of the memory model that is about delivery. A message waits in the line of its conversation while `pending` or `sending`.
import type { Contact, Conversation } from '../../src/contract/conversation.ts';
import type { Message } from '../../src/contract/message.ts';
import type { OutboxStore } from '../../src/desk/storePort.ts';
import { leaseLost } from '../../src/store/blank.ts';
import { copy } from './memoryOffice.ts';
import { page, sorted } from './memoryPage.ts';

/** A message with what only the store knows of it. `pos` orders notes: a note's is the `seq` of the message before it. */
export interface Kept extends Message {
  order: number;
  pos: number;
  notBefore: number;
  owner: string | null;
  leaseUntil: number;
  version: number;
  tokens: string[];
}

/** What the outbox needs of the model. */
export interface Kernel {
  all(): Kept[];
  conversations(): Conversation[];
  conversationOf(message: Kept): Conversation;
  contactOf(conversation: Conversation): Contact;
  /** The one way a stored message changes: both revisions rise. */
  touch(message: Kept, change: Partial<Kept>): Message;
  out(message: Kept): Message;
}

const rank: Record<string, number> = { uncertain: 0, sent: 1, delivered: 2, read: 3 };

export function createMemoryOutbox({ all, conversations, conversationOf, contactOf, touch, out }: Kernel): OutboxStore {
  const isDead = (m: Kept) => m.state === 'failed' || m.state === 'uncertain';
  const headOf = (c: Conversation) => {
    const line = all().filter((m) => m.conversationId === c.id && (m.state === 'pending' || m.state === 'sending'));
    return sorted(line, (m) => [m.pos])[0];
  };
  const endLeases = (isOver: (m: Kept) => boolean, now: number, repeatable: string[]) =>
    sorted(
      all().filter((m) => m.state === 'sending' && isOver(m)),
      (m) => [m.leaseUntil, m.order],
    ).map((m) =>
      repeatable.includes(conversationOf(m).channel)
        ? touch(m, { state: 'pending', notBefore: now })
        : touch(m, { state: 'uncertain', stateReason: leaseLost }),
    );
  return {
    async claim({ owner, channels, now, leaseUntil, limit }) {
      const heads = conversations()
        .filter((c) => channels.includes(c.channel))
        .flatMap((c) => headOf(c) ?? []);
      const ready = heads.filter((m) => m.state === 'pending' && m.notBefore <= now);
      const first = sorted(ready, (m) => [m.notBefore, conversationOf(m).number]).slice(0, limit);
      return first.map((m) => ({
        message: touch(m, { state: 'sending', owner, leaseUntil, attempt: m.attempt + 1 }),
        contact: copy(contactOf(conversationOf(m))),
      }));
    },
    async settle(results) {
      return results.flatMap(({ messageId, owner, attempt, outcome, now }) => {
        const m = all().find((k) => k.id === messageId && k.state === 'sending' && k.owner === owner && k.attempt === attempt);
        if (m === undefined) return [];
        const { state } = outcome;
        if (state === 'sent') return [touch(m, { state, stateReason: null, externalId: outcome.externalId, sentAt: now })];
        if (state === 'failed' && outcome.unreachable) contactOf(conversationOf(m)).unreachable = true;
        const notBefore = state === 'pending' ? outcome.notBefore : m.notBefore;
        return [touch(m, { state, stateReason: outcome.reason, notBefore })];
      });
    },
    async expire(now, repeatable, leasesBefore = now) {
      return endLeases((m) => m.leaseUntil < leasesBefore, now, repeatable);
    },
    async expireOwner(owner, now, repeatable) {
      return endLeases((m) => m.owner === owner, now, repeatable);
    },
    async report({ channel, accountId, externalId, messageId = null, state, reason, now }) {
      const theirs = all().filter((m) => {
        const c = conversationOf(m);
        return m.direction === 'out' && c.channel === channel && c.accountId === accountId;
      });
      const known = theirs.findLast((k) => k.externalId === externalId);
      const m = known ?? theirs.find((k) => k.id === (messageId ?? externalId));
      const isOurs = known === undefined && messageId !== null;
      if (m === undefined || (isOurs && state === 'failed' && m.externalId !== null)) return null;
      const isOpen = isOurs && state !== 'failed' && (m.state === 'pending' || m.state === 'sending');
      const from = isOpen ? 0 : rank[m.state];
      if (from === undefined) return null;
      if (state === 'failed') return from > 1 ? null : touch(m, { state, stateReason: reason });
      if (rank[state]! <= from) return null;
      return touch(m, { state, stateReason: null, externalId: m.externalId ?? externalId, sentAt: m.sentAt ?? now });
    },
    async retry(messageId, now) {
      const m = all().find((k) => k.id === messageId && isDead(k));
      if (m === undefined) return null;
      return touch(m, { state: 'pending', attempt: 0, notBefore: now, stateReason: null, externalId: null, sentAt: null });
    },
    async dead(cursor, limit) {
      const found = page(all().filter(isDead), (m) => [-m.createdAt, -m.order], cursor, limit);
      return { ...found, rows: found.rows.map(out) };
    },
    async depth() {
      const count = (state: Message['state']) => all().filter((m) => m.state === state).length;
      return { pending: count('pending'), sending: count('sending'), failed: count('failed'), uncertain: count('uncertain') };
    },
  };
}
