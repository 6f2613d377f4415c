// What the desk needs from a store. Two implementations (SQLite, MongoDB) and a test model pass one suite (test/contract/storeContract.ts).
//
// Charter: every call is async; no transaction, callback or query object crosses the port. A write is one atomic, idempotent
// command, durable when its promise resolves; when the store cannot write it rejects with LoketError `store-away`, when its
// queue is full with `overloaded`. Rules live in the desk: the store never decides who answers, only what is unique.
// Ids and times come from the desk (epoch ms); `seq` and `rev` are given by the store. At most 10 methods a sub-port.

import type { Contact, Conversation, ConversationRow, ConversationView } from '../contract/conversation.ts';
import type {
  Attachment,
  Author,
  BotReason,
  Button,
  ChannelName,
  Message,
  MessageKind,
  MessageTemplate,
} from '../contract/message.ts';
import type { IdentityStore } from './identityPort.ts';
import type { Asked, KnowledgeStore } from './knowledgePort.ts';
import type { OutboxStore } from './outboxPort.ts';
import type { Page } from './page.ts';
import type { AuditEntry, ContactKey, ContactStore, LoginStore, OfficerStore, SettingStore } from './peoplePort.ts';
import type { News, PermitStore, PermitWatchStore } from './permitPort.ts';
import type { QueueStore } from './queuePort.ts';
import type { RetentionStore } from './retentionPort.ts';
import type { FoundConversation, SearchRequest } from './searchPort.ts';

export type { Delivery, DeliveryReport, OutboxStore, Outcome } from './outboxPort.ts';
export type { Page } from './page.ts';
export type {
  AuditEntry,
  ContactKey,
  ContactStore,
  ErasedContact,
  Invitation,
  LoginStore,
  OfficerStore,
  Session,
  SettingStore,
} from './peoplePort.ts';

/** What may be learnt about a contact with a message; null leaves the stored value alone. */
export interface ContactProfile {
  name: string | null;
  phone: string | null;
}

export interface OpenRequest {
  contact: ContactKey & ContactProfile;
  /** Ids to use for rows that must be made. */
  newContactId: string;
  newConversationId: string;
  /** The latest closed conversation is attached to again when it was closed at or after this; else a new one begins. */
  reuseClosedSince: number;
  now: number;
}

export interface Opened {
  contact: Contact;
  conversation: Conversation;
}

/** An inbound message to be stored; the store adds conversation, `seq`, `rev`. */
export interface NewInbound {
  id: string;
  externalId: string;
  clientMessageId: string | null;
  kind: MessageKind;
  text: string;
  attachments: Attachment[];
  button: string | null;
  author: Author;
  sentAt: number;
}

export type Received =
  | ({ kind: 'stored'; message: Message } & Opened)
  /** The same (channel, accountId, externalId) or (conversationId, clientMessageId) is already there; nothing was written. */
  | ({ kind: 'duplicate'; message: Message } & Opened);

/** A message written by the desk: `out` gets the next `seq`, `note` gets none. */
export interface NewMessage {
  id: string;
  direction: 'out' | 'note';
  author: Author;
  kind: MessageKind;
  text: string;
  buttons: Button[];
  attachments: Attachment[];
  state: 'pending' | 'noted';
  clientMessageId: string | null;
  inReplyTo: string | null;
  ruleId: string | null;
  reason: BotReason | null;
  /** Set when it is a provider's approved text; kept with the message. */
  template?: MessageTemplate | null;
}

export type ConversationPatch = Partial<
  Omit<Conversation, 'id' | 'number' | 'channel' | 'accountId' | 'contactId' | 'seq' | 'rev' | 'openedAt'>
>;

/** A measured fact for reports and estimates; `id` makes writing it twice harmless. */
export interface Fact {
  id: string;
  kind: 'wait' | 'handling' | 'bot-answer' | 'handoff';
  at: number;
  /** Milliseconds for durations, 1 for counts. */
  value: number;
}

/** One atomic change of a conversation. Each message it covers or writes gets a `rev` of its own; the conversation's is the highest. */
export interface Commit {
  conversationId: string;
  /** The `rev` the change was computed from. */
  expectedRev: number;
  patch: ConversationPatch;
  messages: NewMessage[];
  /** Inbound messages that are now covered by `by`: a message id, or `none`. One already covered keeps its cover. */
  cover: { ids: string[]; by: string } | null;
  facts: Fact[];
  audit: AuditEntry[];
  /** Office facts that the written answer needed: each is counted once more, with the rest or not at all. */
  asked?: Asked | undefined;
  /** What the written message tells somebody who watches a file: it is noted as told with the rest, or nothing is written. */
  news?: News | undefined;
  now: number;
}

export type Committed =
  | { kind: 'ok'; conversation: Conversation; messages: Message[] }
  /** Another change came first: the current record, to compute again from. Nothing was written. */
  | { kind: 'conflict'; conversation: Conversation }
  /** A message with the same (conversationId, clientMessageId) or (inReplyTo, ruleId) exists: the stored one. Nothing was written. */
  | { kind: 'duplicate'; message: Message }
  /** There is no such conversation, or its `news` are none any more. Nothing was written. */
  | { kind: 'gone' };

/** A change of one stored message that is not delivery state: an edit, a withdrawal, a fetched file. */
export interface MessageChange {
  /** By our id, or by the channel's. */
  find: { id: string } | (ContactlessKey & { externalId: string });
  text?: string;
  attachments?: Attachment[];
  editedAt?: number;
  deleted?: boolean;
}
interface ContactlessKey {
  channel: ChannelName;
  accountId: string;
}

export interface ListRequest {
  view: ConversationView;
  /** For `mine`. */
  officerId: string;
  /** Only conversations without a team, or of one of these; null means every team. */
  teamIds: string[] | null;
  /** Narrows any view; what is left out or null narrows nothing. */
  filter?: ListFilter;
  cursor: string | null;
  limit: number;
}

export interface ListFilter {
  channel?: ChannelName | null;
  teamId?: string | null;
  tag?: string | null;
}

export interface ConversationStore {
  /** The contact's open conversation, made when there is none, without a message. */
  open(request: OpenRequest): Promise<Opened>;
  /**
   * Stores one inbound message in the contact's open conversation (else as `open`), with the next `seq`; sets `lastInboundAt`
   * and, when null, `waitingSince`. The one write that is acknowledged to a channel.
   */
  receive(request: OpenRequest & { message: NewInbound }): Promise<Received>;
  /** Writes patch, messages, covers, facts, audit and counts together, or nothing. */
  commit(change: Commit): Promise<Committed>;
  /** Applies a change to one message and raises both `rev`s. @returns null when there is no such message. Idempotent. */
  revise(change: MessageChange, now: number): Promise<{ message: Message; conversation: Conversation } | null>;
  get(conversationId: string): Promise<{ conversation: Conversation; contact: Contact } | null>;
  row(conversationId: string): Promise<ConversationRow | null>;
  /**
   * `queue`: queued, longest `queuedAt` first · `mine`: held by the officer, longest `waitingSince` first, then newest ·
   * `all`: not closed, newest `lastInboundAt` first · `closed`: newest `closedAt` first. Without an inbound message: not listed.
   */
  list(request: ListRequest): Promise<Page<ConversationRow>>;
  /** Conversations to look at: `dueAt ≤ now`, or held by the bot with an inbound message not covered since `uncoveredBefore`, or closed with one. Oldest first. */
  due(now: number, uncoveredBefore: number, limit: number): Promise<Conversation[]>;
  /** Queued conversations in order of `queuedAt`, without their texts. */
  queue(): Promise<Conversation[]>;
  /** Conversations an officer holds. */
  heldBy(officerId: string): Promise<Conversation[]>;
}

/** What messages say about the files on disk. */
export interface AttachmentStore {
  /** Keys of the files that messages and notes name, in no order that matters; `limit` counts messages. */
  keys(cursor: string | null, limit: number): Promise<Page<string>>;
}

export interface MessageStore {
  get(messageId: string): Promise<Message | null>;
  /** By the key an officer or visitor gave it. */
  byClientId(conversationId: string, clientMessageId: string): Promise<Message | null>;
  /** The message of this conversation that has the attachment. */
  byAttachment(conversationId: string, attachmentId: string): Promise<Message | null>;
  /** Messages of a conversation with `rev > afterRev`, by `rev`; at most `limit`. */
  since(conversationId: string, afterRev: number, limit: number): Promise<Message[]>;
  /** Messages with `seq > afterSeq`, by `seq`, and notes made between them; at most `limit`, notes not counted. */
  after(conversationId: string, afterSeq: number, limit: number): Promise<Message[]>;
  /** Inbound messages that no reply covers yet, by `seq`. */
  uncovered(conversationId: string): Promise<Message[]>;
  /** The latest `limit` facts of a kind, newest first. */
  facts(kind: Fact['kind'], limit: number): Promise<Fact[]>;
  /** Messages whose search tokens are older than `version`, oldest first. What bots wrote is not searched: every chat has ours. */
  stale(version: number, limit: number): Promise<{ id: string; text: string }[]>;
  /** Stores tokens with their version. In chunks of ≤ 200. */
  index(rows: { id: string; version: number; tokens: string[] }[]): Promise<void>;
  /** Conversations with a message that has all words, newest message first; same team rule as `list`. Never holds up a write. */
  search(request: SearchRequest): Promise<Page<FoundConversation>>;
}

export interface Store {
  conversations: ConversationStore;
  queue: QueueStore;
  messages: MessageStore;
  attachments: AttachmentStore;
  outbox: OutboxStore;
  contacts: ContactStore;
  identities: IdentityStore;
  officers: OfficerStore;
  logins: LoginStore;
  settings: SettingStore;
  permits: PermitStore;
  permitWatches: PermitWatchStore;
  retention: RetentionStore;
  knowledge: KnowledgeStore;
  /** Proves that the store can write now; rejects with `store-away`. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
