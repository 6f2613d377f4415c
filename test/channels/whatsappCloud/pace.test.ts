// How fast we write: the rule by itself, and that the channel keeps it for its number and for each recipient.
import { createPacer } from '../../../src/channels/whatsappCloud/cloudPace.ts';
import { outbound } from '../../support/outbound.ts';
import { startWhatsappStandin, type Whatsapp } from '../../support/whatsappStandin.ts';
import { makeChannel } from './setup.ts';

describe('the rule', () => {
  const rates = { number: { everyMs: 1000 / 80, burst: 80 }, recipient: { everyMs: 6000, burst: 45 } };

  it('When one recipient is written to without a pause, then 45 go at once and then one every 6 s', () => {
    const pacer = createPacer(rates);
    const waits = Array.from({ length: 48 }, () => pacer.book('ana', 0));
    expect(waits.slice(0, 45)).toEqual(Array(45).fill(0));
    expect(waits.slice(45)).toEqual([6000, 12_000, 18_000]);
    expect(createPacer(rates).book('ana', 0)).toBe(0);
  });

  it('When many are written to, then 80 go at once and then 80 a second', () => {
    const pacer = createPacer(rates);
    const waits = Array.from({ length: 160 }, (_, i) => pacer.book(`p${i}`, 0));
    expect(waits.slice(0, 80)).toEqual(Array(80).fill(0));
    expect(waits[159]).toBeCloseTo(1000, 0);
  });

  it('When there was silence, then the burst is full again, and no fuller', () => {
    const pacer = createPacer(rates);
    for (let i = 0; i < 45; i++) pacer.book('ana', 0);
    expect(pacer.book('ana', 1e9)).toBe(0);
    const waits = Array.from({ length: 45 }, () => pacer.book('ana', 1e9));
    expect(waits.filter((ms) => ms > 0)).toHaveLength(1);
  });
});

describe('the pace of the channel', () => {
  let whatsapp: Whatsapp;
  beforeEach(async () => {
    whatsapp = await startWhatsappStandin();
  });
  afterEach(() => whatsapp.close());
  const to = (n: number) =>
    outbound({ channel: 'whatsapp', accountId: whatsapp.phoneNumberId, externalId: `${6281200000000 + n}` }, 'Halo');

  it('When one recipient gets 46 messages at once, then the last waits 6 s, and another recipient does not', async () => {
    const { channel, waits } = makeChannel(whatsapp, { now: () => 1000 });
    for (let n = 0; n < 45; n++) await channel.send(to(1));
    expect(waits).toEqual([]);
    await channel.send(to(1));
    await channel.send(to(2));
    expect(waits).toEqual([6000]);
  });

  it('When 82 people get one at once, then the last two wait for their turn, 80 a second', async () => {
    const { channel, waits } = makeChannel(whatsapp, { now: () => 1000 });
    for (let n = 0; n < 82; n++) await channel.send(to(n));
    expect(waits).toEqual([12.5, 25]);
  });

  it('When the channel stops while a message waits for its turn, then it certainly did not go out', async () => {
    const turn = (_ms: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    const { channel } = makeChannel(whatsapp, { pacer: { book: () => 1 }, wait: turn });
    const sending = channel.send(to(1)).catch((error: { verdict: string }) => error.verdict);
    await channel.stop();
    expect(await sending).toBe('retry');
    expect(whatsapp.sent).toEqual([]);
  });
});
