// Short ways to make what the Store port takes, for every test of a store.
import type { Conversation } from '../../src/contract/conversation.ts';
import type { Message } from '../../src/contract/message.ts';
import type { SearchRequest } from '../../src/desk/searchPort.ts';
import type { AuditEntry, Commit, NewInbound, NewMessage, OpenRequest, Received, Store } from '../../src/desk/storePort.ts';

let made = 0;
/** A new id; every one sorts after the ones before. */
const id = (prefix: string): string => `${prefix}_${String(++made).padStart(8, '0')}`;

export const open = (who: string, more: Partial<OpenRequest> & { name?: string; phone?: string } = {}): OpenRequest => {
  const { name = null, phone = null, ...rest } = more;
  return {
    contact: { channel: 'telegram', accountId: 'bot', externalId: who, name, phone },
    newContactId: id('p'),
    newConversationId: id('c'),
    reuseClosedSince: Number.MAX_SAFE_INTEGER,
    now: 1000,
    ...rest,
  };
};

export const inbound = (more: Partial<NewInbound> = {}): NewInbound => ({
  id: id('m'),
  externalId: id('x'),
  clientMessageId: null,
  kind: 'text',
  text: 'halo',
  attachments: [],
  button: null,
  author: { kind: 'contact', id: null, name: null },
  sentAt: 900,
  ...more,
});

export const outbound = (more: Partial<NewMessage> = {}): NewMessage => ({
  id: id('m'),
  direction: 'out',
  author: { kind: 'bot', id: null, name: 'Loket' },
  kind: 'text',
  text: 'Selamat datang',
  buttons: [],
  attachments: [],
  state: 'pending',
  clientMessageId: null,
  inReplyTo: null,
  ruleId: null,
  reason: null,
  ...more,
});

export const note = (more: Partial<NewMessage> = {}): NewMessage =>
  outbound({ direction: 'note', state: 'noted', author: { kind: 'officer', id: 'o1', name: 'Rina' }, text: 'catatan', ...more });

export const commit = (conversation: Conversation, more: Partial<Commit> = {}): Commit => ({
  conversationId: conversation.id,
  expectedRev: conversation.rev,
  patch: {},
  messages: [],
  cover: null,
  facts: [],
  audit: [],
  now: 2000,
  ...more,
});

export const audit = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  id: id('a'),
  at: 1000,
  actor: 'o1',
  action: 'erase',
  subject: 'x',
  detail: null,
  ...more,
});

/** A search for whole words, over every team. */
export const words = (tokens: string[], more: Partial<SearchRequest> = {}): SearchRequest => ({
  tokens,
  prefix: null,
  number: null,
  teamIds: null,
  cursor: null,
  limit: 10,
  ...more,
});

/** Receives one message of `who`. */
export const say = (
  store: Store,
  who: string,
  more: Partial<NewInbound> = {},
  request: Parameters<typeof open>[1] = {},
): Promise<Received> => store.conversations.receive({ ...open(who, request), message: inbound(more) });

/** Commits on the conversation as it is now; fails the test when it is not `ok`. */
export async function change(
  store: Store,
  conversationId: string,
  more: Partial<Commit>,
): Promise<{ conversation: Conversation; messages: Message[] }> {
  const seat = await store.conversations.get(conversationId);
  const done = await store.conversations.commit(commit(seat!.conversation, more));
  if (done.kind !== 'ok') throw new Error(`commit: ${done.kind}`);
  return done;
}

/** Every row of a list, page by page. */
export async function pages<T>(fetch: (cursor: string | null) => Promise<{ rows: T[]; cursor: string | null }>): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  do {
    const page: { rows: T[]; cursor: string | null } = await fetch(cursor);
    all.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== null);
  return all;
}
