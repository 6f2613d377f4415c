// The verbs about one contact: looking, blocking, erasing. Who may which: access.ts.
import type { ContactView, Erased, Footprint } from '../contract/contacts.ts';
import type { Officer } from '../contract/conversation.ts';
import type { Result } from './result.ts';

/** What has to be typed before a person is erased. */
export const ERASE_WORD = 'HAPUS';

export interface ContactVerbs {
  /** `not-found` also when this officer may read none of the contact's conversations. */
  contact(by: Officer, contactId: string): Promise<Result<{ contact: ContactView }>>;
  /** Puts two contacts together as one person: each history shows both. `other`: a contact's id or `K-1002`. Both must be readable. */
  link(by: Officer, contactId: string, other: string): Promise<Result<object>>;
  /** Takes the contact out again; nothing but the link is lost. */
  unlink(by: Officer, contactId: string): Promise<Result<object>>;
  /** Blocking ends the open conversation without a word; what they write later is stored, not answered, not queued. */
  block(by: Officer, contactId: string, blocked: boolean): Promise<Result<object>>;
  /** What erasing would take away. */
  erasePreview(by: Officer, contactId: string): Promise<Result<{ footprint: Footprint }>>;
  /** Deletes the contact with conversations, messages, files and search tokens. `invalid` unless `confirm` is the word. */
  erase(by: Officer, contactId: string, confirm: string): Promise<Result<{ erased: Erased }>>;
}
