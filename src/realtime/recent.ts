// What browsers were last shown of a conversation, so that only what is new is sent. Forgotten without harm.
import type { QueuePlace } from '../contract/events.ts';
import type { Audience } from '../desk/access.ts';

export interface Shown {
  /** Owner and language as last told to the citizen. */
  state: string | null;
  place: QueuePlace | null;
  /** The start of the last message, and which one that was. */
  preview: { seq: number; text: string } | null;
  /** `rev` of the row last put into lists. */
  rowRev: number;
  /** Whose lists show it. */
  audiences: Audience[];
}

/** Conversations remembered; beyond that the one longest unchanged is forgotten. */
const capacity = 5_000;

export function createRecent(): { of(conversationId: string): Shown } {
  const known = new Map<string, Shown>();

  return {
    of(conversationId) {
      const shown = known.get(conversationId) ?? { state: null, place: null, preview: null, rowRev: 0, audiences: [] };
      known.delete(conversationId);
      known.set(conversationId, shown);
      if (known.size > capacity) known.delete(known.keys().next().value ?? '');
      return shown;
    },
  };
}
