// `store:migrate`: the shape of a store made ahead of the start, by one or by many at once.
import { spawn } from 'node:child_process';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { createFieldCrypto } from '../../src/store/fieldCrypto.ts';
import { connect, type MongoConnection } from '../../src/store/mongo/connection.ts';
import { SHAPE } from '../../src/store/mongo/migrate.ts';
import { wantedIndexes } from '../../src/store/mongo/models.ts';
import { openMongo } from '../../src/store/mongo/openMongo.ts';
import { openStore } from '../../src/store/openStore.ts';
import { migrate, migrations } from '../../src/store/sqlite/migrations.ts';
import { describeMongo, type MongoServer, startMongoServer } from '../support/mongoServer.ts';
import { tempDir, testKeys } from '../support/tempStore.ts';

const root = path.join(import.meta.dirname, '..', '..');
const log = { info() {}, warn() {}, error() {} };

const run = (more: NodeJS.ProcessEnv) =>
  new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const env = { PATH: process.env.PATH, ...more };
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/storeMigrate.ts'], { cwd: root, env });
    let [out, err] = ['', ''];
    child.stdout.on('data', (data) => (out += String(data)));
    child.stderr.on('data', (data) => (err += String(data)));
    child.once('close', (code) => resolve({ code, out, err }));
  });

describe('store:migrate on SQLite', () => {
  let folder: ReturnType<typeof tempDir>;
  beforeEach(() => {
    folder = tempDir();
  });
  afterEach(() => folder.remove());
  const file = () => path.join(folder.dir, 'loket.db');
  const version = (set?: number) => {
    const db = new SqliteDatabase(file());
    if (set !== undefined) db.pragma(`user_version = ${set}`);
    const now = db.pragma('user_version', { simple: true });
    db.close();
    return now;
  };
  /** A database as the first release left it. */
  const makeOld = () => {
    const db = new SqliteDatabase(file());
    db.exec(migrations[0]!);
    db.close();
    version(1);
  };

  it('When several begin at once on an old database, then it is brought up to date once, and a second call has nothing to do', async () => {
    makeOld();
    const done = await Promise.all([1, 2, 3, 4].map(() => run({ DATA_DIR: folder.dir })));
    expect(version()).toBe(migrations.length);
    const kinds = done.map(({ code, out, err }) => {
      if (code === 1 && /^The data directory .* is already served by another Loket; stop that one first\.\n$/.test(err))
        return 'told';
      return code === 0 && err === '' ? out.replace(/^.*: /, '').trim() : `${code} ${out}${err}`;
    });
    expect(kinds.filter((kind) => kind === `from version 1 to ${migrations.length}.`)).toHaveLength(1);
    expect(kinds.filter((kind) => kind.startsWith('from') || kind === 'told' || kind.endsWith('nothing to do.'))).toHaveLength(4);
    expect(await run({ DATA_DIR: folder.dir })).toEqual({
      ...{ code: 0, err: '' },
      out: `SQLite in ${folder.dir}: version ${migrations.length} already; nothing to do.\n`,
    });
  });

  it('When two programs have seen the same old version, then each step is done once', () => {
    makeOld();
    const [early, late] = [new SqliteDatabase(file()), new SqliteDatabase(file())];
    let isFirst = true;
    const seesFirst = new Proxy(late, {
      get(target, name) {
        const member = Reflect.get(target, name, target) as unknown;
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          const result = Reflect.apply(member, target, args) as unknown;
          if (name === 'pragma' && isFirst) {
            isFirst = false;
            migrate(early);
          }
          return result;
        };
      },
    });
    expect(migrate(seesFirst)).toEqual({ from: 1, to: migrations.length });
    early.close();
    late.close();
    expect(version()).toBe(migrations.length);
  });

  it('When it cannot be done, then one sentence says why, and nothing is made', async () => {
    const none = await run({ DATA_DIR: path.join(folder.dir, 'wrong') });
    expect(none).toEqual({ code: 1, out: '', err: expect.stringMatching(/^There is no database in [^\n]*\n$/) });
    makeOld();
    version(99);
    const newer = await run({ DATA_DIR: folder.dir });
    expect(newer).toEqual({ code: 1, out: '', err: expect.stringMatching(/^The database has version 99, [^\n]*\n$/) });
    version(migrations.length);
  });

  it('When a server works on it, then it says so', async () => {
    const { close } = openStore({ dataDir: folder.dir, keys: testKeys });
    expect(await run({ DATA_DIR: folder.dir })).toEqual({ code: 1, out: '', err: expect.stringContaining('already served') });
    await close();
  });
});

describeMongo('store:migrate on MongoDB', () => {
  let server: MongoServer;
  beforeAll(async () => {
    server = await startMongoServer();
  });
  let raw: MongoConnection | null = null;
  afterAll(async () => {
    await raw?.close();
    await server.stop();
  });

  it('When several begin at once beside nodes that start, then every index is there, and a second call has nothing to do', async () => {
    const MONGODB_URI = server.uri();
    const none = tempDir();
    const nodes = ['a', 'b'].map((nodeId) => openMongo({ uri: MONGODB_URI, keys: testKeys, nodeId, log }));
    // Without DATA_KEYS: nothing is sealed, so that the keys of the nodes are the ones that count.
    const done = await Promise.all([1, 2, 3, 4].map(() => run({ MONGODB_URI, DATA_DIR: none.dir })));
    for (const one of done) expect(one).toEqual({ code: 0, err: '', out: expect.stringMatching(/^MongoDB: [^\n]*\n$/) });
    for (const node of await Promise.all(nodes)) await node.close();
    raw = await connect({ uri: MONGODB_URI, fields: createFieldCrypto(testKeys) });
    for (const { name, indexes } of wantedIndexes()) {
      const made = indexes.length === 0 ? [] : await raw.models[name].collection.indexes();
      const bare = made.map(({ key, unique }) => JSON.stringify([key, unique ?? false]));
      for (const { key, unique } of indexes) expect(bare).toContain(JSON.stringify([key, unique ?? false]));
    }
    expect(await run({ MONGODB_URI })).toEqual({
      ...{ code: 0, err: '' },
      out: `MongoDB: shape ${SHAPE} with every index already; nothing to do.\n`,
    });
    // One that died in the midst of it: all is there, and nothing says so.
    for (const _id of ['shape', 'indexes']) await raw.models.counters.deleteOne({ _id });
    expect((await run({ MONGODB_URI })).code).toBe(0);
    await raw.models.counters.updateOne({ _id: 'shape' }, { $set: { value: 99 } });
    expect(await run({ MONGODB_URI })).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/^The database has shape 99, [^\n]*\n$/),
    });
    await raw.connection.dropDatabase();
    none.remove();
  });

  it('When an empty database is migrated before any node, then it says so, and a node with keys of its own starts on it', async () => {
    const MONGODB_URI = server.uri();
    expect((await run({ MONGODB_URI })).out).toBe(`MongoDB: was empty; now shape ${SHAPE}, with every collection and index.\n`);
    const node = await openMongo({ uri: MONGODB_URI, keys: testKeys, nodeId: 'a', log });
    await node.close();
  });

  it('When no server answers, then one sentence says so', async () => {
    const gone = await run({ MONGODB_URI: 'mongodb://127.0.0.1:1/loket' });
    expect(gone).toEqual({ code: 1, out: '', err: expect.stringMatching(/^MongoDB does not answer[^\n]*\n$/) });
  });
});
