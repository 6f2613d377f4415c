// Messages as every room, both stores, the socket and the browser know them: flat, serialisable, times in epoch milliseconds.
import { z } from 'zod';

export const channelNames = ['web', 'telegram', 'whatsapp', 'whatsappWeb', 'shell'] as const;
export type ChannelName = (typeof channelNames)[number];

export const languages = ['id', 'su', 'en'] as const;
export type Language = (typeof languages)[number];

export const messageKinds = [
  'text',
  'image',
  'document',
  'voice',
  'audio',
  'video',
  'location',
  'contact',
  'sticker',
  'call',
  'unsupported',
] as const;
export type MessageKind = (typeof messageKinds)[number];

/**
 * `received`: inbound, stored. Outbound: `pending → sending → sent → delivered → read`, or `failed`, or `uncertain`
 * (it may have arrived; never sent again by itself, never blocks later messages). `noted`: an officers' note.
 */
export const messageStates = [
  'received',
  'noted',
  'pending',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'uncertain',
] as const;
export type MessageState = (typeof messageStates)[number];

/** A quick reply. `id` is what comes back when it is pressed: an intent id or one of the desk's commands; ≤ 64 bytes. */
export const buttonSchema = z.object({
  id: z.string().min(1).max(64),
  label: z.string().min(1).max(20),
});
export type Button = z.infer<typeof buttonSchema>;

/**
 * A file of a message. `ref` is the channel's own handle until the file is fetched; `key` names it in our own file store.
 * `state`: `remote` not fetched yet, `stored` readable under `key`, `refused` too large or of a forbidden type, `lost` gone.
 */
export const attachmentSchema = z.object({
  id: z.string().min(1).max(80),
  name: z.string().max(200),
  mime: z.string().max(120),
  size: z.number().int().nonnegative(),
  state: z.enum(['remote', 'stored', 'refused', 'lost']),
  ref: z.string().max(600).nullable(),
  key: z.string().max(120).nullable(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** What a person is called on a channel beside the address: E.164 number, WhatsApp's BSUID or lid, user name. */
export const aliasKinds = ['phone', 'bsuid', 'lid', 'username'] as const;
export type AliasKind = (typeof aliasKinds)[number];

/** One message as a channel hands it to the desk. Everything foreign has been translated before this. */
export const inboundSchema = z.object({
  channel: z.enum(channelNames),
  /** Which of our accounts received it: a bot id, an inbox key. */
  accountId: z.string().min(1).max(64),
  /** The channel's id of this message; unique per (channel, accountId). */
  externalId: z.string().min(1).max(120),
  from: z.object({
    /** The address replies go to: chat id, visitor id, number, or WhatsApp's business-scoped id (up to 131 characters). */
    externalId: z.string().min(1).max(140),
    name: z.string().max(120).nullable(),
    phone: z.string().max(32).nullable(),
    /** The sender is itself a bot: stored, never answered. */
    isBot: z.boolean(),
    /** It is a room of several people, not one person. */
    isGroup: z.boolean().optional(),
    /** On channels where one person may come under several names. */
    aliases: z
      .array(z.object({ kind: z.enum(aliasKinds), value: z.string().min(1).max(200) }))
      .max(8)
      .optional(),
  }),
  kind: z.enum(messageKinds),
  text: z.string().max(8000),
  attachments: z.array(attachmentSchema).max(10),
  /** Id of the pressed button, when this message is a press. */
  button: z.string().max(64).nullable(),
  clientMessageId: z.string().min(1).max(64).nullable(),
  /** When the citizen sent it, by the channel's clock; order never depends on it. Epoch ms. */
  sentAt: z.number().int().nonnegative(),
});
export type InboundMessage = z.infer<typeof inboundSchema>;

/** The citizen changed or withdrew an earlier message; applied to the stored message, as often as it is told. */
export const editSchema = z.object({
  channel: z.enum(channelNames),
  accountId: z.string().min(1).max(64),
  externalId: z.string().min(1).max(120),
  text: z.string().max(8000),
  deleted: z.boolean(),
  at: z.number().int().nonnegative(),
});
export type InboundEdit = z.infer<typeof editSchema>;

/** Why the bot said what it said: shown to officers on click, used by reports. */
export interface BotReason {
  intent: string | null;
  score: number;
  decision: 'answer' | 'ask' | 'handoff' | 'notice' | 'smalltalk';
  /** The version of the knowledge an answer came from; other texts have none. */
  version?: string;
  /** Id of the citizen's message that the bot did not understand, when it said so, handed over for it, or was told that a guess was wrong: listed for officers. */
  unsure?: string;
  /** Only with `unsure`: a question back. Listed while the citizen has written nothing since; whoever answers it is helped. */
  untilReply?: true;
}

/** `bot` writing out is ours, writing in is another one: stored, never answered. */
/** What a message that is a template carries beside its text. */
export interface MessageTemplate {
  name: string;
  language: string;
  variables: string[];
}

export interface Author {
  kind: 'contact' | 'bot' | 'officer';
  /** Officer id; null for contact and bot. */
  id: string | null;
  name: string | null;
}

/** A stored message. `seq` numbers what the citizen sees, without gaps; a note has none. `rev` is the conversation's revision when it last changed. */
export interface Message {
  id: string;
  conversationId: string;
  seq: number | null;
  rev: number;
  direction: 'in' | 'out' | 'note';
  author: Author;
  kind: MessageKind;
  text: string;
  buttons: Button[];
  attachments: Attachment[];
  state: MessageState;
  /** Why it is `failed` or `uncertain`, for officers. */
  stateReason: string | null;
  externalId: string | null;
  clientMessageId: string | null;
  /** Outbound by the bot: the inbound message it answers, and the rule that wrote it; unique together. */
  inReplyTo: string | null;
  ruleId: string | null;
  /** Inbound: id of the one reply that covers it; `none` when no reply is due; null while one is. */
  coveredBy: string | null;
  button: string | null;
  reason: BotReason | null;
  /** Outbound: the provider's approved text this message is; absent or null for a free text. */
  template?: MessageTemplate | null;
  attempt: number;
  createdAt: number;
  sentAt: number | null;
  editedAt: number | null;
  deleted: boolean;
}
