// The queue and the people behind it: places, estimates, duty, who is gone.
import { estimate } from '../../src/desk/queue.ts';
import { createKit } from '../support/deskKit.ts';
import { until } from '../support/until.ts';

describe('places in the queue', () => {
  it('When somebody queues, then number and place are told; no estimate from too few chats', async () => {
    const kit = await createKit();
    await kit.officer('Rina');
    await kit.says('petugas', { from: 'a' });
    await kit.says('petugas', { from: 'b' });
    const [told] = await kit.heard('b');
    expect(told).toMatch(/Nomor konsultasi K-\d+/);
    expect(told).toContain('Ada 1 orang di depan.');
    expect(told).toContain('belum bisa saya hitung');
  });

  it('When nobody is on duty, then that is said, the message is safe, and hours are not invented', async () => {
    const kit = await createKit();
    await kit.says('petugas');
    const [told] = await kit.heard();
    expect(told).toContain('belum ada petugas yang bertugas');
    expect(told).toContain('nomor konsultasi K-');
    expect(told).toContain('Jam layanan belum dikonfirmasi');
  });

  it('When "halo?" comes from the queue, then the place is told', async () => {
    const kit = await createKit();
    await kit.officer('Rina');
    for (const from of ['a', 'b', 'c']) await kit.says('petugas', { from });
    await kit.heard('c');
    await kit.says('halo?', { from: 'c' });
    expect((await kit.heard('c'))[0]).toContain('Ada 2 orang di depan.');
  });

  it('When the queue moves, then the place is told at ≤ 2 or when halved, at most every five minutes', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    for (let i = 0; i < 8; i++) await kit.says('petugas', { from: `w${i}` });
    expect((await kit.heard('w7'))[0]).toContain('Ada 7 orang di depan.');
    const take = async (i: number) => kit.desk.officer.claim(rina, await kit.conversationId(`w${i}`));
    const place = async (ahead: number) => until(`place ${ahead}`, () => kit.places.at(-1)?.ahead === ahead);
    await take(0);
    await place(6);
    expect(await kit.heard('w7')).toEqual([]);
    for (const i of [1, 2, 3]) await take(i);
    await place(3);
    expect(await kit.heard('w7')).toEqual([]);
    await kit.pass(5 * 60_000);
    await until('it was told', () =>
      kit.sent.some((out) => out.contact.externalId === 'w7' && out.message.text.startsWith('Ada 3')),
    );
    await kit.heard('w7');
    await kit.pass(5 * 60_000);
    expect(await kit.heard('w7')).toEqual([]);
  });

  it('When [Batal antre] is pressed, then the bot has the conversation again', async () => {
    const kit = await createKit();
    await kit.says('petugas');
    await kit.says('Batal antre', { button: 'cmd:cancel' });
    const heard = await kit.heard();
    expect(heard[1]).toContain('Antrean dibatalkan');
    await kit.says('apa itu nib');
    expect((await kit.heard())[0]).toContain('nomor induk');
  });

  it('When enough chats were measured, then an estimate is a range from the middle half', () => {
    const handling = Array.from({ length: 20 }, (_, i) => (i + 1) * 60_000);
    expect(estimate(3, 1, handling.slice(1), 20)).toBeNull();
    expect(estimate(3, 0, handling, 20)).toBeNull();
    expect(estimate(3, 2, handling, 20)).toEqual({ fromMinutes: 10, toMinutes: 30 });
  });
});

describe('duty', () => {
  it('When an officer on duty gives no input for ten minutes, then it is a break and does not count', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    for (let i = 0; i < 11; i++) {
      await kit.desk.officer.seen(rina);
      await kit.pass(60_000);
    }
    expect((await kit.store.officers.get(rina.id))?.duty).toBe('break');
    await kit.says('petugas');
    expect((await kit.heard())[0]).toContain('belum ada petugas yang bertugas');
  });

  it('When an officer is gone for a quarter of an hour, then waiting chats go back at their old place and answered ones stay', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await kit.says('petugas', { from: 'waits' });
    await kit.says('petugas', { from: 'answered' });
    const [waits, answered] = [await kit.conversationId('waits'), await kit.conversationId('answered')];
    for (const id of [waits, answered]) await kit.desk.officer.claim(rina, id);
    await kit.desk.officer.send(rina, { conversationId: answered, clientMessageId: 'c-00000001', text: 'Sudah.' });
    await kit.says('halo bu saya mau tanya', { from: 'waits' });
    const queuedAt = (await kit.store.conversations.get(waits))?.conversation.queuedAt;
    await kit.pass(16 * 60_000);
    expect((await kit.store.conversations.get(waits))?.conversation).toMatchObject({ state: 'queued', queuedAt });
    expect((await kit.store.conversations.get(answered))?.conversation).toMatchObject({ state: 'officer' });
    expect((await kit.store.officers.get(rina.id))?.duty).toBe('off');
  });

  it('When this process was down for an hour, then nobody counts as gone because of that', async () => {
    const kit = await createKit();
    const rina = await kit.officer('Rina');
    await kit.says('petugas');
    const id = await kit.conversationId();
    await kit.desk.officer.claim(rina, id);
    await kit.says('halo bu saya mau tanya');
    await kit.store.officers.update(rina.id, { lastSeenAt: kit.now() - 3_600_000 });
    const restarted = await createKit({ store: kit.store });
    await restarted.desk.sweep();
    expect((await kit.store.conversations.get(id))?.conversation.state).toBe('officer');
  });
});
