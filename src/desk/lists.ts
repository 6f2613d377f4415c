// The officers' lists: the store's views, and before them who must be answered soon because their channel's window is about to close.
import type { Conversation, ConversationRow, ConversationView, Officer } from '../contract/conversation.ts';
import { mayRead, teamsOf } from './access.ts';
import type { DeskContext } from './context.ts';
import type { ListFilter, Page } from './storePort.ts';
import { windowEnd } from './window.ts';

/** With less than this left a conversation goes to the top. Milliseconds. */
const URGENT_MS = 2 * 3_600_000;
/** More than these need no order of their own: the officer cannot answer them all in two hours. */
const MOST = 50;

interface Request {
  view: ConversationView;
  filter?: ListFilter;
  cursor: string | null;
  limit: number;
}

/** @returns one page of a view; the first page of the queue and of *mine* begins with the most urgent, who are left out further down. */
export async function listConversations(desk: DeskContext, by: Officer, request: Request): Promise<Page<ConversationRow>> {
  const listed = desk.store.conversations.list({ ...request, officerId: by.id, teamIds: teamsOf(by) });
  if (!desk.channels.some(({ capabilities }) => capabilities.window)) return listed;
  const [page, urgent] = await Promise.all([listed, urgentIn(desk, by, request)]);
  if (urgent.length === 0) return page;
  const ids = new Set(urgent.map(({ id }) => id));
  const rest = page.rows.filter(({ id }) => !ids.has(id));
  if (request.cursor !== null) return { ...page, rows: rest };
  const rows = await Promise.all(urgent.map(({ id }) => desk.store.conversations.row(id)));
  const known = rows.filter((row) => row !== null);
  return { ...page, rows: [...known, ...rest] };
}

/** Those whose window closes within two hours, the next first; what is over already is no hurry. */
async function urgentIn(desk: DeskContext, by: Officer, { view, filter = {} }: Request): Promise<Conversation[]> {
  if (view !== 'queue' && view !== 'mine') return [];
  const { conversations } = desk.store;
  const all = view === 'queue' ? await conversations.queue() : await conversations.heldBy(by.id);
  const now = desk.clock.now();
  const endOf = (one: Conversation) => windowEnd(desk.channel(one.channel)?.capabilities, one) ?? Number.POSITIVE_INFINITY;
  const isUrgent = (one: Conversation) => endOf(one) > now && endOf(one) - now < URGENT_MS;
  // What has an answer already is no hurry either.
  const waits = (one: Conversation) => view === 'queue' || one.waitingSince !== null;
  return all
    .filter((one) => isUrgent(one) && waits(one) && mayRead(by, one) && isChosen(one, filter))
    .sort((a, b) => endOf(a) - endOf(b))
    .slice(0, MOST);
}

const isChosen = (one: Conversation, { channel, teamId, tag }: ListFilter): boolean =>
  (channel ?? one.channel) === one.channel && (teamId ?? one.teamId) === one.teamId && (tag == null || one.tags.includes(tag));
