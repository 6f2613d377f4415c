// Several nodes on one MongoDB: races have one winner, order holds, leases change hands, files reach the others.
import { randomBytes } from 'node:crypto';
import { within } from '../../src/desk/within.ts';
import { createFieldCrypto } from '../../src/store/fieldCrypto.ts';
import type { MongoConnection } from '../../src/store/mongo/connection.ts';
import { createLeases } from '../../src/store/mongo/leases.ts';
import { createMongoStore } from '../../src/store/mongo/mongoStore.ts';
import { openMongo } from '../../src/store/mongo/openMongo.ts';
import { describeMongo, type MongoServer, startMongoServer } from '../support/mongoServer.ts';
import { audit, change, commit, outbound, say } from '../support/storeKit.ts';
import { testKeys } from '../support/tempStore.ts';
import { until } from '../support/until.ts';

const log = { info() {}, warn() {}, error() {} };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
type Node = Awaited<ReturnType<typeof openMongo>>;

describeMongo('nodes', () => {
  let server: MongoServer;
  let uri = '';
  let nodes: Node[] = [];
  let raw: MongoConnection | null = null;
  beforeAll(async () => {
    server = await startMongoServer();
    uri = server.uri();
    raw = (await createMongoStore({ uri, fields: createFieldCrypto(testKeys) })).connection;
    nodes = await Promise.all(['a', 'b'].map((nodeId) => openMongo({ uri, keys: testKeys, nodeId, log })));
  });
  afterAll(async () => {
    await raw?.close();
    await Promise.all(nodes.map((node) => node.close()));
    await server.stop();
  });
  const connection = () => raw!;
  const [a, b] = [() => nodes[0]!, () => nodes[1]!];
  const either = (i: number) => nodes[i % 2]!.store;

  it('When 40 claims of one conversation race over two nodes, then one wins', async () => {
    const { conversation } = await say(a().store, 'race');
    const claims = Array.from({ length: 40 }, (_, i) =>
      either(i).conversations.commit(commit(conversation, { patch: { state: 'officer', officerId: `o${i}` } })),
    );
    const done = await Promise.all(claims);
    expect(done.filter(({ kind }) => kind === 'ok')).toHaveLength(1);
    expect(done.filter(({ kind }) => kind === 'conflict')).toHaveLength(39);
  });

  it('When the same messages come to both nodes at once, then each is stored once, and seq has no gap', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => `same${i}`);
    const told = await Promise.all(ids.flatMap((externalId) => nodes.map(({ store }) => say(store, 'twice', { externalId }))));
    expect(told.filter(({ kind }) => kind === 'stored')).toHaveLength(30);
    const kept = await a().store.messages.since(told[0]!.conversation.id, 0, 99);
    expect(kept.map(({ seq }) => seq)).toEqual(ids.map((_, i) => i + 1));
    expect(new Set(kept.map(({ externalId }) => externalId)).size).toBe(30);
  });

  it('When one changes a conversation between the reading and the writing of a message on another, then both hold, each with its rev', async () => {
    const { conversation } = await say(a().store, 'between');
    const late = await createMongoStore({ uri, fields: createFieldCrypto(testKeys) });
    const { conversations } = late.connection.models;
    const bulkWrite = conversations.bulkWrite.bind(conversations) as (...args: unknown[]) => Promise<never>;
    let isFirst = true;
    conversations.bulkWrite = (async (...args: unknown[]) => {
      if (isFirst) {
        isFirst = false;
        await b().store.conversations.commit(commit(conversation, { patch: { topic: 'pbg' } }));
      }
      return bulkWrite(...args);
    }) as never;
    const second = await say(late.store, 'between', { externalId: 'second' });
    await late.store.close();
    expect(second.message.rev).toBe(conversation.rev + 2);
    const seat = await a().store.conversations.get(conversation.id);
    expect(seat?.conversation).toMatchObject({ topic: 'pbg', rev: conversation.rev + 2, seq: 2 });
  });

  it('When one message of a batch cannot be written, then it alone is refused, and its neighbours are stored in order', async () => {
    const texts = ['satu', null as never, 'dua'];
    const told = await Promise.allSettled(texts.map((text, i) => say(a().store, 'batch', { text, externalId: `batch${i}` })));
    expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const { conversation } = await say(a().store, 'batch', { text: 'tiga', externalId: 'batch3' });
    const kept = await b().store.messages.since(conversation.id, 0, 9);
    expect(kept.map(({ seq, text }) => `${seq} ${text}`)).toEqual(['1 satu', '2 dua', '3 tiga']);
  });

  it('When both nodes send, then every line keeps its order and nothing is sent twice', async () => {
    const lines = await Promise.all(['l1', 'l2', 'l3'].map((who) => say(a().store, who)));
    for (const { conversation } of lines)
      await change(a().store, conversation.id, { messages: [1, 2, 3, 4].map((n) => outbound({ text: String(n) })) });
    const sent: string[] = [];
    const drain = async (node: Node, owner: string) => {
      for (let idle = 0; idle < 20; ) {
        const claim = { owner, channels: ['telegram' as const], now: 5000, leaseUntil: 90_000, limit: 2 };
        const deliveries = await node.store.outbox.claim(claim);
        idle = deliveries.length === 0 ? idle + 1 : 0;
        for (const { message, contact } of deliveries) {
          sent.push(`${contact.externalId} ${message.text}`);
          const outcome = { state: 'sent' as const, externalId: null };
          await node.store.outbox.settle([{ messageId: message.id, owner, attempt: message.attempt, outcome, now: 5000 }]);
        }
      }
    };
    await Promise.all([drain(a(), 'a'), drain(b(), 'b')]);
    for (const who of ['l1', 'l2', 'l3'])
      expect(sent.filter((one) => one.startsWith(who))).toEqual([1, 2, 3, 4].map((n) => `${who} ${n}`));
  });

  it('When a node holds a lease, then the other waits; when it lets go, then the other takes over with a higher fence', async () => {
    const seen: string[] = [];
    const work = (who: string) => ({
      begin: async (fence: number) => void seen.push(`${who} begins ${fence}`),
      end: async () => void seen.push(`${who} ends`),
    });
    const first = a().nodes.leases.hold('poll', work('a'));
    await until('a has it', () => seen.includes('a begins 1'));
    const second = b().nodes.leases.hold('poll', work('b'));
    await first();
    await until('b has it', () => seen.includes('b begins 2'));
    expect(seen).toEqual(['a begins 1', 'a ends', 'b begins 2']);
    const { models } = connection();
    expect(await models.leases.findById('poll').lean()).toMatchObject({ owner: 'b', fence: 2 });
    // Taken by a third one while b was frozen: its next beat tells it.
    await models.leases.updateOne({ _id: 'poll' }, { $set: { owner: 'c', fence: 3, beat: 0 } });
    await until('b has ended', () => seen.includes('b ends'), 10_000);
    await second();
    expect(await models.leases.findById('poll').lean()).toMatchObject({ owner: 'c', fence: 3 });
  });

  /** Node b wants the lease. */
  function wanted(name: string) {
    let fence = 0;
    const begin = async (given: number) => {
      fence = given;
    };
    return { fence: () => fence, release: b().nodes.leases.hold(name, { begin, end: async () => {} }) };
  }

  it('When a holder dies without a word, then the other takes over within 10 s', async () => {
    const { models } = connection();
    await models.leases.insertMany([{ _id: 'dead', owner: 'gone', fence: 7, beat: 3 }], { lean: true });
    const began = Date.now();
    const { fence, release } = wanted('dead');
    await until('it is taken over', () => fence() === 8, 10_000);
    expect(Date.now() - began).toBeGreaterThan(5000);
    await release();
  });

  it('When a holder was dead before anybody wanted the lease, then whoever comes has seen it, and does not wait once more', async () => {
    const { models } = connection();
    await models.leases.insertMany([{ _id: 'long dead', owner: 'gone', fence: 2, beat: 3 }], { lean: true });
    await pause(8000);
    const { fence, release } = wanted('long dead');
    await until('it is taken over', () => fence() === 3, 3000);
    await release();
  });

  it('When the database does not answer a holder, then its work ends before another may take over', async () => {
    const real = connection();
    let isDeaf = false;
    const deaf: typeof real.run = (work, ms = 10_000) =>
      isDeaf ? within(ms, 'The store', new Promise<never>(() => {})) : real.run(work, ms);
    const leases = createLeases({ ...real, run: deaf }, 'deaf', log, { stillSince: () => null });
    let [hasBegun, hasEnded] = [false, false];
    leases.hold('deaf', {
      begin: async () => {
        hasBegun = true;
      },
      end: async () => {
        hasEnded = true;
      },
    });
    await until('it has begun', () => hasBegun);
    isDeaf = true;
    // Others take over once a beat has stood still for six seconds.
    await until('it has ended', () => hasEnded, 6000);
    isDeaf = false;
    await leases.stop();
  });

  it('When a file is stored on one node, then the other reads it, removes it, and prunes what nothing names', async () => {
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(600_000)]);
    const saved = await a().files.save(bytes);
    if (saved === 'refused') throw new Error('refused');
    expect(saved).toMatchObject({ mime: 'application/pdf', size: bytes.length });
    expect(Buffer.from((await b().files.read(saved.key))!).equals(bytes)).toBe(true);
    expect(await a().files.save(Buffer.from('<svg/>'))).toBe('refused');
    expect(await b().files.prune(Date.now() + 60_000, new Set([saved.key]))).toBe(0);
    expect(await b().files.prune(Date.now() - 60_000, new Set())).toBe(0);
    expect(await b().files.prune(Date.now() + 60_000, new Set())).toBe(1);
    expect(await a().files.read(saved.key)).toBeNull();
    await a().files.remove(saved.key);
  });

  it('When two nodes set the same setting, then one is told of the conflict, and both read what holds', async () => {
    const put = (store: Node['store'], n: number) => store.settings.put('office', { n }, 0, audit({ id: `s${n}` }));
    const done = await Promise.all([put(a().store, 1), put(b().store, 2)]);
    expect(done.filter((one) => one === 'conflict')).toHaveLength(1);
    expect(await a().store.settings.get('office')).toEqual(await b().store.settings.get('office'));
  });
});
