// One server per data directory: an exclusive lock on a small file of its own, so that command-line tools may still read the database.
// The operating system frees it with the process, also after kill -9.
import path from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { LoketError } from '../../contract/errors.ts';
import { cannotWrite, ensureDataDir } from '../dataDir.ts';
import { sqliteCode } from './groupCommit.ts';

/**
 * Makes the folder when it is missing and takes the server's role on it.
 * @param dataDir the data directory
 * @returns gives the role back
 * @throws LoketError `conflict` when another process serves it, `store-away` when it cannot be written; both with a sentence for the operator
 */
export function lockDataDir(dataDir: string): () => void {
  ensureDataDir(dataDir);
  const db = openLockFile(dataDir);
  try {
    // Nothing is ever written to this file, so it needs no journal beside it.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    if (sqliteCode(cause).startsWith('SQLITE_BUSY'))
      throw new LoketError('conflict', `The data directory ${dataDir} is already served by another Loket; stop that one first.`);
    throw cannotWrite(dataDir, cause);
  }
  return () => {
    db.close();
  };
}

function openLockFile(dataDir: string): Database {
  try {
    return new SqliteDatabase(path.join(dataDir, 'lock'), { timeout: 0 });
  } catch (cause) {
    throw cannotWrite(dataDir, cause);
  }
}
