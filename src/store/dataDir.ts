// The data directory: everything this house keeps on disk lies in it.
import { accessSync, constants, mkdirSync } from 'node:fs';
import { LoketError } from '../contract/errors.ts';

/**
 * Makes the folder when it is missing.
 * @throws LoketError `store-away` with a sentence for the operator when it cannot be written
 */
export function ensureDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw cannotWrite(dataDir, cause);
  }
}

/** @returns the error for a data directory that refuses. */
export function cannotWrite(dataDir: string, cause: unknown): LoketError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new LoketError('store-away', `The data directory ${dataDir} cannot be written: ${reason}`, { cause });
}
