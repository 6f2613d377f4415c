// Opens everything this house keeps on disk: the store and the files, over one data directory and one set of keys.
import path from 'node:path';
import type { Files, Store } from '../desk/ports.ts';
import { ensureDataDir } from './dataDir.ts';
import type { DataKey } from './dataKeys.ts';
import { createFieldCrypto } from './fieldCrypto.ts';
import { createFiles } from './files.ts';
import { lockDataDir } from './sqlite/dataDirLock.ts';
import { createSqliteStore } from './sqlite/sqliteStore.ts';

export interface OpenStoreOptions {
  /** Folder of the database `loket.db` and of `files/`; made when missing. */
  dataDir: string;
  /** From `loadDataKeys`. */
  keys: readonly DataKey[];
  /** `server` (default) takes the lock on the folder: one at a time. A `tool` may work beside it. */
  role?: 'server' | 'tool';
  /** Writes that may wait at a time; default 10,000. */
  maxQueue?: number;
  /** Writes in one transaction; 1 gives each its own, for comparisons. */
  maxBatch?: number;
  /** For fault tests: called around every COMMIT. */
  onCommit?: (when: 'before' | 'after') => void;
}

/** @throws LoketError `conflict` (already served), `store-away` or `failed` (newer database), each with one sentence for the operator */
export function openStore({ dataDir, keys, role = 'server', ...options }: OpenStoreOptions): {
  store: Store;
  files: Files;
  close: () => Promise<void>;
} {
  ensureDataDir(dataDir);
  const unlock = role === 'server' ? lockDataDir(dataDir) : () => {};
  try {
    const store = createSqliteStore({ file: path.join(dataDir, 'loket.db'), fields: createFieldCrypto(keys), ...options });
    const close = () => store.close().finally(unlock);
    return { store, files: createFiles({ folder: path.join(dataDir, 'files') }), close };
  } catch (error) {
    unlock();
    throw error;
  }
}
