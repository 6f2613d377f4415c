// What an officer can do beside writing: be asked when a colleague was first, send files, use guesses, tags and canned replies, read what was before.
import type { Officer } from '../../src/contract/conversation.ts';
import { conversationOf, createKit, held, type Kit } from '../support/deskKit.ts';
import { memoryFiles } from '../support/memoryFiles.ts';

const write = (kit: Kit, by: Officer, conversationId: string, text: string, seen?: number) =>
  kit.desk.officer.send(by, {
    conversationId,
    clientMessageId: `c-${by.id}-${text.length}-${text}`.slice(0, 40).replace(/\W/g, '-'),
    text,
    seen,
  });

describe('a colleague who was first', () => {
  it('When a colleague answered after the officer had read, then the desk asks, says who, and sends once it is confirmed', async () => {
    const kit = await createKit();
    const [rina, budi] = [await kit.officer('Rina'), await kit.officer('Budi')];
    const id = await held(kit, rina);
    const { seq } = await conversationOf(kit);
    await kit.desk.officer.transfer(rina, id, { officerId: budi.id, note: '' });
    await write(kit, budi, id, 'Sudah saya jawab.');
    await kit.desk.officer.transfer(budi, id, { officerId: rina.id, note: '' });
    await kit.heard();

    const asked = await write(kit, rina, id, 'Jawaban Rina', seq);
    expect(asked).toMatchObject({ ok: false, code: 'conflict', message: 'Budi sudah membalas. Tetap kirim?' });
    expect(asked.ok ? [] : asked.news?.map((message) => message.text)).toEqual(['Sudah saya jawab.']);
    expect(await kit.heard()).toEqual([]);
    const now = await conversationOf(kit);
    expect(await write(kit, rina, id, 'Jawaban Rina', now.seq)).toMatchObject({ ok: true });
    expect(await kit.heard()).toEqual(['Jawaban Rina']);
    // The lost answer of a send that was stored: no question, the stored one.
    expect(await write(kit, rina, id, 'Jawaban Rina', seq)).toMatchObject({ ok: true });
    expect(await kit.heard()).toEqual([]);
  });

  it('When only the citizen, the bot or the officer wrote since, then nobody is asked', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    const id = await held(kit, rina);
    expect(await write(kit, rina, id, 'Satu', 0)).toMatchObject({ ok: true });
    await kit.says('baik bu');
    expect(await write(kit, rina, id, 'Dua dua', 0)).toMatchObject({ ok: true });
  });

  it('When a colleague only left a note, then nobody is asked: the citizen heard nothing', async () => {
    const kit = await createKit();
    const [rina, budi] = [await kit.officer('Rina'), await kit.officer('Budi')];
    const id = await held(kit, rina);
    const { seq } = await conversationOf(kit);
    await kit.desk.officer.note(budi, { conversationId: id, clientMessageId: 'catatan-0001', text: 'Sudah dua kali datang.' });
    await kit.says('halo bu');
    expect(await write(kit, rina, id, 'Jawaban Rina', seq)).toMatchObject({ ok: true });
  });

  it('When the citizen wrote much before the colleague answered, then it is asked all the same', async () => {
    const kit = await createKit();
    const [rina, budi] = [await kit.officer('Rina'), await kit.officer('Budi')];
    const id = await held(kit, rina);
    const { seq } = await conversationOf(kit);
    for (let i = 0; i < 210; i += 1) await kit.says(`pesan ${i}`);
    await kit.desk.officer.transfer(rina, id, { officerId: budi.id, note: '' });
    await write(kit, budi, id, 'Sudah saya jawab.');
    await kit.desk.officer.transfer(budi, id, { officerId: rina.id, note: '' });
    const asked = await write(kit, rina, id, 'Jawaban Rina', seq);
    expect(asked).toMatchObject({ ok: false, code: 'conflict', message: 'Budi sudah membalas. Tetap kirim?' });
    expect(asked.ok ? [] : asked.news?.map((message) => message.text)).toEqual(['Sudah saya jawab.']);
  });

  it('When a colleague took the conversation over, then the reply is refused', async () => {
    const kit = await createKit();
    const [rina, budi] = [await kit.officer('Rina'), await kit.officer('Budi')];
    const id = await held(kit, rina);
    await kit.desk.officer.transfer(rina, id, { officerId: budi.id, note: '' });
    expect(await write(kit, rina, id, 'Halo', 99)).toMatchObject({ ok: false, code: 'not-owner' });
  });
});

describe('a file to the citizen', () => {
  const pdf = Buffer.from('%PDF- syarat');
  const file = (conversationId: string, more: object = {}) => ({
    conversationId,
    clientMessageId: 'berkas-0001',
    name: 'syarat.pdf',
    bytes: pdf,
    ...more,
  });

  it('When it is sent, repeated included, then the citizen gets it once, with its bytes', async () => {
    const files = memoryFiles();
    const kit = await createKit({ files, maxFileBytes: 100 });
    const rina = await kit.officer('Rina');
    const id = await held(kit, rina);
    const sent = await kit.desk.officer.sendFile(rina, file(id));
    expect(sent).toMatchObject({
      ok: true,
      message: { kind: 'document', attachments: [{ name: 'syarat.pdf', state: 'stored' }] },
    });
    const both = await Promise.all([kit.desk.officer.sendFile(rina, file(id)), kit.desk.officer.sendFile(rina, file(id))]);
    expect(both.map((one) => one.ok && one.message.id)).toEqual([1, 2].map(() => sent.ok && sent.message.id));
    expect(await kit.heard()).toEqual(['']);
    expect(files.kept.size).toBe(1);
    const out = kit.sent.at(-1)!;
    expect(await out.bytesOf?.(out.message.attachments[0]!)).toEqual(pdf);
    expect(await kit.desk.officer.file(rina, id, out.message.attachments[0]!.id)).toMatchObject({
      ok: true,
      mime: 'application/pdf',
    });
  });

  it.each([
    ['the channel sends no files', {}, {}, 'invalid'],
    ['it is larger than the channel takes', { maxFileBytes: 5 }, {}, 'too-large'],
    ['its type is not taken', { maxFileBytes: 100 }, { bytes: Buffer.from([0, 1]) }, 'invalid'],
  ])('When %s, then it is refused with a sentence and nothing is kept', async (_name, options, more, code) => {
    const files = memoryFiles();
    const kit = await createKit({ files, ...options });
    const rina = await kit.officer('Rina');
    const id = await held(kit, rina);
    expect(await kit.desk.officer.sendFile(rina, file(id, more))).toMatchObject({
      ok: false,
      code,
      message: expect.stringMatching(/\.$/),
    });
    expect([files.kept.size, await kit.heard()]).toEqual([0, []]);
  });

  it('When somebody else holds the conversation, or may not see it, then nothing is kept', async () => {
    const files = memoryFiles();
    const kit = await createKit({ files, maxFileBytes: 100 });
    const [rina, budi, eko] = [
      await kit.officer('Rina'),
      await kit.officer('Budi'),
      await kit.officer('Eko', { teamIds: ['t2'] }),
    ];
    await kit.store.officers.putTeam({ id: 't1', name: 'Reklame' });
    const id = await held(kit, rina);
    expect(await kit.desk.officer.sendFile(budi, file(id))).toMatchObject({ ok: false, code: 'not-owner' });
    await kit.desk.officer.transfer(rina, id, { teamId: 't1', note: '' });
    const foreign = { ok: false, code: 'not-found' };
    expect(await kit.desk.officer.sendFile(eko, file(id))).toEqual(foreign);
    expect(await kit.desk.officer.suggest(eko, id)).toEqual(foreign);
    expect(await kit.desk.officer.earlier(eko, id, null)).toEqual(foreign);
    expect(await kit.desk.officer.setTags(eko, id, ['nib'])).toEqual(foreign);
    expect(files.kept.size).toBe(0);
  });
});

describe("the bot's guesses", () => {
  it('When the citizen asked something unclear, then the approved answers are drafts, with source, and none is small talk', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    const id = await held(kit, rina);
    await kit.says('selamat siang, nib atau pbg dulu?');
    await kit.says('', { kind: 'sticker' });
    await kit.says('halo selamat siang?');
    const given = await kit.desk.officer.suggest(rina, id);
    const suggestions = given.ok ? given.suggestions : [];
    expect(suggestions.map((one) => one.intent)).toEqual(['nib.apa', 'pbg.apa']);
    expect(suggestions[0]?.text).toMatch(/^NIB adalah nomor induk berusaha\.\n\nSumber: FAQ/);
    expect(await kit.heard()).toEqual([]);
  });

  it('When the matcher fails, then there are none and nothing breaks', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    const id = await held(kit, rina);
    await kit.says('meledak');
    expect(await kit.desk.officer.suggest(rina, id)).toEqual({ ok: true, suggestions: [] });
  });
});

describe('topics', () => {
  it('When intents are named, then those that are known come with their title', async () => {
    const kit = await createKit();
    expect(await kit.desk.officer.topics(await kit.officer('Tia'), ['nib.apa', 'lama.sekali'])).toEqual({ 'nib.apa': 'nib.apa' });
  });
});

describe('tags and canned replies', () => {
  it('When a conversation is filed, then lists can be narrowed to the tag; the same tags again change nothing', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    const id = await held(kit, rina);
    expect(await kit.desk.officer.setTags(rina, id, ['oss', 'nib', 'oss'])).toMatchObject({
      ok: true,
      conversation: { tags: ['nib', 'oss'] },
    });
    const { rev } = await conversationOf(kit);
    await kit.desk.officer.setTags(rina, id, ['nib', 'oss']);
    expect((await conversationOf(kit)).rev).toBe(rev);
    const list = async (tag: string) =>
      (await kit.desk.officer.list(rina, { view: 'mine', filter: { tag }, cursor: null, limit: 9 })).rows;
    expect([(await list('nib')).length, (await list('pbg')).length]).toEqual([1, 0]);
  });

  it('When canned replies are saved, then all officers have them; only supervisors and admins save, and the second of two is told', async () => {
    const kit = await createKit();
    const [rina, boss] = [await kit.officer('Rina'), await kit.officer('Boss', { role: 'admin' })];
    const canned = { replies: [{ id: 'r1', title: 'Salam', text: 'Selamat siang, {nama}.' }], tags: ['nib'] };
    expect(await kit.desk.officer.putCanned(rina, canned, 0)).toMatchObject({ ok: false, code: 'forbidden' });
    expect(await kit.desk.officer.putCanned(boss, canned, 0)).toEqual({ ok: true, canned, version: 1 });
    expect(await kit.desk.officer.putCanned(boss, { ...canned, tags: [] }, 0)).toEqual({ ok: false, code: 'conflict' });
    expect(await kit.desk.officer.canned(rina)).toEqual({ canned, version: 1 });
  });
});

describe('what was before', () => {
  it('When a citizen comes back after a while, then the earlier conversations are there, newest first, and no later one', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      ids.push(await held(kit, rina));
      await kit.desk.officer.close(rina, ids[i]!);
      await kit.heard();
      kit.tick(30 * 24 * 3_600_000);
    }
    const before = await kit.desk.officer.earlier(rina, ids[2]!, null);
    expect(before.ok && before.rows.map((row) => row.id)).toEqual([ids[1], ids[0]]);
    const first = await kit.desk.officer.earlier(rina, ids[0]!, null);
    expect(first.ok && first.rows).toEqual([]);
  });

  it('When messages could not be delivered, then each comes with its conversation', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    const id = await held(kit, rina);
    kit.onSend.current = async () => {
      throw new Error('no idea');
    };
    await write(kit, rina, id, 'Halo');
    await kit.settled();
    const dead = await kit.desk.officer.deadLetters(rina, null);
    if (!dead.ok) throw new Error(dead.code);
    expect(dead.rows.map((message) => message.state)).toEqual(['uncertain']);
    expect(dead.conversations.map((row) => row.id)).toEqual([id]);
    const [budi, ketua] = [await kit.officer('Budi'), await kit.officer('Ketua', { role: 'supervisor' })];
    expect(await kit.desk.officer.deadLetters(budi, null)).toMatchObject({ rows: [] });
    expect(await kit.desk.officer.deadLetters(ketua, null)).toMatchObject({ rows: [{ state: 'uncertain' }] });
  });
});
