// The open conversation: watched over the socket, caught up by `rev` after every gap; recently opened ones stay at hand. No DOM.
import type { Conversation, ConversationRow } from '../../src/contract/conversation.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Link } from '../link.ts';
import { addEvent, addOwn, addPage, beginCatchUp, emptyLog, type Log } from './log.ts';
import type { Trouble } from './outbox.ts';

export interface Room {
  id: string;
  /** Null until the first answer. */
  row: ConversationRow | null;
  log: Log;
  /** Why it cannot be read; null when all is well. */
  trouble: Trouble | null;
}

export interface Rooms {
  current(): Room | null;
  /** Goes to another conversation, or to none. */
  show(conversationId: string | null): void;
  /** Joins and catches up again: after a reconnect. */
  rejoin(): void;
  /** Reads what changed since: after an own request was refused because others were first. */
  reread(): Promise<void>;
  onChanged(change: { conversationId: string; rev: number; messages: Message[] }): void;
  onRows(rows: ConversationRow[]): void;
  /** The server's copy of something we sent. */
  addMessage(message: Message): void;
  /** Shows a row as an own action will make it, or takes that back: the same `rev` as the server's copy. */
  showRow(row: ConversationRow): void;
  /** @returns the row with an own action's answer in it; null when it is not at hand. */
  setConversation(conversation: Conversation): ConversationRow | null;
}

const KEPT = 20;
const AGAIN_MS = 3000;

/**
 * @param seen called with every message from the server, so that echoes of it can go
 * @param changed called after every change of `current()`
 */
export function createRooms(options: {
  link: Pick<Link, 'watch' | 'since' | 'unwatch'>;
  seen: (messages: Message[]) => void;
  changed: () => void;
  /** The server lets us watch this one now. */
  joined?: (conversationId: string) => void;
}): Rooms {
  const { link, seen, changed, joined } = options;
  let open: Room | null = null;
  const kept = new Map<string, Room>();
  let run = 0;

  function put(room: Room): void {
    kept.delete(room.id);
    kept.set(room.id, room);
    for (const id of kept.keys()) if (kept.size > KEPT && id !== open?.id) kept.delete(id);
    if (open?.id !== room.id) return;
    open = room;
    changed();
  }

  /**
   * Joins (doing it twice changes nothing) and reads page after page from `log.rev`; a later run, or leaving the conversation,
   * ends it.
   */
  async function catchUp(id: string): Promise<void> {
    const mine = ++run;
    const isCurrent = () => mine === run && open?.id === id;
    put({ ...(kept.get(id) ?? fresh(id)), log: beginCatchUp(kept.get(id)?.log ?? emptyLog) });
    for (let ask = link.watch; ; ask = link.since) {
      const from = open?.log.rev ?? 0;
      const answer = await ask(id, from);
      if (!isCurrent()) return;
      const room = kept.get(id) ?? fresh(id);
      if (!answer.ok && answer.code === 'no-answer') {
        put({ ...room, trouble: answer.code });
        setTimeout(() => isCurrent() && void catchUp(id), AGAIN_MS);
        return;
      }
      // Not (or no longer) for this officer: nothing of it stays on the screen.
      if (!answer.ok) return put({ ...fresh(id), trouble: answer.code });
      seen(answer.messages);
      if (ask === link.watch) joined?.(id);
      const more = answer.more && answer.rev > from;
      put({ ...room, row: newerRow(room.row, answer.conversation), log: addPage(room.log, { ...answer, more }), trouble: null });
      if (!more) return;
    }
  }

  return {
    current: () => open,
    show: (conversationId) => {
      if (open?.id === conversationId) return;
      if (open !== null) link.unwatch(open.id);
      open = conversationId === null ? null : (kept.get(conversationId) ?? fresh(conversationId));
      changed();
      if (open !== null) void catchUp(open.id);
    },
    rejoin: () => {
      if (open !== null) void catchUp(open.id);
    },
    reread: async () => {
      if (open !== null) await catchUp(open.id);
    },
    onChanged: ({ conversationId, rev, messages }) => {
      seen(messages);
      const room = kept.get(conversationId);
      // One that was left: its next catch-up reads this.
      if (room === undefined || open?.id !== conversationId) return;
      const { log, gap } = addEvent(room.log, { rev, messages });
      put({ ...room, log });
      if (gap) void catchUp(conversationId);
    },
    onRows: (rows) => {
      for (const row of rows) {
        const room = kept.get(row.id);
        if (room !== undefined) put({ ...room, row: newerRow(room.row, row) });
      }
    },
    addMessage: (message) => {
      const room = kept.get(message.conversationId);
      if (room !== undefined) put({ ...room, log: addOwn(room.log, [message]) });
    },
    showRow: (row) => {
      const room = kept.get(row.id);
      if (room !== undefined) put({ ...room, row: newerRow(room.row, row) });
    },
    setConversation: (conversation) => {
      const room = kept.get(conversation.id);
      if (room?.row == null) return null;
      const row = newerRow(room.row, { ...room.row, ...conversation });
      put({ ...room, row });
      return row;
    },
  };
}

const fresh = (id: string): Room => ({ id, row: null, log: emptyLog, trouble: null });

const newerRow = (known: ConversationRow | null, row: ConversationRow): ConversationRow =>
  known !== null && known.rev > row.rev ? known : row;
