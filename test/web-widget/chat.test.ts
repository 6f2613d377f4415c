import type { WidgetMessage } from '../../src/contract/events.ts';
import { createBlobStore } from '../../web-widget/blobStore.ts';
import type { HistoryAnswer } from '../../web-widget/catchUp.ts';
import { type ConnectionEvents, createChat } from '../../web-widget/chat.ts';
import type { Outgoing } from '../../web-widget/outgoing.ts';
import type { SendAnswer } from '../../web-widget/sender.ts';
import type { KeyValue } from '../../web-widget/storage.ts';
import { conversation, counter, fakeStorage, handTimers, message, settled } from './support.ts';

/** A server in memory that keeps the contract, and a network that the test may break. */
function fakeServer() {
  const stored: WidgetMessage[] = [];
  let rev = 0;
  const network = {
    isUp: true,
    /** What happens to the next attempts: lost before or after storing, or refused; `ok` when empty. */
    fates: [] as ('lost-before' | 'lost-after' | 'overloaded' | 'invalid' | 'ok')[],
    losesEvents: false,
    attempts: 0,
  };
  const told: string[] = [];
  let events: ConnectionEvents | null = null;

  function store(part: Partial<WidgetMessage>): WidgetMessage {
    rev += 1;
    const one = message({ seq: stored.length + 1, rev, ...part });
    stored.push(one);
    if (network.isUp && !network.losesEvents) events?.['message:new'](one);
    return one;
  }

  const connect = (given: ConnectionEvents) => {
    events = given;
    return {
      async send(payload: { clientMessageId: string; text: string }): Promise<SendAnswer> {
        if (!network.isUp) return { ok: false, code: 'away' };
        network.attempts += 1;
        const fate = network.fates.shift() ?? 'ok';
        if (fate === 'lost-before') return { ok: false, code: 'silent' };
        if (fate === 'overloaded' || fate === 'invalid') return { ok: false, code: fate };
        const known = stored.find((one) => one.clientMessageId === payload.clientMessageId);
        const one = known ?? store({ ...payload, direction: 'in', author: 'contact', state: 'received' });
        return fate === 'lost-after' ? { ok: false, code: 'silent' } : { ok: true, message: { seq: one.seq } };
      },
      async since(from: number): Promise<HistoryAnswer> {
        if (!network.isUp) return { ok: false, code: 'away' };
        const page = stored.filter((one) => one.rev > from).slice(0, 3);
        const last = page[page.length - 1]?.rev ?? rev;
        return { ok: true, rev: last, messages: page, conversation: conversation({ rev }), more: last < rev };
      },
      async upload({ clientMessageId }: Outgoing): Promise<SendAnswer> {
        if (!network.isUp) return { ok: false, code: 'away' };
        const fate = network.fates.shift() ?? 'ok';
        if (fate === 'lost-before' || fate === 'invalid') return { ok: false, code: fate === 'invalid' ? fate : 'silent' };
        const known = stored.find((one) => one.clientMessageId === clientMessageId);
        const one = known ?? store({ clientMessageId, text: '', kind: 'image', direction: 'in', author: 'contact' });
        return fate === 'lost-after' ? { ok: false, code: 'silent' } : { ok: true, message: { seq: one.seq } };
      },
      fetchFile: async () => null,
      async erase(): Promise<boolean> {
        if (!network.isUp) return false;
        stored.length = 0;
        return true;
      },
      apps: async () => [],
      link: async () => null,
      typing: () => void told.push('typing'),
      seen: (ids: string[]) => void told.push(`seen ${ids.join()}`),
    };
  };
  return { stored, store, network, told, connect, events: (): ConnectionEvents => events as ConnectionEvents };
}

/** Forbidden IndexedDB: bytes live in memory. */
const memoryBlobs = () =>
  createBlobStore(() => {
    throw new Error('SecurityError');
  });

function openChat(
  server: ReturnType<typeof fakeServer>,
  storage: KeyValue = fakeStorage(),
  newId = counter(),
  now = () => 1,
  blobs = memoryBlobs(),
) {
  const timers = handTimers();
  const chat = createChat({ storage, blobs, connect: server.connect, now, later: timers.later, newId });
  const texts = () => chat.view().items.map((item) => item.text);
  return { chat, timers, texts };
}

describe('chat', () => {
  it('When a message is written without a connection, then it shows at once and goes out once after connecting', async () => {
    const server = fakeServer();
    server.network.isUp = false;
    const { chat, texts } = openChat(server);
    chat.send('halo');
    chat.send('   ');
    await settled();
    expect(chat.view().items.map((item) => [item.text, item.delivery])).toEqual([['halo', 'waiting']]);
    server.network.isUp = true;
    server.events().connection('online');
    await settled();
    expect(server.stored.map((one) => one.text)).toEqual(['halo']);
    expect(texts()).toEqual(['halo']);
    expect(chat.view()).toMatchObject({ isLoaded: true, connection: 'online', items: [{ delivery: 'sent' }] });
  });

  it('When the answer is lost and the page is loaded again, then the message is stored once and shown once', async () => {
    const server = fakeServer();
    const storage = fakeStorage();
    server.network.fates = ['lost-after'];
    server.network.losesEvents = true;
    openChat(server, storage).chat.send('jangan dobel');
    await settled();
    const reloaded = openChat(server, storage);
    expect(reloaded.texts()).toEqual(['jangan dobel']);
    server.events().connection('online');
    await settled();
    expect(server.stored.length).toBe(1);
    expect(reloaded.texts()).toEqual(['jangan dobel']);
    expect(reloaded.chat.view().items[0]?.delivery).toBe('sent');
  });

  it('When the copy of the server comes although its answer was lost, then the message is not sent again', async () => {
    const server = fakeServer();
    const storage = fakeStorage();
    server.network.fates = ['lost-after'];
    const { chat, timers } = openChat(server, storage);
    chat.send('sekali saja');
    await settled();
    expect(storage.keys()).toEqual([]);
    timers.runAll();
    await settled();
    expect(server.network.attempts).toBe(1);
  });

  it('When a quick reply is pressed, then its label and its id are sent', async () => {
    const server = fakeServer();
    const { chat } = openChat(server);
    chat.send('Chat petugas', 'cmd:officer');
    await settled();
    expect(server.stored[0]).toMatchObject({ text: 'Chat petugas', button: 'cmd:officer' });
  });

  it('When the place in the queue and the officer change, then the view tells, and an older state does not undo it', async () => {
    const server = fakeServer();
    const { chat } = openChat(server);
    server.store({});
    server.events().connection('online');
    await settled();
    const place = { ahead: 3, estimate: null, officersOnDuty: 1 };
    server.events()['conversation:state'](conversation({ state: 'queued', rev: 2 }));
    server.events()['queue:place'](place);
    expect(chat.view().conversation).toMatchObject({ state: 'queued', place });
    server.events()['conversation:state'](conversation({ state: 'officer', officerName: 'Rina', rev: 3 }));
    server.events()['conversation:state'](conversation({ state: 'queued', rev: 2 }));
    expect(chat.view().conversation).toMatchObject({ state: 'officer', officerName: 'Rina' });
  });

  it('When somebody types, then it shows until the message comes or time has passed', async () => {
    const server = fakeServer();
    let time = 0;
    const { chat, timers } = openChat(server, fakeStorage(), counter(), () => time);
    server.events().typing({ name: 'Rina' });
    expect(chat.view().typing).toEqual({ name: 'Rina' });
    server.store({});
    expect(chat.view().typing).toBeNull();
    server.events().typing({ name: null });
    expect(chat.view().typing).toEqual({ name: null });
    time = 60_000;
    timers.runAll();
    expect(chat.view().typing).toBeNull();
  });

  it('When a refused message is tried again, then it goes out; when it is deleted, then it is gone', async () => {
    const server = fakeServer();
    const storage = fakeStorage();
    const { chat, texts } = openChat(server, storage);
    server.network.fates = ['invalid', 'invalid'];
    chat.send('a');
    chat.send('b');
    await settled();
    expect(chat.view().items.map((item) => [item.text, item.delivery])).toEqual([
      ['a', 'failed'],
      ['b', 'failed'],
    ]);
    chat.retry('id-000001');
    chat.discard('id-000002');
    await settled();
    expect(texts()).toEqual(['a']);
    expect(server.stored.map((one) => one.text)).toEqual(['a']);
    expect(storage.keys()).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
    'When network and server fail at random (seed %i), then in the end nothing is lost, doubled or out of order',
    async (seed) => {
      const random = seeded(seed);
      const server = fakeServer();
      const storage = fakeStorage();
      const newId = counter();
      let page = openChat(server, storage, newId);
      const written: string[] = [];
      for (let step = 0; step < 120; step++) {
        const dice = random();
        server.network.losesEvents = random() < 0.3;
        if (dice < 0.35) {
          written.push(`own ${written.length}`);
          page.chat.send(`own ${written.length - 1}`);
        } else if (dice < 0.5) server.store({ text: `bot ${step}` });
        else if (dice < 0.6) server.network.isUp = false;
        else if (dice < 0.75) {
          server.network.isUp = true;
          server.events().connection('online');
        } else if (dice < 0.8) page = openChat(server, storage, newId);
        else if (dice < 0.9) server.network.fates.push(random() < 0.5 ? 'lost-after' : 'lost-before', 'overloaded');
        else page.timers.runAll();
        if (random() < 0.5) await settled();
      }
      server.network.isUp = true;
      server.network.losesEvents = false;
      for (
        let i = 0;
        i < 40 && page.chat.view().items.some((item) => item.delivery !== 'sent' && item.author === 'contact');
        i++
      ) {
        server.events().connection('online');
        await settled();
        page.timers.runAll();
        await settled();
      }
      server.events().connection('online');
      await settled();
      expect(server.stored.filter((one) => one.direction === 'in').map((one) => one.text)).toEqual(written);
      expect(page.texts()).toEqual(server.stored.map((one) => one.text));
      expect(storage.keys().filter((key) => key.startsWith('loket.out.'))).toEqual([]);
    },
  );
});

/** A small repeatable generator (mulberry32), 0 ≤ n < 1. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
