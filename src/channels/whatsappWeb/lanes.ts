// Work of one chat in the order it came, different chats side by side.

export interface Lanes {
  /** Runs `work` after everything else of the chat; rejects as it does, which does not stop the lane. */
  run<T>(chat: string, work: () => Promise<T>): Promise<T>;
  /** Is something of this chat in hand or waiting? */
  isBusy(chat: string): boolean;
  /** Resolves when nothing is in hand. */
  idle(): Promise<void>;
}

export function createLanes(): Lanes {
  const lanes = new Map<string, Promise<unknown>>();
  return {
    run(chat, work) {
      const before = lanes.get(chat);
      const done = before === undefined ? work() : before.then(work, work);
      lanes.set(chat, done);
      const leave = () => {
        if (lanes.get(chat) === done) lanes.delete(chat);
      };
      done.then(leave, leave);
      return done;
    },
    isBusy: (chat) => lanes.has(chat),
    async idle() {
      while (lanes.size > 0) await Promise.allSettled(lanes.values());
    },
  };
}
