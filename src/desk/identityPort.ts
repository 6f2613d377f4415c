// The names a contact goes by on its channel beside its address: one table for phone, BSUID, lid and user name. Charter: storePort.ts.

import type { Contact } from '../contract/conversation.ts';
import type { AliasKind, ChannelName } from '../contract/message.ts';
import type { AuditEntry } from './peoplePort.ts';

/** One name, unique within our account on a channel. Stored as a keyed hash only. */
export interface Alias {
  channel: ChannelName;
  accountId: string;
  kind: AliasKind;
  value: string;
}

/** Somebody's old and new names, as the channel tells of a changed number. */
export interface IdentityChange {
  channel: ChannelName;
  accountId: string;
  from: { kind: AliasKind; value: string }[];
  to: { kind: AliasKind; value: string }[];
  /** Where replies go from now on. */
  externalId: string;
  phone: string | null;
}

/** A code that came in through another channel. */
export interface CodeTry {
  code: string;
  /** Who sent it, and the channel's id of the message: the same message again has the same answer. */
  contactId: string;
  externalId: string;
  /** YYYY-MM-DD at the office: wrong guesses are counted by day, and after `maxTries` of them nothing is looked up. */
  day: string;
  maxTries: number;
  now: number;
  /** Written with the link; the store puts the contact the code was given to into `detail`. */
  audit: AuditEntry;
}

/** `contactId`: who the code was given to. `wrong`: unknown, expired, used, or one's own. `muted`: too many wrong ones today. */
export type CodeAnswer = { kind: 'linked'; contactId: string } | { kind: 'wrong' } | { kind: 'muted' };

export interface IdentityStore {
  /**
   * Which of these names are known, in the order asked, with the contact each belongs to now. `isOld`: kept under an older data key;
   * a hash cannot be made anew without the name, so it has to be given again while both keys are there.
   */
  find(names: Alias[]): Promise<(Alias & { contactId: string; isOld?: true })[]>;
  /** The kinds of names a contact has, without values. */
  kindsOf(contactId: string): Promise<AliasKind[]>;
  /** Gives names to a contact. A name belongs to one contact at a time: the latest wins. Nothing when the contact is gone. */
  give(contactId: string, names: Alias[]): Promise<void>;
  /** Contacts an officer has put together with this one as the same person, without itself, by id. */
  linked(contactId: string): Promise<string[]>;
  /** Puts two contacts, and whoever they are linked with, together. @returns false when one of them is gone */
  link(contactId: string, otherId: string, audit: AuditEntry): Promise<boolean>;
  /** Takes one contact out of its person; the others stay together. @returns false when it was linked with nobody */
  unlink(contactId: string, audit: AuditEntry): Promise<boolean>;
  /** Changes the address replies go to. @returns `taken` when another contact has it, null when this one is gone */
  move(contactId: string, externalId: string, audit: AuditEntry): Promise<Contact | 'taken' | null>;
  /** Keeps a code's keyed hash for this contact, in place of the one it had. @returns false when the contact is gone */
  issueCode(contactId: string, code: string, expiresAt: number): Promise<boolean>;
  /** Links once by a code that lives, with its audit entry, or counts a wrong guess. */
  redeemCode(given: CodeTry): Promise<CodeAnswer>;
  /** Forgets codes that ended before `now` and guesses of days before `day`. @returns how many codes */
  pruneCodes(now: number, day: string): Promise<number>;
}
