// Example data: it never goes among real data, and it is the story it says it is.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { loadDataKeys } from '../../src/store/dataKeys.ts';
import { openStore } from '../../src/store/openStore.ts';
import { words } from '../support/storeKit.ts';
import { tempDir } from '../support/tempStore.ts';

const root = path.join(__dirname, '..', '..');
const run = (dataDir: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/seed.ts', ...args], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, NODE_OPTIONS: '' },
  }).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: { code: number; stderr: string }) => ({ code: error.code, text: error.stderr }),
  );

describe('npm run seed', () => {
  it('When the folder is empty, then the story is there, findable; when it is not, then nothing is written without --force', async () => {
    const { dir, remove } = tempDir();
    const dataDir = path.join(dir, 'data');
    try {
      const first = await run(dataDir);
      expect(first).toEqual({ code: 0, text: expect.stringContaining('12 conversations') });
      const again = await run(dataDir);
      expect(again).toEqual({ code: 1, text: expect.stringContaining('is not empty') });
      expect((await run(dataDir, '--many', '30', '--force')).code).toBe(0);

      const { store, close } = openStore({ dataDir, keys: loadDataKeys({ dataDir, env: {} }), role: 'tool' });
      const list = (view: 'queue' | 'all' | 'closed') =>
        store.conversations.list({ view, officerId: '', teamIds: null, cursor: null, limit: 100 });
      const story = [...(await list('all')).rows, ...(await list('closed')).rows].filter(
        (row) => !row.id.startsWith('c_contoh_'),
      );
      expect(story).toHaveLength(12);
      expect(new Set(story.map((row) => row.state))).toEqual(new Set(['bot', 'queued', 'officer', 'closed']));
      expect((await store.outbox.depth()).failed).toBeGreaterThan(0);
      const found = await store.messages.search(words([], { prefix: 'rekl', limit: 50 }));
      expect(found.rows.some(({ row }) => row.contactName === 'Lilis Suryani')).toBe(true);
      expect((await store.contacts.search(['asep', 'hid'], null, 5)).map(({ name }) => name)).toContain('Asep Hidayat');
      await close();
    } finally {
      remove();
    }
  });
});
