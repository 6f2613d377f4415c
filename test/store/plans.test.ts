// No hot query may walk a whole table: every statement over messages or conversations must be a search on an index.
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { createFieldCrypto } from '../../src/store/fieldCrypto.ts';
import { createAttachments } from '../../src/store/sqlite/attachments.ts';
import { openConnection } from '../../src/store/sqlite/connection.ts';
import { createContacts } from '../../src/store/sqlite/contacts.ts';
import { createConversations } from '../../src/store/sqlite/conversations.ts';
import { createKnowledge } from '../../src/store/sqlite/knowledge.ts';
import { createMessages } from '../../src/store/sqlite/messages.ts';
import { createOutbox } from '../../src/store/sqlite/outbox.ts';
import { createQueue } from '../../src/store/sqlite/queue.ts';
import { testKeys } from '../support/tempStore.ts';

/** The SQL of every statement the sub-ports prepare. */
function preparedStatements(): { db: Database; statements: string[] } {
  const connection = openConnection({ file: ':memory:', fields: createFieldCrypto(testKeys) });
  const statements: string[] = [];
  const db = new Proxy(connection.db, {
    get(target, name) {
      if (name !== 'prepare') return Reflect.get(target, name);
      return (sql: string) => {
        statements.push(sql);
        return target.prepare(sql);
      };
    },
  });
  for (const create of [
    createConversations,
    createMessages,
    createOutbox,
    createContacts,
    createQueue,
    createAttachments,
    createKnowledge,
  ])
    create({ ...connection, db });
  return { db: connection.db, statements };
}

const planOf = (db: Database, sql: string) =>
  db
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...bindings(sql))
    .map((step) => (step as { detail: string }).detail);

function bindings(sql: string): unknown[] {
  const named = [...sql.matchAll(/@(\w+)/g)].map(([, name]) => [name, 1]);
  if (named.length > 0) return [Object.fromEntries(named)];
  return Array.from({ length: sql.split('?').length - 1 }, () => 1);
}

describe('query plans', () => {
  const { db, statements } = preparedStatements();
  const tables = /^SCAN (messages|conversations|contacts|tokens|labels|asked|c|m|p|q|l|t|later|x)\b/;

  it('When the sub-ports are made, then there are many statements to judge', () => {
    expect(statements.length).toBeGreaterThan(40);
  });

  it.each(
    statements.map((sql) => [
      sql
        .replace(/json_object\(.*\)(?= (AS|FROM))/s, '…')
        .replace(/\s+/g, ' ')
        .slice(0, 160),
      sql,
    ]),
  )('When %s runs, then it searches', (_, sql) => {
    const scans = planOf(db, sql).filter((step) => tables.test(step));
    // Whole partial indexes are read where the whole is wanted: the queue, the counts of what waits and what is dead, what is being sent.
    const isWhole = /^SELECT \(SELECT count|state = 'queued' ORDER BY|^SELECT count.*state = 'queued'$|m\.leaseOwner = \?/.test(
      sql,
    );
    const small = /USING (COVERING )?INDEX (messages_(line|leased|dead)|conversations_queue)/;
    const allowed = isWhole ? scans.filter((step) => !small.test(step)) : scans;
    expect(allowed).toEqual([]);
  });

  it('When lists and queues are read page by page, then no sorting of everything is needed', () => {
    const views = statements.filter((sql) => sql.includes('@k0'));
    expect(views).toHaveLength(4);
    for (const sql of views) expect(planOf(db, sql).join('\n')).not.toMatch(/TEMP B-TREE/);
  });

  it('When a statement does scan, then this test sees it', () => {
    const bare = new SqliteDatabase(':memory:');
    bare.exec('CREATE TABLE messages (n INTEGER PRIMARY KEY, text TEXT)');
    expect(planOf(bare, 'SELECT * FROM messages WHERE text = ?').some((step) => tables.test(step))).toBe(true);
  });
});
