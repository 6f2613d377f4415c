// The console's addresses: everything after `#` in the URL, read and written here only.
import type { ConversationView } from '../../src/contract/conversation.ts';

export type Route =
  | { page: 'setup'; token: string }
  | { page: 'login' }
  | { page: 'talk'; view: ConversationView; conversationId: string | null }
  | { page: 'undelivered' }
  | { page: 'settings' };

const views: readonly string[] = ['queue', 'mine', 'all', 'closed'] satisfies ConversationView[];
const isView = (word: string): word is ConversationView => views.includes(word);

/** @returns where the hash leads; anything unknown leads to the queue. */
export function parseHash(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [page = '', view = '', conversationId = ''] = path.split('/');
  if (page === 'setup') return { page, token: new URLSearchParams(query).get('token') ?? '' };
  if (page === 'login') return { page };
  if (page === 'gagal') return { page: 'undelivered' };
  if (page === 'pengaturan') return { page: 'settings' };
  if (page !== 'c' || !isView(view)) return { page: 'talk', view: 'queue', conversationId: null };
  return { page: 'talk', view, conversationId: conversationId === '' ? null : decode(conversationId) };
}

/** @returns the address of a list, with or without an open conversation. */
export function talkHash(view: ConversationView, conversationId: string | null = null): string {
  return conversationId === null ? `#/c/${view}` : `#/c/${view}/${encodeURIComponent(conversationId)}`;
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
