// One contact for those who run the desk: what is known, masked; blocking; erasing with everything about it.
import type { ContactChannel } from '../contract/contacts.ts';
import type { Contact, Officer } from '../contract/conversation.ts';
import { may, mayRead } from './access.ts';
import { change } from './change.ts';
import { type ContactVerbs, ERASE_WORD } from './contactVerbs.ts';
import type { DeskContext } from './context.ts';
import { toClosed } from './conversation.ts';
import { forgetContact } from './forget.ts';
import { maskPhone } from './identifiers.ts';
import { newId } from './ids.ts';
import { createLinkVerbs, linkedContacts } from './links.ts';

/** Conversations shown on a contact's page; older ones are reached by search. */
const SHOWN = 100;
const backupNote =
  'Salinan cadangan (backup) yang dibuat sebelum ini masih memuat data orang ini sampai cadangan itu dihapus. Setelah memulihkan cadangan lama, hapus lagi.';
const gone = { ok: false, code: 'not-found', message: 'Kontak tidak ditemukan.' } as const;

const channelOf = ({ id, channel, accountId, phone, blocked, unreachable }: Contact): ContactChannel => ({
  contactId: id,
  channel,
  accountId,
  verified: phone !== null,
  blocked,
  unreachable,
});

/** @returns the verbs about one contact, not yet guarded. */
export function createContactVerbs(desk: DeskContext): ContactVerbs {
  const { store } = desk;

  /** The contact's conversations that this officer may read; null when the contact is not theirs to see. */
  async function readable(by: Officer, contactId: string) {
    const { rows } = await store.contacts.conversations(contactId, null, SHOWN);
    const shown = rows.filter((row) => mayRead(by, row));
    return shown.length > 0 || may(by, 'readEveryTeam') ? shown : null;
  }

  return {
    ...createLinkVerbs(desk, async (by, contactId) => (await readable(by, contactId)) !== null),

    async contact(by, contactId) {
      const contact = await store.contacts.get(contactId);
      const conversations = contact && (await readable(by, contactId));
      if (!contact || !conversations) return gone;
      const samePhone = contact.phone === null ? [] : await store.contacts.findByPhone(contact.phone);
      const others: ContactChannel[] = [];
      for (const other of samePhone)
        if (other.id !== contactId && (await readable(by, other.id)) !== null) others.push(channelOf(other));
      const linked = (await linkedContacts(desk, contactId)).map(channelOf);
      const unlinked = others.filter((other) => !linked.some((one) => one.contactId === other.contactId));
      const { name, phone, createdAt } = contact;
      const about = { ...channelOf(contact), name, phone: maskPhone(phone), createdAt };
      return { ok: true, contact: { ...about, others: unlinked, linked, conversations } };
    },

    async block(by, contactId, blocked) {
      if ((await readable(by, contactId)) === null) return gone;
      const action = blocked ? 'block' : 'unblock';
      const audit = { id: newId('a'), at: desk.clock.now(), actor: by.id, action, subject: contactId, detail: null };
      const updated = await store.contacts.update(contactId, { blocked }, audit);
      if (updated === null) return gone;
      if (blocked) await endQuietly(desk, updated);
      return { ok: true };
    },

    async erasePreview(_by, contactId) {
      const footprint = await store.contacts.footprint(contactId);
      return footprint === null ? gone : { ok: true, footprint };
    },

    async erase(by, contactId, confirm) {
      if (confirm !== ERASE_WORD) return { ok: false, code: 'invalid', message: `Ketik ${ERASE_WORD} untuk menghapus.` };
      const erased = await forgetContact(desk, contactId, by.id);
      if (erased === null) return gone;
      const { fileKeys: _, ...footprint } = erased;
      return { ok: true, erased: { ...footprint, note: backupNote } };
    },
  };
}

/** Ends what is open: nobody waits, nothing is said, no reply is due any more. */
async function endQuietly(desk: DeskContext, contact: Contact): Promise<void> {
  const { rows } = await desk.store.contacts.conversations(contact.id, null, SHOWN);
  for (const { id } of rows.filter(({ state }) => state !== 'closed'))
    await desk.serial.run(id, async () => {
      const seat = await desk.store.conversations.get(id);
      if (seat === null) return;
      await change(desk, seat.conversation, seat.contact, async (current) => {
        const uncovered = await desk.store.messages.uncovered(id);
        const cover = { ids: uncovered.map((message) => message.id), by: 'none' };
        return current.state === 'closed' ? null : { patch: toClosed(current, desk.clock.now()), cover };
      });
      desk.queueChanged();
    });
}
