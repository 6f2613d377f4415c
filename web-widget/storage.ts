// Where the widget keeps what must outlive a reload: localStorage, or memory where the browser forbids or has filled it.
export interface KeyValue {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

/** What of the browser's `Storage` is used here. */
export type LocalStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * Never throws: a value that cannot be written stays in memory until the page is left.
 * @param open returns the browser's store; may throw (third-party storage blocked)
 */
export function createStorage(open: () => LocalStore): KeyValue {
  const memory = new Map<string, string>();
  const local = attempt(open, null);
  return {
    get: (key) => memory.get(key) ?? attempt(() => local?.getItem(key) ?? null, null),
    set(key, value) {
      const isWritten = attempt(() => {
        local?.setItem(key, value);
        return local !== null;
      }, false);
      if (isWritten) memory.delete(key);
      else memory.set(key, value);
    },
    remove(key) {
      memory.delete(key);
      attempt(() => local?.removeItem(key), undefined);
    },
    keys: () => [...new Set([...memory.keys(), ...attempt(() => namesOf(local), [])])],
  };
}

function namesOf(local: LocalStore | null): string[] {
  const names: string[] = [];
  for (let i = 0; i < (local?.length ?? 0); i++) {
    const name = local?.key(i);
    if (typeof name === 'string') names.push(name);
  }
  return names;
}

function attempt<T>(run: () => T, otherwise: T): T {
  try {
    return run();
  } catch {
    return otherwise;
  }
}
