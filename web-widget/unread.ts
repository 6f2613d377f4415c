// Counts the messages that arrived while the panel was out of sight, also over a reload.
import type { KeyValue } from './storage.ts';
import type { LogItem } from './timeline.ts';

const key = 'loket.read';

/** @returns `count`: how many messages to the visitor are unread; when the panel is visible, all of them become read. */
export function createUnread(storage: KeyValue): {
  count(items: readonly LogItem[], isVisible: boolean): number;
  forget(): void;
} {
  /** Time of the newest message that was in sight, by the server's clock; epoch ms. */
  let readUpTo = Number(storage.get(key)) || 0;
  return {
    forget() {
      readUpTo = 0;
      storage.remove(key);
    },
    count(items, isVisible) {
      const unread = items.filter((item) => item.author !== 'contact' && !item.deleted && item.createdAt > readUpTo);
      const last = unread[unread.length - 1];
      if (!isVisible || last === undefined) return unread.length;
      readUpTo = last.createdAt;
      storage.set(key, String(readUpTo));
      return 0;
    },
  };
}
