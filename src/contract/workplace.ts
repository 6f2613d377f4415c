// What officers work with besides conversations and messages: tags, canned replies, the bot's guesses, who looks at what.
import { z } from 'zod';
import { clientMessageIdSchema, idSchema } from './conversation.ts';
import { channelNames } from './message.ts';

/** One tag: a few lower-case words. */
export const tagSchema = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(24)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} &/-]*$/u, 'hanya huruf, angka, spasi, & / -');
/** `PUT /api/conversations/:id/tags`: all tags the conversation shall have. */
export const tagsBody = z.object({ tags: z.array(tagSchema).max(10) });

/** A reply an officer need not type; `{nama}`, `{nomor}` and `{petugas}` are filled in when it is put into the composer. */
const cannedReplySchema = z.object({
  id: idSchema,
  title: z.string().trim().min(1).max(60),
  text: z.string().trim().min(1).max(4000),
});
export type CannedReply = z.infer<typeof cannedReplySchema>;
export const cannedSchema = z.object({
  replies: z.array(cannedReplySchema).max(300),
  /** Tags that are offered. */
  tags: z.array(tagSchema).max(100),
});
export type Canned = z.infer<typeof cannedSchema>;
/** `PUT /api/canned`: replaces the whole, compare-and-set on `version`. */
export const cannedBody = z.object({ canned: cannedSchema, version: z.number().int().nonnegative() });

/** What a list is narrowed to. */
export const listFilterShape = {
  channel: z.enum(channelNames).optional(),
  team: idSchema.optional(),
  tag: tagSchema.optional(),
};

/** Up to which `seq` the officer had read when they began to write: a colleague's later answer makes the desk ask first. */
export const seenSchema = z.number().int().nonnegative().optional();

/** The name of a file in a header, percent-encoded. */
export const fileNameHeader = z.string().max(1800).transform(readName).pipe(z.string().trim().min(1).max(200));

/** Headers of `POST /api/conversations/:id/files`; the body is the file. The name is percent-encoded. */
export const officerFileHeaders = z.object({
  'x-message-id': clientMessageIdSchema,
  'x-file-name': fileNameHeader,
  'x-seen': z.coerce.number().int().nonnegative().optional(),
});

function readName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return '';
  }
}

/** `GET /api/topics?ids=a,b`: what intents are called. */
export const topicsQuery = z.object({
  ids: z
    .string()
    .max(4000)
    .transform((ids) => ids.split(',').filter((id) => id !== ''))
    .pipe(z.array(idSchema).max(100)),
});

/** `GET /api/conversations/:id/earlier`. */
export const earlierQuery = z.object({ cursor: z.string().max(200).optional() });

/** One of the bot's guesses for the citizen's last message, with the approved answer an officer may edit and send. */
export interface Suggestion {
  intent: string;
  title: string;
  /** 0..1. */
  score: number;
  text: string;
}

const presenceStates = ['typing', 'viewing', 'away'] as const;
/** What a colleague does in a conversation: types, looks at it, or has it open in a tab that is not in front. */
export type PresenceState = (typeof presenceStates)[number];
export const presenceSchema = z.object({ conversationId: idSchema, state: z.enum(presenceStates) });
export interface Present {
  officerId: string;
  name: string;
  state: PresenceState;
}
