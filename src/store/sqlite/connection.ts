// Opens the SQLite file the way this house needs it, and gives the sub-ports their two doors: read now, write in the group commit.
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { LoketError } from '../../contract/errors.ts';
import type { FieldCrypto } from '../fieldCrypto.ts';
import { createGroupCommit, type GroupCommitOptions, isStoreTrouble } from './groupCommit.ts';
import { migrate } from './migrations.ts';
import { createSearchThread, type SearchThread } from './searchThread.ts';

export interface Connection {
  db: Database;
  fields: FieldCrypto;
  /** Runs a query on what is committed. @throws LoketError `store-away` when the file cannot be read */
  read<T>(query: () => T): Promise<T>;
  /** Runs a command in the group commit, see there. */
  write<T>(command: () => T): Promise<T>;
  writeSoon<T>(command: () => T): Promise<T>;
  /** Searches, on a connection and a thread of their own. */
  find: Pick<SearchThread, 'messages' | 'contacts'>;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  /** The database file, or `:memory:` for tests. */
  file: string;
  fields: FieldCrypto;
  maxQueue?: number | undefined;
  maxBatch?: number | undefined;
  onCommit?: GroupCommitOptions['onCommit'];
}

/**
 * Opens, sets durability, migrates.
 * @throws LoketError `store-away` when the file cannot be opened, `failed` when it is newer than this program
 */
export function openConnection({ file, fields, maxQueue = 10_000, maxBatch, onCommit }: ConnectionOptions): Connection {
  const { db } = openAndMigrate(file);
  const find = createSearchThread(file, db);
  const queue = createGroupCommit({ db, maxQueue, maxBatch, onCommit });
  return {
    db,
    fields,
    find,
    write: queue.write,
    writeSoon: queue.writeSoon,
    async read(query) {
      if (!db.open) throw new LoketError('store-away', 'The store is closed.');
      try {
        return query();
      } catch (cause) {
        throw isStoreTrouble(cause) ? new LoketError('store-away', 'The store cannot read now; try again.', { cause }) : cause;
      }
    },
    async close() {
      queue.close();
      await find.close();
      db.close();
    },
  };
}

/**
 * Brings the file to the shape a server wants, and does nothing else.
 * @returns the version that was found, and the one it has now
 * @throws LoketError as `openConnection`
 */
export function migrateFile(file: string): { from: number; to: number } {
  const { db, migrated } = openAndMigrate(file);
  db.close();
  return migrated;
}

function openAndMigrate(file: string): { db: Database; migrated: { from: number; to: number } } {
  let db: Database | undefined;
  try {
    db = new SqliteDatabase(file, { timeout: 1000 });
    db.pragma('journal_mode = WAL');
    // Every acknowledged message survives power loss: WAL alone would default to NORMAL in this build.
    db.pragma('synchronous = FULL');
    // What is erased is overwritten in the file.
    db.pragma('secure_delete = ON');
    db.pragma('foreign_keys = ON');
    // Undo pages of statements stay in memory instead of a temporary file, and pages are written back in larger lots
    // (2,000 pages, 8 MB of log): together a third less time for a message.
    db.pragma('temp_store = MEMORY');
    db.pragma('wal_autocheckpoint = 2000');
    return { db, migrated: migrate(db) };
  } catch (cause) {
    db?.close();
    if (cause instanceof LoketError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LoketError('store-away', `The database ${file} cannot be opened: ${reason}.`, { cause });
  }
}
