// What officers do with conversations, how conversations end, and what the citizen is told of it.
import type { Officer } from '../../src/contract/conversation.ts';
import { conversationOf, createKit, held, type Kit, simpleNlu } from '../support/deskKit.ts';

const HOUR = 3_600_000;

const send = (kit: Kit, by: Officer, conversationId: string, n = 1) =>
  kit.desk.officer.send(by, { conversationId, clientMessageId: `c-0000000${n}`, text: `Baik ${n}.` });

describe('release', () => {
  it('When nobody holds the conversation, then it cannot be given back: nothing changes and nothing is said', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await kit.says('apa itu nib');
    const id = await kit.conversationId();
    await kit.heard();
    expect(await kit.desk.officer.release(rina, id)).toEqual({ ok: false, code: 'not-owner' });
    await kit.desk.officer.close(rina, id);
    await kit.heard();
    expect(await kit.desk.officer.release(rina, id)).toEqual({ ok: false, code: 'closed' });
    expect((await conversationOf(kit)).state).toBe('closed');
    await kit.says('petugas');
    await kit.heard();
    expect(await kit.desk.officer.release(rina, id)).toMatchObject({ ok: false, code: 'not-owner' });
    expect(await kit.heard()).toEqual([]);
  });
});

describe('the queue time', () => {
  it.each([
    ['given back', (kit: Kit, by: Officer, id: string) => kit.desk.officer.release(by, id)],
    ['moved to a team', (kit: Kit, by: Officer, id: string) => kit.desk.officer.transfer(by, id, { teamId: 't1', note: '' })],
  ])('When a chat is %s an hour later, then its first queue time is kept', async (_, move) => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await kit.store.officers.putTeam({ id: 't1', name: 'Reklame' });
    const id = await held(kit, rina);
    const { queuedAt } = await conversationOf(kit);
    kit.tick(HOUR);
    expect((await move(kit, rina, id)).ok).toBe(true);
    expect(await conversationOf(kit)).toMatchObject({ state: 'queued', queuedAt });
  });
});

describe('transfer', () => {
  const away = { lastSeenAt: 0 };
  const waits = /Sambil menunggu|masih menunggu|antrean dan tempatnya/;

  it.each([
    ['an officer on duty', {}, 'officerId', '', 'Budi, petugas, sudah bergabung.'],
    ['an officer on duty, with a note', {}, 'officerId', 'Soal reklame.', 'Budi, petugas, sudah bergabung.'],
    ['an officer on a break', { duty: 'break' }, 'officerId', '', /^Konsultasi K-\d+ diteruskan ke Budi, .*tidak di tempat/],
    ['an officer who went home', { duty: 'off' }, 'officerId', '', /^Konsultasi K-\d+ diteruskan ke Budi, .*tidak di tempat/],
    [
      'an officer whose console is gone',
      away,
      'officerId',
      'Catatan.',
      /^Konsultasi K-\d+ diteruskan ke Budi, .*tidak di tempat/,
    ],
    ['an officer who is disabled', { disabled: true }, 'officerId', '', null],
    ['nobody', {}, 'gone', '', null],
    ['a team', {}, 'teamId', '', /^Konsultasi K-\d+ diteruskan ke petugas Reklame\. Waktu antre tetap dihitung dari awal\./],
    ['a team, with a note', {}, 'teamId', 'Soal reklame.', /^Konsultasi K-\d+ diteruskan ke petugas Reklame\./],
  ] as const)('When a chat goes to %s, then the citizen is told exactly that, once', async (_, state, to, note, told) => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    const budi = await kit.officer('Budi');
    await kit.store.officers.update(budi.id, state);
    await kit.store.officers.putTeam({ id: 't1', name: 'Reklame' });
    const id = await held(kit, rina);
    const target = { officerId: { officerId: budi.id }, teamId: { teamId: 't1' }, gone: { officerId: 'o_gone' } }[to];
    const moved = await kit.desk.officer.transfer(rina, id, { ...target, note });
    const heard = await kit.heard();
    expect(moved.ok).toBe(told !== null);
    expect(heard).toEqual(told === null ? [] : [expect.stringMatching(told)]);
    expect(heard.join()).not.toMatch(waits);
    if (note !== '') expect(heard.join()).not.toContain(note);
  });

  it('When it goes on in English, then the words are English', async () => {
    const kit = await createKit({
      nlu: { ...simpleNlu, understand: (...of) => ({ ...simpleNlu.understand(...of), language: 'en' }) },
    });
    const rina = await kit.officer('Rina');
    const budi = await kit.officer('Budi', { duty: 'off' });
    await kit.says('what is nib');
    await kit.heard();
    await kit.desk.officer.transfer(rina, await kit.conversationId(), { officerId: budi.id, note: '' });
    expect((await kit.heard())[0]).toMatch(/^Consultation K-\d+ goes to Budi, an officer, who is away/);
  });

  it('When the holder hands it to themselves, then the note is kept and nobody joins again', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    const id = await held(kit, rina);
    const { claimedAt } = await conversationOf(kit);
    kit.tick(1000);
    expect((await kit.desk.officer.transfer(rina, id, { officerId: rina.id, note: 'Ingat berkasnya.' })).ok).toBe(true);
    expect(await kit.heard()).toEqual([]);
    expect((await conversationOf(kit)).claimedAt).toBe(claimedAt);
    const messages = await kit.store.messages.since(id, 0, 100);
    expect(messages.filter((message) => message.direction === 'note').map(({ text }) => text)).toEqual(['Ingat berkasnya.']);
  });

  it('When the colleague is not on duty, then nobody is said to have joined, and the sweep gives the chat back to the queue', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    const budi = await kit.officer('Budi', { duty: 'off' });
    const id = await held(kit, rina);
    const { queuedAt } = await conversationOf(kit);
    await send(kit, rina, id);
    await kit.heard();
    expect((await kit.desk.officer.transfer(rina, id, { officerId: budi.id, note: '' })).ok).toBe(true);
    expect((await kit.heard())[0]).toContain('tidak di tempat');
    expect(await conversationOf(kit)).toMatchObject({ state: 'officer', officerId: budi.id });
    await kit.pass(16 * 60_000);
    expect(await conversationOf(kit)).toMatchObject({ state: 'queued', officerId: null, queuedAt });
  });

  it('When a chat of the bot goes to a team, then the citizen is told of the hand-over with the number, not of an officer who left', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await kit.store.officers.putTeam({ id: 't1', name: 'Reklame' });
    await kit.says('apa itu nib');
    const id = await kit.conversationId();
    await kit.heard();
    await kit.desk.officer.transfer(rina, id, { teamId: 't1', note: '' });
    const [told] = await kit.heard();
    expect(told).toMatch(/^Konsultasi K-\d+ diteruskan ke petugas Reklame\. Tidak perlu/);
    expect(told).not.toContain('Petugas tadi');
    expect(await conversationOf(kit)).toMatchObject({ state: 'queued', teamId: 't1' });
  });

  it('When a team has nobody on duty, then its queue is told so, however many are on duty elsewhere', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await kit.officer('Budi');
    await kit.store.officers.putTeam({ id: 't1', name: 'Reklame' });
    const id = await held(kit, rina);
    await kit.desk.officer.transfer(rina, id, { teamId: 't1', note: '' });
    await kit.heard();
    await kit.says('halo?');
    expect((await kit.heard()).join()).toContain('belum ada petugas yang bertugas');
  });

  it('When a closed chat of a team is opened again by "petugas", then every officer sees it', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await kit.store.officers.putTeam({ id: 't1', name: 'Reklame' });
    const id = await held(kit, rina);
    await kit.desk.officer.transfer(rina, id, { teamId: 't1', note: '' });
    const ketua = await kit.officer('Ketua', { role: 'admin' });
    await kit.desk.officer.close(ketua, id);
    await kit.says('petugas');
    expect(await conversationOf(kit)).toMatchObject({ state: 'queued', teamId: null });
  });
});

describe('close and silence', () => {
  it('When the last word is 23 hours old as the first idle time passes, then it closes an hour later, not a day', async () => {
    const kit = await createKit();
    await kit.says('apa itu nib');
    await kit.pass(23 * HOUR);
    await kit.says('apa itu pbg');
    await kit.pass(1.1 * HOUR);
    expect((await conversationOf(kit)).state).toBe('bot');
    await kit.pass(23 * HOUR);
    expect((await conversationOf(kit)).state).toBe('closed');
  });

  it('When the citizen only says thanks to an officer, then the chat still closes after silence', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    const id = await held(kit, rina);
    await send(kit, rina, id);
    await kit.says('ok makasih');
    await kit.pass(25 * HOUR);
    expect((await conversationOf(kit)).state).toBe('closed');
  });

  it('When the citizen says "ok" to an officer who has not answered yet, then the citizen still waits', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await held(kit, rina);
    await kit.says('ok');
    expect((await conversationOf(kit)).waitingSince).not.toBeNull();
  });

  it('When an officer claims and nobody says anything more, then a citizen who waits is given back, not closed on', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    const id = await held(kit, rina);
    await kit.pass(25 * HOUR);
    expect((await kit.store.conversations.get(id))?.conversation).toMatchObject({ state: 'queued' });
  });

  it('When an officer takes a finished talk of the bot and leaves it, then it closes after silence', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await kit.says('apa itu nib');
    const id = await kit.conversationId();
    await kit.desk.officer.claim(rina, id);
    await kit.pass(25 * HOUR);
    expect((await kit.store.conversations.get(id))?.conversation.state).toBe('closed');
  });

  it.each(['ok', 'makasih', 'Terima kasih banyak ya', '👍', '🙏🙏', 'batal', 'sticker'])(
    'When "%s" comes after closing, then it stays closed and nothing is said',
    async (text) => {
      const kit = await createKit();
      const rina = await kit.officer('Rina');
      const id = await held(kit, rina);
      await kit.desk.officer.close(rina, id);
      await kit.heard();
      const message = await (text === 'sticker' ? kit.says('', { kind: 'sticker' }) : kit.says(text));
      await kit.pass(60_000);
      expect((await conversationOf(kit)).state).toBe('closed');
      expect(await kit.heard()).toEqual([]);
      expect((await kit.store.messages.get(message.id))?.coveredBy).toBe('none');
    },
  );

  it('When a greeting comes after closing, then it is answered after the wait', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    const id = await held(kit, rina);
    await kit.desk.officer.close(rina, id);
    await kit.heard();
    await kit.says('selamat pagi');
    await kit.pass(3000);
    expect((await kit.heard())[0]).toMatch(/^Selamat datang/);
  });

  it('When a queued chat is closed by an officer, then the citizen is told and the queue moves', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await kit.says('petugas');
    const id = await kit.conversationId();
    await kit.heard();
    expect((await kit.desk.officer.close(rina, id)).ok).toBe(true);
    expect((await kit.heard())[0]).toContain('sudah ditutup petugas');
    expect(await kit.store.conversations.queue()).toEqual([]);
  });

  it('When a send was stored and the citizen blocks us, then its repeat still returns the stored message', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    const id = await held(kit, rina);
    const first = await send(kit, rina, id);
    const contact = (await kit.store.conversations.get(id))?.contact;
    await kit.store.contacts.update(contact?.id ?? '', { unreachable: true });
    expect(await send(kit, rina, id)).toMatchObject({ ok: true, message: { id: first.ok ? first.message.id : '' } });
    expect(await send(kit, rina, id, 2)).toEqual({ ok: false, code: 'unreachable' });
  });
});
