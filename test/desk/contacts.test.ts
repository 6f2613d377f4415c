// One contact: who may see it, blocking without a word, erasing with everything and a note about backups.
import { conversationOf, createKit, held } from '../support/deskKit.ts';
import { memoryFiles } from '../support/memoryFiles.ts';

describe('a contact', () => {
  it('When an officer may read none of its conversations, then it does not exist for them; a supervisor sees it masked', async () => {
    const kit = await createKit();
    const [sari, ketua] = [await kit.officer('Sari'), await kit.officer('Ketua', { role: 'supervisor' })];
    await kit.says('halo apa itu nib');
    const { id, contactId } = await conversationOf(kit);
    await kit.store.contacts.update(contactId, { phone: '+6281234567890' });
    expect(await kit.desk.contacts.contact(sari, contactId)).toMatchObject({
      ok: true,
      contact: { name: 'Nama warga', phone: '+62812****890', verified: true, conversations: [{ id }] },
    });
    await kit.store.officers.putTeam({ id: 't1', name: 'Reklame' });
    await kit.desk.officer.transfer(ketua, id, { teamId: 't1', note: '' });
    expect(await kit.desk.contacts.contact(sari, contactId)).toMatchObject({ ok: false, code: 'not-found' });
    expect((await kit.desk.contacts.contact(ketua, contactId)).ok).toBe(true);
    expect(await kit.desk.contacts.contact(ketua, 'p_none')).toMatchObject({ ok: false, code: 'not-found' });
  });

  it('When two channels have the same verified number, then each page names the other', async () => {
    const kit = await createKit();
    const ketua = await kit.officer('Ketua', { role: 'admin' });
    for (const from of ['satu', 'dua']) {
      await kit.says('nib', { from });
      const { contactId } = await conversationOf(kit, from);
      await kit.store.contacts.update(contactId, { phone: '+6281234567890' });
    }
    const [one, two] = [await conversationOf(kit, 'satu'), await conversationOf(kit, 'dua')];
    const page = await kit.desk.contacts.contact(ketua, one.contactId);
    expect(page).toMatchObject({ ok: true, contact: { others: [{ contactId: two.contactId, verified: true }] } });
  });
});

describe('blocking', () => {
  it('When a contact is blocked, then nobody waits, what they write is stored and not answered, until they are let in again', async () => {
    const kit = await createKit();
    const ketua = await kit.officer('Ketua', { role: 'supervisor' });
    await kit.says('petugas');
    await kit.heard();
    const { contactId } = await conversationOf(kit);
    expect((await kit.store.conversations.queue()).length).toBe(1);
    expect(await kit.desk.contacts.block(ketua, contactId, true)).toEqual({ ok: true });
    expect(await kit.store.conversations.queue()).toEqual([]);

    const message = await kit.says('petugas tolong');
    await kit.pass(3_600_000);
    expect(await kit.heard()).toEqual([]);
    expect(await kit.store.messages.get(message.id)).toMatchObject({ text: 'petugas tolong', coveredBy: 'none' });
    expect(await kit.store.conversations.queue()).toEqual([]);
    expect(await conversationOf(kit)).toMatchObject({ state: 'closed', waitingSince: null });

    await kit.desk.contacts.block(ketua, contactId, false);
    await kit.says('apa itu nib');
    expect(await kit.heard()).toEqual([expect.stringContaining('NIB adalah')]);
    const trail = (await kit.store.settings.audit(20)).filter(({ subject }) => subject === contactId);
    expect(trail.map(({ actor, action }) => [actor, action])).toEqual([
      [ketua.id, 'unblock'],
      [ketua.id, 'block'],
    ]);
  });

  it('When an officer holds the chat as its citizen is blocked, then it ends without a word', async () => {
    const kit = await createKit();
    const [sari, ketua] = [await kit.officer('Sari'), await kit.officer('Ketua', { role: 'supervisor' })];
    await held(kit, sari);
    const { contactId } = await conversationOf(kit);
    await kit.desk.contacts.block(ketua, contactId, true);
    expect(await conversationOf(kit)).toMatchObject({ state: 'closed', officerId: null });
    expect(await kit.heard()).toEqual([]);
  });
});

describe('erasing', () => {
  it('When the word is typed, then everything goes, as much as the preview said, with a note about backups and an entry', async () => {
    const kit = await createKit();
    const ketua = await kit.officer('Ketua', { role: 'admin' });
    await kit.says('apa itu nib');
    const { id, contactId } = await conversationOf(kit);
    const preview = await kit.desk.contacts.erasePreview(ketua, contactId);
    expect(preview).toMatchObject({ ok: true, footprint: { conversations: 1, messages: 2 } });
    expect(await kit.desk.contacts.erase(ketua, contactId, 'hapus')).toMatchObject({ ok: false, code: 'invalid' });
    expect(await kit.store.conversations.get(id)).not.toBeNull();
    const erased = await kit.desk.contacts.erase(ketua, contactId, 'HAPUS');
    expect(erased).toMatchObject({
      ok: true,
      erased: { ...(preview.ok && preview.footprint), note: expect.stringContaining('cadangan') },
    });
    expect(await kit.store.conversations.get(id)).toBeNull();
    expect((await kit.store.settings.audit(1))[0]).toMatchObject({ actor: ketua.id, action: 'erase', subject: contactId });
    expect(await kit.desk.contacts.erasePreview(ketua, contactId)).toMatchObject({ ok: false, code: 'not-found' });
  });

  it('When a person with files is erased, then their files go too and no others, and the channel ends what is still open', async () => {
    const files = memoryFiles();
    const forgotten: string[] = [];
    const kit = await createKit({ files, maxFileBytes: 100, forget: (externalId) => void forgotten.push(externalId) });
    const [rina, ketua] = [await kit.officer('Rina'), await kit.officer('Ketua', { role: 'admin' })];
    for (const from of ['warga', 'lain']) {
      const conversationId = await held(kit, rina, from);
      const sent = { conversationId, clientMessageId: `berkas-${from}`, name: 'a.pdf', bytes: Buffer.from(`%PDF- ${from}`) };
      expect((await kit.desk.officer.sendFile(rina, sent)).ok).toBe(true);
    }
    const { contactId } = await conversationOf(kit);
    expect((await kit.desk.contacts.erase(ketua, contactId, 'HAPUS')).ok).toBe(true);
    expect([...files.kept.values()].map(String)).toEqual(['%PDF- lain']);
    expect(forgotten).toEqual(['warga']);
  });
});
