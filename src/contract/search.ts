// What a search shows: conversations with the places found in them, and people.
import type { ConversationRow } from './conversation.ts';
import type { ChannelName, Message } from './message.ts';

export interface SearchHit {
  messageId: string;
  /** Null for a note. */
  seq: number | null;
  direction: Message['direction'];
  createdAt: number;
  /** Part of the text around what was found, with … where it was cut. */
  excerpt: string;
  /** Where in the excerpt the words stand: from, to. */
  marks: [number, number][];
}

export interface FoundContact {
  id: string;
  name: string | null;
  /** Masked. */
  phone: string | null;
  channel: ChannelName;
  blocked: boolean;
}

export interface SearchPage {
  rows: ConversationRow[];
  /** By conversation id. */
  hits: Record<string, SearchHit[]>;
  /** People whose name or number matches; on the first page only. */
  contacts: FoundContact[];
  cursor: string | null;
}
