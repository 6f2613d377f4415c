// Linking by hand: who may, what both histories show then, and that it can be undone.
import { conversationOf, createKit, type Kit } from '../support/deskKit.ts';

async function twoContacts(kit: Kit) {
  for (const from of ['web', 'wa']) await kit.says('apa itu nib', { from });
  const [web, wa] = [await conversationOf(kit, 'web'), await conversationOf(kit, 'wa')];
  return { web, wa };
}
const earlier = async (kit: Kit, by: Parameters<Kit['desk']['officer']['earlier']>[0], id: string) => {
  const page = await kit.desk.officer.earlier(by, id, null);
  return page.ok ? page.rows.map((row) => row.id) : page.code;
};

describe('linking contacts', () => {
  it.each([
    ['the number of a conversation', (number: number, _id: string) => `K-${number}`],
    ['its id', (_number: number, id: string) => id],
  ])(
    'When an officer links by %s, then both histories show both, until it is undone; the trail has each step',
    async (_name, nameOf) => {
      const kit = await createKit();
      const rina = await kit.officer('Rina');
      const { web, wa } = await twoContacts(kit);
      expect(await earlier(kit, rina, wa.id)).toEqual([]);
      expect(await kit.desk.contacts.link(rina, web.contactId, nameOf(wa.number, wa.contactId))).toEqual({ ok: true });
      expect([await earlier(kit, rina, wa.id), await earlier(kit, rina, web.id)]).toEqual([[web.id], [wa.id]]);
      expect(await kit.desk.contacts.contact(rina, wa.contactId)).toMatchObject({
        contact: { linked: [{ contactId: web.contactId }], others: [] },
      });
      expect(await kit.desk.contacts.unlink(rina, wa.contactId)).toEqual({ ok: true });
      expect(await earlier(kit, rina, wa.id)).toEqual([]);
      expect(await kit.desk.contacts.unlink(rina, wa.contactId)).toMatchObject({ ok: false, code: 'conflict' });
      const trail = (await kit.store.settings.audit(20)).filter(({ action }) => action.endsWith('link'));
      expect(trail.map(({ action, actor, subject, detail }) => [action, actor, subject, detail])).toEqual([
        ['unlink', rina.id, wa.contactId, null],
        ['link', rina.id, web.contactId, wa.contactId],
      ]);
    },
  );

  it('When there is nobody by that number, it is the contact itself, or it may not be read, then nothing is linked', async () => {
    const kit = await createKit();
    const [rina, ketua] = [await kit.officer('Rina'), await kit.officer('Ketua', { role: 'supervisor' })];
    const { web, wa } = await twoContacts(kit);
    await kit.store.officers.putTeam({ id: 't1', name: 'Reklame' });
    await kit.desk.officer.transfer(ketua, wa.id, { teamId: 't1', note: '' });
    for (const other of ['K-99999', 'p_none', web.contactId, `K-${web.number}`, `K-${wa.number}`, wa.contactId])
      expect(await kit.desk.contacts.link(rina, web.contactId, other)).toMatchObject({ ok: false, code: 'not-found' });
    expect(await kit.store.identities.linked(web.contactId)).toEqual([]);
  });

  it('When the same number stands on two channels, then that alone links nothing', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    const { web, wa } = await twoContacts(kit);
    for (const { contactId } of [web, wa]) await kit.store.contacts.update(contactId, { phone: '+6281234567890' });
    expect(await earlier(kit, rina, wa.id)).toEqual([]);
    expect(await kit.desk.contacts.contact(rina, wa.contactId)).toMatchObject({
      contact: { linked: [], others: [{ contactId: web.contactId }] },
    });
  });

  it('When a linked conversation belongs to a team the officer is not in, then its history stays hidden', async () => {
    const kit = await createKit();
    const [rina, ketua] = [await kit.officer('Rina'), await kit.officer('Ketua', { role: 'supervisor' })];
    const { web, wa } = await twoContacts(kit);
    await kit.desk.contacts.link(ketua, web.contactId, wa.contactId);
    await kit.store.officers.putTeam({ id: 't1', name: 'Reklame' });
    await kit.desk.officer.transfer(ketua, wa.id, { teamId: 't1', note: '' });
    expect(await earlier(kit, rina, web.id)).toEqual([]);
    expect(await earlier(kit, ketua, web.id)).toEqual([wa.id]);
  });
});
