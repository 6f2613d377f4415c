// The people half of the Store port: contacts, officers with their sessions and teams, settings. Charter: storePort.ts.
import type { Footprint } from '../contract/contacts.ts';
import type { Contact, ConversationRow, Duty, Officer, Role, Team } from '../contract/conversation.ts';
import type { ChannelName } from '../contract/message.ts';
import type { Page } from './page.ts';

export interface ContactKey {
  channel: ChannelName;
  accountId: string;
  externalId: string;
}

/** Who did what to which thing; ids only, never text. */
export interface AuditEntry {
  id: string;
  at: number;
  /** Officer id, `bot` or `system`. */
  actor: string;
  action: string;
  subject: string;
  detail: string | null;
}

export interface ErasedContact extends Footprint {
  fileKeys: string[];
}

export interface ContactStore {
  get(contactId: string): Promise<Contact | null>;
  find(key: ContactKey): Promise<Contact | null>;
  /** By phone in E.164, through the blind index. */
  findByPhone(phone: string): Promise<Contact[]>;
  /** The contact's conversations, newest first, whatever their team. */
  conversations(contactId: string, cursor: string | null, limit: number): Promise<Page<ConversationRow>>;
  update(
    contactId: string,
    patch: Partial<Pick<Contact, 'name' | 'phone' | 'unreachable' | 'blocked'>>,
    audit?: AuditEntry,
  ): Promise<Contact | null>;
  /** How much is stored about the contact; null when there is none. */
  footprint(contactId: string): Promise<Footprint | null>;
  /**
   * Deletes the contact with conversations, messages, tokens.
   * @param closedBefore only if all conversations were closed before it (epoch ms); null: whatever there is
   * @returns how much, with the keys of the files that belonged to them; null: nothing was deleted
   */
  erase(contactId: string, audit: AuditEntry, closedBefore?: number | null): Promise<ErasedContact | null>;
  /** Contacts whose name and number are not findable at this `version` of the tokens, oldest first. */
  stale(version: number, limit: number): Promise<Pick<Contact, 'id' | 'name' | 'phone'>[]>;
  /** Makes contacts findable by these words; kept only as keyed hashes, so that the index tells no name. */
  index(rows: { id: string; version: number; tokens: string[] }[]): Promise<void>;
  /** Contacts that have all words, newest first; only those with a conversation of these teams or of none (null: every team). */
  search(tokens: string[], teamIds: string[] | null, limit: number): Promise<Contact[]>;
}

export interface OfficerSecret {
  officer: Officer;
  passwordHash: string;
}
export interface Session {
  officerId: string;
  createdAt: number;
  lastSeenAt: number;
  /** Kind of browser and system, `Chrome · Windows`; null when it did not say. */
  device: string | null;
}

export interface OfficerStore {
  /** @returns `duplicate` when the e-mail is taken; with `onlyFirst`, `conflict` when any officer exists. */
  create(
    officer: { id: string; name: string; email: string; role: Role; passwordHash: string; teamIds: string[]; now: number },
    onlyFirst: boolean,
    audit?: AuditEntry,
  ): Promise<Officer | 'duplicate' | 'conflict'>;
  get(officerId: string): Promise<Officer | null>;
  byEmail(email: string): Promise<OfficerSecret | null>;
  list(): Promise<Officer[]>;
  update(
    officerId: string,
    patch: Partial<{
      name: string;
      role: Role;
      disabled: boolean;
      duty: Duty;
      lastInputAt: number;
      lastSeenAt: number;
      teamIds: string[];
      passwordHash: string;
    }>,
    /** Written together with the change. */
    audit?: AuditEntry,
  ): Promise<Officer | null>;
  /** Sessions are kept by the SHA-256 of their secret. */
  putSession(hash: string, session: Session): Promise<void>;
  session(hash: string): Promise<Session | null>;
  /** Ends one session (by hash) or all of an officer. */
  endSessions(which: { hash: string } | { officerId: string }, audit?: AuditEntry): Promise<void>;
  teams(): Promise<Team[]>;
  putTeam(team: Team, audit?: AuditEntry): Promise<Team | 'duplicate'>;
}

/** An open way in for somebody who is no officer yet; used once, then gone. */
export interface Invitation {
  id: string;
  email: string;
  role: Role;
  teamIds: string[];
  /** Officer id. */
  invitedBy: string;
  createdAt: number;
  expiresAt: number;
}

/** Ways in: sessions as lists, and invitations, which like sessions are kept by the SHA-256 of their secret. */
export interface LoginStore {
  /** Sessions of an officer, last used first. */
  sessions(officerId: string): Promise<(Session & { hash: string })[]>;
  /** Writes the last use of a session; one that has ended stays ended. */
  touch(hash: string, at: number): Promise<void>;
  /** Ends sessions last used or begun before these, and invitations past their time. @returns how many of both */
  clean(limits: { lastSeenBefore: number; createdBefore: number; now: number }): Promise<number>;
  /** Takes the place of an open invitation to the same e-mail. @returns `duplicate` when an officer has the e-mail */
  invite(invitation: Invitation, hash: string, audit: AuditEntry): Promise<'ok' | 'duplicate'>;
  /** Open ones, newest first. */
  invitations(now: number): Promise<Invitation[]>;
  invitation(hash: string, now: number): Promise<Invitation | null>;
  /** @returns whether there was one. */
  withdraw(invitationId: string, audit: AuditEntry): Promise<boolean>;
  /** Makes the officer and uses the invitation up, together or not at all. @returns `gone` when it is not open any more */
  redeem(
    hash: string,
    officer: { id: string; name: string; passwordHash: string },
    now: number,
    audit: AuditEntry,
  ): Promise<Officer | 'gone' | 'duplicate'>;
}

export interface SettingStore {
  get(key: string): Promise<{ value: unknown; version: number } | null>;
  /** Compare-and-set on `version` (0 = not there yet). */
  put(key: string, value: unknown, version: number, audit: AuditEntry): Promise<{ version: number } | 'conflict'>;
  audit(limit: number): Promise<AuditEntry[]>;
}
