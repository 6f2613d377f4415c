// What officers do with conversations, what citizens press when it is too late, and that each of them reads the truth.
import type { Officer } from '../../src/contract/conversation.ts';
import { createKit, type Kit } from '../support/deskKit.ts';

const HOUR = 3_600_000;

const conversationOf = async (kit: Kit, from?: string) => {
  const seat = await kit.store.conversations.get(await kit.conversationId(from));
  if (seat === null) throw new Error('no conversation');
  return seat.conversation;
};
/** Queued, then held by this officer; what was said until then is heard. */
async function held(kit: Kit, by: Officer, from?: string): Promise<string> {
  await kit.says('petugas', from === undefined ? {} : { from });
  const id = await kit.conversationId(from);
  await kit.desk.officer.claim(by, id);
  await kit.heard(from);
  return id;
}
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

describe('transfer', () => {
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
    expect(await kit.heard()).toEqual([expect.stringContaining('masih menunggu petugas')]);
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
    expect(told).toContain('Nomor konsultasi K-');
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

describe('buttons and words that come late', () => {
  it('When [Batal antre] is pressed with the bot or after closing, then the answer is honest and nobody is queued for it', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await kit.says('petugas');
    for (let i = 0; i < 3; i++) await kit.says('Batal antre', { button: 'cmd:cancel' });
    const heard = await kit.heard();
    expect(heard[1]).toContain('Antrean dibatalkan');
    expect(heard.slice(2)).toEqual([expect.stringContaining('tidak sedang dalam antrean'), expect.stringContaining('tidak sedang')]);
    await kit.desk.officer.close(rina, await kit.conversationId());
    await kit.heard();
    await kit.says('Batal antre', { button: 'cmd:cancel' });
    expect((await kit.heard())[0]).toContain('tidak sedang dalam antrean');
    expect((await conversationOf(kit)).state).toBe('bot');
  });

  it('When [Batal antre] is pressed after an officer joined, then it is a message to the officer', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await held(kit, rina);
    await kit.says('Batal antre', { button: 'cmd:cancel' });
    await kit.pass(60_000);
    expect(await kit.heard()).toEqual([]);
    expect((await conversationOf(kit)).state).toBe('officer');
  });

  it('When the commands are typed where there are no buttons, then they work the same', async () => {
    const kit = await createKit();
    await kit.officer('Rina');
    await kit.says('nib');
    await kit.says('dasar hukum');
    expect((await kit.heard())[1]).toMatch(/^PP 28\/2025/);
    await kit.says('petugas');
    await kit.heard();
    await kit.says('cek antrean');
    expect((await kit.heard())[0]).toContain('Tidak ada orang lain di depan');
    await kit.says('batal antre');
    expect((await kit.heard())[0]).toContain('Antrean dibatalkan');
    await kit.says('cek antrean');
    expect((await kit.heard())[0]).toContain('tidak sedang dalam antrean');
  });

  it('When the legal basis is asked before anything was answered, then the bot says there is none, and does not count it as not understood', async () => {
    const kit = await createKit();
    for (let i = 0; i < 3; i++) await kit.says('Dasar hukum', { button: 'cmd:legal' });
    expect((await kit.heard()).at(-1)).toContain('belum ada dasar hukum');
    expect((await conversationOf(kit)).state).toBe('bot');
  });

  it('When an unknown button is pressed, then its label is read like text and answered', async () => {
    const kit = await createKit();
    await kit.says('apa itu nib', { button: 'gone.intent' });
    expect((await kit.heard())[0]).toContain('nomor induk berusaha');
    await kit.says('???', { button: 'gone.intent', from: 'lain' });
    await kit.pass(3000);
    expect(await kit.heard('lain')).toHaveLength(1);
  });

  it('When a withdrawn message was all there was, then nothing is answered', async () => {
    const kit = await createKit();
    const message = await kit.says('selamat siang', { externalId: 'x1' });
    await kit.desk.intake.edit({ channel: 'shell', accountId: 'a', externalId: 'x1', text: '', deleted: true, at: kit.now() });
    await kit.pass(3000);
    expect(await kit.heard()).toEqual([]);
    expect((await kit.store.messages.get(message.id))?.coveredBy).toBe('none');
  });
});

describe('the greeting', () => {
  it.each(['Assalamualaikum', "Assalamu'alaikum wr. wb.", 'asalamualaikum selamat pagi', 'Assalaamu alaikum pak selamat siang'])(
    'When "%s" comes, then "Waalaikumsalam." is the first word and the question is the last',
    async (text) => {
      const kit = await createKit();
      await kit.says(text.includes('selamat') ? text : `${text} selamat siang`);
      await kit.pass(3000);
      const [reply] = await kit.heard();
      expect(reply).toMatch(/^Waalaikumsalam\. Selamat datang\. Saya asisten otomatis .* bukan petugas\..* Mau tanya izin apa\?$/s);
    },
  );

  it('When a question begins with the greeting, then both are answered; once', async () => {
    const kit = await createKit();
    await kit.says('Assalamualaikum, apa itu nib');
    await kit.says('apa itu pbg');
    const heard = await kit.heard();
    expect(heard[0]).toMatch(/^Waalaikumsalam\. NIB adalah/);
    expect(heard[1]).toMatch(/^PBG/);
  });

  it('When a person is asked for with the greeting, then the hand-over answers it', async () => {
    const kit = await createKit();
    await kit.officer('Rina');
    await kit.says('Assalamualaikum, tolong sambungkan ya');
    expect((await kit.heard())[0]).toMatch(/^Waalaikumsalam\. Baik\./);
  });
});

describe('the hand-over', () => {
  it('When an approved text hands over itself, then it is not said twice, and the number is told once', async () => {
    const kit = await createKit();
    await kit.officer('Rina');
    await kit.says('tolong sambungkan ya pak');
    const [told = ''] = await kit.heard();
    expect(told.match(/K-\d+/g)).toHaveLength(1);
    expect(told).not.toContain('Saya teruskan ke petugas. Nomor');
  });

  it('When somebody floods, then "petugas" still reaches a person', async () => {
    const kit = await createKit();
    for (let i = 0; i < 20; i++) await kit.says(`apa itu nib ${i}`);
    await kit.says('petugas');
    expect((await conversationOf(kit)).state).toBe('queued');
    const other = await createKit();
    for (let i = 0; i < 22; i++) await other.says(`apa itu nib ${i}`);
    await other.says('petugas');
    await other.says('selamat');
    await other.pass(11_000);
    expect((await conversationOf(other)).state).toBe('queued');
  });

  it('When two bots talk while the conversation is queued, then ours stops', async () => {
    const kit = await createKit();
    for (let i = 0; i < 40; i++) await kit.says('Terima kasih atas pesan Anda tentang nib.');
    expect((await kit.heard()).length).toBeLessThanOrEqual(6);
  });

  it('When two citizens were queued in the same millisecond, then they have different places', async () => {
    const kit = await createKit();
    await kit.officer('Rina');
    await kit.says('petugas', { from: 'a' });
    await kit.says('petugas', { from: 'b', sameMoment: true });
    expect((await kit.heard('a'))[0]).toContain('Tidak ada orang lain');
    expect((await kit.heard('b'))[0]).toContain('Ada 1 orang');
  });

  it('When nobody counts as present because the console is open but untouched and off duty, then waiting chats go back', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    const id = await held(kit, rina);
    await kit.desk.officer.setDuty(rina, 'off');
    for (let i = 0; i < 16; i++) {
      await kit.desk.officer.seen(rina);
      await kit.pass(60_000);
    }
    expect((await kit.store.conversations.get(id))?.conversation.state).toBe('queued');
  });

  it('When an officer is disabled, then chats in which somebody waits go back at the next sweep', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    const id = await held(kit, rina);
    await kit.store.officers.update(rina.id, { disabled: true });
    await kit.pass(1000);
    expect((await kit.store.conversations.get(id))?.conversation.state).toBe('queued');
  });
});
