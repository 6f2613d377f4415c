// What an officer typed and nobody has yet: drafts and unsent messages, kept in the browser per officer and conversation. No DOM.

/** The part of `localStorage` used here. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** A reply goes to the citizen, a note stays among officers: each has its own draft, so one never turns into the other. */
export type Kind = 'reply' | 'note';

/** A message on its way. `conversationId` is where typing began and never changes; `clientMessageId` makes repeats harmless. */
export interface Unsent {
  clientMessageId: string;
  conversationId: string;
  kind: Kind;
  text: string;
  /** Epoch ms. */
  at: number;
  /** The `seq` that was on the screen when typing began; null when not known. */
  seen: number | null;
  /** Set for a file, which stays in memory: a browser keeps none over a reload. */
  fileName: string | null;
}

export interface Keep {
  draft(kind: Kind, conversationId: string): string;
  /** @param seen the `seq` on the screen now; kept with the first letter and forgotten with the last */
  setDraft(kind: Kind, conversationId: string, text: string, seen: number): void;
  /** @returns what was on the screen when this draft began; null without a draft */
  seen(kind: Kind, conversationId: string): number | null;
  unsent(): Unsent[];
  putUnsent(entry: Unsent): void;
  dropUnsent(clientMessageId: string): void;
  /** Whether anything is kept for this officer. */
  isEmpty(): boolean;
  /** Forgets everything of this officer: on signing out of a shared computer. */
  clear(): void;
}

/**
 * @param shelf where it is kept; a shelf that is full or forbidden loses nothing that is still on the screen
 * @param officerId whose texts: two officers at one computer do not see each other's
 */
export function createKeep(shelf: Shelf, officerId: string): Keep {
  const own = `loket:${officerId}:`;
  const draftKey = (kind: Kind, conversationId: string) => `${own}draft:${kind}:${conversationId}`;
  const seenKey = (kind: Kind, conversationId: string) => `${own}seen:${kind}:${conversationId}`;
  const unsentKey = (clientMessageId: string) => `${own}unsent:${clientMessageId}`;
  // Also in memory: the page goes on without a shelf (private mode, quota).
  const memory = new Map<string, string>();
  for (const key of keys(shelf)) if (key.startsWith(own)) memory.set(key, shelf.getItem(key) ?? '');

  const put = (key: string, value: string) => {
    memory.set(key, value);
    quietly(() => shelf.setItem(key, value));
  };
  const drop = (key: string) => {
    memory.delete(key);
    quietly(() => shelf.removeItem(key));
  };

  return {
    draft: (kind, conversationId) => memory.get(draftKey(kind, conversationId)) ?? '',
    setDraft: (kind, conversationId, text, seen) => {
      if (text === '') {
        drop(draftKey(kind, conversationId));
        drop(seenKey(kind, conversationId));
        return;
      }
      if (!memory.has(seenKey(kind, conversationId))) put(seenKey(kind, conversationId), String(seen));
      put(draftKey(kind, conversationId), text);
    },
    seen: (kind, conversationId) => {
      const seen = memory.get(seenKey(kind, conversationId));
      return seen === undefined ? null : Number(seen);
    },
    unsent: () =>
      [...memory]
        .filter(([key]) => key.startsWith(`${own}unsent:`))
        .flatMap(([, value]) => readUnsent(value))
        .sort((a, b) => a.at - b.at),
    putUnsent: (entry) => {
      if (entry.fileName === null) put(unsentKey(entry.clientMessageId), JSON.stringify(entry));
    },
    dropUnsent: (clientMessageId) => drop(unsentKey(clientMessageId)),
    isEmpty: () => memory.size === 0,
    clear: () => {
      for (const key of [...memory.keys()]) drop(key);
    },
  };
}

function keys(shelf: Shelf): string[] {
  const all: string[] = [];
  quietly(() => {
    for (let i = 0; i < shelf.length; i++) all.push(shelf.key(i) ?? '');
  });
  return all;
}

function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // No shelf: what was typed stays in memory.
  }
}

function readUnsent(json: string): Unsent[] {
  try {
    const value: unknown = JSON.parse(json);
    return isUnsent(value) ? [{ ...value, seen: value.seen ?? null, fileName: null }] : [];
  } catch {
    return [];
  }
}

function isUnsent(value: unknown): value is Unsent {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Record<string, unknown>;
  const isText = (name: string) => typeof entry[name] === 'string';
  return (
    isText('clientMessageId') &&
    isText('conversationId') &&
    isText('text') &&
    typeof entry.at === 'number' &&
    (entry.kind === 'reply' || entry.kind === 'note')
  );
}
