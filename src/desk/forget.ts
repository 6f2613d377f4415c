// Forgetting a person: everything stored about them, their files on disk, and whatever of theirs is still connected.
import type { DeskContext } from './context.ts';
import { newId } from './ids.ts';
import type { ErasedContact } from './storePort.ts';

/**
 * Deletes a contact with conversations, messages, search tokens and files; only an audit entry with ids stays.
 * @param contactId the desk's own id of the contact
 * @param actor who asked for it: an officer's id, or `visitor` for the person themselves
 * @param closedBefore only if all conversations were closed before it, epoch ms; null: whatever there is
 * @returns what was taken away; null when there is no such contact (any more), or it has a later conversation
 */
export async function forgetContact(
  desk: DeskContext,
  contactId: string,
  actor: string,
  closedBefore: number | null = null,
): Promise<ErasedContact | null> {
  const contact = await desk.store.contacts.get(contactId);
  const audit = { id: newId('a'), at: desk.clock.now(), actor, action: 'erase', subject: contactId, detail: null };
  const erased = contact && (await desk.store.contacts.erase(contactId, audit, closedBefore));
  if (!erased) return null;
  desk.channel(contact.channel)?.forget?.(contact.externalId);
  for (const key of erased.fileKeys) await desk.files.remove(key);
  desk.queueChanged();
  return erased;
}
