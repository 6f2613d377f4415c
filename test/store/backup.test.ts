// Backup beside a writing server, and restore: what comes back is what was there, or nothing moves.
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openStore } from '../../src/store/openStore.ts';
import { backUp } from '../../src/store/sqlite/backup.ts';
import { restore } from '../../src/store/sqlite/restore.ts';
import { say } from '../support/storeKit.ts';
import { openTempStore, tempDir, testKeys } from '../support/tempStore.ts';

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(50, 7)]);

describe('backup and restore', () => {
  let folder: ReturnType<typeof tempDir>;
  let server: ReturnType<typeof openTempStore>;
  const to = () => path.join(folder.dir, 'backup');
  const target = () => path.join(folder.dir, 'restored');
  beforeEach(() => {
    folder = tempDir();
    server = openTempStore();
  });
  afterEach(async () => {
    await server.close();
    folder.remove();
  });

  it('When a backup is made while messages arrive, then it is sound and holds every message acknowledged before', async () => {
    let isWriting = true;
    let acknowledged = 0;
    const writer = (async () => {
      while (isWriting) {
        await say(server.store, `c${acknowledged % 50}`, { text: 'x'.repeat(500) }, { name: 'Ani' });
        acknowledged += 1;
      }
    })();
    while (acknowledged < 200) await new Promise((resolve) => setImmediate(resolve));
    const saved = await server.files.save(png);
    if (saved === 'refused') throw new Error('refused');
    const before = acknowledged;
    const manifest = await backUp({ dataDir: server.dir, to: to(), now: 5 });
    isWriting = false;
    await writer;

    expect(manifest.counts.messages).toBeGreaterThanOrEqual(before);
    expect(readdirSync(to()).sort()).toEqual(['files', 'loket.db', 'manifest.json']);
    await restore({ from: to(), dataDir: target(), force: false, now: 6 });
    const restored = openStore({ dataDir: target(), keys: testKeys });
    expect(
      (await restored.store.conversations.list({ view: 'all', officerId: '', teamIds: null, cursor: null, limit: 100 })).rows,
    ).toHaveLength(50);
    expect(await restored.files.read(saved.key)).toEqual(png);
    expect((await say(restored.store, 'c0', {}, { name: null as never })).contact.name).toBe('Ani');
    await restored.close();
  });

  it('When the server is stopped, then a backup is made all the same, and the keys are not in it', async () => {
    await say(server.store, 'ani');
    writeFileSync(path.join(server.dir, 'keys'), 'k1:secret');
    const { dir } = server;
    await server.store.close();
    expect((await backUp({ dataDir: dir, to: to(), now: 5 })).counts).toEqual({ contacts: 1, conversations: 1, messages: 1 });
    expect(existsSync(path.join(to(), 'keys'))).toBe(false);
  });

  it('When the target exists or there is no database, then nothing is written', async () => {
    await expect(backUp({ dataDir: server.dir, to: folder.dir, now: 5 })).rejects.toMatchObject({ code: 'conflict' });
    await expect(backUp({ dataDir: folder.dir, to: to(), now: 5 })).rejects.toMatchObject({ code: 'not-found' });
    expect(readdirSync(folder.dir)).toEqual([]);
  });

  it('When a file of the backup was changed, then the restore refuses and the directory stays empty', async () => {
    await server.files.save(png);
    await backUp({ dataDir: server.dir, to: to(), now: 5 });
    appendFileSync(path.join(to(), 'loket.db'), 'x');
    await expect(restore({ from: to(), dataDir: target(), force: true, now: 6 })).rejects.toMatchObject({ code: 'invalid' });
    expect(existsSync(target())).toBe(false);
  });

  it('When the manifest points outside or is no manifest, then the restore refuses', async () => {
    await backUp({ dataDir: server.dir, to: to(), now: 5 });
    const file = path.join(to(), 'manifest.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...manifest, files: [...manifest.files, { ...manifest.files[0], path: '../evil' }] }));
    await expect(restore({ from: to(), dataDir: target(), force: false, now: 6 })).rejects.toMatchObject({ code: 'invalid' });
    writeFileSync(file, '{');
    await expect(restore({ from: to(), dataDir: target(), force: false, now: 6 })).rejects.toMatchObject({ code: 'invalid' });
    await expect(restore({ from: folder.dir, dataDir: target(), force: false, now: 6 })).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('When the directory is served, then the restore refuses, even with force', async () => {
    await backUp({ dataDir: server.dir, to: to(), now: 5 });
    await expect(restore({ from: to(), dataDir: server.dir, force: true, now: 6 })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('When the directory has content, then force puts it aside; keys stay where they are', async () => {
    const { message } = await say(server.store, 'ani');
    await backUp({ dataDir: server.dir, to: to(), now: 5 });
    const other = openStore({ dataDir: target(), keys: testKeys });
    await say(other.store, 'budi');
    await other.close();
    writeFileSync(path.join(target(), 'keys'), 'k');
    await expect(restore({ from: to(), dataDir: target(), force: false, now: 6 })).rejects.toMatchObject({ code: 'conflict' });
    const { aside } = await restore({ from: to(), dataDir: target(), force: true, now: 6 });
    expect(readdirSync(aside!)).toContain('loket.db');
    expect(readdirSync(target()).sort()).toEqual(['before-restore-6', 'keys', 'lock', 'loket.db']);
    const restored = openStore({ dataDir: target(), keys: testKeys });
    expect(await restored.store.messages.get(message.id)).toEqual(message);
    await restored.close();
  });
});
