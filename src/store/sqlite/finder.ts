// The search itself, over one connection: which messages have all words, newest conversation first. Runs in the worker (searchWorker.ts).
import type { Database, Statement } from 'better-sqlite3';
import { contactRecord, type ListColumns, listColumns, teamFilter } from './records.ts';

export interface MessageQuery {
  /** Whole words. */
  tokens: string[];
  /** The beginning of one more word. */
  prefix: string | null;
  /** A conversation to put first, by its number. */
  number: number | null;
  teamIds: string[] | null;
  /** Only messages written before this one, by `n`. */
  before: number;
  limit: number;
}
export interface RawHit {
  id: string;
  seq: number | null;
  direction: 'in' | 'out' | 'note';
  createdAt: number;
  text: string;
}
/** A conversation as list columns with its newest hits; `n` of the newest. */
export interface RawFound extends ListColumns {
  n: number;
  hits: RawHit[];
}
export interface ContactQuery {
  /** For each word its hash under every key. */
  hashes: string[][];
  teamIds: string[] | null;
  limit: number;
}
export interface Finder {
  /** @returns one more than `limit` when there are more */
  messages(query: MessageQuery): RawFound[];
  /** @returns records, still encrypted */
  contacts(query: ContactQuery): string[];
}

/** Counting further would not change which word is tried first. */
const COUNT_UP_TO = 20_000;
/** A beginning with so many places is not gathered and sorted: among the newest messages enough have it. */
const FREQUENT_BEGINNING = 8_000;
/** Hits looked at in one go: at first little more than a page needs, then more, where a few conversations have most of the hits. */
const FIRST_BATCH = 64;
const LARGEST_BATCH = 1024;
/** Hits shown of one conversation. */
const HITS = 3;
/** More words than this do not narrow a search any further. */
const MAX_WORDS = 8;
/** After every word that begins so. */
const end = (prefix: string): string => `${prefix}\u{10ffff}`;

type Bindings = Record<string, string | number | null>;

/** @param db a connection that only reads */
export function createFinder(db: Database): Finder {
  const statements = new Map<string, Statement<[Bindings]>>();
  function prepared(sql: string): Statement<[Bindings]> {
    const known = statements.get(sql) ?? db.prepare<[Bindings]>(sql);
    statements.set(sql, known);
    return known;
  }
  const countToken = db
    .prepare<[string], number>(`SELECT count(*) FROM (SELECT 1 FROM tokens WHERE token = ? LIMIT ${COUNT_UP_TO})`)
    .pluck();
  const countRange = db
    .prepare<[string, string], number>(
      `SELECT count(*) FROM (SELECT 1 FROM tokens WHERE token >= ? AND token < ? LIMIT ${COUNT_UP_TO})`,
    )
    .pluck();
  const row = (where: string) =>
    db.prepare<[Bindings], ListColumns>(
      `SELECT ${listColumns} FROM conversations c JOIN contacts p ON p.id = c.contactId WHERE ${where}`,
    );
  const byNumber = row('c.number = @number');
  const named = row(`c.number = @number AND c.lastInboundAt IS NOT NULL AND ${teamFilter}`);

  /** SQL: a message has these words. @param message the column that names it: the earlier in the plan, the fewer rows are fetched */
  function hasRest(words: Word[], message = 'm.n'): string {
    return words
      .map(({ at, isPrefix }) =>
        isPrefix
          ? `AND EXISTS (SELECT 1 FROM tokens x WHERE x.message = ${message} AND x.token >= @w${at} AND x.token < @e${at})`
          : `AND EXISTS (SELECT 1 FROM tokens x WHERE x.token = @w${at} AND x.message = ${message})`,
      )
      .join(' ');
  }

  /** SQL: messages newest first that have the rarest word, found by walking that word, or all messages where no word is rare. */
  function candidates(first: Word, rest: Word[]): string {
    const { at } = first;
    const range = `token >= @w${at} AND token < @e${at} AND message < @before`;
    const source = !first.isPrefix
      ? `tokens t JOIN messages m ON m.n = t.message`
      : first.count < FREQUENT_BEGINNING
        ? `(SELECT DISTINCT message FROM tokens WHERE ${range} ORDER BY message DESC) t JOIN messages m ON m.n = t.message`
        : 'messages m';
    const driven = !first.isPrefix
      ? `t.token = @w${at} AND t.message < @before`
      : first.count < FREQUENT_BEGINNING
        ? '1'
        : 'm.n < @before';
    const walked = first.isPrefix && first.count >= FREQUENT_BEGINNING ? [first, ...rest] : rest;
    const order = source === 'messages m' ? 'm.n' : 't.message';
    return `SELECT m.n, m.conversation FROM ${source} CROSS JOIN conversations c ON c.number = m.conversation
      WHERE ${driven} ${hasRest(walked, order)} AND m.deleted = 0 AND c.lastInboundAt IS NOT NULL AND ${teamFilter}
      ORDER BY ${order} DESC LIMIT @batch`;
  }

  function messages({ tokens, prefix, number, teamIds, before, limit }: MessageQuery): RawFound[] {
    const bindings: Bindings = { teams: teamIds === null ? null : JSON.stringify(teamIds), before, number };
    const words = wordsOf(tokens, prefix, bindings);
    const hitsOf = prepared(
      `SELECT m.id, iif(m.note = 0, m.pos, NULL) AS seq, m.direction, m.createdAt, m.text FROM messages m
       WHERE m.conversation = @conversation AND m.deleted = 0 ${hasRest(words)} ORDER BY m.pos DESC, m.note DESC LIMIT ${HITS}`,
    );
    const earlierPage = prepared(
      `SELECT 1 FROM messages m WHERE m.conversation = @conversation AND m.n >= @from AND m.deleted = 0 ${hasRest(words)} LIMIT 1`,
    );
    const found = new Map<number, number>();
    const [first, ...rest] = words.sort((a, b) => a.count - b.count);
    const isFirstPage = before === Number.MAX_SAFE_INTEGER;
    if (first !== undefined && words.every(({ count }) => count > 0)) {
      const next = prepared(candidates(first, rest));
      let from = before;
      let size = FIRST_BATCH;
      while (found.size <= limit) {
        const batch = next.all({ ...bindings, before: from, batch: size }) as { n: number; conversation: number }[];
        for (const { n, conversation } of batch) {
          if (found.size > limit) break;
          if (found.has(conversation)) continue;
          const isShown = !isFirstPage && earlierPage.get({ ...bindings, conversation, from: before }) !== undefined;
          if (!isShown) found.set(conversation, n);
        }
        from = batch.at(-1)?.n ?? 0;
        if (batch.length < size) break;
        size = Math.min(size * 4, LARGEST_BATCH);
      }
    }
    const rows = [...found].flatMap(([conversation, n]) => {
      const columns = byNumber.get({ number: conversation });
      return columns === undefined ? [] : [{ ...columns, n, hits: hitsOf.all({ ...bindings, conversation }) as RawHit[] }];
    });
    const wanted = number === null || !isFirstPage || found.has(number) ? undefined : named.get(bindings);
    return wanted === undefined ? rows : [{ ...wanted, n: before, hits: [] }, ...rows];
  }

  function wordsOf(tokens: string[], prefix: string | null, bindings: Bindings): Word[] {
    const all = [...tokens.slice(0, MAX_WORDS).map((text) => ({ text, isPrefix: false }))];
    if (prefix !== null) all.push({ text: prefix, isPrefix: true });
    return all.map(({ text, isPrefix }, at) => {
      bindings[`w${at}`] = text;
      if (isPrefix) bindings[`e${at}`] = end(text);
      const count = (isPrefix ? countRange.get(text, end(text)) : countToken.get(text)) ?? 0;
      return { at, isPrefix, count };
    });
  }

  const people = db
    .prepare<[Bindings], string>(
      `SELECT ${contactRecord} FROM (SELECT DISTINCT contact FROM contactTokens
         WHERE token IN (SELECT value FROM json_each(@first)) ORDER BY contact DESC) t JOIN contacts p ON p.n = t.contact
       WHERE NOT EXISTS (SELECT 1 FROM json_each(@others) o WHERE NOT EXISTS (
           SELECT 1 FROM json_each(o.value) a JOIN contactTokens x ON x.token = a.value AND x.contact = t.contact))
         AND EXISTS (SELECT 1 FROM conversations c WHERE c.contactId = p.id AND c.lastInboundAt IS NOT NULL AND ${teamFilter})
       ORDER BY t.contact DESC LIMIT @limit`,
    )
    .pluck();
  return {
    messages,
    contacts({ hashes, teamIds, limit }) {
      const [first, ...others] = hashes;
      const teams = teamIds === null ? null : JSON.stringify(teamIds);
      return people.all({ first: JSON.stringify(first ?? []), others: JSON.stringify(others), teams, limit });
    },
  };
}

interface Word {
  /** Its place among the bindings. */
  at: number;
  isPrefix: boolean;
  count: number;
}
