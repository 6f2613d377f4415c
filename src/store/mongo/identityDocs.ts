// What is kept of a contact's names and of who is one person; see identities.ts.
import type { AliasKind } from '../../contract/message.ts';
import type { KeptCode } from '../../desk/linkCodeRule.ts';

/** `_id`: keyed hash of a name a contact goes by. */
export interface NameDoc {
  _id: string;
  kind: AliasKind;
  contactId: string;
}

/** `_id`: a contact; those with one `personId` are one person. */
export interface PersonDoc {
  _id: string;
  personId: string;
}

/** `_id`: keyed hash of a code by which a visitor links another channel. */
export interface LinkCodeDoc extends KeptCode {
  _id: string;
}

/** `_id`: a contact that sent wrong codes on this day. */
export interface LinkTryDoc {
  _id: string;
  day: string;
  count: number;
  lastIn: string;
}

export const linkCodeFields = { contactId: String, expiresAt: Number, usedBy: String, usedIn: String };
