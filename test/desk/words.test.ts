// Buttons that come late, words that are commands, the greeting, and what the hand-over says: the citizen always reads the truth.
import { conversationOf, createKit, held } from '../support/deskKit.ts';

describe('buttons and words that come late', () => {
  it('When [Batal antre] is pressed with the bot or after closing, then the answer is honest and nobody is queued for it', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await kit.says('petugas');
    for (let i = 0; i < 3; i++) await kit.says('Batal antre', { button: 'cmd:cancel' });
    const heard = await kit.heard();
    expect(heard[1]).toContain('Antrean dibatalkan');
    expect(heard.slice(2)).toEqual([
      expect.stringContaining('tidak sedang dalam antrean'),
      expect.stringContaining('tidak sedang'),
    ]);
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
      expect(reply).toMatch(
        /^Waalaikumsalam\. Selamat datang\. Saya asisten otomatis .* bukan petugas\..* Mau tanya izin apa\?$/s,
      );
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
  it('When an approved text leads to the hand-over, then it comes first, and the number is told once', async () => {
    const kit = await createKit();
    await kit.officer('Rina');
    await kit.says('tolong sambungkan ya pak');
    const [told = ''] = await kit.heard();
    expect(told.match(/K-\d+/g)).toHaveLength(1);
    expect(told).toMatch(/^Baik\. Saya teruskan ke petugas\./);
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
