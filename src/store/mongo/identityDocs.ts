// What is kept of a contact's names and of who is one person; see identities.ts.
import type { AliasKind } from '../../contract/message.ts';

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
