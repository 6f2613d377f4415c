// The parts of a Cloud API delivery that we read. Unknown keys pass, a malformed part counts as absent: such a message is still taken as
// `unsupported`. Only what identifies a message and its sender must be right. Source: Meta, WhatsApp Business Platform, webhooks; v24.0.
import { z } from 'zod';

/** @returns a schema for a part we can do without: absent when it is missing or malformed. */
const part = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** Ids of messages and people are opaque; longer ones would be no ids. */
const id = z.string().min(1).max(200);
const text = z.string();
/** Epoch seconds, as a string of digits (a number in some test events). */
const seconds = z.union([z.string().regex(/^\d{1,12}$/), z.number().int().nonnegative().max(999_999_999_999)]).transform(Number);

const mediaSchema = z.object({
  id: z.string().min(1).max(200),
  mime_type: part(text),
  filename: part(text),
  caption: part(text),
  voice: part(z.boolean()),
});
export type CloudMedia = z.infer<typeof mediaSchema>;

const choiceSchema = z.object({ id: part(text), title: part(text) });
const errorSchema = z.object({ code: z.number().int(), title: part(text) });
const cardSchema = z.object({
  name: part(z.object({ formatted_name: part(text) })),
  phones: part(z.array(z.object({ phone: part(text), wa_id: part(text) }))),
});

export const messageSchema = z.object({
  id,
  timestamp: seconds,
  /** Absent once the person has a user name and we do not know the number. */
  from: part(id),
  /** Business-scoped id of the person (BSUID): `CC.<letters and digits>`. */
  from_user_id: part(id),
  type: text.catch('unknown'),
  text: part(z.object({ body: text })),
  interactive: part(z.object({ button_reply: part(choiceSchema), list_reply: part(choiceSchema) })),
  button: part(z.object({ payload: part(text), text: part(text) })),
  image: part(mediaSchema),
  document: part(mediaSchema),
  audio: part(mediaSchema),
  video: part(mediaSchema),
  sticker: part(mediaSchema),
  location: part(z.object({ latitude: z.number(), longitude: z.number(), name: part(text), address: part(text) })),
  contacts: part(z.array(cardSchema)),
  reaction: part(z.object({ emoji: part(text) })),
  order: part(z.object({ text: part(text), product_items: part(z.array(z.unknown())) })),
  system: part(
    z.object({
      type: part(text),
      /** The new number. */
      wa_id: part(id),
      new_wa_id: part(id),
      user_id: part(id),
      previous_user_id: part(id),
    }),
  ),
  errors: part(z.array(errorSchema)),
});
export type CloudMessage = z.infer<typeof messageSchema>;

export const statusSchema = z.object({
  id,
  status: text,
  timestamp: part(seconds),
  recipient_id: part(id),
  /** What we gave at sending: the desk's own id of the message. */
  biz_opaque_callback_data: part(z.string().max(80)),
  errors: part(z.array(errorSchema)),
});
export type CloudStatus = z.infer<typeof statusSchema>;

export const callSchema = z.object({
  id,
  from: part(id),
  from_user_id: part(id),
  timestamp: seconds,
  direction: part(text),
  event: text,
  duration: part(z.number().nonnegative()),
});
export type CloudCall = z.infer<typeof callSchema>;

const personSchema = z.object({
  profile: part(z.object({ name: part(text), username: part(text) })),
  wa_id: part(id),
  user_id: part(id),
});
export type CloudPerson = z.infer<typeof personSchema>;

/** Lists are read one by one: a broken one must not take its neighbours with it. How long they are the size of a delivery limits. */
const list = z.array(z.unknown()).catch([]);
const valueSchema = z.object({
  metadata: z.object({ phone_number_id: z.string() }),
  contacts: z.array(personSchema.catch({})).catch([]),
  messages: list,
  statuses: list,
  calls: list,
  errors: z.array(errorSchema).catch([]),
});
export type CloudValue = z.infer<typeof valueSchema>;

const changeSchema = z.object({ field: text, value: part(valueSchema) });
export const deliverySchema = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.object({ changes: z.array(changeSchema.catch({ field: '', value: undefined })).catch([]) })),
});
export type CloudDelivery = z.infer<typeof deliverySchema>;

/** What a send answers. */
export const sentSchema = z.object({ messages: z.array(z.object({ id })).min(1) });
/** What an upload answers. */
export const uploadedSchema = z.object({ id: z.string().min(1).max(200) });
/** `GET /{media id}`: where the bytes are for the next five minutes. */
export const mediaPlaceSchema = z.object({ url: z.string().url(), file_size: part(z.coerce.number().nonnegative()) });
/** What a refusal says. */
export const refusalSchema = z.object({
  error: z.object({ code: z.number().int(), message: part(text), error_data: part(z.object({ details: part(text) })) }),
});
