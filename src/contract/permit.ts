// Permit files as every room knows them: systems, stages, whose turn it is. What a citizen may see of one is decided in the desk.
import { z } from 'zod';

/** Where a file lives. `MANUAL`: an officer typed it in. */
export const permitSystems = ['OSS', 'SIMBG', 'GAMPIL', 'MPPDN', 'SICANTIK', 'MANUAL'] as const;
export type PermitSystem = (typeof permitSystems)[number];

/** The one timeline for all systems, in its usual order. */
export const permitStages = [
  'terdaftar',
  'verifikasi_berkas',
  'dikembalikan',
  'verifikasi_teknis',
  'tinjauan_lapangan',
  'rekomendasi_teknis',
  'menunggu_pembayaran',
  'penetapan',
  'terbit',
  'ditolak',
  'dicabut',
] as const;
export type PermitStage = (typeof permitStages)[number];

/** Who has to move next; `none`: nobody, it is over; `unknown`: the source does not say, an officer is asked. */
export const permitTurns = ['applicant', 'office', 'agency', 'none', 'unknown'] as const;
export type PermitTurn = (typeof permitTurns)[number];

/** Raw code of a position that an officer typed in: its source is the officer, whatever system the file lives in. */
export const MANUAL_CODE = 'MANUAL';

/** @returns whether nothing more will happen after this stage. */
export const isFinal = (stage: PermitStage | null): boolean => stage === 'terbit' || stage === 'ditolak' || stage === 'dicabut';

/** One position of a file as its source told it. `stage` is null for a code nobody has mapped: then only `textRaw` is shown. */
export interface PermitStatus {
  stage: PermitStage | null;
  turn: PermitTurn;
  codeRaw: string | null;
  textRaw: string | null;
  /** Key of a standard return reason (desk/permitSettings.ts); free text never reaches the citizen. */
  reason: string | null;
  /** Since when, by the source; epoch ms. Null when the source does not say. */
  since: number | null;
}

/** What proves that somebody belongs to a file, and who it is about: encrypted at rest, never shown to citizens. */
export interface PermitPerson {
  name: string | null;
  /** E.164. */
  phone: string | null;
  /** The last four digits of the NIK; more is never kept. */
  nikTail: string | null;
}

/** One file with its newest status. */
export interface PermitFile {
  id: string;
  system: PermitSystem;
  /** The number it is known by, as `permitNumbers.ts` writes it. */
  number: string;
  /** Others it is known by: the resi beside the registration, the NIB beside the id_izin. */
  otherNumbers: string[];
  /** What is applied for, e.g. `PBG` or `Reklame`; no personal data. */
  service: string | null;
  person: PermitPerson;
  status: PermitStatus;
  submittedAt: number | null;
  /** When we last heard from the source, changed or not; epoch ms. */
  fetchedAt: number;
}

/** One entry of a file's history, oldest first; `note` is free text for officers only. */
export interface PermitEvent extends PermitStatus {
  n: number;
  fetchedAt: number;
  /** Import that brought it, or null. */
  batch: string | null;
  note: string | null;
}

/** Where the status dialogue of one conversation stands. Kept on the conversation, so that a restart goes on with it. */
export interface PermitTalk {
  /** `number`: one is asked for · `confirm`: "did you mean" · `fact`: the second fact is asked for · `answering`: judged, the reply waits for its slot · `shown` */
  step: 'number' | 'confirm' | 'fact' | 'answering' | 'shown';
  /** The number it is about, as it is written canonically. */
  number: string | null;
  /** The step holds until then; epoch ms. */
  until: number;
  /** What the reply at the slot will be: which files, or why none. `seq` is the message it answers. */
  result: ({ kind: 'match' | 'none' | 'capped'; seq: number; at: number } & Proved) | null;
  /** Files this conversation has proved to belong to, and until when. */
  proof: ({ until: number } & Proved) | null;
}

/** Files somebody has proved to belong to. */
export interface Proved {
  ids: string[];
  /** Whom each file named then, as `PermitStore.get` marks it: one that names somebody else now is proved no more. An older program wrote none. */
  holders?: string[];
}

export const permitSystemSchema = z.enum(permitSystems);
