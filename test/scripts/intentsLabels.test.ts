// Labels on the real store, exported beside a server that has it open, and read by the evaluation.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadDataKeys } from '../../src/store/dataKeys.ts';
import { createFieldCrypto } from '../../src/store/fieldCrypto.ts';
import { createMongoStore } from '../../src/store/mongo/mongoStore.ts';
import { openStore } from '../../src/store/openStore.ts';
import { describeMongo, startMongoServer } from '../support/mongoServer.ts';
import { audit, say } from '../support/storeKit.ts';

const root = path.join(import.meta.dirname, '..', '..');
const runIn = (more: Record<string, string>, script: string, dataDir: string, ...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, ...more },
    encoding: 'utf8',
  });
const run = (script: string, dataDir: string, ...args: string[]) => runIn({}, script, dataDir, ...args);

describe('intents:labels', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'loket-labels-'));
  const out = path.join(dataDir, 'labels.jsonl');
  const labels = (...args: string[]) => run('scripts/intentsLabels.ts', dataDir, ...args);
  const rows = () =>
    readFileSync(out, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as object);
  afterAll(() => rmSync(dataDir, { recursive: true }));

  it('When officers labelled messages, then each is a row for nlu:eval, masked and once, since a day', async () => {
    const { store, close } = openStore({ dataDir, keys: loadDataKeys({ dataDir, env: {} }) });
    const label = async (text: string, intent: string | null, day: string) => {
      const { message } = await say(store, 'ani', { text });
      await store.knowledge.label({ messageId: message.id, intent, by: 'o1', at: Date.parse(`${day}T05:00:00Z`) }, audit());
    };
    await label('izin usaha warung gimana', 'oss.nib-cara', '2026-11-01');
    await label('izin usaha  warung gimana', 'oss.nib-cara', '2026-11-02');
    await label('wa saya 081234567890,\nparkir di mana', null, '2026-11-03');
    const done = labels('--out', out);
    expect([done.status, done.stderr, done.stdout]).toEqual([0, '', expect.stringContaining('2 rows')]);
    expect(rows()).toEqual([
      { text: 'izin usaha warung gimana', intent: 'oss.nib-cara' },
      { text: 'wa saya ************, parkir di mana', intent: null },
    ]);
    const judged = run('scripts/nluEval.ts', dataDir, '--train', out, '--test', out, '--json');
    expect([judged.status, judged.stderr]).toEqual([0, '']);
    labels('--out', out, '--since', '2026-11-03');
    expect(rows()).toHaveLength(1);
    await close();
  });

  it('When the folder is wrong, no file is named or the day is none, then it says so and makes nothing', () => {
    const none = run('scripts/intentsLabels.ts', path.join(dataDir, 'none'), '--out', path.join(dataDir, 'x.jsonl'));
    expect([none.status, none.stderr]).toEqual([1, expect.stringContaining('There is no database')]);
    for (const args of [[], ['--out', out, '--since', 'kemarin']]) expect(labels(...args).stderr).toContain('Usage:');
  });
});

describeMongo('intents:labels on MongoDB', () => {
  it('When the data is kept there, then the labels are read from there', async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'loket-labels-'));
    const server = await startMongoServer();
    const uri = server.uri();
    const { store } = await createMongoStore({ uri, fields: createFieldCrypto(loadDataKeys({ dataDir, env: {} })) });
    const { message } = await say(store, 'ani', { text: 'izin usaha warung gimana' });
    await store.knowledge.label({ messageId: message.id, intent: 'oss.nib-cara', by: 'o1', at: 1 }, audit());
    const out = path.join(dataDir, 'labels.jsonl');
    const done = runIn({ MONGODB_URI: uri }, 'scripts/intentsLabels.ts', dataDir, '--out', out);
    expect([done.status, done.stderr]).toEqual([0, '']);
    expect(readFileSync(out, 'utf8')).toBe('{"text":"izin usaha warung gimana","intent":"oss.nib-cara"}\n');
    await store.close();
    await server.stop();
    rmSync(dataDir, { recursive: true });
  });
});
