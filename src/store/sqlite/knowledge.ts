// The sub-port of knowledge: counts of facts asked for, labels, and the messages the bot did not know an answer to.
import {
  type Asked,
  type KnowledgeStore,
  type Label,
  type LabelledText,
  UNANSWERED_TEXT,
  type UnansweredMessage,
} from '../../desk/knowledgePort.ts';
import type { Connection } from './connection.ts';
import { readCursor, toPage } from './cursor.ts';
import { teamFilter } from './records.ts';
import { createTrail } from './trail.ts';

type UnansweredRow = Omit<UnansweredMessage, 'label'> & { label: string };

/** @returns counts the facts of one commit, inside it. */
export function createAskedCounter(db: Connection['db']): (asked: Asked) => void {
  const add = db.prepare<[string, string]>(
    'INSERT INTO asked (day, fact, count) VALUES (?, ?, 1) ON CONFLICT (day, fact) DO UPDATE SET count = count + 1',
  );
  return ({ day, facts }) => {
    for (const fact of facts) add.run(day, fact);
  };
}

/** @returns the knowledge of the port. */
export function createKnowledge({ db, read, write }: Connection): KnowledgeStore {
  const trail = createTrail(db);
  const asked = db.prepare<[string], { fact: string; count: number }>(
    'SELECT fact, sum(count) AS count FROM asked WHERE day >= ? GROUP BY fact',
  );
  const put = db.prepare<[string | null, string, number, string]>(
    `INSERT INTO labels (message, intent, officerId, at) SELECT n, ?, ?, ? FROM messages WHERE id = ? AND direction = 'in'
     ON CONFLICT (message) DO UPDATE SET intent = excluded.intent, officerId = excluded.officerId, at = excluded.at`,
  );
  const drop = db.prepare<[string]>('DELETE FROM labels WHERE message = (SELECT n FROM messages WHERE id = ?)');
  const labelColumns = 'm.id AS messageId, l.intent, l.officerId AS by, l.at';
  const labelsOf = db.prepare<[string], Label>(
    `SELECT ${labelColumns} FROM messages m JOIN labels l ON l.message = m.n WHERE m.id IN (SELECT value FROM json_each(?))`,
  );
  const labels = db.prepare<[number, number, number], LabelledText & { n: number }>(
    `SELECT ${labelColumns}, m.text, m.n FROM labels l JOIN messages m ON m.n = l.message
     WHERE (l.at, l.message) > (?, ?) AND m.deleted = 0 AND m.text <> '' ORDER BY l.at, l.message LIMIT ?`,
  );
  const unanswered = db.prepare<[{ since: number; teams: string | null; limit: number }], UnansweredRow>(
    `SELECT q.id AS messageId, c.id AS conversationId, substr(q.text, 1, ${UNANSWERED_TEXT}) AS text, m.createdAt AS at,
       iif(l.message IS NULL, 'null', json_object('messageId', q.id, 'intent', l.intent, 'by', l.officerId, 'at', l.at)) AS label
     FROM messages m JOIN messages q ON q.id = m.reason ->> 'unsure' JOIN conversations c ON c.number = m.conversation
       LEFT JOIN labels l ON l.message = q.n
     WHERE m.reason ->> 'unsure' IS NOT NULL AND m.createdAt >= @since
       AND (m.reason ->> 'untilReply' IS NULL OR c.lastInboundAt <= m.createdAt) AND q.deleted = 0 AND q.text <> '' AND ${teamFilter}
     ORDER BY m.createdAt DESC, m.n DESC LIMIT @limit`,
  );

  return {
    asked: (sinceDay) => read(() => asked.all(sinceDay)),
    label: ({ messageId, intent, by, at }, audit) =>
      write(() => {
        if (put.run(intent, by, at, messageId).changes === 0) return 'gone';
        trail.audit([audit]);
        return 'ok';
      }),
    unlabel: (messageId, audit) =>
      write(() => {
        if (drop.run(messageId).changes === 0) return false;
        trail.audit([audit]);
        return true;
      }),
    labelsOf: (messageIds) => read(() => labelsOf.all(JSON.stringify(messageIds))),
    labels: (since, cursor, limit) =>
      read(() => {
        const [at = since, n = -1] = readCursor(cursor, [since, -1]);
        const page = toPage(labels.all(at, n, limit + 1), limit, (row) => [row.at, row.n]);
        return { ...page, rows: page.rows.map(({ n: _, ...row }) => row) };
      }),
    unanswered: ({ since, teamIds, limit }) =>
      read(() =>
        unanswered
          .all({ since, teams: teamIds === null ? null : JSON.stringify(teamIds), limit })
          .map((row) => ({ ...row, label: JSON.parse(row.label) as Label | null })),
      ),
  };
}
