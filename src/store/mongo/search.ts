// Search over stored tokens: the desk makes the tokens, this keeps them with their message and walks the newest that have all words.
import type { SearchRequest } from '../../desk/searchPort.ts';
import type { MessageStore } from '../../desk/storePort.ts';
import { readCursor, toPage } from '../sqlite/cursor.ts';
import type { MongoConnection } from './connection.ts';
import { begins, gte, isSet, lt, oneOf } from './filters.ts';
import { createRows, teamFilter } from './lists.ts';
import type { ConversationDoc, MessageDoc } from './models.ts';

/** Rows of one write; a larger list is several, so that messages get in between. */
const CHUNK = 200;
/** Hits looked at in one go. */
const BATCH = 64;
/** Hits shown of one conversation. */
const HITS = 3;
/** More words than this do not narrow a search any further. */
const MAX_WORDS = 8;

/** @returns the part of the messages sub-port that keeps and asks the search index. */
export function createSearch(connection: MongoConnection): Pick<MessageStore, 'stale' | 'index' | 'search'> {
  const { models, run } = connection;
  const { messages, conversations } = models;
  const rowsOf = createRows(connection);

  /** Conversations with hits, newest hit first, one more than a page has. */
  async function walk(words: object, { teamIds, limit }: SearchRequest, before: number): Promise<Map<string, Found>> {
    const found = new Map<string, Found>();
    const refused = new Set<string>();
    for (let from = before; found.size <= limit; ) {
      const hits = await messages
        .find({ ...words, deleted: false, n: lt(from) }, { n: 1, conversationId: 1 })
        .sort({ n: -1 })
        .limit(BATCH)
        .lean();
      const unknown = [...new Set(hits.map((hit) => hit.conversationId))].filter((id) => !found.has(id) && !refused.has(id));
      const filter = { _id: oneOf(unknown), lastInboundAt: isSet(), ...teamFilter(teamIds) };
      const seen = new Map((await conversations.find(filter).lean()).map((doc) => [doc._id, doc]));
      for (const { n, conversationId } of hits) {
        const doc = seen.get(conversationId);
        if (found.size > limit || found.has(conversationId) || refused.has(conversationId)) continue;
        // One with a newer hit was on an earlier page.
        const isShown = before < Number.MAX_SAFE_INTEGER && doc !== undefined && (await hasNewer(conversationId));
        if (doc === undefined || isShown) refused.add(conversationId);
        else found.set(conversationId, { n, doc });
      }
      if (hits.length < BATCH) break;
      from = hits.at(-1)?.n ?? 0;
    }
    return found;

    async function hasNewer(conversationId: string): Promise<boolean> {
      return (await messages.findOne({ conversationId, ...words, deleted: false, n: gte(before) }, { _id: 1 }).lean()) !== null;
    }
  }

  async function hitsOf(conversationId: string, words: object | null) {
    if (words === null) return [];
    const hits = await messages
      .find({ conversationId, ...words, deleted: false })
      .sort({ pos: -1, note: -1 })
      .limit(HITS)
      .lean();
    return hits.map(({ _id: id, seq, direction, createdAt, text }: MessageDoc) => ({ id, seq, direction, createdAt, text }));
  }

  return {
    stale: (version, limit) =>
      run(async () => {
        const old = await messages
          .find({ tokensVersion: lt(version) })
          .sort({ tokensVersion: 1, n: 1 })
          .limit(limit)
          .lean();
        return old.map(({ _id: id, deleted, text }) => ({ id, text: deleted ? '' : text }));
      }),
    index: (rows) =>
      run(async () => {
        for (let from = 0; from < rows.length; from += CHUNK)
          await messages.bulkWrite(
            rows.slice(from, from + CHUNK).map(({ id, version: tokensVersion, tokens }) => ({
              updateOne: { filter: { _id: id }, update: { $set: { tokensVersion, tokens: [...new Set(tokens)] } } },
            })),
            { ordered: false },
          );
      }),
    search: (request) =>
      run(async () => {
        const [before = 0] = readCursor(request.cursor, [Number.MAX_SAFE_INTEGER]);
        const words = wordsOf(request);
        const found = words === null ? new Map<string, Found>() : await walk(words, request, before);
        const page = toPage([...found.values()], request.limit, ({ n }) => [n]);
        const docs = page.rows.map(({ doc }) => doc);
        const { number } = request;
        if (number !== null && request.cursor === null && !docs.some((doc) => doc.number === number)) {
          const named = { number, lastInboundAt: isSet(), ...teamFilter(request.teamIds) };
          const first = await conversations.findOne(named).lean();
          if (first !== null) docs.unshift(first);
        }
        const rows = await rowsOf(docs);
        const all = await Promise.all(rows.map(async (row) => ({ row, hits: await hitsOf(row.id, words) })));
        return { rows: all, cursor: page.cursor };
      }),
  };
}

interface Found {
  n: number;
  doc: ConversationDoc;
}

/** The filter for all words: those that begin with the prefix last, they are the many. */
function wordsOf({ tokens, prefix }: SearchRequest): object | null {
  const words: object[] = tokens.slice(0, MAX_WORDS).map((token) => ({ tokens: token }));
  if (prefix !== null) words.push({ tokens: begins(prefix) });
  return words.length === 0 ? null : { $and: words };
}
