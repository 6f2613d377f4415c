// What whatsapp-web.js hands out → our words. Pure; nothing that comes from the page makes it throw.
import { z } from 'zod';
import type { WireMessage } from './protocol.ts';

const some = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const messageSchema = z.object({
  id: z.object({ id: z.string().min(1).max(110), _serialized: z.string().min(1).max(600), fromMe: z.boolean() }),
  from: z.string().min(3).max(110),
  to: some(z.string()),
  type: z.string().max(60),
  body: z.string().catch(''),
  timestamp: z.number().nonnegative().catch(0),
  ack: some(z.number().int()),
  hasMedia: z.boolean().catch(false),
  isStatus: z.boolean().catch(false),
  location: some(
    z.object({ latitude: z.coerce.number(), longitude: z.coerce.number(), name: some(z.string()), address: some(z.string()) }),
  ),
  vCards: some(z.array(z.string().max(20_000)).max(20)),
  latestEditSenderTimestampMs: some(z.number()),
  protocolMessageKey: some(z.object({ id: z.string().min(1).max(110) })),
  _data: some(
    z.object({
      notifyName: some(z.string()),
      mimetype: some(z.string()),
      filename: some(z.string()),
      size: some(z.number().nonnegative()),
      subtype: some(z.string()),
    }),
  ),
});
export type Told = z.infer<typeof messageSchema>;

/** Talk of the app itself: nothing a citizen said. Calls come by an event of their own. */
const appTypes = new Set([
  ...['e2e_notification', 'notification', 'notification_template', 'gp2', 'broadcast_notification', 'call_log', 'protocol'],
  ...['ciphertext', 'revoked', 'pinned_message', 'reaction', 'keep_in_chat', 'newsletter_notification', 'debug', 'unknown'],
]);

/** @returns null for what is no message of one person */
export function readMessage(raw: unknown): Told | null {
  const parsed = messageSchema.safeParse(raw);
  return parsed.success ? parsed.data : null;
}

/** One person's chat, by phone or by `lid`; groups, status and channels are nobody's question. */
export const isPersonal = (chat: string): boolean => /^\d+@(c\.us|lid)$/.test(chat);

/** @returns whether it is something a citizen wrote to us alone */
export const isForUs = (told: Told): boolean =>
  !told.id.fromMe && !told.isStatus && isPersonal(told.from) && !appTypes.has(told.type);

/** @param chat where replies go */
export function toWire(told: Told, chat: string): WireMessage {
  const { _data: data, location } = told;
  return {
    id: told.id.id,
    key: told.id._serialized,
    chat,
    lid: told.from.endsWith('@lid') ? told.from : null,
    name: data?.notifyName?.slice(0, 400) ?? null,
    type: told.type,
    body: told.body.slice(0, 70_000),
    t: told.timestamp,
    file: told.hasMedia
      ? { name: (data?.filename ?? '').slice(0, 400), mime: (data?.mimetype ?? '').slice(0, 200), size: data?.size ?? 0 }
      : null,
    place: location
      ? {
          latitude: location.latitude,
          longitude: location.longitude,
          name: [location.name, location.address].filter(Boolean).join(', ').slice(0, 1000),
        }
      : null,
    cards: told.vCards ?? [],
  };
}

const callSchema = z.object({
  id: z.string().min(1).max(110),
  from: z.union([z.string(), z.object({ _serialized: z.string() }).transform((wid) => wid._serialized)]),
  isVideo: z.boolean().catch(false),
  isGroup: z.boolean().nullish().catch(false),
  fromMe: z.boolean().nullish().catch(false),
});

/** @returns null for group calls and our own */
export function readCall(raw: unknown): { id: string; chat: string; isVideo: boolean } | null {
  const parsed = callSchema.safeParse(raw);
  if (!parsed.success || parsed.data.isGroup || parsed.data.fromMe || !isPersonal(parsed.data.from)) return null;
  return { id: parsed.data.id, chat: parsed.data.from, isVideo: parsed.data.isVideo };
}

const lidSchema = z.array(z.object({ lid: some(z.string()), pn: some(z.string()) }));

/** @returns the phone's chat behind a `lid`, null when WhatsApp does not tell */
export function readPhoneOf(raw: unknown): string | null {
  const parsed = lidSchema.safeParse(raw);
  const pn = parsed.success ? parsed.data[0]?.pn : undefined;
  return pn !== undefined && isPersonal(pn) ? pn : null;
}

const mediaSchema = z.object({ data: z.string() });
/** @returns the file's base64, null when WhatsApp did not give it */
export function readMedia(raw: unknown): string | null {
  const parsed = mediaSchema.safeParse(raw);
  return parsed.success ? parsed.data.data : null;
}
