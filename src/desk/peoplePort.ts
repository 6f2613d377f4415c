// The people half of the Store port: contacts, officers with their sessions and teams, settings. Charter: storePort.ts.
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

export interface ContactStore {
  get(contactId: string): Promise<Contact | null>;
  find(key: ContactKey): Promise<Contact | null>;
  /** By phone in E.164, through the blind index. */
  findByPhone(phone: string): Promise<Contact[]>;
  /** The contact's conversations, newest first, whatever their team. */
  conversations(contactId: string, cursor: string | null, limit: number): Promise<Page<ConversationRow>>;
  update(contactId: string, patch: Partial<Pick<Contact, 'name' | 'phone' | 'unreachable'>>): Promise<Contact | null>;
  /** Deletes the contact with conversations, messages, tokens. @returns keys of the files that belonged to them. */
  erase(contactId: string, audit: AuditEntry): Promise<{ fileKeys: string[] } | null>;
}

export interface OfficerSecret {
  officer: Officer;
  passwordHash: string;
}
export interface Session {
  officerId: string;
  createdAt: number;
  lastSeenAt: number;
}

export interface OfficerStore {
  /** @returns `duplicate` when the e-mail is taken; with `onlyFirst`, `conflict` when any officer exists. */
  create(
    officer: { id: string; name: string; email: string; role: Role; passwordHash: string; teamIds: string[]; now: number },
    onlyFirst: boolean,
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
  ): Promise<Officer | null>;
  /** Sessions are kept by the SHA-256 of their secret. `put` makes or refreshes one. */
  putSession(hash: string, session: Session): Promise<void>;
  session(hash: string): Promise<Session | null>;
  /** Ends one session (by hash) or all of an officer. */
  endSessions(which: { hash: string } | { officerId: string }): Promise<void>;
  teams(): Promise<Team[]>;
  putTeam(team: Team): Promise<Team | 'duplicate'>;
}

export interface SettingStore {
  get(key: string): Promise<{ value: unknown; version: number } | null>;
  /** Compare-and-set on `version` (0 = not there yet). */
  put(key: string, value: unknown, version: number, audit: AuditEntry): Promise<{ version: number } | 'conflict'>;
  audit(limit: number): Promise<AuditEntry[]>;
}
