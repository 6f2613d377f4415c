// Bodies, queries and answers of the HTTP doors. The route table (http/routes.ts) and /api/openapi.json are made from these.
import { z } from 'zod';
import { clientMessageIdSchema, conversationViews, duties, idSchema, roles, textSchema } from './conversation.ts';
import { listFilterShape, seenSchema } from './workplace.ts';

const emailSchema = z.string().trim().toLowerCase().max(200).email('bukan alamat e-mail');
/** Length is the rule that matters (OWASP ASVS 5.0 6.2.1, 6.2.9); argon2 takes the rest. */
const passwordSchema = z.string().min(10, 'paling sedikit 10 karakter').max(200);

export const sessionBody = z.object({ email: emailSchema, password: z.string().min(1).max(200) });
export const setupBody = z.object({
  token: z.string().min(16).max(200),
  name: z.string().trim().min(2).max(80),
  email: emailSchema,
  password: passwordSchema,
});
export const passwordBody = z.object({ current: z.string().min(1).max(200), next: passwordSchema });

export const listQuery = z.object({
  view: z.enum(conversationViews).default('queue'),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  ...listFilterShape,
});
export const messagesQuery = z.object({
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export const searchQuery = z.object({
  q: z.string().trim().min(2).max(100),
  cursor: z.string().max(200).optional(),
});

/** Pages of dead letters. */
export const cursorQuery = z.object({ cursor: z.string().max(200).optional() });
/** The widget's history without a socket. */
export const revQuery = z.object({ rev: z.coerce.number().int().nonnegative().default(0) });

export const sendBody = z.object({ clientMessageId: clientMessageIdSchema, text: textSchema, seen: seenSchema });
export const noteBody = z.object({ clientMessageId: clientMessageIdSchema, text: textSchema });
export const transferBody = z
  .object({ officerId: idSchema.optional(), teamId: idSchema.optional(), note: z.string().trim().max(2000).default('') })
  .refine((to) => (to.officerId === undefined) !== (to.teamId === undefined), 'sebutkan officerId atau teamId, salah satu saja');

export const officerBody = z.object({
  name: z.string().trim().min(2).max(80),
  email: emailSchema,
  password: passwordSchema,
  role: z.enum(roles).default('officer'),
  teamIds: z.array(idSchema).max(20).default([]),
});
export const officerPatchBody = z
  .object({
    name: z.string().trim().min(2).max(80),
    role: z.enum(roles),
    disabled: z.boolean(),
    teamIds: z.array(idSchema).max(20),
  })
  .partial();
export const invitationBody = z.object({
  email: emailSchema,
  role: z.enum(roles).default('officer'),
  teamIds: z.array(idSchema).max(20).default([]),
});
const tokenSchema = z.string().min(20).max(200);
export const tokenQuery = z.object({ token: tokenSchema });
export const acceptBody = z.object({ token: tokenSchema, name: z.string().trim().min(2).max(80), password: passwordSchema });
export const auditQuery = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });
export const blockBody = z.object({ blocked: z.boolean() });
/** The word that has to be typed; the desk says which. */
export const eraseBody = z.object({ confirm: z.string().max(40).default('') });
export const dutyBody = z.object({ duty: z.enum(duties) });
/** What the office says about itself; its parts are checked by the desk (desk/office.ts), which names every problem. */
export const settingsBody = z.object({ office: z.record(z.string(), z.unknown()), version: z.number().int().nonnegative() });
/** An iCalendar file: several years of holidays are some 100 kB. */
export const calendarBody = z.object({ text: z.string().min(1).max(500_000) });
export const teamBody = z.object({ name: z.string().trim().min(2).max(80) });
export const teamPatchBody = z
  .object({ name: z.string().trim().min(2).max(80), officerIds: z.array(idSchema).max(500) })
  .partial();

/** `POST /api/widget/session`: an empty body starts a conversation, a token goes on with one. */
export const widgetSessionBody = z.object({ token: z.string().min(20).max(200).optional() });
/** Headers of `POST /api/widget/files`; the body is the file itself. The name is percent-encoded and told in no address: addresses get logged. */
export const widgetFileHeaders = z.object({
  'x-message-id': clientMessageIdSchema,
  'x-file-name': z.string().max(1800).transform(decoded).pipe(z.string().trim().min(1).max(200)),
  'x-file-kind': z.enum(['voice', 'file']).default('file'),
});

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** `POST /api/widget/messages`, the door for pages without a socket; header `Authorization: Bearer <token>`. */
export const widgetMessageBody = z.object({
  clientMessageId: clientMessageIdSchema,
  text: textSchema,
  button: z.string().min(1).max(64).optional(),
});

/** Apps in which a visitor may go on, as citizens call them. */
export const linkApps = ['WhatsApp', 'Telegram'] as const;
export type LinkApp = (typeof linkApps)[number];
/** `POST /api/widget/links`. */
export const widgetLinkBody = z.object({ app: z.enum(linkApps) });
