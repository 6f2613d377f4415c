// Webhook deliveries: which answer each gets, and that a 200 is a promise.
import { LoketError } from '../../../src/contract/errors.ts';
import type { Channel, RawRequest } from '../../../src/desk/ports.ts';
import { createFakeIntake, type FakeIntake } from '../../support/fakeIntake.ts';
import { startTelegramStandin, type Telegram } from '../../support/telegramStandin.ts';
import { until } from '../../support/until.ts';
import { makeChannel } from './setup.ts';

const webhookSecret = 'Rahasia_1-2';

describe('webhook', () => {
  let telegram: Telegram;
  let intake: FakeIntake;
  const started: Channel[] = [];
  beforeEach(async () => {
    telegram = await startTelegramStandin();
    intake = createFakeIntake();
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((channel) => channel.stop()));
    await telegram.close();
  });

  async function start(options: Parameters<typeof makeChannel>[1] = {}) {
    const made = makeChannel(telegram, { webhookSecret, ...options });
    started.push(made.channel);
    await made.channel.start(intake);
    return made.channel;
  }
  async function ready(channel: Channel) {
    await until('ready', () => channel.health().state === 'ready');
    return channel;
  }
  const raw = (
    body: unknown,
    headers: RawRequest['headers'] = { 'x-telegram-bot-api-secret-token': webhookSecret },
  ): RawRequest => ({
    method: 'POST',
    headers,
    query: new URLSearchParams(),
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });
  const status = async (channel: Channel, request: RawRequest) => (await channel.webhook?.(request))?.status;

  it('When a delivery is stored, then it is acknowledged, and not before', async () => {
    const channel = await ready(await start());
    let store = () => {};
    intake.before = () => new Promise<void>((resolve) => (store = resolve));
    let answered = 0;
    const answer = status(channel, raw(telegram.textUpdate('halo'))).then((code) => (answered = code ?? 0));
    await until('in hand', () => intake.asked.length === 1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(0);
    store();
    expect(await answer).toBe(200);
    expect(intake.stored).toMatchObject([{ text: 'halo' }]);
  });

  it('When a delivery is repeated, then it is acknowledged and stored once', async () => {
    const channel = await ready(await start());
    const update = telegram.textUpdate('halo');
    expect(await status(channel, raw(update))).toBe(200);
    expect(await status(channel, raw(update))).toBe(200);
    expect(intake.stored).toHaveLength(1);
  });

  it.each([
    ['no secret', {}],
    ['a wrong one', { 'x-telegram-bot-api-secret-token': 'Rahasia_1-3' }],
    ['a longer one', { 'x-telegram-bot-api-secret-token': `${webhookSecret}x` }],
    ['an empty one', { 'x-telegram-bot-api-secret-token': '' }],
    ['two', { 'x-telegram-bot-api-secret-token': [webhookSecret, webhookSecret] }],
  ])('When a delivery has %s, then it is 401 whatever it says, and nothing is stored', async (_name, headers) => {
    const channel = await ready(await start());
    expect(await status(channel, raw(telegram.textUpdate('halo'), headers))).toBe(401);
    expect(await status(channel, raw('{', headers))).toBe(401);
    expect(intake.asked).toEqual([]);
  });

  it.each(['', '{', 'null', '[]', '7', '{}', '{"update_id":"1"}', '{"update_id":1,"message":{"text":"x"}}'])(
    'When the body is %p, then it is 400 and nothing is stored',
    async (body) => {
      const channel = await ready(await start());
      expect(await status(channel, raw(body))).toBe(400);
      expect(intake.asked).toEqual([]);
    },
  );

  it('When it is not a POST, then it is 405', async () => {
    const channel = await ready(await start());
    expect(await status(channel, { ...raw(''), method: 'GET' })).toBe(405);
  });

  it('When an update is nothing for us, then it is acknowledged', async () => {
    const channel = await ready(await start());
    expect(await status(channel, raw({ update_id: 1, my_chat_member: {} }))).toBe(200);
    expect(intake.asked).toEqual([]);
  });

  it.each([
    ['away', new LoketError('store-away', 'x')],
    ['full', new LoketError('overloaded', 'x')],
    ['broken', new Error('x')],
  ])('When the store is %s, then it is 503, and the repeat is stored', async (_name, trouble) => {
    const channel = await ready(await start());
    const update = telegram.textUpdate('halo');
    intake.before = () => trouble;
    expect(await status(channel, raw(update))).toBe(503);
    intake.before = null;
    expect(await status(channel, raw(update))).toBe(200);
    expect(intake.stored).toHaveLength(1);
  });

  it('When deliveries of one chat overlap, then they are stored in the order they came', async () => {
    const channel = await ready(await start());
    let store = () => {};
    intake.before = ({ text }) => (text === 'satu' ? new Promise<void>((resolve) => (store = resolve)) : null);
    const answers = ['satu', 'dua', 'tiga'].map((text) => status(channel, raw(telegram.textUpdate(text))));
    answers.push(status(channel, raw(telegram.textUpdate('lain', { id: 43 }))));
    await until('the other chat is stored', () => intake.stored.length === 1);
    store();
    expect(await Promise.all(answers)).toEqual([200, 200, 200, 200]);
    expect(intake.stored.map(({ text }) => text)).toEqual(['lain', 'satu', 'dua', 'tiga']);
  });

  it('When it does not run, then it is 503', async () => {
    const { channel } = makeChannel(telegram, { webhookSecret });
    expect(await status(channel, raw(telegram.textUpdate('halo')))).toBe(503);
    await channel.start(intake);
    await channel.stop();
    expect(await status(channel, raw(telegram.textUpdate('halo')))).toBe(503);
    expect(intake.asked).toEqual([]);
  });

  it('When Telegram is away but delivers, then people are heard and groups are asked to repeat until we know our name', async () => {
    telegram.fault = () => ({ destroy: 'before' });
    const channel = await start();
    await until('down', () => channel.health().state === 'down');
    const group = telegram.update({
      message: {
        message_id: 9,
        date: 1,
        chat: { id: -5, type: 'group', title: 'RW 05' },
        text: '@loket_bot halo',
        entities: [{ type: 'mention', offset: 0, length: 10 }],
      },
    });
    expect(await status(channel, raw(telegram.textUpdate('halo')))).toBe(200);
    expect(await status(channel, raw(group))).toBe(503);
    telegram.fault = null;
    await ready(channel);
    expect(await status(channel, raw(group))).toBe(200);
    expect(intake.stored.map(({ text }) => text)).toEqual(['halo', 'halo']);
  });

  it('When the public address is https, then the webhook is registered with its secret and nothing is polled', async () => {
    await ready(await start({ publicUrl: 'https://loket.example/' }));
    expect(telegram.calls).toEqual([
      { method: 'getMe', payload: {} },
      {
        method: 'setWebhook',
        payload: {
          url: 'https://loket.example/webhook/telegram',
          secret_token: webhookSecret,
          allowed_updates: ['message', 'edited_message', 'callback_query'],
          max_connections: 40,
        },
      },
    ]);
  });

  it('When the public address is not https, then no webhook is registered', async () => {
    await ready(await start({ publicUrl: 'http://loket.example' }));
    expect(telegram.calls.map(({ method }) => method)).toEqual(['getMe']);
  });

  it('When the registration fails, then health says so, deliveries still work, and it is tried again', async () => {
    telegram.fault = (method) =>
      method === 'setWebhook'
        ? { status: 400, body: { ok: false, error_code: 400, description: 'Bad Request: bad webhook' } }
        : null;
    const channel = await start({ publicUrl: 'https://loket.example' });
    await until('down', () => channel.health().state === 'down');
    expect(channel.health().detail).toBe('Telegram menolak permintaan (400: Bad Request: bad webhook).');
    expect(await status(channel, raw(telegram.textUpdate('halo')))).toBe(200);
    telegram.fault = null;
    await ready(channel);
  });
});

describe('without a secret', () => {
  it('When no webhook secret is set, then there is no webhook door at all', () => {
    expect(makeChannel({ url: 'http://127.0.0.1:1', token: '111:AAA' }).channel.webhook).toBeUndefined();
  });
});
