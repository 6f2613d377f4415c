// Templates: texts a provider has approved beforehand, the only thing that may be sent outside the service window.
import { z } from 'zod';
import { clientMessageIdSchema, idSchema } from './conversation.ts';
import { seenSchema } from './workplace.ts';

/** Most variables one template may have; Meta sets no figure, ten is more than anybody fills in by hand. */
const MAX_VARIABLES = 10;
/** Variables are `{{1}}`, `{{2}}` … without a gap, as the provider numbers them. */
const numbersIn = (body: string): number[] => [...body.matchAll(/\{\{(\d+)\}\}/g)].map(([, digits]) => Number(digits));

export const templateSchema = z.object({
  id: idSchema,
  /** What officers read in the list. */
  title: z.string().trim().min(1).max(60),
  /** As the provider knows it. */
  name: z.string().regex(/^[a-z0-9_]{1,512}$/, 'hanya huruf kecil, angka, dan _'),
  /** As the provider writes it: `id`, `en`, `en_US`. */
  language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, 'kode bahasa seperti id atau en_US'),
  body: z
    .string()
    .trim()
    .min(1)
    .max(1024)
    .refine((body) => {
      const numbers = new Set(numbersIn(body));
      return numbers.size <= MAX_VARIABLES && [...numbers].every((n) => n >= 1 && n <= numbers.size);
    }, `variables are {{1}}, {{2}} and so on without a gap, at most ${MAX_VARIABLES}`),
  /** The provider has approved exactly this: only then can it be sent. */
  approved: z.boolean(),
});
/** `approvedBy`: the officer who said so, and when; null while nobody has. */
export const storedTemplateSchema = templateSchema.extend({
  approvedBy: z.string().nullable(),
  approvedAt: z.number().nullable(),
});
export type Template = z.infer<typeof storedTemplateSchema>;

/** `PUT /api/templates`: replaces the whole, compare-and-set on `version`. */
export const templatesBody = z.object({ templates: z.array(templateSchema).max(100), version: z.number().int().nonnegative() });

/** `POST /api/conversations/:id/template`. Providers take one line a variable, without runs of spaces. */
export const sendTemplateBody = z.object({
  clientMessageId: clientMessageIdSchema,
  templateId: idSchema,
  variables: z
    .array(
      z
        .string()
        .trim()
        .min(1)
        .max(400)
        .regex(/^(?!.* {5})[^\n\r\t]+$/, 'satu baris, tanpa tab, paling banyak empat spasi berturut-turut'),
    )
    .max(MAX_VARIABLES),
  seen: seenSchema,
});

/** What the console must know of a channel to say what can be sent. `windowMs`: null when there is no window. */
export interface ChannelNews {
  name: string;
  windowMs: number | null;
  templates: boolean;
}

/** @returns how many variables the text has. */
export const variableCount = (body: string): number => new Set(numbersIn(body)).size;
