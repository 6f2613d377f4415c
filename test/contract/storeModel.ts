// Model check: the same random operations on a store and on the memory model must answer alike, step by step; a failure names seed and step.
import type { Conversation, ConversationState } from '../../src/contract/conversation.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Commit, ConversationPatch, Outcome, Store } from '../../src/desk/storePort.ts';
import { createMemoryStore } from '../support/memoryStore.ts';
import { audit, commit, inbound, note, open, outbound, words } from '../support/storeKit.ts';

/** Operations of a sequence. */
export const steps = 40;

type Step = (store: Store, isOrdered: boolean) => Promise<unknown>;

/** mulberry32: small, seeded, good enough to choose. */
function randomOf(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number) => Math.floor(next() * n);
  const one = <T>(items: readonly T[]): T => items[below(items.length)]!;
  return { below, one, chance: (p: number) => next() < p };
}

/** What a sequence has met so far, so that later steps name things that exist (and sometimes some that do not). */
interface Met {
  conversations: Map<string, Conversation>;
  messages: Message[];
  contactIds: string[];
}

/** Makes the next step; everything random is drawn here, once, so that both stores are told the same. */
function nextStep(random: ReturnType<typeof randomOf>, met: Met, now: number): Step {
  const { below, one, chance } = random;
  const who = one(['ani', 'budi', 'cici']);
  const conversation = met.conversations.size > 0 ? one([...met.conversations.values()]) : null;
  const message = met.messages.length > 0 ? one(met.messages) : null;
  const at = now - below(30);
  const maybe = <T>(value: T) => (chance(0.5) ? value : null);
  const teamIds = maybe(['t1']);
  const officerId = one(['o1', 'o2']);
  const request = () =>
    open(who, { now, reuseClosedSince: now - below(60), name: one(['Ani', 'Budi']), phone: `+62812000000${below(2)}` });
  const outcome = (): Outcome =>
    one<Outcome>([
      { state: 'sent', externalId: maybe(`x${below(6)}`) },
      { state: 'pending', notBefore: now + below(20), reason: 'sibuk' },
      { state: 'failed', reason: 'ditolak', unreachable: chance(0.5) },
      { state: 'uncertain', reason: 'tidak pasti' },
    ]);
  const patch = (): ConversationPatch => ({
    ...(chance(0.5) && {
      state: one<ConversationState>(['bot', 'queued', 'officer', 'closed']),
      officerId,
      queuedAt: at,
      closedAt: at,
    }),
    ...(chance(0.3) && { dueAt: maybe(now + below(20)), timers: { idle: at }, waitingSince: maybe(at) }),
    ...(chance(0.3) && { teamId: one([null, 't1', 't2']), topic: undefined, introduced: chance(0.5), failures: below(3) }),
  });
  const written = (i: number) =>
    chance(0.2)
      ? note({ clientMessageId: maybe(`client${i}${below(4)}`) })
      : outbound({
          text: `t${below(9)}`,
          clientMessageId: maybe(`client${i}${below(4)}`),
          inReplyTo: maybe(message?.id ?? null),
          ruleId: maybe(`r${i}${below(2)}`),
        });
  const change = (c: Conversation): Commit =>
    commit(c, {
      expectedRev: chance(0.9) ? c.rev : c.rev - 1,
      patch: patch(),
      messages: Array.from({ length: below(3) }, (_, i) => written(i)),
      cover: maybe({ ids: [message?.id ?? 'none', 'nothing'], by: 'reply' }),
      facts: chance(0.3) ? [{ id: `f${below(5)}`, kind: 'wait', at, value: below(100) }] : [],
      audit: chance(0.2) ? [audit({ id: `a${below(5)}` })] : [],
      now,
    });
  const write = (): Step => {
    const kind = below(10);
    if (kind < 3 || conversation === null || message === null) {
      const received = {
        ...request(),
        message: inbound({
          externalId: `e${below(30)}`,
          clientMessageId: maybe(`client0${below(6)}`),
          text: one(['izin', 'izin baru', '']),
        }),
      };
      return (store) => store.conversations.receive(received);
    }
    if (kind < 6) {
      const made = change(conversation);
      return (store) => store.conversations.commit(made);
    }
    if (kind === 6) {
      const claim = {
        owner: one(['n1', 'n2']),
        channels: one<('telegram' | 'web')[]>([['telegram'], ['web', 'telegram'], []]),
        now,
        leaseUntil: now + below(40),
        limit: 1 + below(3),
      };
      return (store) => store.outbox.claim(claim);
    }
    if (kind === 7) {
      const settled = met.messages.slice(-8).map(({ id, attempt }) => ({
        messageId: id,
        owner: one(['n1', 'n2']),
        attempt: attempt + below(2),
        outcome: outcome(),
        now,
      }));
      return (store) => store.outbox.settle(settled);
    }
    if (kind === 8) {
      const repeatable = one<'telegram'[]>([['telegram'], []]);
      const owner = one(['n1', 'n2']);
      const report = {
        channel: 'telegram' as const,
        accountId: 'bot',
        externalId: one([`x${below(6)}`, message.id]),
        state: one(['sent', 'delivered', 'read', 'failed'] as const),
        reason: maybe('r'),
        now,
      };
      return one<Step>([
        (store) => store.outbox.expire(now, repeatable),
        (store) => store.outbox.expireOwner(owner, now, repeatable),
        (store) => store.outbox.report(report),
        (store) => store.outbox.retry(message.id, now),
      ]);
    }
    const find = one([{ id: message.id }, { channel: 'telegram' as const, accountId: 'bot', externalId: `e${below(30)}` }]);
    const edit = { find, text: one(['izin', 'lain']), editedAt: at, ...(chance(0.2) && { deleted: true }) };
    const opened = request();
    const contactId = one(met.contactIds);
    const isUnreachable = chance(0.5);
    const erased = audit({ id: `a${below(5)}` });
    if (chance(0.15)) return (store) => store.contacts.erase(contactId, erased);
    if (chance(0.2)) return (store) => store.contacts.update(contactId, { name: 'Dodi', unreachable: isUnreachable });
    return one<Step>([(store) => store.conversations.open(opened), (store) => store.conversations.revise(edit, now)]);
  };
  /** Reads, and the search index's upkeep, which reads first: never in a batch. */
  const look = (): Step => {
    const view = one(['queue', 'mine', 'all', 'closed'] as const);
    const id = conversation?.id ?? 'nobody';
    const rev = below(10);
    return one<Step>([
      async (store) => {
        const stale = await store.messages.stale(2, 5);
        await store.messages.index(stale.map(({ id, text }) => ({ id, version: 2, tokens: text.split(' ') })));
        return stale;
      },
      (store) => walk((cursor) => store.conversations.list({ view, officerId, teamIds, cursor, limit: 2 })),
      (store) => walk((cursor) => store.messages.search(words(['izin'], { teamIds, cursor, limit: 1 }))),
      (store) => walk((cursor) => store.outbox.dead(cursor, 2)),
      (store) => store.conversations.due(now, at, 3),
      (store) => Promise.all([store.conversations.queue(), store.conversations.heldBy(officerId), store.outbox.depth()]),
      (store) =>
        Promise.all([store.queue.size(), store.queue.ahead({ teamId: teamIds?.[0] ?? null, queuedAt: at, number: 1002 })]),
      (store) => Promise.all([store.messages.since(id, rev, 3), store.messages.after(id, rev, 2), store.messages.uncovered(id)]),
      (store) =>
        Promise.all([store.messages.facts('wait', 3), store.settings.audit(3), store.contacts.findByPhone('+628120000001')]),
    ]);
  };
  if (chance(0.3)) return look();
  if (chance(0.8)) return write();
  // Several writes of one turn share a transaction; they must still answer as if one came after the other.
  const batch = [write(), write(), write()];
  return async (store, isOrdered) => {
    const answer = (step: Step) => step(store, isOrdered).catch((error: { code?: string }) => ({ error: error.code }));
    if (isOrdered) return Promise.all(batch.map(answer));
    const answers: unknown[] = [];
    for (const step of batch) answers.push(await answer(step));
    return answers;
  };
}

/** All rows of a list, in order; cursors are each store's own. */
async function walk<T>(fetch: (cursor: string | null) => Promise<{ rows: T[]; cursor: string | null }>): Promise<T[]> {
  const first = await fetch(null);
  const rows = [...first.rows];
  for (let cursor = first.cursor; cursor !== null; ) {
    const page = await fetch(cursor);
    rows.push(...page.rows);
    cursor = page.cursor;
  }
  return rows;
}

const answerOf = (step: Step, store: Store, isOrdered: boolean) =>
  step(store, isOrdered).catch((error: { code?: string }) => ({ error: error.code ?? String(error) }));

async function everything(store: Store, met: Met): Promise<unknown> {
  const ids = [...met.conversations.keys()];
  const each = (id: string) =>
    Promise.all([
      store.conversations.get(id),
      store.conversations.row(id),
      store.messages.since(id, 0, 1000),
      store.messages.after(id, 0, 1000),
    ]);
  return Promise.all([
    ...ids.map(each),
    store.outbox.depth(),
    walk((cursor) => store.conversations.list({ view: 'all', officerId: '', teamIds: null, cursor, limit: 3 })),
  ]);
}

async function remember(store: Store, met: Met): Promise<void> {
  for (const who of ['ani', 'budi', 'cici']) {
    const contact = await store.contacts.find({ channel: 'telegram', accountId: 'bot', externalId: who });
    if (contact !== null && !met.contactIds.includes(contact.id)) met.contactIds.push(contact.id);
  }
  met.messages = [];
  for (const id of met.conversations.keys()) {
    const seat = await store.conversations.get(id);
    if (seat === null) continue;
    met.conversations.set(id, seat.conversation);
    met.messages.push(...(await store.messages.since(id, 0, 1000)));
  }
}

/**
 * @param store an empty one
 * @param isOrdered whether writes of one turn are written in the order they were asked for
 */
export async function runSequence(seed: number, store: Store, isOrdered: boolean): Promise<void> {
  const random = randomOf(seed);
  const model = createMemoryStore();
  const met: Met = { conversations: new Map(), messages: [], contactIds: ['nobody'] };
  let now = 1000;
  for (let i = 0; i < steps; i++) {
    now += random.below(15);
    const step = nextStep(random, met, now);
    const wanted = await answerOf(step, model, isOrdered);
    const where = `seed ${seed}, step ${i}`;
    expect({ where, answer: await answerOf(step, store, isOrdered) }).toEqual({ where, answer: wanted });
    for (const { id } of await walk((cursor) =>
      model.conversations.list({ view: 'all', officerId: '', teamIds: null, cursor, limit: 9 }),
    ))
      if (!met.conversations.has(id)) met.conversations.set(id, (await model.conversations.get(id))!.conversation);
    await remember(model, met);
  }
  expect({ seed, all: await everything(store, met) }).toEqual({ seed, all: await everything(model, met) });
}
