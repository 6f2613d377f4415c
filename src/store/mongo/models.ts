// The shape of every collection, and its indexes. Fields are named as the contract names them; what only the store knows is said here.
import { type Connection, type Model, Schema } from 'mongoose';
import type { Contact, Conversation, Officer, Team } from '../../contract/conversation.ts';
import type { Message } from '../../contract/message.ts';
import type { PermitStatus, PermitSystem } from '../../contract/permit.ts';
import type { Label } from '../../desk/knowledgePort.ts';
import type { PermitBatch, Watch } from '../../desk/permitPort.ts';
import type { AuditEntry, Fact, Invitation, Session } from '../../desk/storePort.ts';
import { type LinkCodeDoc, type LinkTryDoc, linkCodeFields, type NameDoc, type PersonDoc } from './identityDocs.ts';
import { type SharedDoc, sharedFields } from './sharedDoc.ts';

type Doc<T extends { id: string }> = Omit<T, 'id'> & { _id: string };

/** `n` (here and below): order of writing, by this node's clock. `key`: channel, account and address, unique. */
export interface ContactDoc extends Doc<Contact> {
  n: number;
  key: string;
  phoneIndex: string | null;
  /** Keyed hashes of the words that find the contact. */
  tokens: string[];
  tokensVersion: number;
}

export interface ConversationDoc extends Doc<Conversation> {
  /** Unique: the contact's id while it is open, else its own. So that a contact never has two open ones. */
  slot: string;
  isOpen: boolean;
  /** Where it stands in the list of its state: `queuedAt`, `waitingSince`, `closedAt`. */
  place: number;
  /** When the head of the outgoing line may be sent; null while it is being sent, or when nothing waits. */
  sendAt: number | null;
  /** The oldest inbound message that no reply covers. */
  uncoveredSince: number | null;
  /** The start of the last visible message. */
  preview: string;
}

export interface MessageDoc extends Doc<Message> {
  n: number;
  /** Everything about it that may be there once only: its place, the channel's id, the writer's key, the rule it came from. */
  keys: string[];
  channel: Conversation['channel'];
  /** Channel and account. */
  source: string;
  /** Place in the conversation: `seq`, of a note the `seq` before it; `note` is 0, or a note's first `rev`. */
  pos: number;
  note: number;
  hasFiles: boolean;
  /** A reply that names a message it did not understand. */
  isUnsure: boolean;
  notBefore: number | null;
  leaseOwner: string | null;
  leaseUntil: number | null;
  tokens: string[];
  /** Null for the bot's own texts, which are not searched. */
  tokensVersion: number | null;
}

export interface PermitDoc extends PermitStatus {
  _id: string;
  n: number;
  system: PermitSystem;
  /** One encrypted JSON of number, other numbers and person. */
  sealed: string;
  service: string | null;
  submittedAt: number | null;
  fetchedAt: number;
  /** The entry of the history that holds now, and its free text, encrypted. */
  current: number;
  note: string | null;
  /** Since when, for lists: never null. */
  place: number;
  endedAt: number | null;
  /** Blind indexes: of the number it is known by, and of all. */
  main: string;
  numbers: string[];
}

/** One entry of a file's history. `sealed` is the file's as it was from then on; `moved` tells a new position from a correction; `tells` is raised by who tells it. */
export interface PermitEventDoc extends PermitStatus {
  _id: number;
  permitId: string;
  batch: string | null;
  moved: boolean;
  fetchedAt: number;
  note: string | null;
  sealed: string;
  tells?: number;
}

type Fields<T> = Record<Exclude<keyof T, '_id'>, unknown>;
type LeaseDoc = { _id: string; owner: string; fence: number; beat: number; sessions?: string[] };
const text = String;
const list = [String];
const any = Schema.Types.Mixed;
const status = { stage: text, turn: text, codeRaw: text, textRaw: text, reason: text, since: Number };

const schemaOf = <T extends { _id: string | number }>(fields: Fields<T>, id: typeof String | typeof Number = String) =>
  new Schema<T>({ _id: id, ...fields } as never, { minimize: false, versionKey: false, autoIndex: false, autoCreate: false });

const contacts: Fields<ContactDoc> = {
  ...{ n: Number, key: text, channel: text, accountId: text, externalId: text, name: text, phone: text, phoneIndex: text },
  ...{ unreachable: Boolean, blocked: Boolean, createdAt: Number, tokens: list, tokensVersion: Number },
};
const conversations: Fields<ConversationDoc> = {
  ...{ number: Number, channel: text, accountId: text, contactId: text, state: text, officerId: text, teamId: text },
  ...{ seq: Number, rev: Number, language: text, topic: text, handoffReason: text, failures: Number, introduced: Boolean },
  ...{ openedAt: Number, lastInboundAt: Number, waitingSince: Number, queuedAt: Number, claimedAt: Number, closedAt: Number },
  ...{ placeTold: Number, placeToldAt: Number, tags: list, permit: any, timers: any, dueAt: Number },
  ...{ slot: text, isOpen: Boolean, place: Number, sendAt: Number, uncoveredSince: Number, preview: text },
};
const messages: Fields<MessageDoc> = {
  ...{ n: Number, keys: list, channel: text, source: text, pos: Number, note: Number, conversationId: text },
  ...{ seq: Number, rev: Number },
  ...{ direction: text, author: any, kind: text, text, buttons: any, attachments: any, state: text, stateReason: text },
  ...{
    externalId: text,
    clientMessageId: text,
    inReplyTo: text,
    ruleId: text,
    coveredBy: text,
    button: text,
    reason: any,
    template: any,
  },
  ...{ attempt: Number, createdAt: Number, sentAt: Number, editedAt: Number, deleted: Boolean, notBefore: Number },
  ...{ hasFiles: Boolean, isUnsure: Boolean, leaseOwner: text, leaseUntil: Number, tokens: list, tokensVersion: Number },
};

/** Indexes by collection. A query of the product that none of them serves fails a test (test/store/mongoPlans.test.ts). */
const shapes = {
  contacts: {
    schema: schemaOf<ContactDoc>(contacts),
    indexes: [[{ key: 1 }, 'unique'], [{ phoneIndex: 1 }], [{ tokens: 1, n: -1 }], [{ tokensVersion: 1, n: 1 }]],
  },
  conversations: {
    schema: schemaOf<ConversationDoc>(conversations),
    indexes: [
      [{ slot: 1 }, 'unique'],
      [{ number: 1 }, 'unique'],
      [{ contactId: 1, state: 1, place: -1, number: -1 }],
      [{ contactId: 1, number: -1 }],
      [{ state: 1, place: 1, number: 1 }],
      [{ state: 1, teamId: 1, place: 1, number: 1 }],
      [{ officerId: 1, state: 1, place: 1, lastInboundAt: -1, number: 1 }],
      [{ isOpen: 1, lastInboundAt: -1, number: -1 }],
      [{ dueAt: 1, number: 1 }],
      [{ uncoveredSince: 1, number: 1 }],
      [{ channel: 1, sendAt: 1, number: 1 }],
    ],
  },
  messages: {
    schema: schemaOf<MessageDoc>(messages),
    indexes: [
      [{ keys: 1 }, 'unique'],
      [{ conversationId: 1, rev: 1 }, 'unique'],
      [{ conversationId: 1, pos: 1, note: 1 }],
      [{ conversationId: 1, direction: 1, coveredBy: 1, pos: 1 }],
      [{ conversationId: 1, state: 1, pos: 1 }],
      [{ conversationId: 1, 'attachments.id': 1 }],
      [{ hasFiles: 1, n: 1 }],
      [{ isUnsure: 1, createdAt: -1, n: -1 }],
      [{ source: 1, externalId: 1, n: -1 }],
      [{ state: 1, leaseUntil: 1, n: 1 }],
      [{ state: 1, createdAt: -1, n: -1 }],
      [{ tokensVersion: 1, n: 1 }],
      [{ tokens: 1, n: -1 }],
      // For words that begin so where most do: the newest are walked.
      [{ n: -1 }],
    ],
  },
  facts: {
    schema: schemaOf<Doc<Fact> & { n: number }>({ kind: text, at: Number, value: Number, n: Number }),
    indexes: [[{ kind: 1, at: -1, n: -1 }]],
  },
  audit: {
    schema: schemaOf<Doc<AuditEntry> & { n: number }>({
      ...{ at: Number, actor: text, action: text, subject: text, detail: text, n: Number },
    }),
    indexes: [[{ n: -1 }]],
  },
  officers: {
    schema: schemaOf<Doc<Officer> & { passwordHash: string; n: number; createdAt: number }>({
      ...{ name: text, email: text, role: text, disabled: Boolean, duty: text, lastInputAt: Number, lastSeenAt: Number },
      ...{ teamIds: list, passwordHash: text, n: Number, createdAt: Number },
    }),
    indexes: [[{ email: 1 }, 'unique'], [{ name: 1, n: 1 }]],
  },
  teams: { schema: schemaOf<Doc<Team>>({ name: text }), indexes: [[{ name: 1 }, 'unique']] },
  sessions: {
    schema: schemaOf<Session & { _id: string }>({ officerId: text, createdAt: Number, lastSeenAt: Number, device: text }),
    indexes: [[{ officerId: 1, lastSeenAt: -1, _id: 1 }], [{ lastSeenAt: 1 }], [{ createdAt: 1 }]],
  },
  invitations: {
    schema: schemaOf<Doc<Invitation> & { hash: string; n: number }>({
      ...{ hash: text, email: text, role: text, teamIds: list, invitedBy: text, createdAt: Number, expiresAt: Number, n: Number },
    }),
    indexes: [[{ hash: 1 }, 'unique'], [{ email: 1 }, 'unique'], [{ expiresAt: 1 }]],
  },
  settings: { schema: schemaOf<{ _id: string; value: string; version: number }>({ value: text, version: Number }), indexes: [] },
  permits: {
    schema: schemaOf<PermitDoc>({
      ...{ n: Number, system: text, sealed: text, service: text, submittedAt: Number, fetchedAt: Number, current: Number },
      ...{ note: text, place: Number, endedAt: Number, main: text, numbers: list, ...status },
    }),
    indexes: [
      [{ main: 1, system: 1 }, 'unique'],
      [{ numbers: 1, n: -1 }],
      [{ n: 1 }, 'unique'],
      [{ turn: 1, place: 1, n: 1 }],
      [{ endedAt: 1 }],
      [{ fetchedAt: 1 }],
    ],
  },
  permitEvents: {
    schema: schemaOf<PermitEventDoc>(
      { ...status, permitId: text, batch: text, moved: Boolean, fetchedAt: Number, note: text, sealed: text, tells: Number },
      Number,
    ),
    indexes: [[{ permitId: 1, _id: 1 }], [{ permitId: 1, moved: 1, _id: 1 }], [{ batch: 1, _id: -1 }]],
  },
  permitBatches: {
    schema: schemaOf<Doc<PermitBatch> & { n: number }>({
      ...{ at: Number, by: text, system: text, rows: Number, added: Number, changed: Number, refused: Number, state: text },
      ...{ n: Number },
    }),
    indexes: [[{ n: -1 }]],
  },
  permitWatches: {
    schema: schemaOf<Doc<Watch> & { told: number; overAt?: number | null; ended?: string | null }>({
      ...{ permitId: text, contactId: text, at: Number, told: Number, overAt: Number, ended: text },
    }),
    indexes: [[{ contactId: 1, permitId: 1 }, 'unique'], [{ permitId: 1 }], [{ overAt: 1 }], [{ ended: 1 }]],
  },
  asked: {
    schema: schemaOf<{ _id: string; day: string; fact: string; count: number }>({ day: text, fact: text, count: Number }),
    indexes: [[{ day: 1 }]],
  },
  /** By message; `n` is the message's. */
  labels: {
    schema: schemaOf<Omit<Label, 'messageId'> & { _id: string; n: number }>({ intent: text, by: text, at: Number, n: Number }),
    indexes: [[{ at: 1, n: 1 }]],
  },
  permitTries: {
    schema: schemaOf<{ _id: string; count: number; until: number }>({ count: Number, until: Number }),
    indexes: [[{ until: 1 }]],
  },
  identities: { schema: schemaOf<NameDoc>({ kind: text, contactId: text }), indexes: [[{ contactId: 1 }]] },
  persons: { schema: schemaOf<PersonDoc>({ personId: text }), indexes: [[{ personId: 1, _id: 1 }]] },
  linkCodes: { schema: schemaOf<LinkCodeDoc>(linkCodeFields), indexes: [[{ contactId: 1 }, 'unique'], [{ expiresAt: 1 }]] },
  linkTries: { schema: schemaOf<LinkTryDoc>({ day: text, count: Number, lastIn: text }), indexes: [[{ day: 1 }]] },
  /** Numbers given out (consultations, permits, entries), the version of the shape, and the pulse of `ping`. */
  counters: { schema: schemaOf<{ _id: string; value: number }>({ value: Number }), indexes: [] },
  /** Who does what only one node may do at a time, see leases.ts; and which nodes live, with their sessions, see peers.ts. */
  leases: { schema: schemaOf<LeaseDoc>({ owner: text, fence: Number, beat: Number, sessions: list }), indexes: [] },
  sharedKnowledge: { schema: schemaOf<SharedDoc>(sharedFields, Number), indexes: [[{ folder: 1 }]] },
  /** What nodes tell each other: written and read by Socket.IO's adapter; see hints.ts. */
  hints: {
    schema: schemaOf<{ _id: string; createdAt: Date }>({ createdAt: Date }),
    indexes: [[{ createdAt: 1 }, 'minute']],
  },
} satisfies Record<
  string,
  { schema: Schema; indexes: ([Record<string, 1 | -1>] | [Record<string, 1 | -1>, 'unique' | 'minute'])[] }
>;

export type CollectionName = keyof typeof shapes;
type DocOf<S> = S extends Schema<infer T> ? T : never;
export type Models = { [K in CollectionName]: Model<DocOf<(typeof shapes)[K]['schema']>> };

/** @returns the models of one connection; their collections bear the same names. */
export function createModels(connection: Connection): Models {
  const made = Object.entries(shapes).map(([name, { schema }]) => [name, connection.model(name, schema as Schema, name)]);
  return Object.fromEntries(made) as Models;
}

const options = { plain: {}, unique: { unique: true as const }, minute: { expireAfterSeconds: 60 } };

/** @returns every index there must be; `minute`: documents are forgotten after one. */
export function wantedIndexes(): {
  name: CollectionName;
  indexes: { key: Record<string, 1 | -1>; unique?: true; expireAfterSeconds?: number }[];
}[] {
  return (Object.keys(shapes) as CollectionName[]).map((name) => ({
    name,
    indexes: shapes[name].indexes.map(([key, kind]) => ({
      key: key as Record<string, 1 | -1>,
      ...options[(kind ?? 'plain') as keyof typeof options],
    })),
  }));
}
