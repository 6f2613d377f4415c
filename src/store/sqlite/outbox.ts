// The sub-port of delivery. The message row is the queue; a conversation's `sendAt` says when the head of its line may go.
import type { ChannelName, Message } from '../../contract/message.ts';
import type { Delivery, OutboxStore, Outcome } from '../../desk/storePort.ts';
import { leaseLost } from '../blank.ts';
import type { Connection } from './connection.ts';
import { createContactRows } from './contactRows.ts';
import { readCursor, toPage } from './cursor.ts';
import { type Bound, prepareAdvance, prepareChange } from './line.ts';
import { messageRecord, toMessage } from './records.ts';
import { createReport } from './report.ts';

interface Head {
  number: number;
  contactId: string;
  sendAt: number;
}
const max = Number.MAX_SAFE_INTEGER;

/** @returns the outbox of the port. */
export function createOutbox(connection: Connection): OutboxStore {
  const { db, fields, read, write, writeSoon } = connection;
  const contacts = createContactRows(db, fields);
  const advance = prepareAdvance(db);
  const contactOf = db.prepare<[number], { contactId: string }>('SELECT contactId FROM conversations WHERE number = ?');
  const ready = db.prepare<[string, number, number], Head>(
    'SELECT number, contactId, sendAt FROM conversations WHERE channel = ? AND sendAt <= ? ORDER BY sendAt, number LIMIT ?',
  );
  const lease = prepareChange(
    db,
    `state = 'sending', leaseOwner = ?, leaseUntil = ?, attempt = attempt + 1`,
    `n = (SELECT n FROM messages WHERE conversation = ? AND state IN ('pending', 'sending') ORDER BY pos LIMIT 1)`,
  );
  const held = `id = ? AND state = 'sending' AND leaseOwner = ? AND attempt = ?`;
  const settleSent = prepareChange(db, `state = 'sent', stateReason = NULL, externalId = ?, sentAt = ?`, held);
  const settleOther = prepareChange(db, 'state = ?, stateReason = ?, notBefore = ifnull(?, notBefore)', held);
  const late = db.prepare<[number], { n: number; channel: ChannelName }>(
    `SELECT m.n, c.channel FROM messages m JOIN conversations c ON c.number = m.conversation
     WHERE m.state = 'sending' AND m.leaseUntil < ? ORDER BY m.leaseUntil, m.n`,
  );
  const heldBy = db.prepare<[string], { n: number; channel: ChannelName }>(
    `SELECT m.n, c.channel FROM messages m JOIN conversations c ON c.number = m.conversation
     WHERE m.state = 'sending' AND m.leaseOwner = ? ORDER BY m.leaseUntil, m.n`,
  );
  const requeue = prepareChange(db, `state = 'pending', notBefore = ?`, 'n = ?');
  const doubt = prepareChange(db, `state = 'uncertain', stateReason = ?`, 'n = ?');
  const again = prepareChange(
    db,
    `state = 'pending', attempt = 0, notBefore = ?, stateReason = NULL, externalId = NULL, sentAt = NULL`,
    `id = ? AND state IN ('failed', 'uncertain')`,
  );
  const dead = db.prepare<[number, number, number], { n: number; record: string }>(
    `SELECT n, ${messageRecord} AS record FROM messages WHERE state IN ('failed', 'uncertain') AND (createdAt, n) < (?, ?)
     ORDER BY createdAt DESC, n DESC LIMIT ?`,
  );
  const depth = db.prepare<[], Awaited<ReturnType<OutboxStore['depth']>> & { line: number }>(
    `SELECT (SELECT count(*) FROM messages WHERE state IN ('pending', 'sending')) AS line,
       (SELECT count(*) FROM messages WHERE state = 'sending') AS sending, failed, uncertain
     FROM (SELECT count(*) FILTER (WHERE state = 'failed') AS failed, count(*) FILTER (WHERE state = 'uncertain') AS uncertain
       FROM messages WHERE state IN ('failed', 'uncertain'))`,
  );

  /** Runs a change of at most one message. */
  function changed(statement: ReturnType<typeof prepareChange>, ...values: Bound[]): Message | null {
    const columns = statement.get(...values);
    if (columns === undefined) return null;
    advance(columns.conversation);
    return toMessage(columns.record);
  }

  function claimHead(head: Head, owner: string, leaseUntil: number): Delivery[] {
    const message = changed(lease, owner, leaseUntil, head.number);
    const contact = contacts.get(head.contactId);
    return message && contact ? [{ message, contact }] : [];
  }

  function settle(messageId: string, owner: string, attempt: number, outcome: Outcome, now: number): Message | null {
    if (outcome.state === 'sent') return changed(settleSent, outcome.externalId, now, messageId, owner, attempt);
    const notBefore = outcome.state === 'pending' ? outcome.notBefore : null;
    const columns = settleOther.get(outcome.state, outcome.reason, notBefore, messageId, owner, attempt);
    if (columns === undefined) return null;
    advance(columns.conversation);
    if (outcome.state === 'failed' && outcome.unreachable) {
      const contact = contacts.get(contactOf.get(columns.conversation)?.contactId ?? '');
      if (contact) contacts.save({ ...contact, unreachable: true });
    }
    return toMessage(columns.record);
  }

  function endLeases(rows: { n: number; channel: ChannelName }[], now: number, repeatable: ChannelName[]): Message[] {
    return rows.flatMap(
      ({ n, channel }) => (repeatable.includes(channel) ? changed(requeue, now, n) : changed(doubt, leaseLost, n)) ?? [],
    );
  }

  return {
    claim: ({ owner, channels, now, leaseUntil, limit }) =>
      writeSoon(() => {
        const heads = channels.flatMap((channel) => ready.all(channel, now, limit));
        heads.sort((a, b) => a.sendAt - b.sendAt || a.number - b.number);
        return heads.slice(0, limit).flatMap((head) => claimHead(head, owner, leaseUntil));
      }),
    settle: (results) => writeSoon(() => results.flatMap((r) => settle(r.messageId, r.owner, r.attempt, r.outcome, r.now) ?? [])),
    expire: (now, repeatable, leasesBefore = now) => write(() => endLeases(late.all(leasesBefore), now, repeatable)),
    expireOwner: (owner, now, repeatable) => write(() => endLeases(heldBy.all(owner), now, repeatable)),
    report: createReport(connection),
    retry: (messageId, now) => write(() => changed(again, now, messageId)),
    dead: (cursor, limit) =>
      read(() => {
        const [createdAt = 0, n = 0] = readCursor(cursor, [max, max]);
        const found = dead.all(createdAt, n, limit + 1).map((row) => ({ n: row.n, message: toMessage(row.record) }));
        const { rows, cursor: next } = toPage(found, limit, (row) => [row.message.createdAt, row.n]);
        return { rows: rows.map(({ message }) => message), cursor: next };
      }),
    depth: () =>
      read(() => {
        const { line = 0, sending = 0, failed = 0, uncertain = 0 } = depth.get() ?? {};
        return { pending: line - sending, sending, failed, uncertain };
      }),
  };
}
