// Group commit: all writes of one event-loop turn (under load, of one millisecond) share one transaction and one fsync. Everything that writes goes through here.
import type { Database } from 'better-sqlite3';
import { LoketError } from '../../contract/errors.ts';

export interface GroupCommit {
  /**
   * Queues one write. When it throws, only its own work is undone and only it rejects.
   * @param command synchronous; runs statements and nothing else, because it is run a second time when a neighbour threw
   * @returns what the command returned, once the transaction is durable
   * @throws LoketError `overloaded` when the queue is full, `store-away` when the file cannot be written
   */
  write<T>(command: () => T): Promise<T>;
  /** The same for what nobody waits for (replies, delivery): goes along with the next commit, or makes one itself in a moment. */
  writeSoon<T>(command: () => T): Promise<T>;
  /** Writes what is queued; later writes reject with `store-away`. */
  close(): void;
}

export interface GroupCommitOptions {
  db: Database;
  /** Writes that may wait at a time. */
  maxQueue: number;
  /** Writes in one transaction; 1 gives each its own, for comparisons. */
  maxBatch?: number | undefined;
  /** For fault tests: called around COMMIT. Throwing at `before` is a failed COMMIT. */
  onCommit?: ((when: 'before' | 'after') => void) | undefined;
}

interface Job {
  command: () => unknown;
  isPatient: boolean;
  resolve: (value: unknown) => void;
  reject: (cause: unknown) => void;
}

/** One transaction holds the event loop for at most some 10 ms; the rest of a longer queue follows in the next turn. */
const usualBatch = 512;
const GATHER_MS = 1;

/** @returns the one queue of writes of this connection. */
export function createGroupCommit({ db, maxQueue, maxBatch = usualBatch, onCommit }: GroupCommitOptions): GroupCommit {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const savepoint = db.prepare('SAVEPOINT command');
  const release = db.prepare('RELEASE command');
  const undo = db.prepare('ROLLBACK TO command');
  const commit = db.prepare('COMMIT');
  const queue: Job[] = [];
  let cancel: (() => void) | null = null;
  let isSoonest = false;
  let isClosed = false;
  /** Writers come side by side: a moment's wait then saves most of the commits. One alone is never kept waiting. */
  let isBusy = false;

  function enqueue<T>(command: () => T, isPatient: boolean): Promise<T> {
    if (isClosed) return Promise.reject(new LoketError('store-away', 'The store is closed.'));
    if (queue.length >= maxQueue) return Promise.reject(new LoketError('overloaded', 'Too many writes are waiting; try again.'));
    return new Promise<T>((resolve, reject) => {
      queue.push({ command, isPatient, resolve: resolve as Job['resolve'], reject });
      schedule(isPatient || isBusy);
    });
  }

  function schedule(isPatient: boolean): void {
    if (cancel !== null && (isPatient || isSoonest)) return;
    cancel?.();
    isSoonest = !isPatient;
    if (isPatient) {
      const timer = setTimeout(flush, GATHER_MS);
      cancel = () => clearTimeout(timer);
    } else {
      const immediate = setImmediate(flush);
      cancel = () => clearImmediate(immediate);
    }
  }

  function flush(): void {
    cancel?.();
    cancel = null;
    const batch = queue.splice(0, maxBatch);
    isBusy = batch.filter((job) => !job.isPatient).length > 1;
    if (queue.length > 0) schedule(false);
    if (batch.length === 0) return;
    try {
      const answers = runTogether(batch) ?? runApart(batch);
      onCommit?.('before');
      commit.run();
      onCommit?.('after');
      for (const answer of answers) answer();
    } catch (cause) {
      rollback();
      const away = new LoketError('store-away', 'The store cannot write now; try again.', { cause });
      for (const job of batch) job.reject(away);
    }
  }

  /** The common case: nothing throws, so nothing needs a savepoint, which would copy every page a command touches. */
  function runTogether(batch: Job[]): (() => void)[] | null {
    begin.run();
    try {
      return batch.map(({ command, resolve }) => {
        const value = command();
        return () => resolve(value);
      });
    } catch (cause) {
      if (isStoreTrouble(cause)) throw cause;
      rollback();
      return null;
    }
  }

  /** A command threw: all of them again, each in its own savepoint, so that only that one is undone. */
  function runApart(batch: Job[]): (() => void)[] {
    begin.run();
    return batch.map(({ command, resolve, reject }) => {
      savepoint.run();
      try {
        const value = command();
        release.run();
        return () => resolve(value);
      } catch (cause) {
        if (isStoreTrouble(cause)) throw cause;
        undo.run();
        release.run();
        return () => reject(cause);
      }
    });
  }

  /** SQLite has ended the transaction itself after some errors, and a failed disk may refuse this too. */
  function rollback(): void {
    try {
      if (db.inTransaction) db.exec('ROLLBACK');
    } catch {
      // The next BEGIN reports it again.
    }
  }

  function close(): void {
    while (queue.length > 0) flush();
    isClosed = true;
  }

  return { write: (command) => enqueue(command, false), writeSoon: (command) => enqueue(command, true), close };
}

/** @returns whether an error says that the file cannot be read or written, as opposed to one refused command. */
export function isStoreTrouble(error: unknown): boolean {
  return /^SQLITE_(FULL|READONLY|IOERR|BUSY|LOCKED|CANTOPEN|CORRUPT|NOTADB|NOMEM)/.test(sqliteCode(error));
}

/** @returns SQLite's code of an error, e.g. `SQLITE_BUSY`; empty when it has none. By shape: its class differs between module registries. */
export function sqliteCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
