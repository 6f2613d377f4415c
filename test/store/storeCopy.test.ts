// A store copied to MongoDB and back: all of it, resumable, equal by counts and hashes, and fit to go on with.
import path from 'node:path';
import { type CopyEnd, copied } from '../../src/store/copy/copyPort.ts';
import { copyStore, sumsOf } from '../../src/store/copy/copyStore.ts';
import { openMongoEnd } from '../../src/store/mongo/copyEnd.ts';
import { wantedIndexes } from '../../src/store/mongo/models.ts';
import { openMongo } from '../../src/store/mongo/openMongo.ts';
import { openStore } from '../../src/store/openStore.ts';
import { openSqliteEnd } from '../../src/store/sqlite/copyEnd.ts';
import { describeMongo, type MongoServer, startMongoServer } from '../support/mongoServer.ts';
import { audit, change, note, outbound, say, words } from '../support/storeKit.ts';
import { tempDir, testKeys } from '../support/tempStore.ts';

const log = { info() {}, warn() {}, error() {} };
const quiet = () => {};

/** A little of everything. @returns keys of the files */
async function fill(dataDir: string): Promise<string> {
  const { store, files, close } = openStore({ dataDir, keys: testKeys });
  const saved = await files.save(Buffer.from('%PDF-1.7 berkas'));
  if (saved === 'refused') throw new Error('refused');
  const file = {
    id: 'f1',
    name: 'a.pdf',
    mime: saved.mime,
    size: saved.size,
    state: 'stored' as const,
    ref: null,
    key: saved.key,
  };
  for (let i = 0; i < 30; i++) {
    const asked = await say(
      store,
      `c${i}`,
      { text: `izin ${i}`, clientMessageId: `client${i}` },
      { name: `Ani ${i}`, phone: `+62812000${i}` },
    );
    await change(store, asked.conversation.id, {
      messages: [
        outbound({
          inReplyTo: asked.message.id,
          ruleId: 'answer',
          reason: { intent: null, score: 0, decision: 'ask', unsure: asked.message.id },
        }),
        note({ attachments: [file] }),
      ],
      cover: { ids: [asked.message.id], by: 'none' },
      patch: { state: 'queued', queuedAt: 5, tags: ['pbg'], timers: { idle: 9 }, dueAt: 9 },
      facts: [{ id: `f${i}`, kind: 'wait', at: i, value: 3 }],
      audit: [audit()],
      asked: { day: '2026-01-02', facts: ['alamat'] },
    });
    await store.messages.index([{ id: asked.message.id, version: 2, tokens: ['izin', `k${i}`] }]);
    await store.identities.give(asked.contact.id, [
      { channel: 'telegram', accountId: 'bot', kind: 'phone', value: `+62812000${i}` },
    ]);
    await store.identities.issueCode(asked.contact.id, `LK-${i}`, 90);
    const tried = { contactId: asked.contact.id, externalId: `m${i}`, day: '2026-11-25', maxTries: 5, now: 9, audit: audit() };
    await store.identities.redeemCode({ ...tried, code: i % 2 === 0 ? 'LK-none' : `LK-${i - 1}` });
    await store.contacts.index([{ id: asked.contact.id, version: 1, tokens: ['ani'] }]);
    if (i % 3 === 0) await store.knowledge.label({ messageId: asked.message.id, intent: 'nib', by: 'o1', at: i }, audit());
  }
  await store.officers.create(
    { id: 'o1', name: 'Rina', email: 'r@x.id', role: 'admin', passwordHash: 'h', teamIds: ['t1'], now: 7 },
    true,
  );
  await store.officers.putTeam({ id: 't1', name: 'PBG' });
  await store.officers.putSession('hash', { officerId: 'o1', createdAt: 1, lastSeenAt: 2, device: null });
  await store.settings.put('office', { a: 1 }, 0, audit());
  const invitation = {
    id: 'i1',
    email: 'b@x.id',
    role: 'officer' as const,
    teamIds: [],
    invitedBy: 'o1',
    createdAt: 1,
    expiresAt: 99,
  };
  await store.logins.invite(invitation, 'k1', audit());
  const status = { stage: 'verifikasi_berkas', turn: 'applicant', codeRaw: '1', textRaw: null, reason: null, since: 3 } as const;
  const report = {
    ...{
      system: 'GAMPIL' as const,
      number: 'REG-1',
      otherNumbers: ['RESI-1'],
      service: 'PBG',
      note: 'catatan',
      submittedAt: 1,
      fetchedAt: 5,
    },
    ...{ person: { name: 'Asep', phone: '+62811', nikTail: '1234' }, status },
  };
  await store.permits.put([{ id: 'p1', report: { ...report, otherNumbers: [...report.otherNumbers] } }], 'b1');
  await store.permits.put(
    [{ id: 'p2', report: { ...report, otherNumbers: [], fetchedAt: 6, status: { ...status, stage: 'terbit', since: 6 } } }],
    'b1',
  );
  await store.permits.putBatch(
    { id: 'b1', at: 1, by: 'o1', system: null, rows: 2, added: 1, changed: 1, refused: 0, state: 'done' },
    null,
  );
  const known = await store.contacts.find({ channel: 'telegram', accountId: 'bot', externalId: 'c1' });
  await store.permitWatches.watch({ id: 'w1', permitId: 'p1', contactId: known!.id, at: 8 });
  for (const [id, number] of Object.entries({ w2: 'GONE-2', w3: 'GONE-3' })) {
    await store.permits.put([{ id: number, report: { ...report, number, otherNumbers: [] } }], `only ${number}`);
    await store.permitWatches.watch({ id, permitId: number, contactId: known!.id, at: 8 });
    await store.permits.undo(`only ${number}`, 9);
  }
  await store.permitWatches.spend([{ key: 'x', limit: 3, until: 99 }], 1);
  await close();
  return saved.key;
}

it('When the collections are counted, then every one is copied but those of the moment', () => {
  const ofTheMoment = ['counters', 'leases', 'hints', 'sharedKnowledge'];
  expect([...copied, ...ofTheMoment].sort()).toEqual(
    wantedIndexes()
      .map(({ name }) => name)
      .sort(),
  );
});

describeMongo('store:copy', () => {
  let server: MongoServer;
  let folders: ReturnType<typeof tempDir>[] = [];
  beforeAll(async () => {
    server = await startMongoServer();
  });
  afterAll(() => server.stop());
  afterEach(() => {
    for (const folder of folders) folder.remove();
    folders = [];
  });
  const folder = () => {
    const made = tempDir();
    folders.push(made);
    return made.dir;
  };
  async function copy(from: CopyEnd, to: CopyEnd, source = 'x') {
    try {
      return await copyStore({ from, to, source, tell: quiet });
    } finally {
      await from.close();
      await to.close();
    }
  }

  it('When a store is copied to MongoDB and back, then both are equal to the first, and work goes on in both', async () => {
    const [first, second] = [folder(), folder()];
    const key = await fill(first);
    const uri = server.uri();
    const there = await copy(openSqliteEnd(first, testKeys), await openMongoEnd(uri, testKeys));
    expect(there).toMatchObject({
      contacts: { count: 30 },
      messages: { count: 90 },
      files: { count: 1 },
      permitEvents: { count: 2 },
    });
    expect(Object.entries(there).filter(([, { count }]) => count === 0)).toEqual([]);

    const node = await openMongo({ uri, keys: testKeys, nodeId: 'a', log });
    const { store } = node;
    expect(await store.contacts.findByPhone('+628120005')).toMatchObject([{ name: 'Ani 5' }]);
    expect((await store.messages.search(words(['k7']))).rows).toHaveLength(1);
    expect(await store.permits.find('RESI-1')).toMatchObject([
      { id: 'p1', person: { name: 'Asep' }, status: { stage: 'terbit' } },
    ]);
    expect(await store.permitWatches.due(null, 9)).toEqual([]);
    expect((await store.permitWatches.ended(null, 9)).map(({ number }) => number)).toEqual(['GONE-2', 'GONE-3']);
    const [other] = await store.contacts.findByPhone('+628120005');
    await store.permitWatches.watch({ id: 'w9', permitId: 'p1', contactId: other!.id, at: 9 });
    expect(await store.outbox.claim({ owner: 'n', channels: ['telegram'], now: 9e12, leaseUntil: 9e13, limit: 99 })).toHaveLength(
      30,
    );
    expect(Buffer.from((await node.files.read(key))!).toString()).toContain('berkas');
    await node.close();

    const claimed = await openMongoEnd(uri, testKeys);
    const sums = await sumsOf(claimed);
    expect(await copy(claimed, openSqliteEnd(second, testKeys))).toEqual(sums);
    const back = openStore({ dataDir: second, keys: testKeys });
    expect((await say(back.store, 'new')).conversation.number).toBe(1031);
    expect((await say(back.store, 'c3', { externalId: 'again' })).conversation.number).toBe(1004);
    expect(Buffer.from((await back.files.read(key))!).toString()).toContain('berkas');
    await back.close();
  });

  it('When it breaks off, then it goes on where it was; another source, a target with data or other keys are refused', async () => {
    const [first, other] = [folder(), folder()];
    await fill(first);
    const uri = server.uri();
    const to = await openMongoEnd(uri, testKeys);
    let writes = 0;
    const breaking = {
      ...to,
      write: async (...args: Parameters<CopyEnd['write']>) =>
        ++writes > 7 ? Promise.reject(new Error('cut')) : to.write(...args),
    };
    await expect(copy(openSqliteEnd(first, testKeys), breaking, 'first')).rejects.toThrow('cut');
    await expect(copy(openSqliteEnd(other, testKeys), await openMongoEnd(uri, testKeys), 'other')).rejects.toThrow(
      /holds data already/,
    );
    const told: string[] = [];
    const [from, again] = [openSqliteEnd(first, testKeys), await openMongoEnd(uri, testKeys)];
    const wanted = await sumsOf(from);
    expect(await copyStore({ from, to: again, source: 'first', tell: (line) => told.push(line) })).toEqual(wanted);
    expect(told.join('\n')).not.toMatch(/contacts: 30 of 30/);
    expect(told.join('\n')).toMatch(/messages: 90 of 90/);
    await from.close();
    await again.close();
    await expect(copy(openSqliteEnd(first, testKeys), await openMongoEnd(uri, testKeys), 'first')).rejects.toThrow(
      /holds data already/,
    );
    await expect(openMongoEnd(uri, [{ id: 'k1', key: Buffer.alloc(32) }])).rejects.toThrow(/same DATA_KEYS/);
  });

  it('When a document differs in the end, then the copy is refused', async () => {
    const first = folder();
    await fill(first);
    const to = await openMongoEnd(server.uri(), testKeys);
    const lying = {
      ...to,
      write: (name: Parameters<CopyEnd['write']>[0], docs: Parameters<CopyEnd['write']>[1]) =>
        to.write(name, name === 'facts' ? docs.map((doc) => ({ ...doc, value: 4 })) : docs),
    };
    await expect(copy(openSqliteEnd(path.resolve(first), testKeys), lying)).rejects.toThrow(
      /facts differ: 30 in the source, 30 in the target/,
    );
  });
});
