// Each table of the SQLite file as documents of its collection in MongoDB, and back. Encrypted fields and blind indexes go over as they are.
import type { Database } from 'better-sqlite3';
import type { Conversation } from '../../contract/conversation.ts';
import type { Message } from '../../contract/message.ts';
import type { Copied, Doc } from '../copy/copyPort.ts';
import { derived, followed, keyOf, keysOf } from '../mongo/records.ts';

// biome-ignore lint/suspicious/noExplicitAny: rows and documents are moved here, not interpreted
export type Row = Record<string, any>;

interface Table {
  table: string;
  /** SQL of the document's `_id`. */
  id: string;
  toDoc(row: Row): Doc;
  insert(doc: Doc): void;
}

const flag = (value: boolean): number => (value ? 1 : 0);
const json = (value: unknown): string | null =>
  value == null || (Array.isArray(value) && value.length === 0) ? null : JSON.stringify(value);
const parsed = (text: string | null, empty: unknown) => (text === null ? empty : JSON.parse(text));

/** @returns the tables by collection. */
export function copyTables(db: Database): Record<Copied, Table> {
  const list = <T>(sql: string) => {
    const statement = db.prepare<unknown[], T>(sql).pluck();
    return (...values: unknown[]): T[] => statement.all(...values);
  };
  const one = <T>(sql: string) => {
    const statement = db.prepare<unknown[], T>(sql).pluck();
    return (...values: unknown[]): T | null => statement.get(...values) ?? null;
  };
  const statements = new Map<string, ReturnType<Database['prepare']>>();
  function put(table: string, row: Row): void {
    const names = Object.keys(row);
    const sql = `INSERT INTO ${table} (${names.join()}) VALUES (${names.map((name) => `@${name}`).join()})`;
    const statement = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, statement);
    statement.run(row);
  }
  /** A table whose columns are the fields, but for its key, JSON and flags. */
  function plain(table: string, key: string, { lists = [], flags = [] }: { lists?: string[]; flags?: string[] } = {}): Table {
    return {
      table,
      id: key,
      toDoc(row) {
        const { [key]: _, ...rest } = row;
        for (const name of lists) rest[name] = parsed(rest[name], []);
        for (const name of flags) rest[name] = rest[name] === 1;
        return rest as Doc;
      },
      insert({ _id, ...doc }) {
        const row: Row = { [key]: _id, ...doc };
        for (const name of lists) row[name] = JSON.stringify(row[name]);
        for (const name of flags) row[name] = flag(row[name]);
        put(table, row);
      },
    };
  }

  const contactTokens = list<string>('SELECT token FROM contactTokens WHERE contact = ?');
  const messageTokens = list<string>('SELECT token FROM tokens WHERE message = ?');
  const conversation = 'SELECT number, id, channel, accountId FROM conversations';
  const byId = db.prepare<[unknown], Row>(`${conversation} WHERE id = ?`);
  const byNumber = db.prepare<[unknown], Row>(`${conversation} WHERE number = ?`);
  const permitId = one<string>('SELECT id FROM permits WHERE n = ?');
  const permitN = one<number>('SELECT n FROM permits WHERE id = ?');
  const mainOf = one<string>('SELECT hash FROM permit_numbers WHERE permit = ? AND isMain = 1');
  const numbersOf = list<string>('SELECT hash FROM permit_numbers WHERE permit = ?');
  const current = db.prepare<[unknown], Row>(
    'SELECT stage, codeRaw, textRaw, reason, since, note FROM permit_events WHERE n = ?',
  );

  return {
    teams: plain('teams', 'id'),
    officers: plain('officers', 'id', { lists: ['teamIds'], flags: ['disabled'] }),
    sessions: plain('sessions', 'hash'),
    invitations: plain('invitations', 'id', { lists: ['teamIds'] }),
    settings: plain('settings', 'key'),
    facts: plain('facts', 'id'),
    audit: plain('audit', 'id'),
    identities: plain('identities', 'hash'),
    persons: plain('persons', 'contactId'),
    linkCodes: plain('linkCodes', 'hash'),
    linkTries: plain('linkTries', 'contactId'),
    permitBatches: plain('permit_batches', 'id'),
    permitTries: plain('permit_tries', 'key'),
    contacts: {
      table: 'contacts',
      id: 'id',
      toDoc({ id: _, ...row }) {
        const { _id, channel, accountId, externalId } = row;
        const flags = { unreachable: row.unreachable === 1, blocked: row.blocked === 1 };
        return { ...row, _id, ...flags, key: keyOf(channel, accountId, externalId), tokens: contactTokens(row.n) };
      },
      insert({ _id, key: _, tokens, ...doc }) {
        const flags = { unreachable: flag(doc.unreachable as boolean), blocked: flag(doc.blocked as boolean) };
        put('contacts', { id: _id, ...doc, ...flags });
        for (const token of tokens as string[]) put('contactTokens', { token, contact: doc.n });
      },
    },
    conversations: {
      table: 'conversations',
      id: 'id',
      toDoc(row) {
        const record = { ...row, introduced: row.introduced === 1, tags: parsed(row.tags, []) };
        const rest = { permit: parsed(row.permit, null), timers: parsed(row.timers, {}) };
        const { id: _, ...doc } = { ...record, ...rest, ...derived(record as unknown as Conversation) } as Row;
        return doc as Doc;
      },
      insert({ _id, slot: _s, isOpen: _o, place: _p, ...doc }) {
        const texts = { tags: json(doc.tags), permit: json(doc.permit), timers: json(doc.timers) };
        put('conversations', { id: _id, ...doc, introduced: flag(doc.introduced as boolean), ...texts });
      },
    },
    messages: {
      table: 'messages',
      id: 'id',
      toDoc({ id, conversation: number, source: _, authorKind, authorId, authorName, ...row }) {
        const { channel, accountId, id: conversationId } = byNumber.get(number) ?? {};
        const lists = { buttons: parsed(row.buttons, []), attachments: parsed(row.attachments, []) };
        const more = { reason: parsed(row.reason, null), template: parsed(row.template, null), deleted: row.deleted === 1 };
        const author = { kind: authorKind, id: authorId, name: authorName };
        const message = { ...row, ...lists, ...more, conversationId, author, seq: row.note === 0 ? row.pos : null } as Row;
        const source = keyOf(channel, accountId);
        return {
          ...{ ...message, channel, source, keys: keysOf(message as Message, { source, pos: row.pos, note: row.note }) },
          ...{ _id: id, ...followed(message as Message), tokens: messageTokens(row.n) },
          tokensVersion: authorKind === 'bot' ? null : row.tokensVersion,
        };
      },
      insert({ _id, conversationId, seq: _s, keys: _k, channel: _c, hasFiles: _h, isUnsure: _u, tokens, author, ...doc }) {
        const { buttons, attachments, reason, template } = doc;
        const { number, channel, accountId } = byId.get(conversationId) ?? {};
        const { kind: authorKind, id: authorId, name: authorName } = author as Row;
        put('messages', {
          ...{ id: _id, ...doc, conversation: number, source: `${channel}:${accountId}`, authorKind, authorId, authorName },
          ...{ buttons: json(buttons), attachments: json(attachments), reason: json(reason), template: json(template) },
          ...{ deleted: flag(doc.deleted as boolean), tokensVersion: doc.tokensVersion ?? 0 },
        });
        for (const token of tokens as string[]) put('tokens', { token, message: doc.n });
      },
    },
    asked: {
      table: 'asked',
      id: `json_array(day, fact)`,
      toDoc: (row) => row as Doc,
      insert: ({ _id: _, ...doc }) => put('asked', doc),
    },
    labels: {
      table: 'labels',
      id: '(SELECT id FROM messages WHERE n = message)',
      toDoc: ({ _id, message: n, intent, officerId: by, at }) => ({ _id, n, intent, by, at }),
      insert: ({ n: message, intent, by: officerId, at }) => put('labels', { message, intent, officerId, at }),
    },
    permits: {
      table: 'permits',
      id: 'id',
      toDoc({ id: _, since: place, ...row }) {
        const main = mainOf(row.n);
        return { ...row, ...current.get(row.current), place, main, numbers: numbersOf(row.n) } as unknown as Doc;
      },
      insert({ _id, place: since, main, numbers, stage: _s, codeRaw: _c, textRaw: _t, reason: _r, since: _e, note: _n, ...doc }) {
        put('permits', { id: _id, ...doc, since });
        for (const hash of new Set([main, ...(numbers as string[])]))
          put('permit_numbers', { hash, permit: doc.n, isMain: flag(hash === main) });
      },
    },
    permitEvents: {
      table: 'permit_events',
      id: 'n',
      toDoc: ({ n: _, permit, ...row }) => ({ ...row, permitId: permitId(permit), moved: row.moved === 1 }) as unknown as Doc,
      insert: ({ _id: n, permitId: id, ...doc }) =>
        put('permit_events', { n, ...doc, permit: permitN(id), moved: flag(doc.moved as boolean) }),
    },
    permitWatches: {
      table: 'permit_watches',
      id: 'id',
      toDoc: ({ id: _, permit, ...row }) => ({ ...row, permitId: permitId(permit) ?? `gone:${row._id}` }) as unknown as Doc,
      insert: ({ _id: id, permitId: of, ...doc }) => put('permit_watches', { id, ...doc, permit: permitN(of) }),
    },
  };
}
