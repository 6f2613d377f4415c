// The whole wire protocol of Socket.IO: event names, payload schemas, acknowledgements. Server and browsers share it;
// the server parses every payload with these schemas, the browsers import the types only.
import { z } from 'zod';
import type { Alarm } from './alarms.ts';
import {
  type Conversation,
  type ConversationRow,
  clientMessageIdSchema,
  type Duty,
  duties,
  idSchema,
  textSchema,
} from './conversation.ts';
import type { ErrorCode } from './errors.ts';
import type { Attachment, Button, Language, Message, MessageKind, MessageState } from './message.ts';
import { type Present, type presenceSchema, seenSchema } from './workplace.ts';

/** The answer to every event that asks for one. */
export type Ack<T> = ({ ok: true } & T) | { ok: false; code: ErrorCode; message?: string };
export type AckFn<T> = (answer: Ack<T>) => void;

// ---- /widget -------------------------------------------------------------------------------------------------------

export const widgetSendSchema = z.object({
  clientMessageId: clientMessageIdSchema,
  text: textSchema,
  /** Set when a quick reply was pressed: its id. */
  button: z.string().min(1).max(64).optional(),
});
/** Messages of officers that are on the visitor's screen, by id. */
export const widgetSeenSchema = z.object({ ids: z.array(idSchema).min(1).max(50) });
export const widgetSinceSchema = z.object({ rev: z.number().int().nonnegative() });

/** A message as the citizen may see it: no officer ids, no scores. */
export interface WidgetMessage {
  id: string;
  clientMessageId: string | null;
  seq: number;
  rev: number;
  direction: 'in' | 'out';
  author: 'contact' | 'bot' | 'officer';
  /** The officer's name, when an officer wrote it. */
  authorName: string | null;
  kind: MessageKind;
  text: string;
  buttons: Button[];
  attachments: Attachment[];
  state: MessageState;
  createdAt: number;
  edited: boolean;
  deleted: boolean;
}

/** The conversation as the citizen may see it. */
export interface WidgetConversation {
  id: string;
  /** `K-4821`. */
  number: string;
  state: Conversation['state'];
  rev: number;
  language: Language;
  officerName: string | null;
  place: QueuePlace | null;
}

/** Place in the queue: `ahead` people before, an estimate in minutes only when enough chats were measured. */
export interface QueuePlace {
  ahead: number;
  estimate: { fromMinutes: number; toMinutes: number } | null;
  /** How many officers are on duty now. */
  officersOnDuty: number;
}

export interface WidgetHistory {
  /** Up to which revision this answer reaches: the next `history:since` starts here. */
  rev: number;
  messages: WidgetMessage[];
  conversation: WidgetConversation;
  /** More is waiting: ask again with `rev`. */
  more: boolean;
}

export interface WidgetClientEvents {
  'message:send': (payload: z.infer<typeof widgetSendSchema>, ack: AckFn<{ message: { id: string; seq: number } }>) => void;
  'history:since': (payload: z.infer<typeof widgetSinceSchema>, ack: AckFn<WidgetHistory>) => void;
  'message:seen': (payload: z.infer<typeof widgetSeenSchema>) => void;
  /** The citizen is typing; at most one every few seconds. */
  typing: () => void;
}

export interface WidgetServerEvents {
  'message:new': (message: WidgetMessage) => void;
  'message:status': (change: { id: string; seq: number; rev: number; state: MessageState }) => void;
  'queue:place': (place: QueuePlace | null) => void;
  'conversation:state': (conversation: WidgetConversation) => void;
  typing: (who: { name: string | null }) => void;
}

// ---- /officer ------------------------------------------------------------------------------------------------------

export const officerSendSchema = z.object({
  conversationId: idSchema,
  clientMessageId: clientMessageIdSchema,
  text: textSchema,
  seen: seenSchema,
});
export const officerSinceSchema = z.object({ conversationId: idSchema, rev: z.number().int().nonnegative() });
export const officerConversationSchema = z.object({ conversationId: idSchema });
export const officerDutySchema = z.object({ duty: z.enum(duties) });

export interface OfficerHistory {
  rev: number;
  messages: Message[];
  conversation: ConversationRow;
  more: boolean;
}

/** `conflict`: a colleague answered after `seen`; `news` is what they wrote. */
export type SendAck = Ack<{ message: Message }> & { news?: Message[] };

export interface OfficerClientEvents {
  /** Join the conversation's room and catch up from `rev`. */
  'conversation:watch': (payload: z.infer<typeof officerSinceSchema>, ack: AckFn<OfficerHistory>) => void;
  'conversation:unwatch': (payload: z.infer<typeof officerConversationSchema>, ack?: AckFn<object>) => void;
  'history:since': (payload: z.infer<typeof officerSinceSchema>, ack: AckFn<OfficerHistory>) => void;
  'message:send': (payload: z.infer<typeof officerSendSchema>, ack: (answer: SendAck) => void) => void;
  typing: (payload: z.infer<typeof officerConversationSchema>) => void;
  /** What this console does in a conversation it watches; told to the others who watch it. */
  'presence:here': (payload: z.infer<typeof presenceSchema>) => void;
  /** The officer touched keyboard or pointer: keeps the duty from turning to *Istirahat*. At most one a minute. */
  'presence:input': () => void;
  'duty:set': (payload: z.infer<typeof officerDutySchema>, ack: AckFn<{ duty: Duty }>) => void;
}

export interface OfficerServerEvents {
  /** List rows that changed since the last such event; several changes in one packet. A hint: lists are read over HTTP. */
  'inbox:changed': (change: { rows: ConversationRow[] }) => void;
  /** New or changed messages of a watched conversation, in the order of `rev`. */
  'conversation:changed': (change: { conversationId: string; rev: number; messages: Message[] }) => void;
  typing: (who: { conversationId: string; officerId: string | null; name: string | null }) => void;
  /** Everybody who has a watched conversation open, oneself included; several changes in one packet. */
  'presence:changed': (change: { conversationId: string; present: Present[] }) => void;
  'duty:changed': (change: { officerId: string; duty: Duty }) => void;
  /** An alarm began or ended: all that hold now. */
  'alarms:changed': (change: { alarms: Alarm[] }) => void;
}
