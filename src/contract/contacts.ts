// A contact as the console's page shows it: masked, with the channels of the same person and what erasing would take away.
import { z } from 'zod';
import { type ConversationRow, idSchema } from './conversation.ts';
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
  /** Contacts an officer has put together with this one: the same person on other channels. */
  linked: ContactChannel[];
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

/** `PUT /api/contacts/:id/link`: another contact's id, or the number of one of its conversations, `K-1002`. */
export const linkBody = z.object({
  with: z.union([
    z
      .string()
      .trim()
      .regex(/^K-?\d{1,12}$/i),
    idSchema,
  ]),
});
