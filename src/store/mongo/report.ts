// A channel's delivery report: a state may only move up.
import type { MessageState } from '../../contract/message.ts';
import type { OutboxStore } from '../../desk/storePort.ts';
import type { MongoConnection } from './connection.ts';
import { createLine } from './line.ts';
import { sourceOf } from './records.ts';

/** States a report may settle, by how much they say. Reports come out of order: a lower one than the stored changes nothing. */
const rank: Partial<Record<MessageState, number>> = { uncertain: 0, sent: 1, delivered: 2, read: 3 };

/** @returns `report` of the port. */
export function createReport(connection: MongoConnection): OutboxStore['report'] {
  const { messages } = connection.models;
  const line = createLine(connection);
  return ({ externalId, state, reason, now, ...key }) =>
    connection.atomic(async (session) => {
      const source = sourceOf(key);
      const sent = { source, externalId, direction: 'out' } as const;
      // A send without an answer has no id of the channel; channels that take ours as their key report under it.
      const doc =
        (await messages.findOne(sent, null, { session }).sort({ n: -1 }).lean()) ??
        (await messages.findOne({ _id: externalId, source, direction: 'out' }, null, { session }).lean());
      const from = doc === null ? undefined : rank[doc.state];
      if (doc === null || from === undefined) return null;
      const isUp = state === 'failed' ? from <= 1 : (rank[state] ?? 0) > from;
      if (!isUp) return null;
      if (state === 'failed') return line.change(doc, { state, stateReason: reason }, session);
      const known = { externalId: doc.externalId ?? externalId, sentAt: doc.sentAt ?? now };
      return line.change(doc, { state, stateReason: null, ...known }, session);
    });
}
