// Bodies, queries and answers of the HTTP doors. The route table (http/routes.ts) and /api/openapi.json are made from these.
import { z } from 'zod';
import { clientMessageIdSchema, conversationViews, duties, idSchema, roles, textSchema } from './conversation.ts';
import { listFilterShape, seenSchema } from './workplace.ts';

const emailSchema = z.string().trim().toLowerCase().max(200).email('not an e-mail address');
/** Length is the rule that matters (OWASP ASVS 5.0 6.2.1, 6.2.9); argon2 takes the rest. */
const passwordSchema = z.string().min(10, 'at least 10 characters').max(200);

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
  .refine((to) => (to.officerId === undefined) !== (to.teamId === undefined), 'name either officerId or teamId');

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
export const dutyBody = z.object({ duty: z.enum(duties) });
/** What the office says about itself; its parts are checked by the desk (desk/office.ts), which names every problem. */
export const settingsBody = z.object({ office: z.record(z.string(), z.unknown()), version: z.number().int().nonnegative() });
export const teamBody = z.object({ name: z.string().trim().min(2).max(80) });

/** `POST /api/widget/session`: an empty body starts a conversation, a token goes on with one. */
export const widgetSessionBody = z.object({ token: z.string().min(20).max(200).optional() });
/** `POST /api/widget/messages`, the door for pages without a socket; header `Authorization: Bearer <token>`. */
export const widgetMessageBody = z.object({
  clientMessageId: clientMessageIdSchema,
  text: textSchema,
  button: z.string().min(1).max(64).optional(),
});
