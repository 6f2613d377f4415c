// Search over stored tokens: the desk makes the tokens, this finds the messages that have all of them.
import type { MessageStore } from '../../desk/storePort.ts';
import type { Connection } from './connection.ts';
import { readCursor, toPage } from './cursor.ts';
import { teamFilter } from './lists.ts';
import { type ListColumns, listColumns, toListRow } from './records.ts';

type Hit = ListColumns & { n: number };
const max = Number.MAX_SAFE_INTEGER;
/** Rows of one write; a larger list is several, so that messages get in between. */
const chunk = 200;
/** Counting further would not change which token is tried first. */
const countUpTo = 1000;

/** @returns the part of the messages sub-port that keeps and asks the search index. */
export function createSearch({ db, fields, read, writeSoon }: Connection): Pick<MessageStore, 'stale' | 'index' | 'search'> {
  const stale = db.prepare<[number, number], { id: string; text: string }>(
    `SELECT id, CASE deleted WHEN 0 THEN text ELSE '' END AS text FROM messages WHERE tokensVersion < ? AND authorKind <> 'bot' ORDER BY tokensVersion, n LIMIT ?`,
  );
  const mark = db.prepare<[number, string], { n: number }>('UPDATE messages SET tokensVersion = ? WHERE id = ? RETURNING n');
  const forget = db.prepare<[number]>('DELETE FROM tokens WHERE message = ?');
  const remember = db.prepare<[string, number]>('INSERT OR IGNORE INTO tokens (token, message) VALUES (?, ?)');
  const frequency = db.prepare<[string], { count: number }>(
    `SELECT count(*) AS count FROM (SELECT 1 FROM tokens WHERE token = ? LIMIT ${countUpTo})`,
  );
  const hasAll =
    'NOT EXISTS (SELECT 1 FROM json_each(@others) WHERE value NOT IN (SELECT token FROM tokens WHERE message = m.n))';
  // Newest first along the rarest token; stops as soon as a page is full. A conversation whose newest hit was on an earlier
  // page, at or after the cursor, is not shown again.
  const hits = db.prepare<[Record<string, string | number | null>], Hit>(
    `SELECT ${listColumns}, m.n FROM tokens t JOIN messages m ON m.n = t.message
       JOIN conversations c ON c.number = m.conversation JOIN contacts p ON p.id = c.contactId
     WHERE t.token = @first AND t.message < @before AND ${hasAll} AND c.lastInboundAt IS NOT NULL AND ${teamFilter}
       AND NOT EXISTS (SELECT 1 FROM messages later JOIN tokens x ON x.message = later.n AND x.token = @first
         WHERE later.conversation = m.conversation AND later.n > m.n AND ${hasAll.replaceAll('m.n', 'later.n')})
     ORDER BY t.message DESC LIMIT @limit`,
  );

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
    search: (tokens, teamIds, cursor, limit) =>
      read(() => {
        const [before = 0] = readCursor(cursor, [max]);
        const counted = tokens.map((token) => ({ token, count: frequency.get(token)?.count ?? 0 }));
        const [first, ...others] = counted.sort((a, b) => a.count - b.count).map(({ token }) => token);
        if (first === undefined) return { rows: [], cursor: null };
        const teams = teamIds === null ? null : JSON.stringify(teamIds);
        const found = hits.all({ first, others: JSON.stringify(others), before, teams, limit: limit + 1 });
        const { rows, cursor: next } = toPage(found, limit, (hit) => [hit.n]);
        return { rows: rows.map((hit) => toListRow(hit, fields)), cursor: next };
      }),
  };
}
