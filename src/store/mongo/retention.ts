// The sub-port of retention: who has been silent for long, and old audit entries.
import type { ClientSession } from 'mongoose';
import type { RetentionStore } from '../../desk/retentionPort.ts';
import type { MongoConnection } from './connection.ts';
import { gt, oneOf } from './filters.ts';
import type { ConversationDoc } from './models.ts';

type Talk = Pick<ConversationDoc, 'state' | 'closedAt' | 'openedAt'>;
const isOver = ({ state, closedAt, openedAt }: Talk, before: number): boolean =>
  state === 'closed' && (closedAt ?? openedAt) < before;

/** @returns whether all conversations of the contact were closed before this time. */
export async function areOver(
  { models }: MongoConnection,
  contactId: string,
  before: number,
  session: ClientSession,
): Promise<boolean> {
  const talks = await models.conversations.find({ contactId }, { state: 1, closedAt: 1, openedAt: 1 }, { session }).lean();
  return talks.every((talk) => isOver(talk, before));
}

/** @returns the retention of the port. */
export function createRetention({ models, run }: MongoConnection): RetentionStore {
  const { contacts, conversations, audit } = models;
  return {
    idleContacts: (before, after, limit) =>
      run(async () => {
        const looked = await contacts
          .find({ _id: gt(after ?? '') }, { createdAt: 1 })
          .sort({ _id: 1 })
          .limit(limit)
          .lean();
        const old = looked.filter(({ createdAt }) => createdAt < before).map(({ _id }) => _id);
        const shape = { contactId: 1, state: 1, closedAt: 1, openedAt: 1 };
        const talks = await conversations.find({ contactId: oneOf(old) }, shape).lean();
        const busy = new Set(talks.filter((talk) => !isOver(talk, before)).map(({ contactId }) => contactId));
        const last = looked.length < limit ? null : (looked.at(-1)?._id ?? null);
        return { ids: old.filter((id) => !busy.has(id)), last };
      }),
    forgetAudit: (before, limit) =>
      run(async () => {
        const oldest = await audit.find({}, { at: 1 }).sort({ n: 1 }).limit(limit).lean();
        const gone = oldest.filter(({ at }) => at < before).map(({ _id }) => _id);
        return gone.length === 0 ? 0 : (await audit.deleteMany({ _id: oneOf(gone) })).deletedCount;
      }),
  };
}
