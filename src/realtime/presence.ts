// Who has which conversation open: kept per console, told only to those who watch the same one, many changes as one; and to other nodes.
import type { PresenceState, Present } from '../contract/workplace.ts';
import type { Hints } from '../desk/nodes.ts';
import { busiest, createElsewhere, RETELL_MS } from './elsewhere.ts';
import type { OfficerNamespace, OfficerSocket } from './server.ts';

/** How long changes wait for company. Milliseconds. */
const patience = 100;
const roomOf = (conversationId: string) => `conversation:${conversationId}`;

export interface Presence {
  /** A console says what it does in a conversation; counts only while it watches that one. */
  here(socket: OfficerSocket, conversationId: string, state: PresenceState): void;
  /** It closed the conversation, or went away itself. */
  gone(socket: OfficerSocket): void;
  stop(): void;
}

/** @param hints to and from other nodes; null where there are none */
export function createPresence(namespace: OfficerNamespace, hints: Hints | null): Presence {
  const places = new Map<string, { conversationId: string; state: PresenceState }>();
  /** What changed, and of that what changed here. */
  const changed = new Set<string>();
  const own = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  const elsewhere = hints && createElsewhere(hints, presentHere, show);
  const retelling = elsewhere && setInterval(elsewhere.tellAgain, RETELL_MS);

  function touch(conversationId: string): void {
    own.add(conversationId);
    show(conversationId);
  }

  function show(conversationId: string): void {
    changed.add(conversationId);
    timer ??= setTimeout(tell, patience);
  }

  function tell(): void {
    timer = null;
    for (const conversationId of changed) {
      const present = busiest([...presentHere(conversationId), ...(elsewhere?.presentIn(conversationId) ?? [])]);
      namespace.to(roomOf(conversationId)).emit('presence:changed', { conversationId, present });
    }
    elsewhere?.tell([...own]);
    changed.clear();
    own.clear();
  }

  /** Who lost the right to watch has left the room and is not named. */
  function presentHere(conversationId: string): Present[] {
    const found: Present[] = [];
    for (const socketId of namespace.adapter.rooms.get(roomOf(conversationId)) ?? []) {
      const place = places.get(socketId);
      const officer = namespace.sockets.get(socketId)?.data.officer;
      if (place?.conversationId === conversationId && officer !== undefined)
        found.push({ officerId: officer.id, name: officer.name, state: place.state });
    }
    return busiest(found);
  }

  return {
    here(socket, conversationId, state) {
      if (!socket.rooms.has(roomOf(conversationId))) return;
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
      if (retelling !== null) clearInterval(retelling);
      elsewhere?.leave();
    },
  };
}
