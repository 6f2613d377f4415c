// The parts of a Telegram update that we read. Unknown keys pass, a malformed part counts as absent: such a message is still
// taken as `unsupported`. Only what identifies an update and its chat must be right. Source: core.telegram.org/bots/api.
import { z } from 'zod';

/** @returns a schema for a part we can do without: absent when it is missing or malformed. */
const part = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const integer = z.number().int();
const userSchema = z.object({
  id: integer,
  is_bot: z.boolean().catch(false),
  first_name: part(z.string()),
  last_name: part(z.string()),
});
const chatSchema = z.object({
  id: integer,
  type: z.enum(['private', 'group', 'supergroup', 'channel']),
  title: part(z.string()),
});
const fileSchema = z.object({
  file_id: z.string().min(1).max(600),
  file_size: part(integer.nonnegative()),
  file_name: part(z.string()),
  mime_type: part(z.string()),
  width: part(z.number()),
  height: part(z.number()),
});
const entitySchema = z.object({
  type: z.string(),
  offset: integer.nonnegative(),
  length: integer.nonnegative(),
  user: part(z.object({ id: integer })),
});
const locationSchema = z.object({ latitude: z.number(), longitude: z.number() });
const keyboardSchema = z.object({
  inline_keyboard: z.array(z.array(z.object({ text: z.string(), callback_data: part(z.string()) }))),
});

const messageSchema = z.object({
  message_id: integer,
  /** Seconds. 0 in a message that Telegram no longer shows to the bot. */
  date: integer.nonnegative(),
  edit_date: part(integer.nonnegative()),
  chat: chatSchema,
  from: part(userSchema),
  reply_to_message: part(z.object({ from: part(z.object({ id: integer })) })),
  reply_markup: part(keyboardSchema),
  text: part(z.string()),
  caption: part(z.string()),
  entities: part(z.array(entitySchema)),
  caption_entities: part(z.array(entitySchema)),
  photo: part(z.array(fileSchema).min(1)),
  document: part(fileSchema),
  voice: part(fileSchema),
  audio: part(fileSchema),
  video: part(fileSchema),
  video_note: part(fileSchema),
  animation: part(fileSchema),
  sticker: part(z.object({ emoji: part(z.string()) })),
  location: part(locationSchema),
  venue: part(z.object({ title: z.string(), address: z.string() })),
  contact: part(z.object({ phone_number: z.string(), user_id: part(integer) })),
  // Notes of the app itself in a private chat, nothing the citizen said.
  pinned_message: z.unknown().optional(),
  message_auto_delete_timer_changed: z.unknown().optional(),
  write_access_allowed: z.unknown().optional(),
  chat_background_set: z.unknown().optional(),
});
export type TelegramMessage = z.infer<typeof messageSchema>;
export type TelegramFile = z.infer<typeof fileSchema>;

const callbackSchema = z.object({
  id: z.string().min(1).max(100),
  from: userSchema,
  message: part(messageSchema),
  data: part(z.string().min(1).max(64)),
});
export type TelegramCallback = z.infer<typeof callbackSchema>;

export const updateSchema = z.object({
  update_id: integer.nonnegative(),
  message: messageSchema.optional(),
  edited_message: messageSchema.optional(),
  callback_query: callbackSchema.optional(),
});
export type TelegramUpdate = z.infer<typeof updateSchema>;

/** What must be right in a polled batch before any of it is looked at: the number the offset is made of. */
export const batchSchema = z.array(z.looseObject({ update_id: integer.nonnegative() }));

/** Which updates we ask Telegram for; everything else stays away. */
export const allowedUpdates = ['message', 'edited_message', 'callback_query'];

/** `getMe`: who we are. */
export const meSchema = z.object({ id: integer, username: z.string().min(1) });
/** What a send answers. */
export const sentSchema = z.object({ message_id: integer, chat: z.object({ id: integer }) });
/** `getFile`. */
export const filePathSchema = z.object({ file_path: z.string().min(1).max(1000), file_size: part(integer.nonnegative()) });
