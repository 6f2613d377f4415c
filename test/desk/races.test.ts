// Two things at once on one conversation: however they interleave, a message is answered once, by whoever owns it then, and never forgotten.
import type { Store } from '../../src/desk/storePort.ts';
import { createKit, type Kit } from '../support/deskKit.ts';
import { createMemoryStore } from '../support/memoryStore.ts';
import { openTempStore } from '../support/tempStore.ts';
import { until } from '../support/until.ts';

/** A store whose next call of one method waits until it is let go: what happens meanwhile comes first. */
function holding<T extends 'get' | 'commit'>(store: Store, method: T) {
  let waits: Promise<void> | null = null;
  let release = () => {};
  let isReached = false;
  const original = store.conversations[method] as (...given: unknown[]) => Promise<unknown>;
  const held = async (...given: unknown[]) => {
    const mine = waits;
    waits = null;
    if (mine !== null) {
      isReached = true;
      await mine;
    }
    return original(...given);
  };
  return {
    store: { ...store, conversations: { ...store.conversations, [method]: held } } as Store,
    hold() {
      isReached = false;
      waits = new Promise((resolve) => {
        release = resolve;
      });
    },
    reached: () => until(`${method} is held`, () => isReached),
    release: () => release(),
  };
}

const coverOf = async (kit: Kit, id: string) => (await kit.store.messages.get(id))?.coveredBy ?? null;
const stateOf = async (kit: Kit, from?: string) =>
  (await kit.store.conversations.get(await kit.conversationId(from)))?.conversation.state;

const stores: { name: string; open: () => { store: Store; close: () => Promise<void> } }[] = [
  { name: 'the memory model', open: () => ({ store: createMemoryStore(), close: async () => {} }) },
  { name: 'SQLite', open: () => openTempStore() },
];

describe.each(stores)('on $name', ({ open }) => {
  let opened: ReturnType<typeof open>;
  beforeEach(() => {
    opened = open();
  });
  afterEach(() => opened.close());

  it('When another process answers a turn while this one is about to, then the citizen gets one reply', async () => {
    const held = holding(opened.store, 'commit');
    const slow = await createKit({ store: held.store });
    const other = await createKit({ store: opened.store });
    other.tick(10);
    held.hold();
    const first = await slow.arrives('apa itu nib');
    await held.reached();
    const second = await other.arrives('apa itu pbg');
    await other.pass(30_000);
    held.release();
    await slow.desk.idle();
    await slow.pass(30_000);
    const replies = (await opened.store.messages.since(first.conversationId, 0, 100)).filter(
      ({ direction }) => direction === 'out',
    );
    const covers = [await coverOf(slow, first.id), await coverOf(slow, second.id)];
    expect(covers).not.toContain(null);
    expect(replies.map(({ id }) => id).sort()).toEqual([...new Set(covers)].sort());
  });

  it('When an officer closes while a message is still in line, then the closing covers it and nobody opens it again', async () => {
    const held = holding(opened.store, 'get');
    const kit = await createKit({ store: held.store });
    const rina = await kit.officer('Rina');
    await kit.says('apa itu nib');
    const id = await kit.conversationId();
    held.hold();
    const closing = kit.desk.officer.close(rina, id);
    await held.reached();
    const late = await kit.arrives('apa itu pbg');
    held.release();
    expect((await closing).ok).toBe(true);
    await kit.pass(30_000);
    expect(await stateOf(kit)).toBe('closed');
    expect((await kit.heard()).filter((text) => text.includes('PBG'))).toEqual([]);
    expect(await coverOf(kit, late.id)).not.toBeNull();
  });

  it('When a message arrives in the very moment an officer closes, then the bot answers it at once, not after a minute', async () => {
    const held = holding(opened.store, 'commit');
    const kit = await createKit({ store: held.store });
    const rina = await kit.officer('Rina');
    await kit.says('petugas');
    const id = await kit.conversationId();
    await kit.desk.officer.claim(rina, id);
    held.hold();
    const closing = kit.desk.officer.close(rina, id);
    await held.reached();
    const late = await kit.arrives('apa itu nib');
    held.release();
    expect((await closing).ok).toBe(true);
    await kit.desk.idle();
    expect(await coverOf(kit, late.id)).not.toBeNull();
    expect((await kit.heard()).at(-1)).toContain('nomor induk berusaha');
    expect(await stateOf(kit)).toBe('bot');
  });

  it('When a message arrives while the officer replies, then the reply does not cover it and its wait is known', async () => {
    const held = holding(opened.store, 'commit');
    const kit = await createKit({ store: held.store });
    const rina = await kit.officer('Rina');
    await kit.says('petugas');
    const id = await kit.conversationId();
    await kit.desk.officer.claim(rina, id);
    const asked = await kit.says('nomor berkas saya 12');
    held.hold();
    const sending = kit.desk.officer.send(rina, { conversationId: id, clientMessageId: 'c-00000001', text: 'Saya cek.' });
    await held.reached();
    const late = await kit.arrives('dan satu lagi bu', { sameMoment: true });
    held.release();
    expect((await sending).ok).toBe(true);
    await kit.desk.idle();
    expect(await coverOf(kit, asked.id)).not.toBeNull();
    expect(await coverOf(kit, late.id)).toBeNull();
    expect((await kit.store.conversations.get(id))?.conversation.waitingSince).toBe(late.createdAt);
  });

  it('When a greeting and a question arrive in the same millisecond, then one reply covers both', async () => {
    const kit = await createKit({ store: opened.store });
    const greeting = await kit.says('selamat siang');
    const question = await kit.says('apa itu nib', { sameMoment: true });
    await kit.pass(30_000);
    expect(await kit.heard()).toHaveLength(1);
    expect(await coverOf(kit, greeting.id)).toBe(await coverOf(kit, question.id));
  });

  it('When a message waits in line while the citizen leaves the queue, then the bot answers it', async () => {
    const held = holding(opened.store, 'commit');
    const kit = await createKit({ store: held.store });
    await kit.says('petugas');
    await kit.heard();
    held.hold();
    const cancelled = await kit.arrives('Batal antre', { button: 'cmd:cancel' });
    await held.reached();
    const late = await kit.arrives('kucing saya lapar sekali hari ini');
    held.release();
    await kit.desk.idle();
    expect(await coverOf(kit, cancelled.id)).not.toBeNull();
    expect(await coverOf(kit, late.id)).not.toBeNull();
  });

  it('When officers claim while the citizen asks for one, then the bot says nothing after the officer joined', async () => {
    const held = holding(opened.store, 'commit');
    const kit = await createKit({ store: held.store });
    const other = await createKit({ store: opened.store });
    const rina = await kit.officer('Rina');
    await kit.says('selamat pagi');
    const id = await kit.conversationId();
    held.hold();
    await kit.arrives('petugas');
    await held.reached();
    await other.desk.officer.claim(rina, id);
    held.release();
    await kit.desk.idle();
    await kit.pass(30_000);
    const said = (await opened.store.messages.since(id, 0, 100)).filter(({ direction }) => direction === 'out');
    expect(said.map(({ ruleId }) => ruleId)).toEqual(['notice:joined']);
    expect(await stateOf(kit)).toBe('officer');
  });
});

describe('a crash', () => {
  it('When a greeting waited as the process died, then the next one answers it when its time comes, not a minute later', async () => {
    const kit = await createKit({ greetingWaitMs: 50 });
    await kit.says('selamat pagi');
    const next = await createKit({ store: kit.store, greetingWaitMs: 50, startAt: kit.now() });
    await until('the timer is looked at', async () => {
      next.tick(60);
      return (await next.heard()).length + (await kit.heard()).length > 0;
    });
  });

  it('When more than 200 conversations were forgotten, then all are answered at the next start', async () => {
    const store = createMemoryStore();
    for (let i = 0; i < 450; i++) {
      await store.conversations.receive({
        contact: { channel: 'shell', accountId: 'a', externalId: `w${i}`, name: null, phone: null },
        newContactId: `p${i}`,
        newConversationId: `c${i}`,
        reuseClosedSince: 0,
        now: Date.UTC(2026, 10, 25, 2, 0, i % 60),
        message: {
          id: `m${i}`,
          externalId: `e${i}`,
          clientMessageId: null,
          kind: 'text',
          text: 'apa itu nib',
          attachments: [],
          button: null,
          author: { kind: 'contact', id: null, name: null },
          sentAt: 0,
        },
      });
    }
    await createKit({ store });
    const isAnswered = async (i: number) => (await store.messages.get(`m${i}`))?.coveredBy !== null;
    for (let i = 0; i < 450; i++) await until(`m${i} is answered`, () => isAnswered(i));
  });

  it('When a due time has nothing behind it, then it is cleared and not looked at for ever', async () => {
    const kit = await createKit();
    const greeting = await kit.says('selamat pagi');
    await kit.says('Saya bot lain.', { isBot: true });
    const covered = await kit.store.messages.get(greeting.id);
    expect(covered?.coveredBy).toBeNull();
    await kit.pass(3000);
    expect(await kit.heard()).toHaveLength(1);
    await kit.pass(60_000);
    expect(await kit.store.conversations.due(kit.now(), kit.now() + 1, 10)).toEqual([]);
  });

  it('When the clock goes back an hour, then a greeting is still answered', async () => {
    const kit = await createKit({ greetingWaitMs: 20 });
    await kit.says('selamat pagi');
    kit.tick(-3_600_000);
    await until('it is answered', async () => (await kit.heard()).length === 1);
  });
});
