// Group commit and its failures: one transaction a turn, nobody answered before it is durable, and trouble is told as `store-away`.
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { createGroupCommit, type GroupCommitOptions } from '../../src/store/sqlite/groupCommit.ts';
import { say } from '../support/storeKit.ts';
import { openTempStore } from '../support/tempStore.ts';

function setup(options: Partial<GroupCommitOptions> = {}) {
  const db = new SqliteDatabase(':memory:');
  db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY)');
  const commits: string[] = [];
  const queue = createGroupCommit({ db, maxQueue: 100, onCommit: (when) => commits.push(when), ...options });
  const insert = db.prepare('INSERT INTO t (n) VALUES (?)');
  const numbers = () => db.prepare('SELECT n FROM t ORDER BY n').pluck().all();
  return { db, queue, commits, numbers, add: (n: number) => queue.write(() => insert.run(n).changes) };
}

describe('group commit', () => {
  it('When many writes come in one turn, then they share one transaction', async () => {
    const { add, commits, numbers } = setup();
    expect(await Promise.all([add(1), add(2), add(3)])).toEqual([1, 1, 1]);
    await add(4);
    expect(commits).toEqual(['before', 'after', 'before', 'after']);
    expect(numbers()).toEqual([1, 2, 3, 4]);
  });

  it('When one command fails midway, then only its own work is undone and only it rejects', async () => {
    const { add, queue, db, numbers, commits } = setup();
    const half = queue.write(() => {
      db.exec('INSERT INTO t (n) VALUES (50)');
      throw new Error('half done');
    });
    const done = await Promise.allSettled([add(1), half, add(1), add(2)]);
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(done[1]).toMatchObject({ reason: { message: 'half done' } });
    expect(numbers()).toEqual([1, 2]);
    expect(commits).toEqual(['before', 'after']);
  });

  it('When nothing is committed yet, then no promise has resolved', async () => {
    const answered: number[] = [];
    let atCommit: number[] = [];
    const { add } = setup({
      onCommit: (when) => {
        if (when === 'after') atCommit = [...answered];
      },
    });
    await Promise.all([add(1).then(() => answered.push(1)), add(2).then(() => answered.push(2))]);
    expect(atCommit).toEqual([]);
    expect(answered).toEqual([1, 2]);
  });

  it('When COMMIT fails, then every write of the turn rejects with store-away, nothing is kept, and the next turn works', async () => {
    let isBroken = true;
    const { add, numbers } = setup({
      onCommit: (when) => {
        if (when === 'before' && isBroken) throw new Error('the disk is gone');
      },
    });
    const done = await Promise.allSettled([add(1), add(2)]);
    for (const answer of done) expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'store-away' } });
    expect(numbers()).toEqual([]);
    isBroken = false;
    await add(3);
    expect(numbers()).toEqual([3]);
  });

  it('When the queue is full, then the write is refused at once with overloaded and the others are written', async () => {
    const { add, numbers } = setup({ maxQueue: 3 });
    const done = await Promise.allSettled([1, 2, 3, 4].map(add));
    expect(done[3]).toMatchObject({ status: 'rejected', reason: { code: 'overloaded' } });
    expect(numbers()).toEqual([1, 2, 3]);
  });

  it('When more writes wait than one transaction takes, then all are written, in order, over several turns', async () => {
    const { add, numbers, commits } = setup({ maxQueue: 5000 });
    await Promise.all(Array.from({ length: 1500 }, (_, i) => add(i)));
    expect(numbers()).toHaveLength(1500);
    expect(commits.length).toBeGreaterThan(2);
  });

  it('When it is closed, then what waits is written and later writes are refused', async () => {
    const { add, queue, numbers } = setup();
    const waiting = add(1);
    queue.close();
    await waiting;
    await expect(add(2)).rejects.toMatchObject({ code: 'store-away' });
    expect(numbers()).toEqual([1]);
  });
});

describe('a disk that refuses', () => {
  function grown(pragma: string) {
    const set = setup();
    set.db.exec('CREATE TABLE big (bytes BLOB)');
    set.db.pragma(pragma);
    const fill = () => set.queue.write(() => set.db.prepare('INSERT INTO big VALUES (zeroblob(200000))').run());
    return { ...set, fill };
  }

  it('When the disk is full, then the whole turn is refused with store-away and nothing of it is kept; with room again all works', async () => {
    const { add, fill, numbers, db } = grown('max_page_count = 10');
    const done = await Promise.allSettled([add(1), fill(), add(2)]);
    for (const answer of done) expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'store-away' } });
    expect(numbers()).toEqual([]);
    db.pragma('max_page_count = 1000');
    await Promise.all([add(1), fill()]);
    expect(numbers()).toEqual([1]);
  });

  it('When the database is read-only, then writes are refused with store-away', async () => {
    const { add } = grown('query_only = ON');
    await expect(add(1)).rejects.toMatchObject({ code: 'store-away' });
  });

  it('When another process holds the file, then a message is refused, not kept, and stored when it comes again', async () => {
    const opened = openTempStore();
    const first = await say(opened.store, 'ani');
    const other = new SqliteDatabase(path.join(opened.dir, 'loket.db'));
    other.exec('BEGIN IMMEDIATE');
    await expect(say(opened.store, 'ani', { externalId: 'late' })).rejects.toMatchObject({ code: 'store-away' });
    await expect(opened.store.ping()).rejects.toMatchObject({ code: 'store-away' });
    other.exec('ROLLBACK');
    other.close();
    await opened.store.ping();
    expect((await say(opened.store, 'ani', { externalId: 'late' })).kind).toBe('stored');
    expect(await opened.store.messages.since(first.conversation.id, 0, 9)).toHaveLength(2);
    await opened.close();
  });

  it('When the store is closed, then reads and writes are refused with store-away', async () => {
    const opened = openTempStore();
    await opened.close();
    await expect(opened.store.ping()).rejects.toMatchObject({ code: 'store-away' });
    await expect(opened.store.conversations.get('x')).rejects.toMatchObject({ code: 'store-away' });
  });
});
