// What is asked of a MongoDB before anything is kept there, and what happens while it is away.
import { LoketError } from '../../src/contract/errors.ts';
import type { Store } from '../../src/desk/storePort.ts';
import { createFieldCrypto } from '../../src/store/fieldCrypto.ts';
import { checkServer, checkUri } from '../../src/store/mongo/checks.ts';
import { createMongoStore } from '../../src/store/mongo/mongoStore.ts';
import { openMongo } from '../../src/store/mongo/openMongo.ts';
import { describeMongo, type MongoServer, startMongoServer } from '../support/mongoServer.ts';
import { say } from '../support/storeKit.ts';
import { testKeys } from '../support/tempStore.ts';
import { until } from '../support/until.ts';

const fields = createFieldCrypto(testKeys);
const log = { info() {}, warn() {}, error() {} };

describe('the address', () => {
  it.each([
    ['postgres://x', /must begin with mongodb/],
    ['mongodb://h/d?w=1', /w=1.*could be lost/],
    ['mongodb://h/d?journal=false', /journal=false.*could be lost/],
    ['mongodb://h/d?readPreference=secondary', /readPreference/],
    ['mongodb://h/d?readConcernLevel=local', /readConcernLevel/],
    ['mongodb://h/d?retryWrites=false', /retryWrites/],
  ])('When it is %s, then it is refused with the reason, without its password', (uri, reason) => {
    expect(() => checkUri(uri.replace('//h', '//me:geheim@h'))).toThrow(reason);
    expect(() => checkUri(uri.replace('//h', '//me:geheim@h'))).not.toThrow(/geheim/);
  });

  it.each(['mongodb://a,b,c/loket?replicaSet=rs0', 'mongodb+srv://x/loket?w=majority&journal=true'])(
    'When it is %s, then it will do',
    (uri) => expect(() => checkUri(uri)).not.toThrow(),
  );
});

describe('the server', () => {
  const asked = (answers: Record<string, object>) => {
    const command = async (what: object) => answers[Object.keys(what)[0]!];
    return checkServer({ db: { admin: () => ({ command }) } } as never);
  };
  it('When it is too old, then it is refused with the reason', async () => {
    await expect(asked({ hello: { setName: 'rs' }, buildInfo: { version: '6.0.19' } })).rejects.toThrow(
      /version 6.0.19.*7.0 or newer/,
    );
    await expect(asked({ hello: { setName: 'rs' }, buildInfo: { version: '8.0.4' } })).resolves.toBeUndefined();
    await expect(asked({ hello: { msg: 'isdbgrid' }, buildInfo: { version: '7.0.1' } })).resolves.toBeUndefined();
  });

  it('When nobody answers, then the start fails within seconds with one sentence', async () => {
    const error = await createMongoStore({ uri: 'mongodb://127.0.0.1:9/x', fields }).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(LoketError);
    expect(error).toMatchObject({ code: 'store-away', message: expect.stringContaining('does not answer') });
  });
});

describeMongo('a MongoDB-wire server', () => {
  let server: MongoServer | null = null;
  let opened: Store | null = null;
  afterEach(async () => {
    await opened?.close();
    opened = null;
    await server?.stop();
    server = null;
  });

  it('When it is a standalone server, then it is refused with the reason', async () => {
    server = await startMongoServer(['--standalone'], false);
    await expect(createMongoStore({ uri: server.uri(), fields })).rejects.toThrow(/standalone server: without a replica set/);
  });

  it('When many nodes start at once on an empty database, then all of them start, and once more finds all made', async () => {
    server = await startMongoServer();
    const uri = server.uri();
    const opened = await Promise.all([1, 2, 3, 4].map(() => createMongoStore({ uri, fields })));
    const numbers = await Promise.all(opened.map(({ store }, i) => say(store, `c${i}`).then((said) => said.conversation.number)));
    expect([...numbers].sort()).toEqual([1001, 1002, 1003, 1004]);
    await Promise.all(opened.map(({ store }) => store.close()));
    const again = await createMongoStore({ uri, fields });
    expect((await say(again.store, 'c0')).conversation.number).toBe(numbers[0]);
    await again.connection.models.counters.updateOne({ _id: 'shape' }, { $set: { value: 99 } });
    await again.store.close();
    await expect(createMongoStore({ uri, fields })).rejects.toThrow(/shape 99, this program knows \d+: start the newer Loket/);
  });

  it('When a node has other keys, then it is refused with the reason', async () => {
    server = await startMongoServer();
    const uri = server.uri();
    const first = await openMongo({ uri, keys: testKeys, nodeId: 'a', log });
    await first.close();
    const others = [{ id: 'k1', key: Buffer.alloc(32, 9) }];
    await expect(openMongo({ uri, keys: others, nodeId: 'b', log })).rejects.toThrow(/give every node the same DATA_KEYS/);
    await (
      await openMongo({ uri, keys: [...others.map(({ key }) => ({ id: 'k2', key })), ...testKeys], nodeId: 'c', log })
    ).close();
  });

  it('When it dies, then writes are refused and not kept; when it is back, then all goes on, and nothing acknowledged is missing', async () => {
    server = await startMongoServer([], false);
    const { store } = await createMongoStore({ uri: server.uri(), fields });
    opened = store;
    const first = await say(store, 'ani', { externalId: 'e0' });
    await server.kill();
    await expect(say(store, 'ani', { externalId: 'e1' })).rejects.toMatchObject({ code: 'store-away' });
    await expect(store.conversations.get(first.conversation.id)).rejects.toMatchObject({ code: 'store-away' });
    await expect(store.ping()).rejects.toMatchObject({ code: 'store-away' });
    await server.start();
    await until('it can be written to', () =>
      store.ping().then(
        () => true,
        () => false,
      ),
    );
    expect((await say(store, 'ani', { externalId: 'e1' })).kind).toBe('stored');
    expect((await say(store, 'ani', { externalId: 'e0' })).kind).toBe('duplicate');
    const kept = await store.messages.since(first.conversation.id, 0, 9);
    expect(kept.map(({ externalId }) => externalId)).toEqual(['e0', 'e1']);
  });

  it('When an answer never comes, then the caller is told so, and who waits behind it goes on', async () => {
    server = await startMongoServer();
    const { store, connection } = await createMongoStore({ uri: server.uri(), fields, answerMs: 3000 });
    opened = store;
    const never = () => new Promise<never>(() => {});
    const asked = [connection.run(never), connection.atomic(never, 'a line'), connection.atomic(async () => 'next', 'a line')];
    const [read, written, next] = await Promise.allSettled(asked);
    for (const one of [read, written]) expect(one).toMatchObject({ reason: { code: 'store-away' } });
    expect(next).toMatchObject({ value: 'next' });
  });
});
