// Lists of conversations: named views with keyset cursors, each on its own partial index (test/store/plans.test.ts holds them to that).
import type { ConversationRow, ConversationView } from '../../contract/conversation.ts';
import type { ConversationStore, ListRequest } from '../../desk/storePort.ts';
import type { Connection } from './connection.ts';
import { readCursor, toPage } from './cursor.ts';
import { conversationRecord, type ListColumns, listColumns, teamFilter, toConversation, toListRow } from './records.ts';

/** SQL: what the officer narrowed the view to; takes null for what they did not. */
const chosen = `(@channel IS NULL OR c.channel = @channel) AND (@team IS NULL OR c.teamId = @team)
  AND (@tag IS NULL OR EXISTS (SELECT 1 FROM json_each(c.tags) WHERE value = @tag))`;
const max = Number.MAX_SAFE_INTEGER;

interface View {
  /** Where the key is an expression, its first part is compared once more alone: SQLite seeks by that, not by the row value. */
  where: string;
  order: string;
  /** The key before the first row, and the key of a row. */
  start: number[];
  keyOf: (row: ConversationRow) => number[];
}

const views: Record<ConversationView, View> = {
  queue: {
    where: `c.state = 'queued' AND ifnull(c.queuedAt, 0) >= @k0 AND (ifnull(c.queuedAt, 0), c.number) > (@k0, @k1)`,
    order: 'ifnull(c.queuedAt, 0), c.number',
    start: [-max, 0],
    keyOf: (row) => [row.queuedAt ?? 0, row.number],
  },
  mine: {
    where: `c.state = 'officer' AND c.officerId = @officerId
      AND (ifnull(c.waitingSince, ${max}), -c.lastInboundAt, c.number) > (@k0, @k1, @k2)`,
    order: `ifnull(c.waitingSince, ${max}), -c.lastInboundAt, c.number`,
    start: [-max, -max, 0],
    keyOf: (row) => [row.waitingSince ?? max, -(row.lastInboundAt ?? 0), row.number],
  },
  all: {
    where: `c.state <> 'closed' AND (c.lastInboundAt, c.number) < (@k0, @k1)`,
    order: 'c.lastInboundAt DESC, c.number DESC',
    start: [max, max],
    keyOf: (row) => [row.lastInboundAt ?? 0, row.number],
  },
  closed: {
    where: `c.state = 'closed' AND ifnull(c.closedAt, 0) <= @k0 AND (ifnull(c.closedAt, 0), c.number) < (@k0, @k1)`,
    order: 'ifnull(c.closedAt, 0) DESC, c.number DESC',
    start: [max, max],
    keyOf: (row) => [row.closedAt ?? 0, row.number],
  },
};

const choice = (filter: ListRequest['filter']) => ({
  channel: filter?.channel ?? null,
  team: filter?.teamId ?? null,
  tag: filter?.tag ?? null,
});

type ListParameters = Record<string, string | number | null>;

/** @returns the reading half of the conversations sub-port. */
export function createLists({
  db,
  fields,
  read,
}: Connection): Pick<ConversationStore, 'row' | 'list' | 'due' | 'queue' | 'heldBy'> {
  const from = 'FROM conversations c JOIN contacts p ON p.id = c.contactId';
  const prepareView = ({ where, order }: View) =>
    db.prepare<[ListParameters], ListColumns>(
      `SELECT ${listColumns} ${from} WHERE ${where} AND c.lastInboundAt IS NOT NULL AND ${teamFilter} AND ${chosen} ORDER BY ${order} LIMIT @limit`,
    );
  const statements = {
    queue: prepareView(views.queue),
    mine: prepareView(views.mine),
    all: prepareView(views.all),
    closed: prepareView(views.closed),
  };
  const row = db.prepare<[string], ListColumns>(`SELECT ${listColumns} ${from} WHERE c.id = ?`);
  const due = db
    .prepare<[{ now: number; before: number; limit: number }], string>(
      `SELECT ${conversationRecord} FROM (
         SELECT conversation, min(at) AS at FROM (
           SELECT * FROM (SELECT number AS conversation, dueAt AS at FROM conversations
             WHERE dueAt <= @now ORDER BY dueAt, number LIMIT @limit)
           UNION ALL
           SELECT * FROM (SELECT number, uncoveredSince FROM conversations
             WHERE uncoveredSince <= @before AND state IN ('bot', 'closed') ORDER BY uncoveredSince, number LIMIT @limit)
         ) GROUP BY conversation
       ) JOIN conversations c ON c.number = conversation ORDER BY at, c.number LIMIT @limit`,
    )
    .pluck();
  const queued = db
    .prepare<[], string>(
      `SELECT ${conversationRecord} FROM conversations c WHERE state = 'queued' ORDER BY ifnull(queuedAt, 0), number`,
    )
    .pluck();
  const held = db
    .prepare<[string], string>(
      `SELECT ${conversationRecord} FROM conversations c WHERE state = 'officer' AND officerId = ? ORDER BY number`,
    )
    .pluck();
  return {
    row: (id) =>
      read(() => {
        const found = row.get(id);
        return found === undefined ? null : toListRow(found, fields);
      }),
    list: ({ view, officerId, teamIds, filter, cursor, limit }) =>
      read(() => {
        const { start, keyOf } = views[view];
        const [k0 = 0, k1 = 0, k2 = 0] = readCursor(cursor, start);
        const teams = teamIds === null ? null : JSON.stringify(teamIds);
        const found = statements[view].all({ teams, officerId, ...choice(filter), limit: limit + 1, k0, k1, k2 });
        return toPage(
          found.map((columns) => toListRow(columns, fields)),
          limit,
          keyOf,
        );
      }),
    due: (now, before, limit) => read(() => due.all({ now, before, limit }).map(toConversation)),
    queue: () => read(() => queued.all().map(toConversation)),
    heldBy: (officerId) => read(() => held.all(officerId).map(toConversation)),
  };
}
