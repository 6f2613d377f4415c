// A long queue: places and notices for all of it cost one look at the queue, and nobody waits at the door for them.
import type { Store } from '../../src/desk/storePort.ts';
import { createKit, type Kit } from '../support/deskKit.ts';
import { createMemoryStore } from '../support/memoryStore.ts';
import { until } from '../support/until.ts';

const many = 450;

/** A store that counts how often the whole queue was read. */
function countingStore(): { store: Store; reads(): number } {
  const store = createMemoryStore();
  let reads = 0;
  const queue = () => {
    reads += 1;
    return store.conversations.queue();
  };
  return { store: { ...store, conversations: { ...store.conversations, queue } }, reads: () => reads };
}

/** Queued, and not told a place: as after a crash. */
async function fillQueue({ store, now }: Kit, teamOf: (at: number) => string | null = () => null): Promise<void> {
  for (let at = 0; at < many; at += 1) {
    const { conversation } = await store.conversations.open({
      contact: { channel: 'shell', accountId: 'a', externalId: `w${at}`, name: null, phone: null },
      ...{ newContactId: `p_${at}`, newConversationId: `c_${at}`, reuseClosedSince: 0, now: now() },
    });
    const patch = { state: 'queued', queuedAt: now() - many + at, teamId: teamOf(at) } as const;
    const rest = { messages: [], cover: null, facts: [], audit: [], now: now() };
    await store.conversations.commit({ conversationId: conversation.id, expectedRev: conversation.rev, patch, ...rest });
  }
}

describe('a long queue', () => {
  it('When hundreds were not told their place, then one look at the queue tells each their own, by team', async () => {
    const { store, reads } = countingStore();
    const kit = await createKit({ store });
    await fillQueue(kit, (at) => (at % 3 === 0 ? 't1' : null));
    const before = reads();
    await kit.desk.sweep();
    expect(reads() - before).toBe(1);
    const told = (await store.conversations.queue()).map(({ placeTold }) => placeTold);
    const expected = Array.from({ length: many }, (_, at) => (at % 3 === 0 ? at / 3 : at - 1 - Math.floor(at / 3)));
    expect(told).toEqual(expected);
  });

  it('When somebody is handed over, looks at the widget, or the state is told, then the queue is not read at all', async () => {
    const { store, reads } = countingStore();
    const kit = await createKit({ store });
    await kit.officer('Rina');
    await fillQueue(kit);
    await kit.desk.sweep();
    await kit.says('selamat siang');
    const before = reads();
    await kit.says('petugas');
    expect((await kit.heard()).at(-1)).toContain(`Ada ${many} orang di depan.`);
    const key = { channel: 'shell', accountId: 'a', externalId: 'warga' } as const;
    expect((await kit.desk.intake.history(key, 0)).conversation.place?.ahead).toBe(many);
    expect(await kit.desk.status()).toMatchObject({ queued: many + 1, oldestWaitSeconds: 0 });
    expect(reads()).toBe(before);
  });

  it('When the desk starts, then it is ready before all of the queue is told, and tells the rest by itself', async () => {
    const { store } = countingStore();
    const kit = await createKit({ store });
    await fillQueue(kit);
    await kit.desk.start();
    const untold = async () => (await store.conversations.queue()).filter(({ placeTold }) => placeTold === null).length;
    try {
      expect(await untold()).toBeGreaterThan(0);
      await until('all were told', async () => (await untold()) === 0);
    } finally {
      await kit.desk.stop(1000);
    }
  });

  it('When places are told, then messages get a turn in between', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await fillQueue(kit);
    await kit.desk.sweep();
    const seen = new Set<number>();
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns += 1;
      if (kit.places.length > 0) seen.add(kit.places.length);
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    await kit.desk.officer.claim(rina, 'c_0');
    await until('everybody was shown a place', () => kit.places.length === many - 1);
    isOver = true;
    expect(turns).toBeGreaterThan(0);
    expect([...seen].some((shown) => shown < many - 1)).toBe(true);
  });
});
