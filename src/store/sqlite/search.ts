// Search over stored tokens: the desk makes the tokens, this keeps them and asks the search thread.
import type { MessageStore } from '../../desk/storePort.ts';
import type { Connection } from './connection.ts';
import { readCursor, toPage } from './cursor.ts';
import { toListRow } from './records.ts';

const max = Number.MAX_SAFE_INTEGER;
/** Rows of one write; a larger list is several, so that messages get in between. */
const chunk = 200;

/** @returns the part of the messages sub-port that keeps and asks the search index. */
export function createSearch({
  db,
  fields,
  find,
  read,
  writeSoon,
}: Connection): Pick<MessageStore, 'stale' | 'index' | 'search'> {
  const stale = db.prepare<[number, number], { id: string; text: string }>(
    `SELECT id, CASE deleted WHEN 0 THEN text ELSE '' END AS text FROM messages WHERE tokensVersion < ? AND authorKind <> 'bot' ORDER BY tokensVersion, n LIMIT ?`,
  );
  const mark = db.prepare<[number, string], { n: number }>('UPDATE messages SET tokensVersion = ? WHERE id = ? RETURNING n');
  const forget = db.prepare<[number]>('DELETE FROM tokens WHERE message = ?');
  const remember = db.prepare<[string, number]>('INSERT OR IGNORE INTO tokens (token, message) VALUES (?, ?)');

  function indexOne({ id, version, tokens }: { id: string; version: number; tokens: string[] }): void {
    const message = mark.get(version, id);
    if (message === undefined) return;
    forget.run(message.n);
    for (const token of tokens) remember.run(token, message.n);
  }

  return {
    stale: (version, limit) => read(() => stale.all(version, limit)),
    async index(rows) {
      for (let from = 0; from < rows.length; from += chunk) {
        const part = rows.slice(from, from + chunk);
        await writeSoon(() => part.forEach(indexOne));
      }
    },
    async search({ tokens, prefix, number, teamIds, cursor, limit }) {
      const [before = 0] = readCursor(cursor, [max]);
      const found = await find.messages({ tokens, prefix, number, teamIds, before, limit });
      const { rows, cursor: next } = toPage(found, limit, (one) => [one.n]);
      return { rows: rows.map(({ n: _, hits, ...columns }) => ({ row: toListRow(columns, fields), hits })), cursor: next };
    },
  };
}
