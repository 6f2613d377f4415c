// A channel's delivery report: a state may only move up.
import type { Message, MessageState } from '../../contract/message.ts';
import type { OutboxStore } from '../../desk/storePort.ts';
import type { Connection } from './connection.ts';
import { prepareAdvance, prepareChange } from './line.ts';
import { sourceOf } from './messageWriter.ts';
import { toMessage } from './records.ts';

interface Found {
  n: number;
  state: MessageState;
  conversation: number;
}

/** States a report may settle, by how much they say. Reports come out of order: a lower one than the stored changes nothing. */
const rank: Partial<Record<MessageState, number>> = { uncertain: 0, sent: 1, delivered: 2, read: 3 };

/** @returns `report` of the port. */
export function createReport({ db, write }: Connection): OutboxStore['report'] {
  const advance = prepareAdvance(db);
  const byExternal = db.prepare<[string, string], Found>(
    `SELECT n, state, conversation FROM messages WHERE source = ? AND externalId = ? AND direction = 'out' ORDER BY n DESC LIMIT 1`,
  );
  // A send without an answer has no id of the channel; channels that take ours as their key report under it.
  const byOwnId = db.prepare<[string, string], Found>(
    `SELECT n, state, conversation FROM messages WHERE id = ? AND source = ? AND direction = 'out'`,
  );
  const fail = prepareChange(db, `state = 'failed', stateReason = ?`, 'n = ?');
  const raise = prepareChange(
    db,
    'state = ?, stateReason = NULL, externalId = ifnull(externalId, ?), sentAt = ifnull(sentAt, ?)',
    'n = ?',
  );

  function run({ externalId, state, reason, now, ...key }: Parameters<OutboxStore['report']>[0]): Message | null {
    const source = sourceOf(key);
    const message = byExternal.get(source, externalId) ?? byOwnId.get(externalId, source);
    const from = message && rank[message.state];
    if (message === undefined || from === undefined) return null;
    const isUp = state === 'failed' ? from <= 1 : (rank[state] ?? 0) > from;
    if (!isUp) return null;
    const columns = state === 'failed' ? fail.get(reason, message.n) : raise.get(state, externalId, now, message.n);
    advance(message.conversation);
    return columns === undefined ? null : toMessage(columns.record);
  }

  return (report) => write(() => run(report));
}
