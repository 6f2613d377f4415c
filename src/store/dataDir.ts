// The data directory: everything this house keeps on disk lies in it.
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { LoketError } from '../contract/errors.ts';

/**
 * Makes the folder when it is missing.
 * @throws LoketError `store-away` with a sentence for the operator when it cannot be written
 */
export function ensureDataDir(dataDir: string): void {
  try {
    makeFolder(path.resolve(dataDir));
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw cannotWrite(dataDir, cause);
  }
}

/** Not `recursive`: under a folder that takes none and answers ENOENT, as /proc does, Node 20 never comes back from it. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (cause) {
    if (!existsSync(folder)) throw cause; // made by another process meanwhile
  }
}

/** @returns the error for a data directory that refuses. */
export function cannotWrite(dataDir: string, cause: unknown): LoketError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new LoketError('store-away', `The data directory ${dataDir} cannot be written: ${reason}`, { cause });
}
