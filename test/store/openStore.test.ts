// The data directory: durability, encryption at rest, erasure, versions, the lock, the keys.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { deriveKey, loadDataKeys } from '../../src/store/dataKeys.ts';
import { createFieldCrypto } from '../../src/store/fieldCrypto.ts';
import { openStore } from '../../src/store/openStore.ts';
import { openConnection } from '../../src/store/sqlite/connection.ts';
import { lockDataDir } from '../../src/store/sqlite/dataDirLock.ts';
import { migrations } from '../../src/store/sqlite/migrations.ts';
import { audit, say } from '../support/storeKit.ts';
import { openTempStore, tempDir, testKeys } from '../support/tempStore.ts';

/** Whether any file of the folder holds the text. */
const holds = (dir: string, text: string) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => readFileSync(path.join(entry.parentPath, entry.name)).includes(text));

describe('the data directory', () => {
  let folder: ReturnType<typeof tempDir>;
  beforeEach(() => {
    folder = tempDir();
  });
  afterEach(() => folder.remove());

  it('When the database is opened, then every commit is synced and what is deleted is overwritten', async () => {
    const { db, close } = openConnection({ file: path.join(folder.dir, 'x.db'), fields: createFieldCrypto(testKeys) });
    const pragma = (name: string) => db.pragma(name, { simple: true });
    expect(['synchronous', 'journal_mode', 'secure_delete', 'foreign_keys', 'user_version'].map(pragma)).toEqual([
      2,
      'wal',
      1,
      1,
      migrations.length,
    ]);
    await close();
  });

  it('When a name and a phone are stored, then no file holds them in clear, while messages can still be found by phone', async () => {
    const { store, dir, close } = openTempStore();
    await say(
      store,
      'ani',
      { author: { kind: 'contact', id: null, name: 'Nyai Planted Marker' } },
      { name: 'Nyai Planted Marker', phone: '+6281298765432' },
    );
    expect(holds(dir, 'halo')).toBe(true);
    expect(holds(dir, 'Planted Marker')).toBe(false);
    expect(holds(dir, '81298765432')).toBe(false);
    expect(await store.contacts.findByPhone('+6281298765432')).toMatchObject([{ name: 'Nyai Planted Marker' }]);
    await close();
  });

  it('When a contact is erased, then no file holds their words any more', async () => {
    const { store, dir, close } = openTempStore();
    const { contact, message } = await say(store, 'ani', { text: 'planted secret words' });
    await say(store, 'budi', { text: 'stays here' });
    await store.messages.index([{ id: message.id, version: 1, tokens: ['planted'] }]);
    expect(holds(dir, 'planted')).toBe(true);
    await store.contacts.erase(contact.id, audit());
    expect(holds(dir, 'planted')).toBe(false);
    expect(holds(dir, 'stays here')).toBe(true);
    await close();
  });

  it('When it is opened again, then everything is there', async () => {
    const first = openStore({ dataDir: folder.dir, keys: testKeys });
    const said = await say(first.store, 'ani', {}, { name: 'Ani' });
    await first.close();
    const second = openStore({ dataDir: folder.dir, keys: testKeys });
    expect(await second.store.conversations.get(said.conversation.id)).toEqual({
      conversation: said.conversation,
      contact: said.contact,
    });
    await second.close();
  });

  it('When the database is newer than the program, then it is refused with one sentence and left as it is', () => {
    const db = new SqliteDatabase(path.join(folder.dir, 'loket.db'));
    db.pragma('user_version = 99');
    db.close();
    expect(() => openStore({ dataDir: folder.dir, keys: testKeys })).toThrow(
      /version 99, this program knows \d+: start the newer Loket/,
    );
    lockDataDir(folder.dir)();
  });

  it('When the database is not one, then it is refused with one sentence', () => {
    writeFileSync(path.join(folder.dir, 'loket.db'), 'this is no database, only text'.repeat(100));
    expect(() => openStore({ dataDir: folder.dir, keys: testKeys })).toThrow(/cannot be opened/);
  });

  it('When the directory is served already, then a second server is refused and a tool is not', async () => {
    const server = openStore({ dataDir: folder.dir, keys: testKeys });
    expect(() => openStore({ dataDir: folder.dir, keys: testKeys })).toThrow(/already served by another Loket/);
    const tool = openStore({ dataDir: folder.dir, keys: testKeys, role: 'tool' });
    await tool.store.ping();
    await tool.close();
    await server.close();
    await openStore({ dataDir: folder.dir, keys: testKeys }).close();
  });

  it('When another process holds the lock, then it is refused; when that is killed with -9, then it is free', async () => {
    const script = `const D = require('better-sqlite3'); const db = new D(process.argv[1]); db.exec('BEGIN EXCLUSIVE'); console.log('held'); setInterval(() => {}, 1000);`;
    const root = path.join(import.meta.dirname, '../..');
    const child = spawn(process.execPath, ['-e', script, path.join(folder.dir, 'lock')], { cwd: root });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    expect(() => lockDataDir(folder.dir)).toThrow(/already served/);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    lockDataDir(folder.dir)();
  });

  it('When the directory cannot be made, then the error says so in one sentence', () => {
    writeFileSync(path.join(folder.dir, 'file'), '');
    const dataDir = path.join(folder.dir, 'file', 'data');
    for (const attempt of [() => openStore({ dataDir, keys: testKeys }), () => loadDataKeys({ dataDir, env: {} })])
      expect(attempt).toThrow(/data directory .* cannot be written/);
  });

  (existsSync('/proc/self') ? it : it.skip)(
    'When the folder above takes no folders at all, then it says so and does not hang',
    () => {
      expect(() => openStore({ dataDir: '/proc/nope/data', keys: testKeys })).toThrow(/data directory .* cannot be written/);
    },
  );
});

describe('data keys', () => {
  let folder: ReturnType<typeof tempDir>;
  beforeEach(() => {
    folder = tempDir();
  });
  afterEach(() => folder.remove());
  const base64 = (byte: number) => Buffer.alloc(32, byte).toString('base64');

  it('When there are none, then one is made once, readable by the owner alone', () => {
    const dataDir = path.join(folder.dir, 'data');
    const made = loadDataKeys({ dataDir, env: {} });
    expect(made).toMatchObject([{ id: 'k1', key: { length: 32 } }]);
    expect(statSync(path.join(dataDir, 'keys')).mode & 0o777).toBe(0o600);
    expect(loadDataKeys({ dataDir, env: {} })).toEqual(made);
    expect(readdirSync(dataDir)).toEqual(['keys']);
  });

  it('When DATA_KEYS is set, then it is used and no file is made', () => {
    const keys = loadDataKeys({ dataDir: folder.dir, env: { DATA_KEYS: `new:${base64(2)}, old:${base64(1)}` } });
    expect(keys.map(({ id, key }) => [id, key[0]])).toEqual([
      ['new', 2],
      ['old', 1],
    ]);
    expect(existsSync(path.join(folder.dir, 'keys'))).toBe(false);
  });

  it.each(['k1', 'k1:short', `k1:${base64(1)},k1:${base64(2)}`, `k1:${Buffer.alloc(31).toString('base64')}`])(
    'When DATA_KEYS is %s, then it is refused without quoting it',
    (DATA_KEYS) => {
      expect(() => loadDataKeys({ dataDir: folder.dir, env: { DATA_KEYS } })).toThrow(/^DATA_KEYS (must be|has an id twice)/);
    },
  );

  it('When keys are derived, then each purpose has its own', () => {
    const keys = [{ id: 'a', key: Buffer.alloc(32, 1) }];
    expect(deriveKey(keys, 'widget-tokens')).toHaveLength(32);
    expect(deriveKey(keys, 'widget-tokens')).toEqual(deriveKey(keys, 'widget-tokens'));
    expect(deriveKey(keys, 'widget-tokens')).not.toEqual(deriveKey(keys, 'fields'));
    expect(() => deriveKey([], 'fields')).toThrow();
  });
});

describe('field encryption', () => {
  const [old, next] = [
    { id: 'old', key: Buffer.alloc(32, 1) },
    { id: 'new', key: Buffer.alloc(32, 2) },
  ];

  it('When a field is encrypted twice, then the two differ and both open', () => {
    const fields = createFieldCrypto([old]);
    const [one, two] = [fields.encrypt('Sítí 😀'), fields.encrypt('Sítí 😀')];
    expect(one).toMatch(/^old:/);
    expect(one).not.toBe(two);
    expect([fields.decrypt(one), fields.decrypt(two), fields.decrypt(null), fields.encrypt(null)]).toEqual([
      'Sítí 😀',
      'Sítí 😀',
      null,
      null,
    ]);
  });

  it('When a new key is put first, then old fields open, new ones bear its id, and both are found by phone', () => {
    const before = createFieldCrypto([old]);
    const after = createFieldCrypto([next, old]);
    expect(after.decrypt(before.encrypt('a'))).toBe('a');
    expect(after.encrypt('a')).toMatch(/^new:/);
    expect(after.blindIndexes('+62')).toContain(before.blindIndexes('+62')[0]);
    expect(after.blindIndexes('+62')[0]).not.toBe(before.blindIndexes('+62')[0]);
  });

  it('When a field was changed, or its key is missing or another, then it does not open', () => {
    const fields = createFieldCrypto([old]);
    const sealed = fields.encrypt('rahasia');
    const flipped = `${sealed.slice(0, -2)}${sealed.at(-2) === 'A' ? 'B' : 'A'}${sealed.at(-1)}`;
    expect(() => fields.decrypt(flipped)).toThrow(/does not fit/);
    expect(() => createFieldCrypto([next]).decrypt(sealed)).toThrow(/"old" is missing/);
    expect(() => createFieldCrypto([{ id: 'old', key: next.key }]).decrypt(sealed)).toThrow(/does not fit/);
    expect(() => createFieldCrypto([])).toThrow();
  });
});
