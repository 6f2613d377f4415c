// `permits:status` beside a running server: an officer's name is wanted, and the look is on record under it.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { openStore } from '../../src/store/openStore.ts';
import { report } from '../support/permitKit.ts';
import { tempDir, testKeys } from '../support/tempStore.ts';

const root = path.join(import.meta.dirname, '..', '..');

it('When a file is looked up by the command, then nothing of its person is shown, and the look is in the trail under that officer', async () => {
  const { dir, remove } = tempDir();
  // As the server has it open.
  const { store, close } = openStore({ dataDir: dir, keys: testKeys });
  const officer = { id: 'o1', name: 'Rina', email: 'rina@kantor.test', role: 'officer' as const };
  await store.officers.create({ ...officer, passwordHash: 'x', teamIds: [], now: 1 }, false);
  await store.permits.put([{ id: 'f', report: report() }], null);
  const run = (...args: string[]) => {
    const env = { PATH: process.env.PATH, DATA_DIR: dir, DATA_KEYS: `${testKeys[0]!.id}:${testKeys[0]!.key.toString('base64')}` };
    const command = ['--import', 'tsx', 'scripts/permitsStatus.ts', ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, env, encoding: 'utf8' });
    return { status, text: stdout + stderr };
  };
  expect(run(report().number)).toEqual({ status: 1, text: expect.stringContaining('--as EMAIL') });
  expect(run(report().number, '--as', 'siapa@kantor.test').status).toBe(1);
  const seen = run('pbg 327312 01082023 01', '--as', 'Rina@kantor.test');
  expect(seen).toEqual({ status: 0, text: expect.stringContaining('verifikasi_berkas') });
  expect(seen.text).not.toMatch(/Euis|5678|0001/);
  expect(await store.settings.audit(9)).toMatchObject([{ actor: 'o1', action: 'permit-view', subject: 'f', detail: 'command' }]);
  await close();
  remove();
});
