// Presence where several nodes serve consoles: each tells the others who is at its own, and again while that lasts. So a node that starts
// late learns it, a hint that was lost is made up for, and what a dead node told ends by itself.
import type { PresenceState, Present } from '../contract/workplace.ts';
import type { Hints } from '../desk/nodes.ts';

/** How often others are told again, and how long what they told counts. Milliseconds. */
export const RETELL_MS = 2000;
const FORGET_MS = 7000;
const strength: Record<PresenceState, number> = { away: 0, viewing: 1, typing: 2 };

export interface Elsewhere {
  presentIn(conversationId: string): Present[];
  /** Tells the others who is here now. */
  tell(conversationIds: string[]): void;
  /** Tells again, and forgets what was not told again. */
  tellAgain(): void;
  /** Tells the others that nobody is here any more. */
  leave(): void;
}

/**
 * @param presentHere who is in a conversation at this node
 * @param show called with each conversation in which something changed elsewhere
 */
export function createElsewhere(
  hints: Hints,
  presentHere: (conversationId: string) => Present[],
  show: (conversationId: string) => void,
): Elsewhere {
  /** By conversation, then by node. */
  const known = new Map<string, Map<string, { present: Present[]; heardAt: number }>>();
  /** Conversations in which the others know of somebody here. */
  const told = new Set<string>();

  hints.listen((hint, node) => {
    if (hint.kind !== 'presence') return;
    for (const { conversationId, present } of hint.places) {
      const byNode = known.get(conversationId) ?? new Map<string, { present: Present[]; heardAt: number }>();
      const before = byNode.get(node)?.present ?? [];
      if (present.length === 0) byNode.delete(node);
      else byNode.set(node, { present, heardAt: performance.now() });
      if (byNode.size === 0) known.delete(conversationId);
      else known.set(conversationId, byNode);
      if (JSON.stringify(before) !== JSON.stringify(present)) show(conversationId);
    }
  });

  function tell(conversationIds: string[], here = presentHere): void {
    const places = conversationIds
      .map((conversationId) => ({ conversationId, present: here(conversationId) }))
      .filter(({ conversationId, present }) => present.length > 0 || told.has(conversationId));
    if (places.length === 0) return;
    hints.tell({ kind: 'presence', places });
    for (const { conversationId, present } of places)
      if (present.length > 0) told.add(conversationId);
      else told.delete(conversationId);
  }

  function forget(): void {
    const oldest = performance.now() - FORGET_MS;
    for (const [conversationId, byNode] of known)
      for (const [node, { heardAt }] of byNode) {
        if (heardAt >= oldest) continue;
        byNode.delete(node);
        if (byNode.size === 0) known.delete(conversationId);
        show(conversationId);
      }
  }

  return {
    presentIn: (conversationId) => [...(known.get(conversationId)?.values() ?? [])].flatMap(({ present }) => present),
    tell: (conversationIds) => tell(conversationIds),
    tellAgain() {
      forget();
      tell([...told]);
    },
    leave: () => tell([...told], () => []),
  };
}

/** Each officer once: of several tabs the busiest counts. */
export function busiest(all: readonly Present[]): Present[] {
  const officers = new Map<string, Present>();
  for (const one of all) {
    const known = officers.get(one.officerId);
    if (known === undefined || strength[known.state] < strength[one.state]) officers.set(one.officerId, one);
  }
  return [...officers.values()];
}
