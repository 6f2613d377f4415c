// Group commit: all writes of one event-loop turn share one transaction and one fsync. Everything that writes goes through here.
import type { Database } from 'better-sqlite3';
import { LoketError } from '../../contract/errors.ts';

export interface GroupCommit {
  /**
   * Queues one write. It runs alone inside its savepoint: when it throws, only its own work is undone and only it rejects.
   * @param command synchronous; may run statements, must not begin or end transactions
   * @returns what the command returned, once the transaction is durable
   * @throws LoketError `overloaded` when the queue is full, `store-away` when the file cannot be written
   */
  write<T>(command: () => T): Promise<T>;
  /** Writes what is queued; later writes reject with `store-away`. */
  close(): void;
}

export interface GroupCommitOptions {
  db: Database;
  /** Writes that may wait at a time. */
  maxQueue: number;
  /** For fault tests: called around COMMIT. Throwing at `before` is a failed COMMIT. */
  onCommit?: ((when: 'before' | 'after') => void) | undefined;
}

interface Job {
  command: () => unknown;
  resolve: (value: unknown) => void;
  reject: (cause: unknown) => void;
}

/** One transaction holds the event loop for at most some 10 ms; the rest of a longer queue follows in the next turn. */
const maxBatch = 512;

/** @returns the one queue of writes of this connection. */
export function createGroupCommit({ db, maxQueue, onCommit }: GroupCommitOptions): GroupCommit {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const savepoint = db.prepare('SAVEPOINT command');
  const release = db.prepare('RELEASE command');
  const undo = db.prepare('ROLLBACK TO command');
  const commit = db.prepare('COMMIT');
  const queue: Job[] = [];
  let isScheduled = false;
  let isClosed = false;

  function write<T>(command: () => T): Promise<T> {
    if (isClosed) return Promise.reject(new LoketError('store-away', 'The store is closed.'));
    if (queue.length >= maxQueue) return Promise.reject(new LoketError('overloaded', 'Too many writes are waiting; try again.'));
    return new Promise<T>((resolve, reject) => {
      queue.push({ command, resolve: resolve as Job['resolve'], reject });
      schedule();
    });
  }

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      flush();
    });
  }

  function flush(): void {
    const batch = queue.splice(0, maxBatch);
    if (batch.length === 0) return;
    if (queue.length > 0) schedule();
    const answers: (() => void)[] = [];
    try {
      begin.run();
      for (const job of batch) answers.push(runOne(job));
      onCommit?.('before');
      commit.run();
    } catch (cause) {
      rollback();
      const away = new LoketError('store-away', 'The store cannot write now; try again.', { cause });
      for (const job of batch) job.reject(away);
      return;
    }
    onCommit?.('after');
    for (const answer of answers) answer();
  }

  /** @throws only when the store itself is in trouble; then the whole batch fails. */
  function runOne({ command, resolve, reject }: Job): () => void {
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

  return { write, close };
}

/** @returns whether an error says that the file cannot be read or written, as opposed to one refused command. */
export function isStoreTrouble(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(FULL|READONLY|IOERR|BUSY|LOCKED|CANTOPEN|CORRUPT|NOTADB|NOMEM)/.test(code);
}
