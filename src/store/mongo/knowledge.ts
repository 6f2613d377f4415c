// The sub-port of knowledge: counts of facts asked for, labels, and the messages the bot did not know an answer to.
import {
  type KnowledgeStore,
  type Label,
  type LabelledText,
  UNANSWERED_TEXT,
  type UnansweredMessage,
} from '../../desk/knowledgePort.ts';
import { readCursor, toPage } from '../sqlite/cursor.ts';
import type { MongoConnection } from './connection.ts';
import { fromText, gt, gte, lt, oneOf } from './filters.ts';
import { teamFilter } from './lists.ts';
import { createTrail } from './trail.ts';

/** Rows looked at in one go. */
const BATCH = 200;
const max = Number.MAX_SAFE_INTEGER;

/** @returns the knowledge of the port. */
export function createKnowledge(connection: MongoConnection): KnowledgeStore {
  const { models, run, atomic } = connection;
  const { asked, labels, messages, conversations } = models;
  const trail = createTrail(connection);
  const toLabel = ({ _id: messageId, intent, by, at }: Omit<Label, 'messageId'> & { _id: string }): Label => ({
    ...{ messageId, intent, by, at },
  });

  /** Texts of messages that were not withdrawn and are not empty, by id. */
  async function textsOf(ids: string[]): Promise<Map<string, string>> {
    const found = await messages.find({ _id: oneOf(ids) }, { text: 1, deleted: 1 }).lean();
    return new Map(found.filter(({ deleted, text }) => !deleted && text !== '').map(({ _id, text }) => [_id, text]));
  }
  async function labelsOf(ids: string[]): Promise<Label[]> {
    return (await labels.find({ _id: oneOf(ids) }).lean()).map(toLabel);
  }

  return {
    asked: (sinceDay) =>
      run(async () => {
        const found = await asked.find({ day: fromText(sinceDay) }).lean();
        const counts = new Map<string, number>();
        for (const { fact, count } of found) counts.set(fact, (counts.get(fact) ?? 0) + count);
        return [...counts].map(([fact, count]) => ({ fact, count }));
      }),
    label: ({ messageId, intent, by, at }, audit) =>
      atomic(async (session) => {
        const message = await messages.findOne({ _id: messageId, direction: 'in' }, { n: 1 }, { session }).lean();
        if (message === null) return 'gone';
        const set = { intent, by, at, n: message.n };
        await labels.updateOne({ _id: messageId }, { $set: set }, { upsert: true, session });
        await trail.audit([audit], session);
        return 'ok';
      }),
    unlabel: (messageId, audit) =>
      atomic(async (session) => {
        if ((await labels.deleteOne({ _id: messageId }, { session })).deletedCount === 0) return false;
        await trail.audit([audit], session);
        return true;
      }),
    labelsOf: (messageIds) => run(() => labelsOf(messageIds)),
    labels: (since, cursor, limit) =>
      run(async () => {
        let [at = since, n = -1] = readCursor(cursor, [since, -1]);
        const rows: (LabelledText & { n: number })[] = [];
        while (rows.length <= limit) {
          const batch = await labels
            .find({ at: gte(at), $or: [{ at: gt(at) }, { at, n: gt(n) }] })
            .sort({ at: 1, n: 1 })
            .limit(BATCH)
            .lean();
          const texts = await textsOf(batch.map(({ _id }) => _id));
          for (const doc of batch) {
            const text = texts.get(doc._id);
            if (text !== undefined) rows.push({ ...toLabel(doc), text, n: doc.n });
          }
          const last = batch.at(-1);
          if (batch.length < BATCH || last === undefined) break;
          ({ at, n } = last);
        }
        const page = toPage(rows, limit, (row) => [row.at, row.n]);
        return { rows: page.rows.map(({ n: _, ...row }) => row), cursor: page.cursor };
      }),
    unanswered: ({ since, teamIds, limit }) =>
      run(async () => {
        const rows: Omit<UnansweredMessage, 'label'>[] = [];
        for (let at = max, n = max; rows.length < limit; ) {
          const before = [{ createdAt: lt(at) }, { createdAt: at, n: lt(n) }];
          const batch = await messages
            .find({ isUnsure: true, createdAt: gte(since), $or: before }, { reason: 1, conversationId: 1, createdAt: 1, n: 1 })
            .sort({ createdAt: -1, n: -1 })
            .limit(BATCH)
            .lean();
          const theirs = { _id: oneOf([...new Set(batch.map((one) => one.conversationId))]), ...teamFilter(teamIds) };
          const found = await conversations.find(theirs, { lastInboundAt: 1 }).lean();
          const lastInbound = new Map(found.map(({ _id, lastInboundAt }) => [_id, lastInboundAt ?? 0]));
          const texts = await textsOf(batch.flatMap(({ reason }) => reason?.unsure ?? []));
          for (const { reason, conversationId, createdAt } of batch) {
            const text = texts.get(reason?.unsure ?? '');
            const inboundAt = lastInbound.get(conversationId);
            if (text === undefined || reason?.unsure === undefined || inboundAt === undefined) continue;
            if (reason.untilReply && inboundAt > createdAt) continue;
            const start = [...text].slice(0, UNANSWERED_TEXT).join('');
            rows.push({ messageId: reason.unsure, conversationId, text: start, at: createdAt });
          }
          const last = batch.at(-1);
          if (batch.length < BATCH || last === undefined) break;
          [at, n] = [last.createdAt, last.n];
        }
        const shown = rows.slice(0, limit);
        const known = new Map((await labelsOf(shown.map(({ messageId }) => messageId))).map((label) => [label.messageId, label]));
        return shown.map((row) => ({ ...row, label: known.get(row.messageId) ?? null }));
      }),
  };
}
