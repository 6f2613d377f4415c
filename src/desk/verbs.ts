// The desk's verbs as the doors (http, realtime) call them. Implemented by createDesk (desk.ts).
import type { Alarm } from '../contract/alarms.ts';
import type { Conversation, ConversationRow, ConversationView, Duty, Officer, Team } from '../contract/conversation.ts';
import type { OfficerHistory } from '../contract/events.ts';
import type { LinkApp } from '../contract/http.ts';
import type { Message } from '../contract/message.ts';
import type { SearchPage } from '../contract/search.ts';
import type { Suggestion } from '../contract/workplace.ts';
import type { AdminVerbs, EntryVerbs } from './adminVerbs.ts';
import type { CannedVerbs } from './canned.ts';
import type { ChannelVerbs } from './channelVerbs.ts';
import type { ContactVerbs } from './contactVerbs.ts';
import type { KnowledgeVerbs } from './knowledgeVerbs.ts';
import type { Office } from './office.ts';
import type { PermitImportVerbs } from './permitImports.ts';
import type { PermitOfficeVerbs } from './permitOffice.ts';
import type { PermitVerbs } from './permitVerbs.ts';
import type { Channel, Intake } from './ports.ts';
import type { Result } from './result.ts';
import type { ContactKey, ListFilter, Page } from './storePort.ts';
import type { TemplateVerbs } from './templateVerbs.ts';

export type { Refused, Result } from './result.ts';

/** Verbs of a signed-in officer. The role is checked before each (access.ts), which conversation inside it. */
export interface OfficerVerbs extends CannedVerbs, TemplateVerbs {
  list(
    by: Officer,
    request: { view: ConversationView; filter?: ListFilter; cursor: string | null; limit: number },
  ): Promise<Page<ConversationRow>>;
  search(by: Officer, request: { q: string; cursor: string | null }): Promise<SearchPage>;
  /** Messages and state after `rev`. `not-found` also when this officer may not see it. */
  since(by: Officer, conversationId: string, rev: number): Promise<Result<OfficerHistory>>;
  messages(by: Officer, conversationId: string, afterSeq: number, limit: number): Promise<Result<{ messages: Message[] }>>;
  /** The contact's conversations before this one, newest first, as far as this officer may read them. */
  earlier(by: Officer, conversationId: string, cursor: string | null): Promise<Result<Page<ConversationRow>>>;
  /** The bot's guesses for what the citizen said last, as drafts. */
  suggest(by: Officer, conversationId: string): Promise<Result<{ suggestions: Suggestion[] }>>;
  /** What officers call these intents. */
  topics(by: Officer, intents: string[]): Promise<Record<string, string>>;
  /**
   * `not-owner` unless this officer holds the conversation; `conflict` with `news` when a colleague answered after `seen`. A repeated
   * `clientMessageId` returns the stored message.
   */
  send(by: Officer, message: Written): Promise<Result<{ message: Message }>>;
  /** A file as a message of its own, by the same rules; `invalid` where the channel or the type of file does not allow it. */
  sendFile(by: Officer, file: WrittenFile): Promise<Result<{ message: Message }>>;
  /** All tags the conversation shall have. */
  setTags(by: Officer, conversationId: string, tags: string[]): Promise<Result<{ conversation: Conversation }>>;
  note(
    by: Officer,
    note: { conversationId: string; clientMessageId: string; text: string },
  ): Promise<Result<{ message: Message }>>;
  /** One atomic step; `conflict` when another officer was first. Claiming what one holds already is `ok`. */
  claim(by: Officer, conversationId: string): Promise<Result<{ conversation: Conversation }>>;
  /** Back to the queue, with the original queue time. */
  release(by: Officer, conversationId: string): Promise<Result<{ conversation: Conversation }>>;
  transfer(
    by: Officer,
    conversationId: string,
    to: { officerId?: string | undefined; teamId?: string | undefined; note: string },
  ): Promise<Result<{ conversation: Conversation }>>;
  close(by: Officer, conversationId: string): Promise<Result<{ conversation: Conversation }>>;
  setDuty(by: Officer, duty: Duty): Promise<Result<{ duty: Duty }>>;
  /** Keyboard or pointer input in a console. */
  touched(by: Officer): Promise<void>;
  /** A console of this officer is connected (called at connect and every minute after). */
  seen(by: Officer): Promise<void>;
  typing(by: Officer, conversationId: string): Promise<void>;
  /** Messages that could not be delivered, newest first, and their conversations: what one holds, for supervisors everything. */
  deadLetters(by: Officer, cursor: string | null): Promise<Result<Page<Message> & { conversations: ConversationRow[] }>>;
  /** Sends a failed or uncertain message again. */
  retry(by: Officer, messageId: string): Promise<Result<{ message: Message }>>;
  /** The bytes of an attachment this officer may see. */
  file(
    by: Officer,
    conversationId: string,
    attachmentId: string,
  ): Promise<Result<{ bytes: Uint8Array; mime: string; name: string }>>;
  officers(by: Officer): Promise<Officer[]>;
  teams(by: Officer): Promise<Team[]>;
}

/** Verbs of a visitor who proved by a token who they are. What belongs to somebody else is `not-found`. */
export interface VisitorVerbs {
  /** Stores a file as one inbound message; a repeated `clientMessageId` returns the stored one. `invalid`: a type that is not taken. @throws LoketError */
  sendFile(
    contact: ContactKey,
    file: { clientMessageId: string; name: string; isVoice: boolean; bytes: Uint8Array },
  ): Promise<Result<{ message: Message }>>;
  /** The bytes of an attachment of the visitor's own conversation; `gone` when the file was deleted. */
  file(contact: ContactKey, attachmentId: string): Promise<Result<{ bytes: Uint8Array; mime: string; name: string }>>;
  /** These messages of officers were on the visitor's screen: officers see them as read. */
  seen(contact: ContactKey, messageIds: string[]): Promise<void>;
  /** The apps in which a visitor may go on now. */
  linkApps(): LinkApp[];
  /** A new code that links what sends it within 15 minutes with this visitor, and the link that sends it; the one before ends. */
  linkCode(contact: ContactKey, app: LinkApp): Promise<Result<{ code: string; url: string; expiresAt: number }>>;
  /** Deletes everything about the visitor. Also `ok` when there is nothing left. */
  erase(contact: ContactKey): Promise<Result<object>>;
}

/** What an officer wrote. `seen`: the citizen's `seq` up to which they had read when they began. */
export interface Written {
  conversationId: string;
  clientMessageId: string;
  text: string;
  seen?: number | undefined;
}
export type WrittenFile = Omit<Written, 'text'> & { name: string; bytes: Uint8Array };

export interface OfficeVerbs {
  /** With every fact the knowledge asks for, set or not; `titles`: what officers call them. */
  get(): OfficeView;
  /** Admin only. Validates, marks who confirmed each changed fact and when, stores, takes effect at once. */
  put(by: Officer, office: unknown, version: number): Promise<Result<OfficeView>>;
  /** What an iCalendar file would add to the holidays; saves nothing. */
  readHolidays(
    by: Officer,
    text: string,
  ): Promise<
    Result<{ holidays: { date: string; name: string; isKnown: boolean }[]; refused: { name: string; reason: string }[] }>
  >;
}
interface OfficeView {
  office: Office;
  version: number;
  titles: Record<string, string>;
}

export interface DeskStatus {
  queued: number;
  /** Seconds the longest waiting citizen in the queue has waited. */
  oldestWaitSeconds: number;
  outbox: { pending: number; sending: number; failed: number; uncertain: number };
  channels: { name: Channel['name']; accountId: string; health: ReturnType<Channel['health']> }[];
  /** As of the last look, at most half a minute ago. */
  alarms: Alarm[];
}

export interface WatchVerbs {
  /** What needs a person who runs the desk. */
  alarms(by: Officer): Promise<Result<{ alarms: Alarm[] }>>;
}

export interface Desk {
  intake: Intake;
  officer: OfficerVerbs;
  visitor: VisitorVerbs;
  admin: AdminVerbs;
  entry: EntryVerbs;
  contacts: ContactVerbs;
  permits: PermitVerbs;
  watch: WatchVerbs;
  channels: ChannelVerbs;
  office: OfficeVerbs;
  knowledge: KnowledgeVerbs;
  permitImports: PermitImportVerbs;
  permitOffice: PermitOfficeVerbs;
  status(): Promise<DeskStatus>;
  /** Recovers what a crash left (expired leases, unanswered turns), then starts channels and timers. */
  start(): Promise<void>;
  /** Stops channels, finishes what is in hand within `graceMs`, stops timers. */
  stop(graceMs: number): Promise<void>;
}
