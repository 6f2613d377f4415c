// Meta's limits on what may be sent, as the stand-in holds them. Source: Meta, "Messages", v24.0; figures are written again here on
// purpose, so that a mistake in the channel's own is seen.
import { z } from 'zod';

const short = (max: number) => z.string().min(1).max(max);
const distinct = <T>(list: T[], key: (one: T) => string) => new Set(list.map(key)).size === list.length;

const reply = z.strictObject({ type: z.literal('reply'), reply: z.strictObject({ id: short(256), title: short(20) }) });
const row = z.strictObject({ id: short(200), title: short(24), description: z.string().max(72).optional() });
const section = z.strictObject({ title: short(24), rows: z.array(row).min(1) });
const interactive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('button'),
    body: z.strictObject({ text: short(1024) }),
    action: z.strictObject({
      buttons: z
        .array(reply)
        .min(1)
        .max(3)
        .refine((list) => distinct(list, (one) => one.reply.id) && distinct(list, (one) => one.reply.title)),
    }),
  }),
  z.strictObject({
    type: z.literal('list'),
    body: z.strictObject({ text: short(1024) }),
    action: z.strictObject({
      button: short(20),
      sections: z
        .array(section)
        .min(1)
        .max(10)
        .refine((list) => list.flatMap(({ rows }) => rows).length <= 10),
    }),
  }),
]);
const media = z.strictObject({ id: short(200), caption: z.string().max(1024).optional(), filename: z.string().optional() });
const parameter = z.strictObject({ type: z.literal('text'), text: short(1024) });
const template = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.strictObject({ code: short(10) }),
  components: z.array(z.strictObject({ type: z.literal('body'), parameters: z.array(parameter).min(1) })).optional(),
});

const envelope = {
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual'),
  to: z
    .string()
    .regex(/^\d{6,15}$/)
    .optional(),
  recipient: z
    .string()
    .regex(/^[A-Z]{2}\.[A-Za-z0-9.]{1,128}$/)
    .optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
};
const request = z.discriminatedUnion('type', [
  z.strictObject({
    ...envelope,
    type: z.literal('text'),
    text: z.strictObject({ body: short(4096), preview_url: z.boolean().optional() }),
  }),
  z.strictObject({ ...envelope, type: z.literal('interactive'), interactive }),
  z.strictObject({ ...envelope, type: z.literal('image'), image: media }),
  z.strictObject({ ...envelope, type: z.literal('video'), video: media }),
  z.strictObject({ ...envelope, type: z.literal('audio'), audio: media }),
  z.strictObject({ ...envelope, type: z.literal('document'), document: media }),
  z.strictObject({ ...envelope, type: z.literal('template'), template }),
]);

/** @returns what Meta would refuse, null when it takes the request */
export function checkRequest(payload: unknown): string | null {
  const read = request.safeParse(payload);
  if (!read.success) return read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  return (read.data.to === undefined) === (read.data.recipient === undefined) ? 'one of to and recipient' : null;
}
