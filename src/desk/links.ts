// Linking: an officer says that two contacts are one person, and can take it back. Never done by itself, always in the audit trail.
import type { Contact, ConversationRow, Officer } from '../contract/conversation.ts';
import { mayRead, teamsOf } from './access.ts';
import type { ContactVerbs } from './contactVerbs.ts';
import type { DeskContext } from './context.ts';
import { newId } from './ids.ts';

/** Conversations of each linked contact that are shown beside one's own. */
const EACH = 20;

const nobody = { ok: false, code: 'not-found', message: 'Kontak yang akan disambungkan tidak ditemukan.' } as const;
const notLinked = { ok: false, code: 'conflict', message: 'Kontak ini tidak sedang tersambung.' } as const;

/** @param isReadable whether this officer may see the contact at all */
export function createLinkVerbs(
  desk: DeskContext,
  isReadable: (by: Officer, contactId: string) => Promise<boolean>,
): Pick<ContactVerbs, 'link' | 'unlink'> {
  const { identities } = desk.store;
  const auditOf = (by: Officer, action: string, subject: string, detail: string | null) => ({
    ...{ id: newId('a'), at: desk.clock.now(), actor: by.id, action, subject, detail },
  });

  async function contactIdOf(by: Officer, other: string): Promise<string | null> {
    const digits = /^K-?(\d+)$/i.exec(other)?.[1];
    if (digits === undefined) return other;
    const number = Number(digits);
    const search = { tokens: [], prefix: null, number, teamIds: teamsOf(by), cursor: null, limit: 1 };
    const { rows } = await desk.store.messages.search(search);
    return rows.find(({ row }) => row.number === number)?.row.contactId ?? null;
  }

  return {
    async link(by, contactId, other) {
      const otherId = await contactIdOf(by, other);
      if (otherId === null || otherId === contactId) return nobody;
      if (!(await isReadable(by, contactId)) || !(await isReadable(by, otherId))) return nobody;
      const isDone = await identities.link(contactId, otherId, auditOf(by, 'link', contactId, otherId));
      return isDone ? { ok: true } : nobody;
    },
    async unlink(by, contactId) {
      if (!(await isReadable(by, contactId))) return nobody;
      const isDone = await identities.unlink(contactId, auditOf(by, 'unlink', contactId, null));
      return isDone ? { ok: true } : notLinked;
    },
  };
}

/** @returns the contacts linked with this one. */
export async function linkedContacts(desk: DeskContext, contactId: string): Promise<Contact[]> {
  const ids = await desk.store.identities.linked(contactId);
  const contacts = await Promise.all(ids.map((id) => desk.store.contacts.get(id)));
  return contacts.filter((contact) => contact !== null);
}

/** @returns what the same person said through other channels, newest first, as far as this officer may read it. */
export async function linkedConversations(desk: DeskContext, by: Officer, contactId: string): Promise<ConversationRow[]> {
  const ids = await desk.store.identities.linked(contactId);
  const pages = await Promise.all(ids.map((id) => desk.store.contacts.conversations(id, null, EACH)));
  return pages
    .flatMap(({ rows }) => rows)
    .filter((row) => mayRead(by, row))
    .sort((a, b) => b.number - a.number);
}
