// The way back in for an officer who lost the password, on the real store, beside a server that has it open.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPasswords } from '../../src/http/passwords.ts';
import { ensureAdmin } from '../../src/http/setup.ts';
import { loadDataKeys } from '../../src/store/dataKeys.ts';
import { openStore } from '../../src/store/openStore.ts';

const root = path.join(import.meta.dirname, '..', '..');
const run = (dataDir: string, ...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'scripts/resetPassword.ts', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, DATA_DIR: dataDir },
    encoding: 'utf8',
  });

describe('officer:reset-password', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'loket-reset-'));
  afterAll(() => rmSync(dataDir, { recursive: true }));

  it('When the officer exists, then a new password is shown once and works, the old one does not, and sessions are over', async () => {
    const { store, close } = openStore({ dataDir, keys: loadDataKeys({ dataDir, env: {} }) });
    const email = 'ani@example.go.id';
    await ensureAdmin({ officers: store.officers, clock: { now: Date.now }, email, password: 'the old one 1' });
    const officerId = (await store.officers.byEmail(email))?.officer.id ?? '';
    await store.officers.putSession('hash', { officerId, createdAt: Date.now(), lastSeenAt: Date.now(), device: null });

    const unknown = run(dataDir, '--email', 'nobody@example.go.id');
    expect([unknown.status, unknown.stdout, unknown.stderr]).toEqual([1, '', expect.stringContaining('no officer')]);

    const done = run(dataDir, '--email', ' Ani@Example.go.id');
    const password = /shown once: ([a-z2-9-]{19})\n$/.exec(done.stdout)?.[1] ?? '';
    const stored = (await store.officers.byEmail(email))?.passwordHash ?? '';
    expect(await createPasswords().matches(stored, password)).toBe(true);
    expect(await createPasswords().matches(stored, 'the old one 1')).toBe(false);
    expect(await store.officers.session('hash')).toBeNull();
    await close();
  });

  it('When the folder is wrong or no e-mail is named, then it says so and makes nothing', () => {
    const none = run(path.join(dataDir, 'none'), '--email', 'ani@example.go.id');
    expect([none.status, none.stderr]).toEqual([1, expect.stringContaining('There is no database')]);
    expect(run(dataDir).stderr).toContain('Usage:');
  });
});
