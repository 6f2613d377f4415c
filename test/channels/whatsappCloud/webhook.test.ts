// Meta's handshake and deliveries: which answer each gets, and that a 200 is a promise.
import crypto from 'node:crypto';
import { LoketError } from '../../../src/contract/errors.ts';
import type { Channel } from '../../../src/desk/ports.ts';
import { createFakeIntake, type FakeIntake } from '../../support/fakeIntake.ts';
import { until } from '../../support/until.ts';
import { startWhatsappStandin, together, type Whatsapp } from '../../support/whatsappStandin.ts';
import { hook, makeChannel } from './setup.ts';

describe('webhook', () => {
  let whatsapp: Whatsapp;
  let intake: FakeIntake;
  let channel: Channel;
  let logged: ReturnType<typeof makeChannel>['logged'];
  beforeEach(async () => {
    whatsapp = await startWhatsappStandin();
    intake = createFakeIntake();
    ({ channel, logged } = makeChannel(whatsapp));
    await channel.start(intake);
  });
  afterEach(async () => {
    await channel.stop();
    await whatsapp.close();
  });

  const post = (body: string | object) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return hook(channel, text, whatsapp.sign(text));
  };
  const shake = (query: Record<string, string>) =>
    channel.webhook?.({ method: 'GET', headers: {}, query: new URLSearchParams(query), body: Buffer.alloc(0) });

  it('When Meta shakes hands with our word, then its challenge comes back; with another word it is 403', async () => {
    const hello = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': whatsapp.verifyToken };
    expect(await shake(hello)).toEqual({ status: 200, body: '1158201444' });
    expect(await shake({ ...hello, 'hub.verify_token': 'another' })).toEqual({ status: 403 });
    expect(await shake({ ...hello, 'hub.mode': 'unsubscribe' })).toEqual({ status: 403 });
    expect(await shake({})).toEqual({ status: 403 });
  });

  it.each([
    ['no signature', () => ({})],
    ['an empty one', () => ({ 'x-hub-signature-256': '' })],
    ['one by another secret', (body: string) => whatsapp.sign(body, 'another-secret-here')],
    ['one of other bytes', (body: string) => whatsapp.sign(`${body} `)],
    ['one without its prefix', (body: string) => strip(whatsapp.sign(body))],
    ['two', (body: string) => ({ 'x-hub-signature-256': [sig(whatsapp.sign(body)), sig(whatsapp.sign(body))] })],
  ])('When a delivery has %s, then it is 401 and nothing is stored', async (_name, headers) => {
    const body = JSON.stringify(whatsapp.text('halo'));
    expect(await hook(channel, body, headers(body))).toBe(401);
    expect(await hook(channel, '{', headers('x'))).toBe(401);
    expect(intake.asked).toEqual([]);
  });
  it('When signatures and words of any length are wrong, then each is compared in the same time: over the whole of one length', async () => {
    const compare = jest.spyOn(crypto, 'timingSafeEqual');
    try {
      const body = JSON.stringify(whatsapp.text('halo'));
      const right = sig(whatsapp.sign(body));
      const wrong = ['', 'sha256=', right.slice(0, -1), `${right}0`, right.replace(/.$/, (end) => (end === '0' ? '1' : '0'))];
      for (const given of wrong) expect(await hook(channel, body, { 'x-hub-signature-256': given })).toBe(401);
      const hello = { 'hub.mode': 'subscribe', 'hub.challenge': '1' };
      const words = ['', 'v', whatsapp.verifyToken.slice(1), `${whatsapp.verifyToken}x`];
      for (const word of words) expect(await shake({ ...hello, 'hub.verify_token': word })).toEqual({ status: 403 });
      expect(compare.mock.calls.map(([given, expected]) => [given.byteLength, expected.byteLength])).toEqual(
        Array(wrong.length + words.length).fill([32, 32]),
      );
      expect(intake.asked).toEqual([]);
    } finally {
      compare.mockRestore();
    }
  });

  const sig = (headers: Record<string, string>) => headers['x-hub-signature-256'] ?? '';
  const strip = (headers: Record<string, string>) => ({ 'x-hub-signature-256': sig(headers).slice('sha256='.length) });

  it.each([
    ['escaped unicode', '"caf\\u00e9 \\ud83d\\ude00 http:\\/\\/x"', 'café 😀 http://x'],
    ['plain UTF-8', '"café 😀"', 'café 😀'],
  ])(
    'When a delivery is written with %s, then its signature is checked over the bytes as they came',
    async (_name, text, said) => {
      const body = JSON.stringify(whatsapp.text('XX')).replace('"XX"', text);
      expect(await post(body)).toBe(200);
      expect(intake.stored).toMatchObject([{ text: said }]);
    },
  );

  it('When a delivery is stored, then it is acknowledged, and not before', async () => {
    let store = () => {};
    intake.before = () => new Promise<void>((resolve) => (store = resolve));
    let answered = 0;
    const answer = post(whatsapp.text('halo')).then((code) => (answered = code ?? 0));
    await until('in hand', () => intake.asked.length === 1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(0);
    store();
    expect(await answer).toBe(200);
  });

  it('When a delivery is repeated, then it is acknowledged and stored once', async () => {
    const delivery = whatsapp.text('halo');
    expect(await Promise.all([post(delivery), post(delivery), post(delivery)])).toEqual([200, 200, 200]);
    expect(intake.stored).toHaveLength(1);
  });

  it('When many messages come in one delivery, then all are stored, and a broken one takes none of its neighbours along', async () => {
    const broken = whatsapp.message({ type: 'text', text: { body: 'rusak' }, id: 7 });
    const delivery = together([
      whatsapp.text('satu'),
      broken,
      whatsapp.text('dua'),
      whatsapp.text('lain', { number: '6281200000043' }),
    ]);
    expect(await post(delivery)).toBe(200);
    expect(intake.stored.map(({ text }) => text).sort()).toEqual(['dua', 'lain', 'satu']);
    expect(logged).toContainEqual({
      fields: { channel: 'whatsapp', why: 'not readable' },
      event: 'part of a delivery passed over',
    });
  });

  it('When one message of a delivery cannot be stored, then it is 503, and the later ones of that person wait for it', async () => {
    intake.before = ({ text }) => (text === 'satu' ? new LoketError('store-away', 'The store is away.') : null);
    const delivery = together([whatsapp.text('satu'), whatsapp.text('dua'), whatsapp.text('lain', { number: '6281200000043' })]);
    expect(await post(delivery)).toBe(503);
    expect(intake.stored.map(({ text }) => text)).toEqual(['lain']);
    intake.before = null;
    expect(await post(delivery)).toBe(200);
    expect(intake.stored.map(({ text }) => text)).toEqual(['lain', 'satu', 'dua']);
  });

  it('When a delivery is as long as Meta makes them and longer, then every message of it is stored', async () => {
    const many = Array.from({ length: 1200 }, (_, n) => `pesan ${n}`);
    const id = (n: number) => `wamid.LONG${n}`;
    const message = (body: string, n: number) => ({
      id: id(n),
      from: '6281200000060',
      timestamp: '1',
      type: 'text',
      text: { body },
    });
    const short = JSON.stringify(whatsapp.text('satu'));
    const long = short.replace(/"messages":\[.*?\]/, `"messages":${JSON.stringify(many.map(message))}`);
    expect(await post(long)).toBe(200);
    expect(intake.stored.map(({ text }) => text)).toEqual(many);
  });

  it('When a number changes and the person writes under the new one at once, then the change is written down first', async () => {
    const [before, after] = ['6281200000050', '6281200000051'];
    const order: string[] = [];
    let release = () => {};
    const slow = new Promise<void>((resolve) => (release = resolve));
    intake.before = ({ text }) => {
      order.push(text);
      return text === 'nomor lama' ? slow : null;
    };
    intake.moved = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push('pindah');
    };
    const system = { type: 'customer_changed_number', body: 'x', wa_id: after };
    const delivery = together([
      whatsapp.text('nomor lama', { number: before }),
      whatsapp.message({ type: 'system', system }, { number: before }),
      whatsapp.text('nomor baru', { number: after }),
    ]);
    const answer = post(delivery);
    await until('the first is in hand', () => order.length > 0);
    const second = post(whatsapp.text('nomor baru lagi', { number: after }));
    release();
    expect(await Promise.all([answer, second])).toEqual([200, 200]);
    expect(order).toEqual(['nomor lama', 'pindah', 'nomor baru', 'nomor baru lagi']);
  });

  it('When a changed number cannot be written down, then what came under the new one is not stored as a new person', async () => {
    const [before, after] = ['6281200000050', '6281200000051'];
    const system = { type: 'customer_changed_number', body: 'x', wa_id: after };
    const delivery = together([
      whatsapp.message({ type: 'system', system }, { number: before }),
      whatsapp.text('nomor baru', { number: after }),
    ]);
    intake.moved = () => Promise.reject(new LoketError('store-away', 'The store is away.'));
    expect(await post(delivery)).toBe(503);
    expect(intake.stored).toEqual([]);
    intake.moved = async () => undefined;
    expect(await post(delivery)).toBe(200);
    expect(intake.stored).toMatchObject([{ text: 'nomor baru' }]);
  });

  it('When statuses come, then they are reported with our own id', async () => {
    const sent = { wamid: 'wamid.OUT9', payload: { biz_opaque_callback_data: 'm_9' } };
    expect(await post(whatsapp.status(sent, 'delivered'))).toBe(200);
    expect(intake.reports).toMatchObject([{ externalId: 'wamid.OUT9', messageId: 'm_9', state: 'delivered' }]);
  });

  it.each(['', '{', 'null', '[]', '7', '{}', '{"object":"page","entry":[]}', '{"object":"whatsapp_business_account"}'])(
    'When a signed body is %p, then it is 400 and nothing is stored',
    async (body) => {
      expect(await post(body)).toBe(400);
      expect(intake.asked).toEqual([]);
    },
  );

  it('When the channel has stopped, then deliveries are 503: Meta repeats them', async () => {
    await channel.stop();
    expect(await post(whatsapp.text('halo'))).toBe(503);
  });
});
