// kill -9 in the middle of an import: what stands is whole lots; the same file again completes it, nothing is doubled, and all can be taken back.
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { loadDataKeys } from '../../src/store/dataKeys.ts';
import { openStore } from '../../src/store/openStore.ts';
import { tempDir } from '../support/tempStore.ts';
import { until } from '../support/until.ts';

const root = path.join(import.meta.dirname, '..', '..');
const ROWS = 8000;
const command = ['--import', 'tsx', 'scripts/permitsImport.ts'];

describe('kill -9 during an import', () => {
  let folder: ReturnType<typeof tempDir>;
  let db: Database.Database;
  let file: string;

  beforeEach(async () => {
    folder = tempDir();
    file = path.join(folder.dir, 'export.csv');
    const rows = Array.from({ length: ROWS }, (_, n) => `PBG-327312-01082023-${String(n % 1000).padStart(3, '0')},3,Warga ${n}`);
    // A number has at most three last digits, so the district counts the thousands.
    const lines = rows.map((row, n) => row.replace('327312', String(327312 + Math.floor(n / 1000))));
    writeFileSync(file, ['no registrasi,status,nama', ...lines].join('\n'));
    writeFileSync(
      path.join(folder.dir, 'map.yaml'),
      'system: SIMBG\ncodes: simbg\ncolumns: { number: no registrasi, statusCode: status, name: nama }\n',
    );
    const { close } = openStore({ dataDir: folder.dir, keys: loadDataKeys({ dataDir: folder.dir, env: {} }), role: 'tool' });
    await close();
    db = new Database(path.join(folder.dir, 'loket.db'), { readonly: true });
  });
  afterEach(() => {
    db.close();
    folder.remove();
  });

  const env = () => ({ PATH: process.env.PATH, DATA_DIR: folder.dir });
  const count = (table: string): number => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [...command, ...args], { cwd: root, encoding: 'utf8', env: env() });
  const map = () => ['--map', path.join(folder.dir, 'map.yaml')];

  async function killed(): Promise<number> {
    const child = spawn(process.execPath, [...command, file, ...map()], { cwd: root, env: env(), stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
    await until('some lots are in', () => count('permits') > 200);
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    return count('permits');
  }

  it('When it is killed and run again, then every row is there once, and both parts can be taken back', async () => {
    const before = await killed();
    expect([before > 200, before < ROWS, before % 50]).toEqual([true, true, 0]);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(count('permit_events')).toBe(before);
    const again = run(file, ...map());
    expect([again.status, again.stderr]).toEqual([0, '']);
    expect(JSON.parse(again.stdout)).toMatchObject({ rows: ROWS, added: ROWS - before, refused: 0 });
    expect([count('permits'), count('permit_events')]).toEqual([ROWS, ROWS]);
    const batches = db.prepare('SELECT id FROM permit_batches ORDER BY n DESC').pluck().all() as string[];
    expect(batches).toHaveLength(2);
    for (const batch of batches) expect(run('--undo', batch).status).toBe(0);
    expect([count('permits'), count('permit_events'), count('permit_numbers')]).toEqual([0, 0, 0]);
  });

  it('When it is killed and taken back at once, then nothing of it is left', async () => {
    const before = await killed();
    const batch = db.prepare('SELECT id FROM permit_batches').pluck().get() as string;
    expect(run('--undo', batch).stdout).toContain(`${before} entries taken back`);
    expect([count('permits'), count('permit_events'), count('permit_numbers')]).toEqual([0, 0, 0]);
  });
});
