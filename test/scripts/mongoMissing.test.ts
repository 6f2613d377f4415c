// Where no MongoDB-wire server can be had, the tests on it say so; in CI they fail.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { tempDir } from '../support/tempStore.ts';

const root = path.join(import.meta.dirname, '..', '..');

it.each([
  ['elsewhere', {}, 0],
  ['in CI', { CI: 'true' }, 1],
])('When there is none and none can be installed %s, then that is said aloud', (_where, more, status) => {
  const { dir, remove } = tempDir();
  // As Jest has it, and a PATH without python3.
  const code = `globalThis.describe = Object.assign(() => {}, { skip: () => {} }); import('./test/support/mongoServer.ts');`;
  const env = { PATH: dir, LOKET_TEST_CACHE: path.join(dir, 'cache'), ...more };
  const done = spawnSync(process.execPath, ['--import', 'tsx', '-e', code], { cwd: root, env, encoding: 'utf8' });
  remove();
  expect(done.stderr).toContain('no MongoDB-wire server: set MONGODB_URI');
  expect([done.status, done.stderr.startsWith('skipped: ')]).toEqual([status, status === 0]);
});
