// Who has which conversation open: kept per console, told only to those who watch the same one, many changes as one.
import type { PresenceState, Present } from '../contract/workplace.ts';
import type { OfficerNamespace, OfficerSocket } from './server.ts';

/** How long changes wait for company. Milliseconds. */
const patience = 100;
const strength: Record<PresenceState, number> = { away: 0, viewing: 1, typing: 2 };

export interface Presence {
  /** A console says what it does in a conversation; counts only while it watches that one. */
  here(socket: OfficerSocket, conversationId: string, state: PresenceState): void;
  /** It closed the conversation, or went away itself. */
  gone(socket: OfficerSocket): void;
  stop(): void;
}

export function createPresence(namespace: OfficerNamespace): Presence {
  const places = new Map<string, { conversationId: string; state: PresenceState }>();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | null = null;

  function touch(conversationId: string): void {
    changed.add(conversationId);
    timer ??= setTimeout(tell, patience);
  }

  function tell(): void {
    timer = null;
    for (const conversationId of changed) {
      const room = `conversation:${conversationId}`;
      namespace.to(room).emit('presence:changed', { conversationId, present: presentIn(conversationId, room) });
    }
    changed.clear();
  }

  /** Each officer once: of several tabs the busiest counts. Who lost the right to watch has left the room and is not named. */
  function presentIn(conversationId: string, room: string): Present[] {
    const officers = new Map<string, Present>();
    for (const socketId of namespace.adapter.rooms.get(room) ?? []) {
      const place = places.get(socketId);
      const officer = namespace.sockets.get(socketId)?.data.officer;
      if (place?.conversationId !== conversationId || officer === undefined) continue;
      const known = officers.get(officer.id);
      if (known === undefined || strength[known.state] < strength[place.state])
        officers.set(officer.id, { officerId: officer.id, name: officer.name, state: place.state });
    }
    return [...officers.values()];
  }

  return {
    here(socket, conversationId, state) {
      if (!socket.rooms.has(`conversation:${conversationId}`)) return;
      const before = places.get(socket.id);
      if (before?.conversationId === conversationId && before.state === state) return;
      places.set(socket.id, { conversationId, state });
      if (before !== undefined && before.conversationId !== conversationId) touch(before.conversationId);
      touch(conversationId);
    },
    gone(socket) {
      const before = places.get(socket.id);
      places.delete(socket.id);
      if (before !== undefined) touch(before.conversationId);
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
