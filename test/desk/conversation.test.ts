// Who answers: the rules of a conversation, told as talks between a citizen, the bot and officers.
import { createKit, type Kit } from '../support/deskKit.ts';

describe('the bot', () => {
  it('When a confident question comes, then it is answered at once, with source, introduction and one cover', async () => {
    const kit = await createKit();
    const message = await kit.says('apa itu NIB');
    const [reply, ...more] = await kit.heard();
    expect(more).toEqual([]);
    expect(reply).toMatch(/^NIB adalah nomor induk berusaha\.\n\nSumber: FAQ · diperiksa 1 November 2026/);
    expect(reply).toContain('Saya asisten otomatis');
    const stored = await kit.store.messages.get(message.id);
    expect(stored?.coveredBy).toBe(kit.sent[0]?.message.id);
  });

  it('When it has said once that it is a machine, then it does not say so again', async () => {
    const kit = await createKit();
    await kit.says('nib');
    await kit.says('pbg');
    const heard = await kit.heard();
    expect(heard.filter((text) => text.includes('Saya asisten otomatis'))).toHaveLength(1);
  });

  it('When a greeting comes, then it waits for the rest of the turn and one reply covers all of it', async () => {
    const kit = await createKit();
    const first = await kit.says('selamat siang');
    expect(await kit.heard()).toEqual([]);
    const second = await kit.says('apa itu nib');
    expect(await kit.heard()).toHaveLength(1);
    const covers = await Promise.all([first, second].map(async ({ id }) => (await kit.store.messages.get(id))?.coveredBy));
    expect(covers[0]).toBe(covers[1]);
    expect(covers[0]).toBe(kit.sent[0]?.message.id);
  });

  it('When nothing follows a greeting, then it is answered after the wait, also by another process', async () => {
    const kit = await createKit();
    await kit.says('selamat pagi');
    expect(await kit.heard()).toEqual([]);
    const other = await createKit({ store: kit.store }).catch(() => null);
    expect(other).not.toBeNull();
    await kit.pass(3000);
    const heard = [...(await kit.heard()), ...((await other?.heard()) ?? [])];
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatch(/^Selamat datang\./);
  });

  it('When it does not understand, then it offers a person, and hands over the second time', async () => {
    const kit = await createKit();
    await kit.says('kucing saya lapar sekali hari ini');
    expect((await kit.heard())[0]).toMatch(/^Saya belum paham/);
    expect(kit.sent[0]?.message.buttons).toEqual([{ id: 'cmd:officer', label: 'Chat petugas' }]);
    await kit.says('dia suka makan ikan asin goreng');
    expect((await kit.heard())[0]).toMatch(/Nomor konsultasi K-1001|nomor konsultasi K-1001/);
    expect((await kit.store.conversations.get(await kit.conversationId()))?.conversation).toMatchObject({ state: 'queued' });
  });

  it('When it is unsure between two, then it asks with buttons and offers a person, and a press is answered', async () => {
    const kit = await createKit();
    await kit.says('nib atau pbg yang mana ya pak');
    await kit.heard();
    expect(kit.sent[0]?.message.buttons.map((button) => button.id)).toEqual(['nib.apa', 'pbg.apa', 'cmd:officer']);
    await kit.says('pbg.apa', { button: 'pbg.apa' });
    expect((await kit.heard())[0]).toContain('PBG menggantikan IMB.');
  });

  it('When one of the guesses is a person, then the button of the person stands once, at the end', async () => {
    const kit = await createKit();
    await kit.says('nib atau sambungkan yang mana ya pak');
    await kit.heard();
    expect(kit.sent[0]?.message.buttons.map((button) => button.id)).toEqual(['nib.apa', 'cmd:officer']);
  });

  it('When the matcher fails, then the citizen is told and a person takes over', async () => {
    const kit = await createKit();
    await kit.says('ini meledak sekarang juga ya');
    expect((await kit.heard())[0]).toContain('sedang ada gangguan');
    expect(
      (await kit.store.conversations.list({ view: 'queue', officerId: '', teamIds: null, cursor: null, limit: 10 })).rows,
    ).toHaveLength(1);
  });

  it('When an office fact is not confirmed, then no value is told and a person is offered', async () => {
    const kit = await createKit();
    await kit.says('jam berapa bukanya pak besok');
    expect((await kit.heard())[0]).toMatch(/^Jam layanan belum dikonfirmasi[\s\S]*Sumber: /);
    expect(kit.sent[0]?.message.buttons.at(-1)?.id).toBe('cmd:officer');
  });

  it('When only stickers and photos come, then one notice covers all of them', async () => {
    const kit = await createKit();
    for (let i = 0; i < 3; i++) await kit.says('', { kind: 'image' });
    expect(await kit.heard()).toEqual([]);
    await kit.pass(3000);
    const heard = await kit.heard();
    expect(heard).toHaveLength(1);
    expect(heard[0]).toContain('hanya bisa membaca tulisan');
  });

  it('When another bot writes, then nothing is said and the message is kept', async () => {
    const kit = await createKit();
    const message = await kit.says('apa itu nib', { isBot: true });
    expect(await kit.heard()).toEqual([]);
    expect((await kit.store.messages.get(message.id))?.coveredBy).toBe('none');
  });

  it.each([
    ['alone', (kit: Kit) => [kit.arrives('apa itu nib', { isBot: true })], []],
    ['before a person', (kit: Kit) => [kit.arrives('nib', { isBot: true }), kit.arrives('apa itu pbg')], ['PBG menggantikan']],
    ['behind a person', (kit: Kit) => [kit.arrives('apa itu pbg'), kit.arrives('nib', { isBot: true })], ['PBG menggantikan']],
  ])('When a crash left a message of another bot, %s, then it is not answered after the restart', async (_, write, answers) => {
    const kit = await createKit();
    const { commit } = kit.store.conversations;
    kit.store.conversations.commit = () => Promise.reject(new Error('killed'));
    const messages = await Promise.all(write(kit));
    await kit.settled();
    kit.store.conversations.commit = commit;
    const restarted = await createKit({ store: kit.store, startAt: kit.now() });
    const heard = await restarted.heard();
    expect(heard).toEqual(answers.map((text) => expect.stringContaining(text)));
    for (const { id, text } of messages) {
      const stored = await kit.store.messages.get(id);
      expect(stored?.author.kind).toBe(text.includes('nib') ? 'bot' : 'contact');
      expect(stored?.coveredBy).toEqual(text.includes('nib') ? 'none' : expect.stringMatching(/^m_/));
    }
  });

  it('When one sender floods, then there is one notice, few replies, and every message is stored and covered', async () => {
    const kit = await createKit();
    const ids: string[] = [];
    for (let i = 0; i < 29; i++) ids.push((await kit.says(`apa itu nib ${i}`)).id);
    await kit.pass(5000);
    const heard = await kit.heard();
    expect(heard.filter((text) => text.includes('lebih cepat daripada'))).toHaveLength(1);
    expect(heard.length).toBeLessThan(25);
    for (const id of ids) expect((await kit.store.messages.get(id))?.coveredBy).not.toBeNull();
  });

  it('When the same sentence comes for ever, then a person looks at it and the bot stops', async () => {
    const kit = await createKit();
    for (let i = 0; i < 10; i++) await kit.says('Terima kasih atas pesan Anda tentang nib.');
    const heard = await kit.heard();
    expect(heard.length).toBeLessThanOrEqual(10);
    expect((await kit.store.conversations.get(await kit.conversationId()))?.conversation).toMatchObject({
      state: 'queued',
      handoffReason: 'pesan berulang terus',
    });
  });

  it('When NIK stands in a message, then it is masked before it is stored', async () => {
    const kit = await createKit();
    const message = await kit.says('NIK saya 3273010101900001 apa itu nib');
    expect((await kit.store.messages.get(message.id))?.text).toBe('NIK saya 3273********0001 apa itu nib');
  });
});

describe('owners', () => {
  it('When an officer owns the conversation, then the bot is silent whatever is asked', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await kit.says('petugas');
    await kit.desk.officer.claim(rina, await kit.conversationId());
    await kit.heard();
    const asked = await kit.says('apa itu nib');
    await kit.says('petugas');
    await kit.pass(60_000);
    expect(await kit.heard()).toEqual([]);
    expect((await kit.store.messages.get(asked.id))?.coveredBy).toBeNull();
    const id = await kit.conversationId();
    await kit.desk.officer.send(rina, { conversationId: id, clientMessageId: 'c-00000001', text: 'Selamat siang.' });
    expect(await kit.heard()).toEqual(['Selamat siang.']);
    expect((await kit.store.messages.get(asked.id))?.coveredBy).not.toBeNull();
  });

  it('When the citizen waits in the queue, then confident questions are still answered and the place is kept', async () => {
    const kit = await createKit();
    await kit.says('petugas');
    const before = (await kit.store.conversations.get(await kit.conversationId()))?.conversation.queuedAt;
    await kit.heard();
    await kit.says('apa itu nib');
    expect((await kit.heard())[0]).toContain('nomor induk berusaha');
    await kit.says('kucing saya lapar sekali hari ini');
    expect(await kit.heard()).toEqual([]);
    const after = (await kit.store.conversations.get(await kit.conversationId()))?.conversation;
    expect(after).toMatchObject({ state: 'queued', queuedAt: before });
  });

  it('When 40 officers claim at once, then one wins', async () => {
    const kit = await createKit();
    await kit.says('petugas');
    const id = await kit.conversationId();
    const officers = await Promise.all(Array.from({ length: 40 }, (_, i) => kit.officer(`Petugas${i}`)));
    const results = await Promise.all(officers.map((officer) => kit.desk.officer.claim(officer, id)));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.code === 'conflict')).toHaveLength(39);
    expect((await kit.heard()).filter((text) => text.includes('sudah bergabung'))).toHaveLength(1);
  });

  it('When somebody else holds it, then sending, releasing and closing are refused', async () => {
    const kit = await createKit();
    const [rina, budi] = [await kit.officer('Rina'), await kit.officer('Budi')];
    await kit.says('petugas');
    const id = await kit.conversationId();
    await kit.desk.officer.claim(rina, id);
    const send = await kit.desk.officer.send(budi, { conversationId: id, clientMessageId: 'c-00000001', text: 'Halo' });
    expect(send).toEqual({ ok: false, code: 'not-owner' });
    expect(await kit.desk.officer.release(budi, id)).toEqual({ ok: false, code: 'not-owner' });
    expect(await kit.desk.officer.close(budi, id)).toEqual({ ok: false, code: 'not-owner' });
  });

  it('When a send is repeated, then the stored message comes back and the citizen gets it once, also after closing', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await kit.says('petugas');
    const id = await kit.conversationId();
    await kit.desk.officer.claim(rina, id);
    await kit.heard();
    const message = { conversationId: id, clientMessageId: 'c-00000001', text: 'Selamat siang.' };
    const results = await Promise.all([1, 2, 3].map(() => kit.desk.officer.send(rina, message)));
    await kit.desk.officer.close(rina, id);
    results.push(await kit.desk.officer.send(rina, message));
    expect(new Set(results.map((result) => (result.ok ? result.message.id : result.code))).size).toBe(1);
    expect((await kit.heard()).filter((text) => text === 'Selamat siang.')).toHaveLength(1);
  });

  it('When a conversation is released, then it waits at its original place', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await kit.says('petugas', { from: 'pertama' });
    await kit.says('petugas', { from: 'kedua' });
    const id = await kit.conversationId('pertama');
    await kit.desk.officer.claim(rina, id);
    await kit.desk.officer.release(rina, id);
    expect((await kit.store.conversations.queue())[0]?.id).toBe(id);
  });

  it('When it is transferred to a team with a note, then the team sees it and the citizen not the note', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await kit.store.officers.putTeam({ id: 't1', name: 'Reklame' });
    const budi = await kit.officer('Budi', { teamIds: ['t1'] });
    const tono = await kit.officer('Tono');
    await kit.says('petugas');
    const id = await kit.conversationId();
    await kit.desk.officer.claim(rina, id);
    const moved = await kit.desk.officer.transfer(rina, id, { teamId: 't1', note: 'Soal reklame.' });
    expect(moved.ok).toBe(true);
    expect((await kit.heard()).join()).not.toContain('Soal reklame.');
    expect((await kit.desk.officer.since(budi, id, 0)).ok).toBe(true);
    expect(await kit.desk.officer.since(tono, id, 0)).toEqual({ ok: false, code: 'not-found' });
    expect((await kit.desk.officer.list(tono, { view: 'queue', cursor: null, limit: 10 })).rows).toEqual([]);
  });

  it('When a closed conversation gets "makasih", then it stays closed; a real message opens it again with the bot', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await kit.says('petugas');
    const id = await kit.conversationId();
    await kit.desk.officer.claim(rina, id);
    await kit.desk.officer.close(rina, id);
    await kit.heard();
    await kit.says('makasih');
    expect((await kit.store.conversations.get(id))?.conversation.state).toBe('closed');
    expect(await kit.heard()).toEqual([]);
    await kit.says('apa itu nib');
    expect((await kit.store.conversations.get(id))?.conversation.state).toBe('bot');
    expect(await kit.heard()).toHaveLength(1);
  });

  it('When nothing is said for the set time, then it closes; a waiting citizen is never closed on', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await kit.says('apa itu nib');
    await kit.says('petugas', { from: 'menunggu' });
    const waiting = await kit.conversationId('menunggu');
    await kit.desk.officer.claim(rina, waiting);
    await kit.desk.officer.send(rina, { conversationId: waiting, clientMessageId: 'c-00000001', text: 'Ya?' });
    await kit.says('nomornya ini', { from: 'menunggu' });
    await kit.pass(25 * 3_600_000);
    expect((await kit.store.conversations.get(await kit.conversationId()))?.conversation.state).toBe('closed');
    expect((await kit.store.conversations.get(waiting))?.conversation.state).not.toBe('closed');
  });
});
