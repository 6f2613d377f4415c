// The lists beside the conversation: read over HTTP, kept fresh by hints from the socket.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ConversationRow, ConversationView } from '../../src/contract/conversation.ts';
import type { Api } from '../api.ts';
import { type Filter, isSameFilter, noFilter } from '../logic/route.ts';
import { emptyList, firstPage, mergeRows, nextPage, type RowList } from '../logic/rows.ts';

/** Rows remembered beside the lists. */
const KEPT = 2000;
/** Until a page that did not come is asked for again. Milliseconds. */
const AGAIN_MS = 5000;

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
  /** What all lists are narrowed to. */
  filter: ReadonlySignal<Filter>;
  /** Narrows all lists; they are read afresh. */
  setFilter(filter: Filter): void;
  /** The latest copy of a row told of, also of one that has left the lists. */
  latest(id: string): ConversationRow | undefined;
  /** Reads the first page of a view afresh; what the screen shows stays until the answer is here. */
  refresh(view: ConversationView): Promise<void>;
  /** Reads the next page; one that does not come stalls the list until it is asked for again, by itself after some seconds. */
  more(view: ConversationView): Promise<void>;
  /** Lets a stalled list go on. */
  resume(view: ConversationView): void;
  /** Rows the socket or an own action told of. */
  merge(rows: ConversationRow[]): void;
  /** Searches all conversations; fewer than two letters end the search. */
  find(q: string): Promise<void>;
}

/**
 * @param officerId whose list *mine* is
 * @param told called with every row that came; `first` with those of a view that is read for the first time
 */
export function createInbox(options: {
  api: Api;
  officerId: string;
  /** When a row's time to reply ends, if that is soon. */
  hurry: (row: ConversationRow) => number | null;
  told: (rows: ConversationRow[], first: boolean) => void;
}): Inbox {
  const { api, officerId, told: tell } = options;
  const filter = signal<Filter>(noFilter);
  const place = (view: ConversationView) => ({ view, officerId, filter: filter.value, hurry: options.hurry });
  const latest = new Map<string, ConversationRow>();
  const keep = (rows: ConversationRow[]) => {
    for (const row of rows) {
      if ((latest.get(row.id)?.rev ?? -1) > row.rev) continue;
      latest.delete(row.id);
      latest.set(row.id, row);
    }
    for (const id of latest.keys()) {
      if (latest.size <= KEPT) break;
      latest.delete(id);
    }
  };
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
  const underway = new Set<string>();

  async function refresh(view: ConversationView): Promise<void> {
    if (meanwhile.has(view)) {
      // The request under way may be older than what made us ask.
      askAgain.add(view);
      return;
    }
    const told: ConversationRow[] = [];
    meanwhile.set(view, told);
    const wanted = filter.value;
    const answer = await api.list(view, wanted, null);
    meanwhile.delete(view);
    if (filter.value !== wanted) return refresh(view);
    trouble.value = answer.ok ? null : answer.message;
    if (answer.ok) {
      keep(answer.rows);
      tell(answer.rows, !lists[view].value.loaded);
      lists[view].value = firstPage(answer, told, place(view), lists[view].value);
    }
    if (askAgain.delete(view)) await refresh(view);
  }

  async function more(view: ConversationView): Promise<void> {
    const { cursor, stalled } = lists[view].value;
    if (cursor === null || stalled !== null) return;
    if (underway.has(`${view} ${cursor}`)) return;
    underway.add(`${view} ${cursor}`);
    const wanted = filter.value;
    const answer = await api.list(view, wanted, cursor);
    underway.delete(`${view} ${cursor}`);
    if (lists[view].value.cursor !== cursor || filter.value !== wanted) return;
    if (answer.ok) lists[view].value = nextPage(lists[view].value, answer, place(view));
    else {
      lists[view].value = { ...lists[view].value, stalled: answer.message };
      setTimeout(() => resume(view), AGAIN_MS);
    }
  }

  /** Only the mark goes: a list whose end is in view asks by itself. */
  function resume(view: ConversationView): void {
    if (lists[view].value.stalled !== null) lists[view].value = { ...lists[view].value, stalled: null };
  }

  function merge(rows: ConversationRow[]): void {
    keep(rows);
    tell(rows, false);
    for (const view of views) {
      meanwhile.get(view)?.push(...rows);
      if (lists[view].value.loaded) lists[view].value = mergeRows(lists[view].value, rows, place(view));
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

  return {
    ...{ lists, trouble, found, filter, refresh, more, resume, merge, find },
    latest: (id) => latest.get(id),
    setFilter: (next) => {
      if (isSameFilter(filter.value, next)) return;
      filter.value = next;
      for (const view of views) {
        lists[view].value = emptyList;
        void refresh(view);
      }
    },
  };
}

const newer = (row: ConversationRow, changed: ConversationRow[]): ConversationRow =>
  changed.find((one) => one.id === row.id && one.rev >= row.rev) ?? row;
