// The store contract: contacts, officers, sessions, teams, settings.
import type { Store } from '../../src/desk/storePort.ts';
import { audit, change, outbound, say, words } from '../support/storeKit.ts';

export function describePeople(get: () => Store): void {
  describe('contacts', () => {
    it('When a contact is looked up, then id, key and phone find it, and an update changes only what it names', async () => {
      const { contact } = await say(get(), 'ani', {}, { name: 'Ani', phone: '+6281234567890' });
      const { contacts } = get();
      expect(await contacts.get(contact.id)).toEqual(contact);
      expect(await contacts.find({ channel: 'telegram', accountId: 'bot', externalId: 'ani' })).toEqual(contact);
      expect(await contacts.find({ channel: 'web', accountId: 'bot', externalId: 'ani' })).toBeNull();
      expect(await contacts.findByPhone('+6281234567890')).toEqual([contact]);
      expect(await contacts.update(contact.id, { unreachable: true })).toEqual({ ...contact, unreachable: true });
      expect(await contacts.update(contact.id, { phone: null })).toEqual({ ...contact, unreachable: true, phone: null });
      expect(await contacts.get(contact.id)).toEqual({ ...contact, unreachable: true, phone: null });
      expect(await contacts.findByPhone('+6281234567890')).toEqual([]);
      expect(await contacts.update('nobody', { name: 'x' })).toBeNull();
      expect(await contacts.get('nobody')).toBeNull();
    });

    it('When a contact is erased, then everything of theirs is gone, others stay, and the file keys are told', async () => {
      const store = get();
      const file = (key: string | null) => ({
        id: `f${key}`,
        name: 'a',
        mime: 'image/png',
        size: 1,
        state: 'stored' as const,
        ref: null,
        key,
      });
      const { conversation, contact, message } = await say(store, 'ani', {
        externalId: 'ani:1',
        attachments: [file('k1'), file(null)],
      });
      await change(store, conversation.id, {
        patch: { state: 'closed', closedAt: 1 },
        messages: [outbound({ attachments: [file('k2')] })],
      });
      const second = await say(store, 'ani', { text: 'lagi' });
      const other = await say(store, 'budi', { text: 'lagi' });
      await store.messages.index([second, other].map((s) => ({ id: s.message.id, version: 1, tokens: ['lagi'] })));

      const footprint = { conversations: 2, messages: 3, attachments: 3, tokens: 1 };
      expect(await store.contacts.footprint(contact.id)).toEqual(footprint);
      expect(await store.contacts.footprint('nobody')).toBeNull();
      const erased = { ...footprint, fileKeys: ['k1', 'k2'] };
      const entry = audit({ subject: contact.id });
      expect(await store.contacts.erase(contact.id, entry)).toEqual(erased);
      expect(await store.contacts.erase(contact.id, audit())).toBeNull();
      expect(await store.contacts.get(contact.id)).toBeNull();
      for (const id of [conversation.id, second.conversation.id]) expect(await store.conversations.get(id)).toBeNull();
      expect(await store.messages.get(message.id)).toBeNull();
      expect(await store.messages.since(conversation.id, 0, 10)).toEqual([]);
      expect((await store.messages.search(words(['lagi']))).rows.map(({ row }) => row.id)).toEqual([other.conversation.id]);
      expect(await store.outbox.depth()).toEqual({ pending: 0, sending: 0, failed: 0, uncertain: 0 });
      expect(await store.settings.audit(10)).toEqual([entry]);
      expect((await say(store, 'ani', { externalId: 'ani:1' })).conversation.number).toBe(1004);
    });
  });

  describe('officers', () => {
    const officer = (email: string, id = email) => ({
      id,
      name: email,
      email,
      role: 'officer' as const,
      passwordHash: 'h',
      teamIds: ['t1'],
      now: 5,
    });

    it('When officers are made, then an e-mail is taken once, and the first is made only once', async () => {
      const { officers } = get();
      const firsts = await Promise.all(['a@x.id', 'b@x.id'].map((email) => officers.create(officer(email), true)));
      expect(firsts[0]).toMatchObject({ email: 'a@x.id', duty: 'off', disabled: false, teamIds: ['t1'], lastSeenAt: 0 });
      expect(firsts[1]).toBe('conflict');
      expect(await officers.create(officer('a@x.id', 'other'), false)).toBe('duplicate');
      await officers.create(officer('0@x.id'), false);
      expect(await officers.get('a@x.id')).toEqual(firsts[0]);
      expect(await officers.byEmail('a@x.id')).toEqual({ officer: firsts[0], passwordHash: 'h' });
      expect(await officers.byEmail('nobody')).toBeNull();
      expect((await officers.list()).map(({ name }) => name)).toEqual(['0@x.id', 'a@x.id']);
    });

    it('When an officer is changed, then only what is named changes', async () => {
      const { officers } = get();
      const made = await officers.create(officer('a@x.id'), false);
      const patch = { duty: 'on' as const, disabled: true, lastSeenAt: 9, teamIds: [] };
      const changed = await officers.update('a@x.id', { ...patch, passwordHash: 'h2' });
      expect(changed).toEqual({ ...(made as object), ...patch });
      expect(await officers.byEmail('a@x.id')).toEqual({ officer: changed, passwordHash: 'h2' });
      expect(await officers.update('nobody', patch)).toBeNull();
    });

    it('When sessions are put and ended, then one or all of an officer go', async () => {
      const { officers } = get();
      const session = (officerId: string, lastSeenAt = 1) => ({ officerId, createdAt: 1, lastSeenAt, device: null });
      for (const [hash, who] of [
        ['h1', 'a'],
        ['h2', 'a'],
        ['h3', 'a'],
        ['h4', 'b'],
      ] as const)
        await officers.putSession(hash, session(who));
      await officers.putSession('h1', session('a', 7));
      expect(await officers.session('h1')).toEqual(session('a', 7));
      await officers.endSessions({ hash: 'h1' });
      expect(await officers.session('h1')).toBeNull();
      expect(await officers.session('h2')).not.toBeNull();
      await officers.endSessions({ officerId: 'a' });
      expect(await Promise.all(['h2', 'h3', 'h4'].map((hash) => officers.session(hash)))).toEqual([null, null, session('b')]);
    });

    it('When teams are put, then a name is taken once and an id may be renamed', async () => {
      const { officers } = get();
      expect(await officers.putTeam({ id: 't2', name: 'Usaha' })).toEqual({ id: 't2', name: 'Usaha' });
      expect(await officers.putTeam({ id: 't1', name: 'Bangunan' })).toEqual({ id: 't1', name: 'Bangunan' });
      expect(await officers.putTeam({ id: 't3', name: 'Usaha' })).toBe('duplicate');
      expect(await officers.putTeam({ id: 't2', name: 'Zona' })).toEqual({ id: 't2', name: 'Zona' });
      expect(await officers.teams()).toEqual([
        { id: 't1', name: 'Bangunan' },
        { id: 't2', name: 'Zona' },
      ]);
    });
  });

  describe('settings', () => {
    it('When many set a value from the same version, then one wins, and only its audit entry is kept', async () => {
      const { settings } = get();
      expect(await settings.get('office')).toBeNull();
      const done = await Promise.all([1, 2, 3].map((n) => settings.put('office', { n }, 0, audit({ id: `a${n}` }))));
      expect(done).toEqual([{ version: 1 }, 'conflict', 'conflict']);
      expect(await settings.put('office', { n: 9 }, 1, audit({ id: 'a9', at: 1 }))).toEqual({ version: 2 });
      expect(await settings.get('office')).toEqual({ value: { n: 9 }, version: 2 });
      expect((await settings.audit(9)).map(({ id }) => id)).toEqual(['a9', 'a1']);
      expect(await settings.audit(1)).toHaveLength(1);
    });

    it('When the store is asked whether it can write, then it answers', async () => {
      await expect(get().ping()).resolves.toBeUndefined();
    });
  });
}
