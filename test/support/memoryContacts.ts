// The part of the memory model that is about contacts: who they are, what is stored about them, finding and forgetting them.
import type { Contact, Conversation, ConversationRow } from '../../src/contract/conversation.ts';
import type { AuditEntry, ContactKey, ContactStore } from '../../src/desk/storePort.ts';
import { addOnce, copy, defined } from './memoryOffice.ts';
import type { Kept } from './memoryOutbox.ts';
import { page } from './memoryPage.ts';

interface Kernel {
  contacts: () => Contact[];
  conversations: () => Conversation[];
  all: () => Kept[];
  /** What finds a contact, by id. */
  index: Map<string, { version: number; tokens: string[] }>;
  audit: AuditEntry[];
  row: (conversation: Conversation) => ConversationRow;
  mayList: (conversation: Conversation, teamIds: string[] | null) => boolean;
  findContact: (key: ContactKey) => Contact | undefined;
  isIdle: (contactId: string, before: number) => boolean;
  forget: (contactId: string, conversationIds: string[]) => void;
}

export function createMemoryContacts(kernel: Kernel): ContactStore {
  const { index, audit } = kernel;
  const byId = (id: string) => kernel.contacts().find((c) => c.id === id);
  const theirs = (contactId: string) => kernel.conversations().filter((c) => c.contactId === contactId);

  function stored(contactId: string) {
    const ids = theirs(contactId).map((c) => c.id);
    const said = kernel.all().filter((m) => ids.includes(m.conversationId));
    const files = said.flatMap((m) => m.attachments);
    return {
      conversations: ids.length,
      messages: said.length,
      attachments: files.length,
      tokens: said.reduce((sum, m) => sum + m.tokens.length, 0),
      fileKeys: files.flatMap((file) => file.key ?? []),
    };
  }

  return {
    get: async (id) => copy(byId(id) ?? null),
    find: async (key) => copy(kernel.findContact(key) ?? null),
    findByPhone: async (phone) => copy(kernel.contacts().filter((c) => c.phone === phone)),
    async conversations(id, cursor, limit) {
      const listed = theirs(id).filter((c) => c.lastInboundAt !== null);
      const found = page(listed, (c) => [-c.number], cursor, limit);
      return { ...found, rows: found.rows.map(kernel.row) };
    },
    async update(id, patch, entry) {
      const contact = byId(id);
      if (contact === undefined) return null;
      if (entry) addOnce(audit, [entry]);
      index.delete(id);
      return copy(Object.assign(contact, defined(patch)));
    },
    async footprint(id) {
      if (byId(id) === undefined) return null;
      const { fileKeys: _, ...sum } = stored(id);
      return sum;
    },
    async erase(id, entry, closedBefore = null) {
      if (byId(id) === undefined || (closedBefore !== null && !kernel.isIdle(id, closedBefore))) return null;
      const erased = stored(id);
      kernel.forget(
        id,
        theirs(id).map((c) => c.id),
      );
      addOnce(audit, [entry]);
      return erased;
    },
    async stale(version, limit) {
      const old = kernel.contacts().filter((c) => (index.get(c.id)?.version ?? 0) < version);
      return old.slice(0, limit).map(({ id, name, phone }) => ({ id, name, phone }));
    },
    async index(rows) {
      for (const { id, ...entry } of rows) index.set(id, copy(entry));
    },
    async search(tokens, teamIds, limit) {
      const isTheirs = (c: Contact) => theirs(c.id).some((one) => kernel.mayList(one, teamIds));
      const hasAll = (c: Contact) => tokens.every((token) => index.get(c.id)?.tokens.includes(token));
      const found = tokens.length === 0 ? [] : kernel.contacts().filter((c) => hasAll(c) && isTheirs(c));
      return copy(found.reverse().slice(0, limit));
    },
  };
}
