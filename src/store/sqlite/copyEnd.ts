// SQLite as one end of a copy: rows as the documents MongoDB keeps, and back.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { COPY_MARK, type Copied, type CopyEnd, type Doc, KEY_CHECK } from '../copy/copyPort.ts';
import type { DataKey } from '../dataKeys.ts';
import { createFieldCrypto } from '../fieldCrypto.ts';
import { createFiles } from '../files.ts';
import { openConnection } from './connection.ts';
import { copyTables, type Row } from './copyTables.ts';
import { lockDataDir } from './dataDirLock.ts';

const keyPattern = /^[0-9a-f]{32}$/;

/** @throws LoketError `conflict` when a server works on the folder, and as `openStore` */
export function openSqliteEnd(dataDir: string, keys: readonly DataKey[]): CopyEnd {
  const unlock = lockDataDir(dataDir);
  const connection = openConnection({ file: path.join(dataDir, 'loket.db'), fields: createFieldCrypto(keys) });
  const { db, read, write } = connection;
  const folder = path.join(dataDir, 'files');
  const files = createFiles({ folder });
  const tables = copyTables(db);
  const isOurs = (name: Copied) => (name === 'settings' ? `key NOT IN ('${KEY_CHECK}', '${COPY_MARK}')` : '1');

  return {
    count: (name) =>
      read(() =>
        Number(
          db
            .prepare(`SELECT count(*) FROM ${tables[name].table} WHERE ${isOurs(name)}`)
            .pluck()
            .get(),
        ),
      ),
    read: (name, after, limit) =>
      read(() => {
        const { table, id, toDoc } = tables[name];
        const rest = after === null ? '1' : `${id} > @after`;
        const rows = db.prepare(
          `SELECT *, ${id} AS _id FROM ${table} WHERE ${isOurs(name)} AND ${rest} ORDER BY ${id} LIMIT @limit`,
        );
        return (rows.all({ limit, ...(after !== null && { after }) }) as Row[]).map(toDoc);
      }),
    last: (name) =>
      read(() => {
        const { table, id } = tables[name];
        return (db
          .prepare(`SELECT max(${id}) FROM ${table} WHERE ${isOurs(name)}`)
          .pluck()
          .get() ?? null) as Doc['_id'] | null;
      }),
    write: (name, docs) => write(() => docs.forEach(tables[name].insert)),
    async files(after, limit) {
      const shards = (await readdir(folder).catch(() => [])).sort();
      const names: string[] = [];
      for (const shard of shards) names.push(...(await readdir(path.join(folder, shard))));
      return names
        .filter((name) => keyPattern.test(name) && name > (after ?? ''))
        .sort()
        .slice(0, limit);
    },
    readFile: files.read,
    writeFile: files.put,
    mark: (from) =>
      write(() => {
        db.prepare('DELETE FROM settings WHERE key = ?').run(COPY_MARK);
        if (from !== null)
          db.prepare('INSERT INTO settings (key, value, version) VALUES (?, ?, 1)').run(COPY_MARK, JSON.stringify(from));
      }),
    marked: () =>
      read(() => {
        const value = db.prepare<[string], string>('SELECT value FROM settings WHERE key = ?').pluck().get(COPY_MARK);
        return value === undefined ? null : (JSON.parse(value) as string);
      }),
    finish: () => write(() => raiseNumbers(db)),
    close: () => connection.close().finally(unlock),
  };
}

/** Consultation numbers go on after the highest there is. */
function raiseNumbers(db: Database): void {
  db.exec(
    `UPDATE sqlite_sequence SET seq = max(seq, (SELECT ifnull(max(number), 0) FROM conversations)) WHERE name = 'conversations'`,
  );
}
