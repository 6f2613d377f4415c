// What a search over the store asks and finds. Charter: storePort.ts.
import type { ConversationRow } from '../contract/conversation.ts';
import type { Message } from '../contract/message.ts';

export interface SearchRequest {
  /** Whole words. */
  tokens: string[];
  /** The beginning of one more word; null for none. */
  prefix: string | null;
  /** The number of a conversation to put before all others; null for none. */
  number: number | null;
  teamIds: string[] | null;
  cursor: string | null;
  limit: number;
}

export interface FoundConversation {
  row: ConversationRow;
  /** Its newest messages that have all words, at most 3. */
  hits: Pick<Message, 'id' | 'seq' | 'direction' | 'createdAt' | 'text'>[];
}
