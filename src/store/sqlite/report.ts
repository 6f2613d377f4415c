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
  externalId: string | null;
}

/** States a report may settle, by how much they say. Reports come out of order: a lower one than the stored changes nothing. */
const rank: Partial<Record<MessageState, number>> = { uncertain: 0, sent: 1, delivered: 2, read: 3 };
/** What a report by our own id may settle besides: it proves that the provider took the message, whatever the send was told. */
const openRank: Partial<Record<MessageState, number>> = { pending: 0, sending: 0 };

/** @returns `report` of the port. */
export function createReport({ db, write }: Connection): OutboxStore['report'] {
  const advance = prepareAdvance(db);
  const byExternal = db.prepare<[string, string], Found>(
    `SELECT n, state, conversation, externalId FROM messages WHERE source = ? AND externalId = ? AND direction = 'out' ORDER BY n DESC LIMIT 1`,
  );
  // A send without an answer has no id of the channel; channels that take ours as their key report under it.
  const byOwnId = db.prepare<[string, string], Found>(
    `SELECT n, state, conversation, externalId FROM messages WHERE id = ? AND source = ? AND direction = 'out'`,
  );
  const fail = prepareChange(db, `state = 'failed', stateReason = ?`, 'n = ?');
  const raise = prepareChange(
    db,
    'state = ?, stateReason = NULL, externalId = ifnull(externalId, ?), sentAt = ifnull(sentAt, ?)',
    'n = ?',
  );

  function run({
    externalId,
    messageId = null,
    state,
    reason,
    now,
    ...key
  }: Parameters<OutboxStore['report']>[0]): Message | null {
    const source = sourceOf(key);
    const known = byExternal.get(source, externalId);
    const message = known ?? byOwnId.get(messageId ?? externalId, source);
    if (message === undefined) return null;
    const isOurs = known === undefined && messageId !== null;
    // A failure of an earlier try says nothing about the try that has another id of the channel.
    if (isOurs && state === 'failed' && message.externalId !== null) return null;
    const from = rank[message.state] ?? (isOurs && state !== 'failed' ? openRank[message.state] : undefined);
    if (from === undefined) return null;
    const isUp = state === 'failed' ? from <= 1 : (rank[state] ?? 0) > from;
    if (!isUp) return null;
    const columns = state === 'failed' ? fail.get(reason, message.n) : raise.get(state, externalId, now, message.n);
    advance(message.conversation);
    return columns === undefined ? null : toMessage(columns.record);
  }

  return (report) => write(() => run(report));
}
