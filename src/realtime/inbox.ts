// List rows on their way to consoles: changes within 20 ms become one packet per audience, the last row of a conversation wins.
import type { ConversationRow } from '../contract/conversation.ts';
import type { Audience } from '../desk/access.ts';
import type { OfficerNamespace } from './server.ts';

/** How long rows wait for company. Milliseconds; below what anybody sees. */
const patience = 20;

export interface InboxBuffer {
  add(audience: Audience, row: ConversationRow): void;
  /** Sends what waits now; nothing is sent afterwards. */
  stop(): void;
}

export function createInboxBuffer(namespace: OfficerNamespace): InboxBuffer {
  const waiting = new Map<string, { audience: Audience; rows: Map<string, ConversationRow> }>();
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    timer = null;
    for (const { audience, rows } of waiting.values())
      namespace
        .to(audience.room)
        .except(audience.except)
        .emit('inbox:changed', { rows: [...rows.values()] });
    waiting.clear();
  }

  return {
    add(audience, row) {
      if (!namespace.adapter.rooms.has(audience.room)) return; // nobody there
      const key = [audience.room, ...audience.except].join(' ');
      const entry = waiting.get(key) ?? { audience, rows: new Map<string, ConversationRow>() };
      entry.rows.delete(row.id);
      entry.rows.set(row.id, row);
      waiting.set(key, entry);
      timer ??= setTimeout(flush, patience);
    },
    stop() {
      if (timer === null) return;
      clearTimeout(timer);
      flush();
    },
  };
}
