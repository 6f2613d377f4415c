// The sub-port of delivery. The message is the queue; a conversation's `sendAt` says when the head of its line may go.
import type { ClientSession } from 'mongoose';
import type { ChannelName, Message } from '../../contract/message.ts';
import type { Delivery, OutboxStore } from '../../desk/storePort.ts';
import { leaseLost } from '../blank.ts';
import { readCursor, toPage } from '../sqlite/cursor.ts';
import type { MongoConnection } from './connection.ts';
import { Overtaken } from './errors.ts';
import { lt, lte, oneOf } from './filters.ts';
import { createLine } from './line.ts';
import type { MessageDoc } from './models.ts';
import { toContact, toMessage } from './records.ts';
import { createReport } from './report.ts';

const max = Number.MAX_SAFE_INTEGER;
type Claim = Parameters<OutboxStore['claim']>[0];
type Settled = Parameters<OutboxStore['settle']>[0][number];

/** @returns the outbox of the port. */
export function createOutbox(connection: MongoConnection): OutboxStore {
  const { models, fields, run, atomic } = connection;
  const { messages, conversations, contacts } = models;
  const line = createLine(connection);

  /** All heads in one transaction: two nodes that claim at once collide as a whole, and the slower one reads again. */
  async function claim({ owner, channels, now, leaseUntil, limit }: Claim, session: ClientSession): Promise<Delivery[]> {
    const filter = { channel: oneOf(channels), sendAt: lte(now) };
    const heads = await conversations.find(filter, null, { session }).sort({ sendAt: 1, number: 1 }).limit(limit).lean();
    if (heads.length === 0) return [];
    const found = await messages
      .find({ conversationId: oneOf(heads.map(({ _id }) => _id)), state: 'pending' }, null, { session })
      .sort({ pos: 1 })
      .lean();
    const people = await contacts.find({ _id: oneOf(heads.map(({ contactId }) => contactId)) }, null, { session }).lean();
    const taken = heads.flatMap((head) => {
      const message = found.find(({ conversationId }) => conversationId === head._id);
      const contact = people.find(({ _id }) => _id === head.contactId);
      return message === undefined || contact === undefined ? [] : [{ head, message, contact }];
    });
    const leased = taken.map(({ head, message, contact }) => {
      const set = { state: 'sending' as const, leaseOwner: owner, leaseUntil, attempt: message.attempt + 1, rev: head.rev + 1 };
      return { head, contact, set, message: { ...message, ...set } };
    });
    const written = await messages.bulkWrite(
      leased.map(({ message, set }) => ({
        updateOne: { filter: { _id: message._id, state: 'pending' as const }, update: { $set: set } },
      })),
      { session },
    );
    const raised = await conversations.bulkWrite(
      leased.map(({ head, set }) => ({
        updateOne: { filter: { _id: head._id, rev: head.rev }, update: { $set: { rev: set.rev, sendAt: null } } },
      })),
      { session },
    );
    if (written.matchedCount !== leased.length || raised.matchedCount !== leased.length) throw new Overtaken();
    return leased.map(({ message, contact }) => ({ message: toMessage(message), contact: toContact(contact, fields) }));
  }

  async function settle({ messageId, owner, attempt, outcome, now }: Settled, session: ClientSession) {
    const doc = await messages.findById(messageId, null, { session }).lean();
    if (doc === null || doc.state !== 'sending' || doc.leaseOwner !== owner || doc.attempt !== attempt) return null;
    if (outcome.state === 'sent')
      return line.change(doc, { state: 'sent', stateReason: null, externalId: outcome.externalId, sentAt: now }, session);
    if (outcome.state === 'failed' && outcome.unreachable) await markUnreachable(doc, session);
    const later = outcome.state === 'pending' ? { notBefore: outcome.notBefore } : {};
    return line.change(doc, { state: outcome.state, stateReason: outcome.reason, ...later }, session);
  }

  async function markUnreachable({ conversationId }: MessageDoc, session: ClientSession): Promise<void> {
    const conversation = await conversations.findById(conversationId, { contactId: 1 }, { session }).lean();
    if (conversation !== null)
      await contacts.updateOne({ _id: conversation.contactId }, { $set: { unreachable: true } }, { session });
  }

  /** Each in a transaction of its own: one that is overtaken does not hold up its neighbours. */
  async function each<T, R>(items: T[], change: (item: T, session: ClientSession) => Promise<R | null>): Promise<R[]> {
    const done: R[] = [];
    for (const item of items) {
      const result = await atomic((session) => change(item, session));
      if (result !== null) done.push(result);
    }
    return done;
  }

  async function endLeases(
    which: { leaseUntil: { $lt: number } } | { leaseOwner: string },
    now: number,
    repeatable: ChannelName[],
  ): Promise<Message[]> {
    const filter = { state: 'sending', ...which } as const;
    const found = await run(() => messages.find(filter).sort({ leaseUntil: 1, n: 1 }).lean());
    return each(found, async ({ _id, attempt }, session) => {
      const doc = await messages.findOne({ _id, ...filter, attempt }, null, { session }).lean();
      if (doc === null) return null;
      if (repeatable.includes(doc.channel)) return line.change(doc, { state: 'pending', notBefore: now }, session);
      return line.change(doc, { state: 'uncertain', stateReason: leaseLost }, session);
    });
  }

  return {
    claim: async (request) => {
      // Most of the time nothing waits: asked without a transaction first.
      const filter = { channel: oneOf(request.channels), sendAt: lte(request.now) };
      const isWork = await run(() => conversations.findOne(filter, { _id: 1 }).lean());
      if (isWork === null) return [];
      // Fewer heads each time another change came first: one at last, so that busy conversations cannot hold up the rest.
      const fewer = (attempt: number) => Math.max(1, request.limit >> attempt);
      return atomic((session, attempt) => claim({ ...request, limit: fewer(attempt) }, session), 'claim');
    },
    settle: (results) => each(results, settle),
    expire: (now, repeatable, leasesBefore = now) => endLeases({ leaseUntil: lt(leasesBefore) }, now, repeatable),
    expireOwner: (owner, now, repeatable) => endLeases({ leaseOwner: owner }, now, repeatable),
    report: createReport(connection),
    retry: (messageId, now) =>
      atomic(async (session) => {
        const doc = await messages.findById(messageId, null, { session }).lean();
        if (doc === null || (doc.state !== 'failed' && doc.state !== 'uncertain')) return null;
        const fresh = { attempt: 0, notBefore: now, stateReason: null, externalId: null, sentAt: null };
        return line.change(doc, { state: 'pending', ...fresh }, session);
      }),
    dead: (cursor, limit) =>
      run(async () => {
        const [at = 0, n = 0] = readCursor(cursor, [max, max]);
        const found = await messages
          .find({
            ...{ state: oneOf(['failed', 'uncertain'] as const), createdAt: lte(at) },
            $or: [{ createdAt: lt(at) }, { createdAt: at, n: lt(n) }],
          })
          .sort({ createdAt: -1, n: -1 })
          .limit(limit + 1)
          .lean();
        const page = toPage(found, limit, (doc) => [doc.createdAt, doc.n]);
        return { rows: page.rows.map(toMessage), cursor: page.cursor };
      }),
    depth: () =>
      run(async () => {
        const count = (state: MessageDoc['state']) => messages.countDocuments({ state });
        const [pending, sending, failed, uncertain] = await Promise.all([
          count('pending'),
          count('sending'),
          count('failed'),
          count('uncertain'),
        ]);
        return { pending, sending, failed, uncertain };
      }),
  };
}
