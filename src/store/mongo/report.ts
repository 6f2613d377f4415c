// A channel's delivery report: a state may only move up.
import type { MessageState } from '../../contract/message.ts';
import type { OutboxStore } from '../../desk/storePort.ts';
import type { MongoConnection } from './connection.ts';
import { createLine } from './line.ts';
import { sourceOf } from './records.ts';

/** States a report may settle, by how much they say. Reports come out of order: a lower one than the stored changes nothing. */
const rank: Partial<Record<MessageState, number>> = { uncertain: 0, sent: 1, delivered: 2, read: 3 };
/** What a report by our own id may settle besides: it proves that the provider took the message, whatever the send was told. */
const openRank: Partial<Record<MessageState, number>> = { pending: 0, sending: 0 };

/** @returns `report` of the port. */
export function createReport(connection: MongoConnection): OutboxStore['report'] {
  const { messages } = connection.models;
  const line = createLine(connection);
  return ({ externalId, messageId = null, state, reason, now, ...key }) =>
    connection.atomic(async (session) => {
      const source = sourceOf(key);
      const sent = { source, externalId, direction: 'out' } as const;
      const known = await messages.findOne(sent, null, { session }).sort({ n: -1 }).lean();
      // A send without an answer has no id of the channel; channels that take ours as their key report under it.
      const ours = { _id: messageId ?? externalId, source, direction: 'out' } as const;
      const doc = known ?? (await messages.findOne(ours, null, { session }).lean());
      if (doc === null) return null;
      const isOurs = known === null && messageId !== null;
      // A failure of an earlier try says nothing about the try that has another id of the channel.
      if (isOurs && state === 'failed' && doc.externalId !== null) return null;
      const from = rank[doc.state] ?? (isOurs && state !== 'failed' ? openRank[doc.state] : undefined);
      if (from === undefined) return null;
      const isUp = state === 'failed' ? from <= 1 : (rank[state] ?? 0) > from;
      if (!isUp) return null;
      if (state === 'failed') return line.change(doc, { state, stateReason: reason }, session);
      const learnt = { externalId: doc.externalId ?? externalId, sentAt: doc.sentAt ?? now };
      return line.change(doc, { state, stateReason: null, ...learnt }, session);
    });
}
