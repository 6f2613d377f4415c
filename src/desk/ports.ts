// What the desk needs from the world besides a store. Owned here, implemented by the side rooms, wired in main.ts.
import type { Alarm } from '../contract/alarms.ts';
import type { ChannelLogin } from '../contract/channels.ts';
import type { Contact, Conversation, Duty } from '../contract/conversation.ts';
import type { QueuePlace, WidgetHistory } from '../contract/events.ts';
import type { LinkApp } from '../contract/http.ts';
import type { Attachment, Button, ChannelName, InboundEdit, InboundMessage, Language, Message } from '../contract/message.ts';

import type { IdentityChange } from './identityPort.ts';
import type { FactProposals } from './office.ts';
import type { ContactKey, DeliveryReport } from './storePort.ts';

export type { Store } from './storePort.ts';

// ---- channels ------------------------------------------------------------------------------------------------------

/** `standby`: another node runs it. */
export type ChannelState = 'connecting' | 'ready' | 'needs-login' | 'down' | 'standby';
export interface ChannelHealth {
  state: ChannelState;
  /** Since when; epoch ms. */
  since: number;
  /** One plain sentence for officers when not `ready`. */
  detail: string | null;
}

/** What a channel can do, as data: the desk never asks for a channel's name. */
export interface Capabilities {
  buttons: boolean;
  typing: boolean;
  /** Longer texts are split by the desk into several messages. Characters. */
  maxTextLength: number;
  /** Sending the same message id twice shows it once: an expired lease may be sent again. */
  repeatable: boolean;
  /** A contact's phone on this channel was verified by the channel itself, not typed in by anybody. */
  verifiesPhone?: boolean;
  /** The conversation is one thread for ever: a closed one is always opened again. */
  oneThread: boolean;
  /** Largest file it can send, bytes; absent: it sends none. */
  maxFileBytes?: number;
  /** It sends over a connection that it alone mends: while it is not `ready` its messages wait in the outbox, without counting tries. */
  needsConnection?: boolean;
  /** Free texts are taken only this long after the citizen's last message; absent or null: at any time. Asked through window.ts. */
  window?: { ms: number } | null;
  /** Texts approved by the provider can be sent at any time (templates.ts). */
  templates?: boolean;
}

/** One message to deliver. `message.id` identifies it for channels that can use an idempotency key. */
export interface OutboundMessage {
  message: Message;
  contact: Contact;
  /** Reads one of the message's files, for channels that carry the bytes. @throws SendError `rejected` when it is gone. */
  bytesOf?: (file: Attachment) => Promise<Uint8Array>;
}

/** Why a send did not succeed. Everything a channel throws that is not this is taken as `uncertain`. */
export class SendError extends Error {
  readonly verdict: 'rejected' | 'retry' | 'uncertain' | 'unreachable';
  readonly retryAfterMs: number;

  /**
   * @param verdict `rejected`: the provider said no, for good · `retry`: it certainly did not take it, try again after
   *   `retryAfterMs` · `uncertain`: it may have taken it · `unreachable`: this person cannot be reached any more
   * @param reason one short sentence for officers, without personal data or tokens
   * @param retryAfterMs only for `retry`; 0 = the desk's own back-off
   */
  constructor(verdict: SendError['verdict'], reason: string, retryAfterMs = 0, options?: { cause?: unknown }) {
    super(reason, options);
    this.name = 'SendError';
    this.verdict = verdict;
    this.retryAfterMs = retryAfterMs;
  }
}

/** What a channel hands inward. Resolves once the fact is durable: only then may the channel acknowledge it. */
export interface Intake {
  /** @throws LoketError `store-away` or `overloaded`: do not acknowledge, the provider shall repeat. */
  message(inbound: InboundMessage): Promise<{ kind: 'stored' | 'duplicate'; message: Message }>;
  edit(edit: InboundEdit): Promise<void>;
  /** A delivery report. */
  report(report: DeliveryReport): Promise<void>;
  /** A person goes by other names from now on: their conversation stays theirs. */
  moved(told: IdentityChange): Promise<void>;
  /** The contact's open conversation, made when there is none: for channels that show it before the first message. */
  open(contact: ContactKey): Promise<{ conversationId: string }>;
  /** What the citizen may see after `rev`: for channels that show the conversation themselves. */
  history(contact: ContactKey, rev: number): Promise<WidgetHistory>;
  /** Whether anything is stored about this contact: the token of a visitor who was forgotten ends with the records. */
  knows(contact: ContactKey): Promise<boolean>;
  /** The citizen has seen these messages, by the desk's ids: for channels that show the conversation themselves. */
  seen(contact: ContactKey, messageIds: string[]): Promise<void>;
  /** The citizen is typing: shown to officers, best effort. */
  typing(contact: ContactKey): void;
}

/** A raw HTTP delivery, before Express and before any parsing. */
export interface RawRequest {
  method: string;
  /** Lower-case names. */
  headers: Record<string, string | string[] | undefined>;
  query: URLSearchParams;
  body: Buffer;
}

/** Takes what another system sends to `/webhook/<name>`; resolves after the write is durable. Never throws. */
export interface Hook {
  name: string;
  webhook(request: RawRequest): Promise<{ status: number; body?: string }>;
}

export interface Channel {
  readonly name: ChannelName;
  readonly accountId: string;
  readonly capabilities: Capabilities;
  /** Connects and begins to hand messages inward. Returns soon: a network that is away shows in `health`, it does not throw. */
  start(intake: Intake): Promise<void>;
  /**
   * Delivers one message. Called for one message of a conversation at a time, in order. Must not retry by itself.
   * @returns the channel's id of the message, when it gives one
   * @throws SendError
   */
  send(out: OutboundMessage): Promise<{ externalId: string | null }>;
  /** Takes no new messages, finishes the ones in hand. */
  stop(): Promise<void>;
  health(): ChannelHealth;
  /** HTTP channels: one delivery in, a status out; resolves after the write is durable. Called ahead of Express. Never throws. */
  webhook?(request: RawRequest): Promise<{ status: number; body?: string }>;
  /** Channels with files: the bytes behind an attachment's `ref`. @throws SendError `rejected` when larger than `maxBytes`, `retry` when the network failed. */
  fetchFile?(ref: string, maxBytes: number): Promise<Uint8Array>;
  /** The person was forgotten: cuts what of theirs is connected. Never throws. */
  forget?(externalId: string): void;
  /** Channels a visitor may go on in: a link that opens a private chat and sends this code to us; without a code it only opens. @returns null while our own address there is not known */
  invite?(code: string): Invitation | null;
  /** Whether this address is a room of several people: what is one person's alone is not spoken of there. Absent: it has none. */
  isGroup?(externalId: string): boolean;
  /** Shows "typing" for a moment; best effort, never throws. */
  typing?(contact: Contact): Promise<void>;
  /** Channels that a person has to log in. */
  control?: ChannelControl;
}

/** `app`: what citizens call it. */
export interface Invitation {
  app: LinkApp;
  url: string;
}

/** What an admin may ask of a channel. Each is only begun here: what becomes of it shows in `health` and `login`. */
export interface ChannelControl {
  login(): ChannelLogin;
  restart(): void;
  /** Ends the login on the provider's side too; a new one is asked for. */
  logout(): void;
  /** Asks for a code to type into the phone, instead of the QR. @param phone digits with country code */
  pair(phone: string): void;
}

// ---- understanding -------------------------------------------------------------------------------------------------

/** What the matcher makes of one turn. */
export interface Understanding {
  /** `answer`: sure of one intent · `ask`: one of a few (the first is the likeliest) · `none`: outside what it knows. */
  zone: 'answer' | 'ask' | 'none';
  /** Likeliest intents, best first, with scores in 0..1; the first of `ask` may be one that is no button. */
  guesses: { intent: string; score: number }[];
  /** A second question of the same message, as sure as the first; only with `answer`. */
  also: string | null;
  /** Nothing but a name of ours, with several answers: nothing is unclear, nothing was asked yet. */
  isBare?: boolean;
  /** It holds more questions than these two. */
  more?: boolean;
  /** Another agency's matter, and who has it, in the language of the message: named in the answer instead of its own text. */
  elsewhere: { matter: string; office: string } | null;
  language: Language;
}

/** What the matcher may know of the talk so far. */
export interface TalkContext {
  /** The intent the conversation was last about. */
  topic: string | null;
  /** Intents between which the bot has just asked to choose. */
  offered?: readonly string[];
  /** Intents the citizen has said are not meant. */
  refused?: readonly string[];
}

/** An approved answer, ready to show but for the office's facts. */
export interface Answer {
  intent: string;
  /** What an officer reads in the header of a conversation. */
  title: string;
  /** Text in the asked language, or in Indonesian where it has none that was checked. */
  text: string;
  language: Language;
  buttons: Button[];
  /** `now`: the conversation goes to a person after this text; `offer`: a button offers one. */
  handoff: 'none' | 'offer' | 'now';
  /** Small talk: greetings, thanks, goodbye. Waits for the rest of the turn, carries no source. */
  smalltalk: boolean;
  /** Shown as the last line; null for small talk. `checked` is YYYY-MM-DD. */
  source: { name: string; checked: string; legal: string | null } | null;
  /** Office facts the text needs, by key; placeholders `{key}` in the text. */
  facts: string[];
  /** YYYY-MM-DD: after this day it is not given as a fact any more; null when it does not age. */
  reviewBy: string | null;
  /** Shown instead when one of `facts` is not confirmed by the office. */
  unconfirmed: string | null;
}

export interface Nlu {
  /** Has it learned from its examples yet? Until then `understand` must not be called; everything else works. */
  isReady(): boolean;
  /** Pure and quick (≤ 1 ms); must not throw for any text. */
  understand(text: string, context: TalkContext): Understanding;
  /** @returns null for an id that has no approved answer. */
  answer(intent: string, language: Language): Answer | null;
  /** Short label (≤ 20 characters) for a button that stands for this intent; null when there is no such intent. */
  label(intent: string, language: Language): string | null;
  /** What the knowledge asks the office to confirm, by key. */
  facts(): FactProposals;
  /** Answers that have to be looked at again by a day. */
  reviews(): { intent: string; title: string; reviewBy: string | null }[];
  /** Names the knowledge that answers now: stored with every answer. */
  version(): string;
  /** Why changed knowledge is not in use, one sentence a problem with file and line; empty when all is well. */
  problems(): string[];
}

// ---- realtime, files, time -----------------------------------------------------------------------------------------

/** Hints to browsers; a lost one loses nothing, clients catch up by `rev`. Must not throw and must not block. */
export interface Realtime {
  /** Messages of a conversation are new or changed. `row` is what lists show of it now. */
  changed(change: { conversation: Conversation; contact: Contact; messages: Message[] }): void;
  /** Only the delivery state of messages changed: for those who watch the conversation, lists do not show it. */
  status(messages: Message[]): void;
  place(conversation: Conversation, place: QueuePlace | null): void;
  /** Somebody is typing: an officer (shown to the citizen) or, with `officer` null, the citizen (shown to officers). */
  typing(conversation: Conversation, officer: { id: string; name: string } | null): void;
  duty(officerId: string, duty: Duty): void;
  /** An alarm began or ended: all that hold now. */
  alarms(alarms: Alarm[]): void;
  /** Officer disabled, signed out or password changed: cut the sockets. */
  cut(officerId: string): void;
}

/** Where files lie. Keys are random; names and types of strangers never become paths. */
export interface Files {
  save(bytes: Uint8Array): Promise<{ key: string; mime: string; size: number } | 'refused'>;
  read(key: string): Promise<Uint8Array | null>;
  remove(key: string): Promise<void>;
  /**
   * Removes what was written before `before` (epoch ms) and is not among `named`, half-written files too.
   * @returns how many
   */
  prune(before: number, named: ReadonlySet<string>): Promise<number>;
}

export interface Clock {
  now(): number;
}

/** Where the desk reports what it did; ids and codes only, never text, names or numbers. */
export interface DeskLog {
  info(fields: Record<string, unknown>, event: string): void;
  warn(fields: Record<string, unknown>, event: string): void;
  error(fields: Record<string, unknown>, event: string): void;
}

/** Counters the desk feeds; `http/metrics.ts` serves them. */
export interface Meter {
  message(channel: ChannelName, direction: Message['direction'], state: Message['state']): void;
  /** Seconds from the inbound message's write to the bot's reply being stored. */
  answered(seconds: number): void;
  /** Seconds a send took. */
  delivered(channel: ChannelName, seconds: number): void;
}
