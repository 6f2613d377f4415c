// The lists beside the conversation: read over HTTP, kept fresh by hints from the socket.
import { type Signal, signal } from '@preact/signals';
import type { ConversationRow, ConversationView } from '../../src/contract/conversation.ts';
import type { Api } from '../api.ts';
import { emptyList, firstPage, mergeRows, nextPage, type RowList } from '../logic/rows.ts';

export interface Found {
  q: string;
  rows: ConversationRow[];
  state: 'searching' | 'done' | 'failed';
}

export interface Inbox {
  lists: Record<ConversationView, Signal<RowList>>;
  /** The list could not be read: the sentence to show. */
  trouble: Signal<string | null>;
  found: Signal<Found | null>;
  /** Reads the first page of a view afresh; what the screen shows stays until the answer is here. */
  refresh(view: ConversationView): Promise<void>;
  more(view: ConversationView): Promise<void>;
  /** Rows the socket or an own action told of. */
  merge(rows: ConversationRow[]): void;
  /** Searches all conversations; fewer than two letters end the search. */
  find(q: string): Promise<void>;
}

/** @param officerId whose list *mine* is */
export function createInbox(options: { api: Api; officerId: string }): Inbox {
  const { api, officerId } = options;
  const lists: Inbox['lists'] = {
    queue: signal(emptyList),
    mine: signal(emptyList),
    all: signal(emptyList),
    closed: signal(emptyList),
  };
  const views = Object.keys(lists) as ConversationView[];
  const trouble = signal<string | null>(null);
  const found = signal<Found | null>(null);
  /** Rows told of while a first page is on its way, by view. */
  const meanwhile = new Map<ConversationView, ConversationRow[]>();
  const askAgain = new Set<ConversationView>();

  async function refresh(view: ConversationView): Promise<void> {
    if (meanwhile.has(view)) {
      // The request under way may be older than what made us ask.
      askAgain.add(view);
      return;
    }
    const told: ConversationRow[] = [];
    meanwhile.set(view, told);
    const answer = await api.list(view, null);
    meanwhile.delete(view);
    trouble.value = answer.ok ? null : answer.message;
    if (answer.ok) lists[view].value = firstPage(answer, told, view, officerId);
    if (askAgain.delete(view)) await refresh(view);
  }

  async function more(view: ConversationView): Promise<void> {
    const { cursor } = lists[view].value;
    if (cursor === null) return;
    const answer = await api.list(view, cursor);
    if (!answer.ok) trouble.value = answer.message;
    else if (lists[view].value.cursor === cursor) lists[view].value = nextPage(lists[view].value, answer, view, officerId);
  }

  function merge(rows: ConversationRow[]): void {
    for (const view of views) {
      meanwhile.get(view)?.push(...rows);
      if (lists[view].value.loaded) lists[view].value = mergeRows(lists[view].value, rows, view, officerId);
    }
    if (found.value !== null) found.value = { ...found.value, rows: found.value.rows.map((row) => newer(row, rows)) };
  }

  async function find(q: string): Promise<void> {
    if (q.trim().length < 2) {
      found.value = null;
      return;
    }
    found.value = { q, rows: found.value?.rows ?? [], state: 'searching' };
    const answer = await api.search(q.trim());
    // Only the answer to the last question counts.
    if (found.value?.q !== q) return;
    found.value = answer.ok ? { q, rows: answer.rows, state: 'done' } : { q, rows: [], state: 'failed' };
  }

  return { lists, trouble, found, refresh, more, merge, find };
}

const newer = (row: ConversationRow, changed: ConversationRow[]): ConversationRow =>
  changed.find((one) => one.id === row.id && one.rev >= row.rev) ?? row;
