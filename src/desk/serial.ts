// One in-process line per conversation: work on the same id runs one after the other, different ids side by side.

export interface Serial {
  /** Runs `work` after everything queued before it under the same key. @returns what `work` returns; a failure stops nobody else. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when no work is queued or running. */
  idle(): Promise<void>;
}

/** @returns an empty line keeper; memory is bounded by the work in flight. */
export function createSerial(): Serial {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run(key, work) {
      const before = tails.get(key);
      const mine = before === undefined ? work() : before.then(work, work);
      const tail = mine.catch(() => undefined).finally(() => tails.get(key) === tail && tails.delete(key));
      tails.set(key, tail);
      return mine;
    },
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
