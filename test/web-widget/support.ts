// What the widget's unit tests share: stored values in memory, messages, a clock that stands still, timers run by hand.
import type { WidgetConversation, WidgetMessage } from '../../src/contract/events.ts';
import { createStorage, type KeyValue, type LocalStore } from '../../web-widget/storage.ts';

export function fakeLocalStore(): LocalStore {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    key: (index) => [...values.keys()][index] ?? null,
    get length() {
      return values.size;
    },
  };
}

export const fakeStorage = (): KeyValue => {
  const local = fakeLocalStore();
  return createStorage(() => local);
};

/** Ids that can be told apart: `id-000001`, … */
export function counter(prefix = 'id'): () => string {
  let n = 0;
  return () => `${prefix}-${String(++n).padStart(6, '0')}`;
}

/** `later` keeps what it is given until `runAll`. */
export function handTimers() {
  let waiting: { ms: number; run: () => void }[] = [];
  return {
    later: (ms: number, run: () => void): void => void waiting.push({ ms, run }),
    delays: (): number[] => waiting.map((timer) => timer.ms),
    runAll(): void {
      const due = waiting;
      waiting = [];
      for (const timer of due) timer.run();
    },
  };
}

/** Lets every promise that can go on do so. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}

export const message = (part: Partial<WidgetMessage> & { seq: number }): WidgetMessage => ({
  id: `m${part.seq}`,
  clientMessageId: null,
  rev: part.seq,
  direction: 'out',
  author: 'bot',
  authorName: null,
  kind: 'text',
  text: `text ${part.seq}`,
  buttons: [],
  attachments: [],
  state: 'sent',
  createdAt: 1_000 + part.seq,
  edited: false,
  deleted: false,
  ...part,
});

export const conversation = (part: Partial<WidgetConversation> = {}): WidgetConversation => ({
  id: 'c1',
  number: 'K-4821',
  state: 'bot',
  rev: 0,
  language: 'id',
  officerName: null,
  place: null,
  ...part,
});
