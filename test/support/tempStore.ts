// A store on a real file in a folder that is thrown away.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type OpenStoreOptions, openStore } from '../../src/store/openStore.ts';

export const testKeys = [{ id: 'k1', key: randomBytes(32) }];

export function tempDir(): { dir: string; remove: () => void } {
  const dir = mkdtempSync(path.join(tmpdir(), 'loket-test-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** @returns an opened store; `close` also removes its folder. */
export function openTempStore(options: Partial<OpenStoreOptions> = {}) {
  const { dir, remove } = tempDir();
  const opened = openStore({ dataDir: dir, keys: testKeys, ...options });
  const close = async () => {
    await opened.close();
    remove();
  };
  return { ...opened, dir, close };
}
