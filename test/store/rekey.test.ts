// Both stores change their data key: SQLite in its file, MongoDB beside its nodes.
import { spawn } from 'node:child_process';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { DataKey } from '../../src/store/dataKeys.ts';
import { createFieldCrypto } from '../../src/store/fieldCrypto.ts';
import { createMongoStore } from '../../src/store/mongo/mongoStore.ts';
import { openMongo } from '../../src/store/mongo/openMongo.ts';
import { openMongoRekey } from '../../src/store/mongo/rekey.ts';
import { openStore } from '../../src/store/openStore.ts';
import { openSqliteRekey } from '../../src/store/sqlite/rekey.ts';
import { describeRekey, fresh, old } from '../contract/storeRekey.ts';
import { describeMongo, type MongoServer, startMongoServer } from '../support/mongoServer.ts';
import { tempDir } from '../support/tempStore.ts';

const root = path.join(import.meta.dirname, '..', '..');
const log = { info() {}, warn() {}, error() {} };

function command(keys: DataKey[], more: NodeJS.ProcessEnv): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const DATA_KEYS = keys.map(({ id, key }) => `${id}:${key.toString('base64')}`).join();
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, DATA_KEYS, ...more };
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/keysRotate.ts'], { cwd: root, env });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (data) => (said.stdout += String(data)));
    child.stderr.on('data', (data) => (said.stderr += String(data)));
    child.once('close', (code) => resolve({ code, ...said }));
  });
}

describeRekey('SQLite', async () => {
  const { dir, remove } = tempDir();
  return {
    open: async (keys) => openStore({ dataDir: dir, keys }),
    rekey: (keys) => openSqliteRekey(dir, keys),
    async keyIds() {
      const db = new Database(path.join(dir, 'loket.db'), { readonly: true });
      const ids = db
        .prepare(
          `SELECT DISTINCT substr(v, 1, instr(v, ':') - 1) FROM (
             SELECT name AS v FROM contacts UNION ALL SELECT phone FROM contacts UNION ALL SELECT sealed FROM permits
             UNION ALL SELECT sealed FROM permit_events UNION ALL SELECT note FROM permit_events) WHERE v IS NOT NULL`,
        )
        .pluck()
        .all() as string[];
      db.close();
      return ids.sort();
    },
    command: (keys) => command(keys, { DATA_DIR: dir }),
    remove: async () => remove(),
  };
});

describeMongo('with a MongoDB-wire server', () => {
  let server: MongoServer;
  beforeAll(async () => {
    server = await startMongoServer();
  });
  afterAll(() => server.stop());

  describeRekey('MongoDB', async () => {
    const { dir, remove } = tempDir();
    const uri = server.uri();
    return {
      open: (keys) => openMongo({ uri, keys, nodeId: 'a', log }),
      rekey: (keys) => openMongoRekey(uri, keys),
      async keyIds() {
        const { store, connection } = await createMongoStore({ uri, fields: createFieldCrypto([fresh, old]) });
        const { contacts, permits, permitEvents, settings } = connection.models;
        const docs = await Promise.all([contacts, permits, permitEvents].map((model) => model.collection.find({}).toArray()));
        const words = (await settings.find({ _id: 'key-check' }).lean()).map(({ value }) => JSON.parse(value) as string);
        const sealed = docs.flat().flatMap(({ name, phone, sealed, note }) => [name, phone, sealed, note]);
        await store.close();
        return [...new Set([...words, ...sealed].filter(Boolean).map((field) => String(field).split(':')[0]!))].sort();
      },
      command: (keys) => command(keys, { DATA_DIR: path.join(dir, 'none'), MONGODB_URI: uri }),
      remove: async () => remove(),
    };
  });
});
