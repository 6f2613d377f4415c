// The commands on MongoDB: the same store as the nodes, named by MONGODB_URI.
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describeMongo, type MongoServer, startMongoServer } from '../support/mongoServer.ts';
import { tempDir, testKeys } from '../support/tempStore.ts';

const root = path.join(import.meta.dirname, '..', '..');

describeMongo('commands on MongoDB', () => {
  const { dir, remove } = tempDir();
  let server: MongoServer;
  let env: NodeJS.ProcessEnv = {};
  beforeAll(async () => {
    server = await startMongoServer();
    const DATA_KEYS = `k1:${testKeys[0]!.key.toString('base64')}`;
    env = { PATH: process.env.PATH, DATA_DIR: path.join(dir, 'none'), DATA_KEYS, MONGODB_URI: server.uri() };
  });
  afterAll(async () => {
    await server.stop();
    remove();
  });

  const run = (script: string, args: string[], more: NodeJS.ProcessEnv = {}) =>
    new Promise<{ code: number | null; text: string }>((resolve) => {
      const command = ['--import', 'tsx', `scripts/${script}.ts`, ...args];
      const child = spawn(process.execPath, command, { cwd: root, env: { ...env, ...more } });
      let text = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += String(data)));
      child.once('close', (code) => resolve({ code, text }));
    });

  it('When the story is told, then passwords are reset and permits imported and looked up there; other keys are refused', async () => {
    const file = path.join(dir, 'ekspor.csv');
    writeFileSync(file, 'nomor,status,layanan\nPBG-327301-01012025-01,Terbit,PBG\n');
    expect(await run('seed', [])).toEqual({ code: 0, text: expect.stringContaining('12 conversations') });
    const email = /(\S+@\S+) \(admin\)/.exec((await run('seed', ['--force'])).text)?.[1] ?? '';
    const [again, reset, imported, others] = await Promise.all([
      run('seed', []),
      run('resetPassword', ['--email', email]),
      run('permitsImport', [file]),
      run('permitsStatus', ['X', '--as', email], { DATA_KEYS: `k1:${Buffer.alloc(32, 9).toString('base64')}` }),
    ]);
    expect(again).toEqual({ code: 1, text: expect.stringContaining('is not empty') });
    expect(reset).toEqual({ code: 0, text: expect.stringContaining('New password') });
    expect(imported).toEqual({ code: 0, text: expect.stringContaining('"added":1') });
    expect(others).toEqual({ code: 1, text: expect.stringContaining('other keys') });
    const known = await run('permitsStatus', ['PBG-327301-01012025-01', '--as', email]);
    expect(known).toEqual({ code: 0, text: expect.stringContaining('PBG') });
    expect(known.text).not.toContain('No file');
  });

  it('When it is backed up and restored into an empty database, then that holds the same; into one with data nothing is put', async () => {
    const folder = path.join(dir, 'backup');
    expect(await run('backup', ['--to', folder], { DATA_KEYS: '' })).toEqual({
      code: 1,
      text: 'Set DATA_KEYS as the nodes have it: the copy is checked with it.\n',
    });
    const copy = ['--from', String(env.MONGODB_URI), '--to', `sqlite:${path.join(dir, 'copy')}`];
    expect(await run('storeCopy', copy, { DATA_KEYS: '' })).toEqual({ code: 1, text: expect.stringContaining('Set DATA_KEYS') });
    expect(existsSync(path.join(dir, 'copy'))).toBe(false);
    expect(await run('storeCopy', copy)).toEqual({ code: 0, text: expect.stringContaining('Copied, and equal') });
    const made = await run('backup', ['--to', folder]);
    expect(made).toEqual({ code: 0, text: expect.stringContaining('equal by counts and hashes') });
    expect(made.text).toMatch(/conversations: \d\d equal/);
    expect(existsSync(path.join(folder, 'keys'))).toBe(false);
    const other = server.uri();
    const back = await run('restore', ['--from', folder], { MONGODB_URI: other });
    expect(back).toEqual({ code: 0, text: expect.stringContaining('equal by counts and hashes') });
    const sums = (text: string) => text.match(/sha256 \w+/g);
    expect(sums(back.text)).toEqual(sums(made.text));
    expect(await run('restore', ['--from', folder])).toEqual({ code: 1, text: expect.stringContaining('holds data already') });
  });
});
