// Permit files as officers see them: the person masked, the whole history, drafts; and what officers may send about one.
import { z } from 'zod';
import { idSchema } from './conversation.ts';
import { type PermitEvent, type PermitStatus, type PermitSystem, permitStages, permitTurns } from './permit.ts';
import type { ConnectorView } from './permitImport.ts';

/** One file in a list: nothing of the person. */
export interface PermitRow {
  id: string;
  system: PermitSystem;
  number: string;
  service: string | null;
  status: PermitStatus;
  /** When its source was last heard; epoch ms. */
  fetchedAt: number;
}

export interface PermitView extends PermitRow {
  otherNumbers: string[];
  /** Masked: `Eu** Ko**`, `+62812****678`; of the NIK only whether four digits are known. */
  person: { name: string | null; phone: string | null; hasNik: boolean };
  submittedAt: number | null;
  /** Oldest first. */
  events: PermitEvent[];
  /** The data is older than the office's limit. */
  isStale: boolean;
  /** How the system answers that is asked for this file; null: none is, its data comes by import or entry. */
  connector: ConnectorView['state'] | null;
  /** Working days used since the application, and the office's standard for this service; null when not known. */
  workingDays: number | null;
  standardDays: number | null;
  /** Texts for the composer, in the language of the conversation. */
  drafts: { title: string; text: string }[];
}

/** A number the citizen wrote in this conversation. */
export interface TalkNumber {
  number: string;
  system: PermitSystem;
  /** The citizen proved with a second fact that it is theirs; until when that proof holds or held. Null: not proved here. */
  provedUntil: number | null;
}
export interface TalkPermits {
  /** Newest first. */
  numbers: TalkNumber[];
  /** Files this contact asked to be told of, and since when. */
  watches: { permitId: string; at: number }[];
}

/** `POST /api/permits/find`: a body, because addresses get logged. */
export const findPermitBody = z.object({ number: z.string().trim().min(4).max(80), conversationId: idSchema.optional() });
export const permitQuery = z.object({ conversationId: idSchema.optional() });

const dateSchema = z.iso.date().nullable().default(null);
const positionShape = {
  stage: z.enum(permitStages),
  /** Left out: whose turn it usually is at this stage. */
  turn: z.enum(permitTurns).optional(),
  /** Key of a standard return reason. */
  reason: z.string().max(40).nullable().default(null),
  since: dateSchema,
  /** For officers only. */
  note: z.string().trim().max(500).default(''),
};
export const movePermitBody = z.object(positionShape);
export type MovePermit = z.output<typeof movePermitBody>;
export const addPermitBody = z.object({
  ...positionShape,
  number: z.string().trim().min(4).max(80),
  service: z.string().trim().max(60).default(''),
  name: z.string().trim().max(120).default(''),
  phone: z.string().trim().max(30).default(''),
  nikTail: z
    .string()
    .trim()
    .regex(/^(\d{4})?$/, 'tepat 4 angka terakhir NIK')
    .default(''),
  submitted: dateSchema,
});
export type AddPermit = z.output<typeof addPermitBody>;
