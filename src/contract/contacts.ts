// A contact as the console's page shows it: masked, with the channels of the same person and what erasing would take away.
import type { ConversationRow } from './conversation.ts';
import type { ChannelName } from './message.ts';

/** One way to reach the person. `verified`: the channel itself vouched for the phone number. */
export interface ContactChannel {
  contactId: string;
  channel: ChannelName;
  accountId: string;
  verified: boolean;
  blocked: boolean;
  unreachable: boolean;
}

export interface ContactView extends ContactChannel {
  name: string | null;
  /** Masked: `+62812****678`. */
  phone: string | null;
  createdAt: number;
  /** Contacts on other channels with the same verified number. */
  others: ContactChannel[];
  /** Newest first; only what the officer may read. */
  conversations: ConversationRow[];
}

/** How much is stored about one contact. */
export interface Footprint {
  conversations: number;
  messages: number;
  attachments: number;
  /** Entries of the search index. */
  tokens: number;
}

/** What was erased, and what erasing cannot reach: a backup is not changed. */
export interface Erased extends Footprint {
  note: string;
}
