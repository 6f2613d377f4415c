// Lists of conversations: named views with keyset cursors, each on its own index (test/store/mongoPlans.test.ts holds them to that).
import type { ConversationRow, ConversationView } from '../../contract/conversation.ts';
import type { ConversationStore, ListFilter } from '../../desk/storePort.ts';
import { readCursor, toPage } from '../sqlite/cursor.ts';
import type { MongoConnection } from './connection.ts';
import { gt, gte, isSet, lt, lte, oneOf } from './filters.ts';
import type { ConversationDoc } from './models.ts';
import { toConversation, toListRow } from './records.ts';

const max = Number.MAX_SAFE_INTEGER;

interface View {
  filter: (key: number[], officerId: string) => object;
  sort: Record<string, 1 | -1>;
  /** The key before the first row, and the key of a row. */
  start: number[];
  keyOf: (row: ConversationRow) => number[];
}

const views: Record<ConversationView, View> = {
  queue: {
    filter: ([at = 0, number = 0]) => ({
      ...{ state: 'queued', place: gte(at) },
      $or: [{ place: gt(at) }, { place: at, number: gt(number) }],
    }),
    sort: { place: 1, number: 1 },
    start: [-max, 0],
    keyOf: (row) => [row.queuedAt ?? 0, row.number],
  },
  mine: {
    filter: ([at = 0, inbound = 0, number = 0], officerId) => ({
      ...{ officerId, state: 'officer', place: gte(at) },
      $or: [
        { place: gt(at) },
        { place: at, lastInboundAt: lt(-inbound) },
        { place: at, lastInboundAt: -inbound, number: gt(number) },
      ],
    }),
    sort: { place: 1, lastInboundAt: -1, number: 1 },
    start: [-max, -max, 0],
    keyOf: (row) => [row.waitingSince ?? max, -(row.lastInboundAt ?? 0), row.number],
  },
  all: {
    filter: ([at = 0, number = 0]) => ({
      ...{ isOpen: true, lastInboundAt: lte(at) },
      $or: [{ lastInboundAt: lt(at) }, { lastInboundAt: at, number: lt(number) }],
    }),
    sort: { lastInboundAt: -1, number: -1 },
    start: [max, max],
    keyOf: (row) => [row.lastInboundAt ?? 0, row.number],
  },
  closed: {
    filter: ([at = 0, number = 0]) => ({
      ...{ state: 'closed', place: lte(at) },
      $or: [{ place: lt(at) }, { place: at, number: lt(number) }],
    }),
    sort: { place: -1, number: -1 },
    start: [max, max],
    keyOf: (row) => [row.closedAt ?? 0, row.number],
  },
};

/** The rule of `list` about teams; null is every team. */
export const teamFilter = (teamIds: string[] | null): object => (teamIds === null ? {} : { teamId: oneOf([null, ...teamIds]) });

/** What the officer narrowed the view to, beside the team rule. */
const chosen = ({ channel, teamId, tag }: ListFilter = {}): object[] => [
  ...(channel == null ? [] : [{ channel }]),
  ...(teamId == null ? [] : [{ teamId }]),
  ...(tag == null ? [] : [{ tags: tag }]),
];

/** @returns documents of conversations as rows, in their order. */
export function createRows({ models, fields }: MongoConnection): (docs: ConversationDoc[]) => Promise<ConversationRow[]> {
  return async (docs) => {
    if (docs.length === 0) return [];
    const contacts = await models.contacts.find({ _id: oneOf([...new Set(docs.map(({ contactId }) => contactId))]) }).lean();
    const byId = new Map(contacts.map((contact) => [contact._id, contact]));
    return docs.flatMap((doc) => {
      const contact = byId.get(doc.contactId);
      return contact === undefined ? [] : [toListRow(doc, contact, fields)];
    });
  };
}

/** @returns the reading half of the conversations sub-port. */
export function createLists(connection: MongoConnection): Pick<ConversationStore, 'row' | 'list' | 'due' | 'queue' | 'heldBy'> {
  const { models, run } = connection;
  const rowsOf = createRows(connection);
  const conversations = models.conversations;
  return {
    row: (id) => run(async () => (await rowsOf(await conversations.find({ _id: id }).lean()))[0] ?? null),
    list: ({ view, officerId, teamIds, filter, cursor, limit }) =>
      run(async () => {
        const { filter: viewFilter, sort, start, keyOf } = views[view];
        const narrowed = [teamFilter(teamIds), ...chosen(filter), { lastInboundAt: isSet() }];
        const found = await conversations
          .find({ ...viewFilter(readCursor(cursor, start), officerId), $and: narrowed })
          .sort(sort)
          .limit(limit + 1)
          .lean();
        return toPage(await rowsOf(found), limit, keyOf);
      }),
    due: (now, before, limit) =>
      run(async () => {
        const timers = await conversations
          .find({ dueAt: lte(now) })
          .sort({ dueAt: 1, number: 1 })
          .limit(limit)
          .lean();
        const open = await conversations
          .find({ uncoveredSince: lte(before), state: oneOf(['bot', 'closed'] as const) })
          .sort({ uncoveredSince: 1, number: 1 })
          .limit(limit)
          .lean();
        const byId = new Map<string, { doc: ConversationDoc; at: number }>();
        const add = (doc: ConversationDoc, at: number) =>
          byId.set(doc._id, { doc, at: Math.min(at, byId.get(doc._id)?.at ?? at) });
        for (const doc of timers) add(doc, doc.dueAt ?? now);
        for (const doc of open) add(doc, doc.uncoveredSince ?? now);
        const sorted = [...byId.values()].sort((a, b) => a.at - b.at || a.doc.number - b.doc.number);
        return sorted.slice(0, limit).map(({ doc }) => toConversation(doc));
      }),
    queue: () =>
      run(async () => (await conversations.find({ state: 'queued' }).sort({ place: 1, number: 1 }).lean()).map(toConversation)),
    heldBy: (officerId) =>
      run(async () => {
        const held = await conversations.find({ officerId, state: 'officer' }).lean();
        return held.sort((a, b) => a.number - b.number).map(toConversation);
      }),
  };
}
