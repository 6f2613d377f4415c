// What really goes to the server: every write asks for a majority's disk, every read for what a majority has; filters keep operators of strangers out;
// messages that come at once are written together.

import type { Store } from '../../src/desk/storePort.ts';
import { createFieldCrypto } from '../../src/store/fieldCrypto.ts';
import type { MongoConnection } from '../../src/store/mongo/connection.ts';
import { createMongoStore } from '../../src/store/mongo/mongoStore.ts';
import { describeMongo, type MongoServer, startMongoServer } from '../support/mongoServer.ts';
import { audit, change, outbound, say } from '../support/storeKit.ts';
import { testKeys } from '../support/tempStore.ts';

type Sent = Record<string, unknown> & { name: string };
const writes = ['insert', 'update', 'delete', 'findAndModify'];
const reads = ['find', 'aggregate', 'count', 'distinct'];

describeMongo('on the wire', () => {
  let server: MongoServer;
  let store: Store;
  let connection: MongoConnection;
  const sent: Sent[] = [];
  beforeAll(async () => {
    server = await startMongoServer();
    const uri = `${server.uri()}?monitorCommands=true`;
    ({ store, connection } = await createMongoStore({ uri, fields: createFieldCrypto(testKeys) }));
    connection.connection.getClient().on('commandStarted', ({ commandName, command }) => {
      sent.push({ ...command, name: commandName });
    });
  });
  afterAll(async () => {
    await store.close();
    await server.stop();
  });

  it('When the store writes, then every write and commit asks for a majority and the journal, every read for what a majority has', async () => {
    const { conversation } = await say(store, 'ani');
    await change(store, conversation.id, { messages: [outbound()], patch: { state: 'queued', queuedAt: 5 } });
    await store.outbox.claim({ owner: 'n', channels: ['telegram'], now: 9e12, leaseUntil: 9e13, limit: 9 });
    await store.settings.put('office', { a: 1 }, 0, audit());
    await store.queue.size();
    await store.ping();
    const durable = { w: 'majority', j: true };
    const inTransaction = (command: Sent) => command.txnNumber !== undefined && command.autocommit === false;
    const alone = sent.filter((command) => writes.includes(command.name) && !inTransaction(command));
    const commits = sent.filter(({ name }) => name === 'commitTransaction');
    expect([alone.length > 0, commits.length > 0]).toEqual([true, true]);
    for (const { writeConcern } of [...alone, ...commits]) expect(writeConcern).toMatchObject(durable);
    const looks = sent.filter((command) => reads.includes(command.name) && !inTransaction(command));
    expect(looks.length).toBeGreaterThan(0);
    for (const { readConcern } of looks) expect(readConcern).toMatchObject({ level: 'majority' });
  });

  it('When a filter names what there is not, then it throws; when a value brings an operator, then it matches nothing', async () => {
    const { contacts } = connection.models;
    expect(await contacts.countDocuments({})).toBeGreaterThan(0);
    await expect(contacts.findOne({ nope: 1 } as never).lean()).rejects.toThrow(/nope/);
    for (const key of [{ $ne: null }, { $gt: '' }, { $regex: '.' }])
      expect(
        await contacts
          .findOne({ key } as never)
          .lean()
          .catch(() => null),
      ).toBeNull();
  });

  it('When forty messages come at once, then they are written together, and one that was there stops none', async () => {
    await say(store, 'known', { externalId: 'there' });
    sent.length = 0;
    const told = await Promise.all([
      say(store, 'known', { externalId: 'there' }),
      ...Array.from({ length: 39 }, (_, i) => say(store, `together${i}`, { externalId: `t${i}` })),
    ]);
    expect(told.map(({ kind }) => kind)).toEqual(['duplicate', ...Array.from({ length: 39 }, () => 'stored')]);
    const inserts = sent.filter(({ name, insert }) => name === 'insert' && insert === 'messages');
    expect(inserts.length).toBeGreaterThan(0);
    expect(inserts.length).toBeLessThan(20);
  });
});
