// Conversations, contacts, officers and teams as every room knows them.
import { z } from 'zod';
import type { ChannelName, Language } from './message.ts';
import type { PermitTalk } from './permit.ts';

export const conversationStates = ['bot', 'queued', 'officer', 'closed'] as const;
export type ConversationState = (typeof conversationStates)[number];

export const conversationViews = ['queue', 'mine', 'all', 'closed'] as const;
export type ConversationView = (typeof conversationViews)[number];

/** Due times, epoch ms, by what is due. The earliest of them is the conversation's `dueAt`. */
export interface ConversationTimers {
  /** The bot answers the turn that began with a greeting or fragment. */
  reply?: number;
  /** The place in the queue may be told again. */
  place?: number;
  /** Close after silence. */
  idle?: number;
}

/** One conversation with one contact on one channel. Exactly one owner at a time: `state` says who. */
export interface Conversation {
  id: string;
  /** The consultation number without its prefix: people say `K-4821`. */
  number: number;
  channel: ChannelName;
  accountId: string;
  contactId: string;
  state: ConversationState;
  officerId: string | null;
  teamId: string | null;
  seq: number;
  rev: number;
  language: Language;
  /** The intent last answered: what the talk is about. */
  topic: string | null;
  handoffReason: string | null;
  /** Turns in a row the bot did not understand. */
  failures: number;
  /** The bot has said that it is a machine. */
  introduced: boolean;
  openedAt: number;
  lastInboundAt: number | null;
  /** Since when the oldest message without an answer waits. */
  waitingSince: number | null;
  queuedAt: number | null;
  claimedAt: number | null;
  closedAt: number | null;
  /** The place the citizen was last told, and when. */
  placeTold: number | null;
  placeToldAt: number | null;
  /** What officers filed it under. */
  tags: string[];
  /** Where the dialogue about a permit's status stands; null while there is none. */
  permit: PermitTalk | null;
  timers: ConversationTimers;
  dueAt: number | null;
}

/** A person on one channel. Name and phone are personal data: encrypted at rest, masked in lists. */
export interface Contact {
  id: string;
  channel: ChannelName;
  accountId: string;
  externalId: string;
  name: string | null;
  phone: string | null;
  /** The channel refuses to deliver to this person (blocked the bot). */
  unreachable: boolean;
  /** By the office: what they write is stored, not answered and not queued. */
  blocked: boolean;
  createdAt: number;
}

/** A conversation with what a list row shows of its contact and last message. */
export interface ConversationRow extends Conversation {
  contactName: string | null;
  /** Masked: `+62812****678`. */
  contactPhone: string | null;
  contactUnreachable: boolean;
  preview: string;
}

export const duties = ['on', 'break', 'off'] as const;
/** Bertugas, Istirahat, Selesai. Only `on` counts as a person within reach. */
export type Duty = (typeof duties)[number];

/** Petugas, penyelia, admin; each may what the one before may. Who may what: desk/access.ts. */
export const roles = ['officer', 'supervisor', 'admin'] as const;
export type Role = (typeof roles)[number];

/** An officer as other rooms may see one; the password hash stays with the store and the login. */
export interface Officer {
  id: string;
  name: string;
  email: string;
  role: Role;
  disabled: boolean;
  duty: Duty;
  /** Last input in the console; epoch ms. */
  lastInputAt: number;
  /** Last time a console of this officer was connected; epoch ms. */
  lastSeenAt: number;
  teamIds: string[];
}

export interface Team {
  id: string;
  name: string;
}

export const idSchema = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[A-Za-z0-9:_.-]+$/, 'bukan id');
/** Chosen by the client, unique within its conversation: a counter will do as well as a UUID. */
export const clientMessageIdSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/, 'hanya huruf, angka, - dan _');
export const textSchema = z
  .string()
  .max(8000)
  .refine((text) => text.trim().length > 0, 'teksnya kosong');

/** @returns the consultation number as people read it. */
export const consultationNumber = (number: number): string => `K-${number}`;
