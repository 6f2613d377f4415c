// The channel over a child without a browser: pace, waiting for a connection, what a dying child means for the message in its hands.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Channel } from '../../../src/desk/ports.ts';
import { createFakeIntake } from '../../support/fakeIntake.ts';
import { outbound } from '../../support/outbound.ts';
import { tempDir } from '../../support/tempStore.ts';
import { until } from '../../support/until.ts';
import { createFakeChildren } from '../../support/whatsappWebFake.ts';
import { makeChannel } from './setup.ts';

const ana = '6281234567@c.us';
const toAna = (text: string) => outbound({ channel: 'whatsappWeb', accountId: 'utama', externalId: ana }, text);
const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { verdict: string }) => error.verdict,
  );

describe('the WhatsApp Web channel', () => {
  const { dir, remove } = tempDir();
  const mark = path.join(dir, 'stored.json');
  let fake: ReturnType<typeof createFakeChildren>;
  let intake: ReturnType<typeof createFakeIntake>;
  let channel: Channel;
  const open = async (options: Parameters<typeof makeChannel>[1] = {}) => {
    channel = makeChannel(dir, { spawn: fake.spawn, ...options }).channel;
    await channel.start(intake);
    await until('it is ready', () => !fake.isPaired || channel.health().state === 'ready');
  };
  beforeEach(() => {
    rmSync(mark, { force: true });
    fake = createFakeChildren();
    intake = createFakeIntake();
  });
  afterEach(() => channel.stop());
  afterAll(remove);

  it('When nobody is logged in, then the QR is shown and sending waits', async () => {
    fake.isPaired = false;
    await open();
    fake.child.say({ kind: 'qr', text: '2@abc' });
    expect(channel.health()).toMatchObject({ state: 'needs-login', detail: expect.stringContaining('pindai kode QR') });
    expect(channel.control?.login()).toMatchObject({ qr: { text: '2@abc' }, isAsleep: false, number: null });
    expect(await failure(channel.send(toAna('halo')))).toBe('retry');
    channel.control?.pair('6281100');
    expect(fake.child.orders).toContainEqual({ kind: 'pair', phone: '6281100' });
    fake.child.say({ kind: 'ready', number: '6281100000' });
    expect(channel.control?.login()).toMatchObject({ qr: null, number: expect.stringContaining('****') });
  });

  it.each([
    ['it is killed', () => fake.child.die(), 'uncertain'],
    [
      'it refuses',
      () => fake.child.say({ kind: 'trouble', call: lastCall(), trouble: { verdict: 'refused', detail: 'No LID' } }),
      'unreachable',
    ],
    [
      'the person never wrote',
      () => fake.child.say({ kind: 'trouble', call: lastCall(), trouble: { verdict: 'stranger', detail: '' } }),
      'rejected',
    ],
    [
      'it could not begin',
      () => fake.child.say({ kind: 'trouble', call: lastCall(), trouble: { verdict: 'unsent', detail: '' } }),
      'retry',
    ],
  ])('When a message is with the child and %s, then it is told as %s', async (_what, happen, verdict) => {
    fake.answer = () => null;
    await open();
    const sending = failure(channel.send(toAna('halo')));
    await until('the child has it', () => fake.sent.length === 1);
    happen();
    expect(await sending).toBe(verdict);
  });
  const lastCall = () => fake.child.orders.flatMap((order) => (order.kind === 'send' ? [order.call] : [])).pop() ?? 0;

  it('When many are to be sent at once, then they go one by one, and who waits long goes back to the outbox', async () => {
    await open({ pace: { gapMs: [2000, 2000], startMs: [0, 1] } });
    const verdicts = ['1', '2', '3', '4', '5'].map((text) => failure(channel.send(toAna(text))));
    expect(await Promise.all(verdicts.slice(3))).toEqual(['retry', 'retry']);
    await until('the first is out', () => fake.sent.length === 1);
    await channel.stop();
    // Those that were waiting for their turn certainly did not go out.
    expect(await Promise.all(verdicts.slice(0, 3))).toEqual([null, 'retry', 'retry']);
    expect(fake.sent).toEqual([[ana, '1']]);
  });

  it('When nothing else is said, then it writes at the pace of a person', async () => {
    await open({ pace: undefined });
    // The seventh cannot have its turn within five seconds.
    const verdicts = ['1', '2', '3', '4', '5', '6', '7'].map((text) => failure(channel.send(toAna(text))));
    expect(await verdicts[6]).toBe('retry');
    expect(fake.sent).toEqual([]);
  });

  it('When it says what it can do, then nothing is repeated by itself, and messages wait for its connection', async () => {
    await open();
    expect(channel.capabilities).toMatchObject({ repeatable: false, needsConnection: true, buttons: false });
    expect(channel.capabilities.window).toBeUndefined();
  });

  it('When the store is slow, then a reply does not mark as read what is not stored', async () => {
    await open();
    let release = () => {};
    intake.before = () => new Promise<void>((resolve) => (release = resolve));
    fake.write(ana, 'satu');
    await channel.send(toAna('halo'));
    release();
    await until('it is stored', () => intake.stored.length === 1);
    await channel.send(toAna('halo lagi'));
    expect(fake.child.orders.flatMap((order) => (order.kind === 'send' ? [order.seen] : []))).toEqual([false, true]);
  });

  it('When the number comes back, then messages of the time away are asked for from where all was stored', async () => {
    await open();
    await channel.stop();
    const before = Date.now();
    await open();
    await until('it asks', () => fake.child.orders.some(({ kind }) => kind === 'reconcile'));
    const order = fake.child.orders.find((one) => one.kind === 'reconcile');
    expect(order).toMatchObject({ since: expect.any(Number) });
    expect(Math.abs((order as { since: number }).since - (before - 600_000))).toBeLessThan(5000);
  });

  it('When a number is linked for the first time, then its old talk is not asked for, read or not', async () => {
    const before = Date.now();
    await open();
    await until('it asks', () => fake.child.orders.some(({ kind }) => kind === 'reconcile'));
    const order = fake.child.orders.find((one) => one.kind === 'reconcile');
    expect(order).toMatchObject({ unread: false });
    expect((order as { since: number }).since).toBeGreaterThanOrEqual(before - 60_000);
    await channel.stop();
    await open();
    await until('it asks', () => fake.child.orders.some(({ kind }) => kind === 'reconcile'));
    expect(fake.child.orders.find((one) => one.kind === 'reconcile')).toMatchObject({ unread: true });
  });

  it('When a message is not stored yet, then the mark does not pass it; once it is, then it does', async () => {
    let now = Date.now();
    await open({ now: () => now });
    const pong = () => fake.child.say({ kind: 'pong', state: 'CONNECTED', memoryMb: 300 });
    const marked = () => (JSON.parse(readFileSync(mark, 'utf8')) as { storedUntil: number }).storedUntil;
    let release = () => {};
    intake.before = () => new Promise<void>((resolve) => (release = resolve));
    // Written an hour ago, told only now: asked for from now on, it would not be found again.
    const t = Math.floor(now / 1000) - 3600;
    fake.write(ana, 'satu', { t });
    await until('it is in hand', () => intake.asked.length === 1);
    now += 60_000;
    pong();
    expect(marked()).toBe(t * 1000);
    release();
    await until('the mark moves', () => {
      pong();
      return marked() === now;
    });
    expect(intake.stored).toHaveLength(1);
  });

  it('When an ack overtakes the note that the message was sent, then it is told again', async () => {
    fake.answer = () => null;
    await open();
    const sending = failure(channel.send(toAna('halo')));
    await until('the child has it', () => fake.sent.length === 1);
    fake.child.say({ kind: 'ack', id: 'A1', ack: 2 });
    await until('it is told twice', () => intake.reports.length === 2);
    expect(intake.reports).toEqual(Array(2).fill(expect.objectContaining({ externalId: 'out:A1', state: 'delivered' })));
    fake.child.die();
    expect(await sending).toBe('uncertain');
  });

  it('When the quiet hours come, then the browser is started anew; at other hours it stays', async () => {
    let now = Date.parse('2026-11-25T12:00:00+07:00');
    await open({ now: () => now, quiet: '02:00-04:00', limits: { nightly: 3_600_000, pong: 1e9, offline: 1e9 } });
    const isStopped = () => fake.all[0]?.orders.some(({ kind }) => kind === 'stop') ?? false;
    const pings = () => fake.all[0]?.orders.filter(({ kind }) => kind === 'ping').length ?? 0;
    // A look at the clock that finds it old enough, but not at night.
    now += 2 * 3_600_000;
    const before = pings();
    await until('it looked at the clock', () => pings() > before);
    expect([isStopped(), fake.all.length]).toEqual([false, 1]);
    now = Date.parse('2026-11-26T02:00:00+07:00');
    await until('it is started anew', () => fake.all.length === 2);
    expect(isStopped()).toBe(true);
    await until('it is ready', () => channel.health().state === 'ready');
  });

  it('When the page cannot read all of the time away, then it is asked again, and until then nothing counts as stored or read', async () => {
    fake.left = 1;
    await open({ againMs: 20 });
    const looks = () => fake.child.orders.filter(({ kind }) => kind === 'reconcile').length;
    await until('it is asked again', () => looks() >= 2);
    await channel.send(toAna('halo'));
    fake.child.say({ kind: 'pong', state: 'CONNECTED', memoryMb: 300 });
    expect(existsSync(mark)).toBe(false);
    fake.left = 0;
    await until('all is told', () => existsSync(mark));
    await channel.send(toAna('halo lagi'));
    expect(fake.child.orders.flatMap((order) => (order.kind === 'send' ? [order.seen] : []))).toEqual([false, true]);
  });

  it('When something can never be read, then it is given up after six looks and the rest goes on', async () => {
    fake.left = 1;
    await open({ againMs: 1 });
    await until('it is given up', () => existsSync(mark));
    expect(fake.child.orders.filter(({ kind }) => kind === 'reconcile')).toHaveLength(6);
  });

  it('When the child babbles, then nothing happens', async () => {
    await open();
    fake.child.babble();
    fake.write(ana, 'halo');
    await until('it is stored', () => intake.stored.length === 1);
  });

  it('When a message is acknowledged and read, then that is reported, each state as often as it takes', async () => {
    await open();
    const { externalId } = await channel.send(toAna('halo'));
    const id = externalId?.replace('out:', '') ?? '';
    fake.child.say({ kind: 'ack', id, ack: 1 });
    fake.child.say({ kind: 'ack', id, ack: 3 });
    await until('both are reported', () => intake.reports.length >= 2);
    expect(intake.reports.map(({ state }) => state)).toEqual(['sent', 'read']);
    expect(intake.reports[0]).toMatchObject({ externalId });
  });

  it('When the library is missing, then the reason is said, nothing is tried by itself, and a restart tries again', async () => {
    await open();
    fake.child.say({ kind: 'ended', reason: 'no-library', detail: '' });
    fake.child.die();
    expect(channel.health()).toMatchObject({ state: 'down', detail: expect.stringContaining('tidak terpasang') });
    expect(channel.control?.login()).toMatchObject({ isAsleep: true });
    channel.control?.restart();
    expect(channel.control?.login()).toMatchObject({ isAsleep: false });
    expect(fake.all).toHaveLength(2);
  });

  it('When somebody calls, then a call entry is stored', async () => {
    await open();
    fake.child.say({ kind: 'call-in', chat: ana, id: 'C1', isVideo: false });
    await until('it is stored', () => intake.stored.length === 1);
    expect(intake.stored[0]).toMatchObject({ kind: 'call', from: { externalId: ana } });
  });
});
