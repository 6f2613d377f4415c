// The console's addresses: everything after `#` in the URL, read and written here only.
import type { ConversationView } from '../../src/contract/conversation.ts';
import type { ChannelName } from '../../src/contract/message.ts';
import { channelLabels } from './words.ts';

/** What a list is narrowed to; null = everything. */
export interface Filter {
  channel: ChannelName | null;
  teamId: string | null;
  tag: string | null;
}
export const noFilter: Filter = { channel: null, teamId: null, tag: null };

export type Route =
  | { page: 'setup'; token: string }
  | { page: 'login' }
  | { page: 'talk'; view: ConversationView; conversationId: string | null; filter: Filter }
  /** Any page of views/pages.ts; `rest` is what follows its path. */
  | { page: 'page'; path: string; rest: string; query: Record<string, string> };

const views: readonly string[] = ['queue', 'mine', 'all', 'closed'] satisfies ConversationView[];
const isView = (word: string): word is ConversationView => views.includes(word);

/** @returns where the hash leads; an empty or unreadable one leads to the queue. */
export function parseHash(hash: string): Route {
  const [path = '', words = ''] = hash.replace(/^#\/?/, '').split('?');
  const [page = '', view = '', conversationId = ''] = path.split('/');
  const query = new URLSearchParams(words);
  if (page === 'setup') return { page, token: query.get('token') ?? '' };
  if (page === 'login') return { page };
  if (page !== 'c' && page !== '')
    return { page: 'page', path: page, rest: path.slice(page.length + 1), query: Object.fromEntries(query) };
  if (!isView(view)) return { page: 'talk', view: 'queue', conversationId: null, filter: noFilter };
  const filter = { channel: channelIn(query.get('channel')), teamId: query.get('team'), tag: query.get('tag') };
  return { page: 'talk', view, conversationId: conversationId === '' ? null : decode(conversationId), filter };
}

/** @returns the address of a list, with or without an open conversation. */
export function talkHash(view: ConversationView, conversationId: string | null = null, filter: Filter = noFilter): string {
  const query = new URLSearchParams();
  if (filter.channel !== null) query.set('channel', filter.channel);
  if (filter.teamId !== null) query.set('team', filter.teamId);
  if (filter.tag !== null) query.set('tag', filter.tag);
  const words = query.size === 0 ? '' : `?${query}`;
  return `#/c/${view}${conversationId === null ? '' : `/${encodeURIComponent(conversationId)}`}${words}`;
}

/** @returns whether two filters ask for the same. */
export const isSameFilter = (a: Filter, b: Filter): boolean =>
  a.channel === b.channel && a.teamId === b.teamId && a.tag === b.tag;

const channelIn = (word: string | null): ChannelName | null =>
  word !== null && Object.hasOwn(channelLabels, word) ? (word as ChannelName) : null;

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
