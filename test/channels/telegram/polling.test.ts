// Long polling through real telegraf: the offset rises only after the store has everything, and nothing ends the loop but stop.
import { LoketError } from '../../../src/contract/errors.ts';
import type { Channel } from '../../../src/desk/ports.ts';
import { createFakeIntake, type FakeIntake } from '../../support/fakeIntake.ts';
import { type Fault, startTelegramStandin, type Telegram } from '../../support/telegramStandin.ts';
import { until } from '../../support/until.ts';
import { makeChannel } from './setup.ts';

const conflict: Fault = { status: 409, body: { ok: false, error_code: 409, description: 'Conflict' } };
const storeAway = () => new LoketError('store-away', 'The store is away.');

describe('polling', () => {
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
    const made = makeChannel(telegram, options);
    started.push(made.channel);
    await made.channel.start(intake);
    return made;
  }
  const texts = () => intake.stored.map(({ text }) => text);
  const offsets = () =>
    telegram.calls.filter(({ method }) => method === 'getUpdates').map(({ payload }) => Number(payload.offset));

  it('When it starts, then a webhook left behind is removed before it polls, for the updates it can read', async () => {
    const { channel } = await start();
    await until('ready', () => channel.health().state === 'ready');
    await until('polling', () => offsets().length === 2);
    expect(telegram.calls.map(({ method }) => method)).toEqual(['getMe', 'deleteWebhook', 'getUpdates', 'getUpdates']);
    expect(telegram.calls.at(-1)?.payload).toEqual({
      offset: 0,
      limit: 100,
      timeout: 50,
      allowed_updates: ['message', 'edited_message', 'callback_query'],
    });
  });

  it('When a message is in hand, then it is not confirmed; once it is stored, then it is', async () => {
    let store = () => {};
    intake.before = () => new Promise<void>((resolve) => (store = resolve));
    await start();
    const { update_id } = telegram.pushText('halo');
    await until('in hand', () => intake.asked.length === 1);
    expect(telegram.waiting()).toHaveLength(1);
    store();
    await until('confirmed', () => telegram.waiting().length === 0);
    expect(offsets().at(-1)).toBe(update_id + 1);
  });

  it('When the store is away for a while, then the same batch is asked for again, with growing pauses, and nothing is lost', async () => {
    for (const text of ['satu', 'dua', 'tiga']) telegram.pushText(text);
    const asked = () => intake.asked.filter(({ text }) => text === 'dua').length;
    intake.before = ({ text }) => (text === 'dua' && asked() <= 4 ? storeAway() : null);
    const { waits } = await start();
    await until('all stored', () => intake.stored.length === 3);
    await until('confirmed', () => telegram.waiting().length === 0);
    expect(texts()).toEqual(['satu', 'dua', 'tiga']);
    expect(offsets().filter((offset) => offset > 0)).toHaveLength(1);
    expect(waits).toHaveLength(4);
    expect(waits[3]).toBeGreaterThanOrEqual(6000);
  });

  it('When an update of one chat is refused, then later ones of the chat wait behind it and other chats do not', async () => {
    for (const text of ['ana 1', 'ana 2']) telegram.pushText(text, { id: 42 });
    telegram.pushText('budi 1', { id: 43 });
    let isAway = true;
    intake.before = ({ text }) => (text === 'ana 1' && isAway ? storeAway() : null);
    await start();
    await until('two tries', () => intake.asked.filter(({ text }) => text === 'ana 1').length >= 2);
    expect(texts()).toEqual(['budi 1']);
    isAway = false;
    await until('all stored', () => intake.stored.length === 3);
    expect(texts()).toEqual(['budi 1', 'ana 1', 'ana 2']);
  });

  it('When a batch holds several chats, then they reach the store in one turn of the event loop', async () => {
    for (let id = 1; id <= 5; id += 1) telegram.pushText('halo', { id });
    const turns: number[] = [];
    let turn = 0;
    intake.before = () => {
      if (turns.length === 0) setImmediate(() => (turn += 1));
      turns.push(turn);
      return null;
    };
    await start();
    await until('all stored', () => intake.stored.length === 5);
    expect(turns).toEqual([0, 0, 0, 0, 0]);
  });

  it('When the process dies before it confirms, then the next one gets the update again under the same id', async () => {
    telegram.pushText('halo');
    intake.before = () => new Promise<void>(() => {});
    const dying = makeChannel(telegram);
    await dying.channel.start(intake);
    await until('in hand', () => intake.asked.length === 1);
    // It never gets an answer from its store, and never stops: as after kill -9. A new process takes over.
    intake.before = null;
    await start();
    await until('stored', () => intake.stored.length === 1);
    expect(intake.asked[0]?.externalId).toBe(intake.asked[1]?.externalId);
    await until('confirmed', () => telegram.waiting().length === 0);
  });

  it('When another server polls with the same token, then health says so, and it comes back by itself', async () => {
    telegram.fault = (method) => (method === 'getUpdates' ? conflict : null);
    const { channel, waits } = await start();
    await until('down', () => channel.health().state === 'down');
    expect(channel.health().detail).toBe('Bot Telegram ini sedang dijalankan di tempat lain.');
    await until('tried again', () => waits.length >= 2);
    expect(waits[0]).toBeGreaterThanOrEqual(10_000);
    telegram.fault = null;
    await until('ready', () => channel.health().state === 'ready');
    telegram.pushText('halo');
    await until('stored', () => intake.stored.length === 1);
  });

  const troubles: [name: string, fault: Fault, detail: RegExp][] = [
    ['401', { status: 401, body: { ok: false, error_code: 401, description: 'Unauthorized' } }, /token/],
    ['502', { status: 502, body: '<html>' }, /terganggu \(502\)/],
    ['a page', { status: 200, body: '<html>' }, /tidak dapat dihubungi/],
    ['nonsense', { status: 200, body: { ok: true, result: 'x' } }, /tidak dapat dihubungi/],
    ['a cut connection', { destroy: 'before' }, /tidak dapat dihubungi/],
  ];
  it.each(troubles)(
    'When polling meets %s, then health says why, and it goes on once that is over',
    async (_name, fault, detail) => {
      telegram.fault = () => fault;
      const { channel } = await start();
      await until('down', () => channel.health().state === 'down');
      expect(channel.health().detail).toMatch(detail);
      telegram.fault = null;
      telegram.pushText('halo');
      await until('stored', () => intake.stored.length === 1);
      expect(channel.health()).toMatchObject({ state: 'ready', detail: null });
    },
  );

  it('When Telegram asks for a pause, then it waits that long', async () => {
    telegram.fault = () => ({
      status: 429,
      body: { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 35 } },
    });
    const { channel, waits } = await start();
    await until('waited', () => waits.length > 0);
    expect(waits[0]).toBe(35_000);
    expect(channel.health().detail).toBe('Telegram meminta jeda 35 detik.');
  });

  it('When one update can never be stored, then it is given up after many tries and the others of its chat are not', async () => {
    telegram.pushText('racun');
    telegram.pushText('sesudahnya');
    intake.before = ({ text }) => (text === 'racun' ? new Error('unforeseen') : null);
    const { logged } = await start();
    await until('the other is stored', () => texts().includes('sesudahnya'));
    expect(intake.asked.filter(({ text }) => text === 'racun')).toHaveLength(20);
    expect(logged.map(({ event }) => event)).toContain('update given up after many tries');
    await until('confirmed', () => telegram.waiting().length === 0);
  });

  it('When an update makes no sense at all, then it is logged and passed over', async () => {
    telegram.pushUpdate(telegram.update({ message: { chat: 'x' } }));
    telegram.pushText('halo');
    const { logged } = await start();
    await until('stored', () => intake.stored.length === 1);
    await until('confirmed', () => telegram.waiting().length === 0);
    expect(logged.map(({ event }) => event)).toContain('update not readable; passed over');
  });

  it('When a message is edited, then the edit comes after the message', async () => {
    const update = telegram.pushText('syarat PGB');
    telegram.pushUpdate(
      telegram.update({ edited_message: { ...(update.message as object), text: 'syarat PBG', edit_date: 1764000000 } }),
    );
    await start();
    await until('edited', () => intake.edits.length === 1);
    expect(intake.edits[0]).toMatchObject({ externalId: intake.stored[0]?.externalId, text: 'syarat PBG', at: 1764000000000 });
  });

  it('When a button is pressed, then it is stored first and confirmed to Telegram after, whatever that says', async () => {
    telegram.fault = (method) =>
      method === 'answerCallbackQuery' ? { status: 400, body: { ok: false, error_code: 400 } } : null;
    telegram.pushUpdate(telegram.update({ callback_query: { id: '77', from: { id: 42, first_name: 'Ana' }, data: 'ya' } }));
    let confirmedBeforeStore = false;
    intake.before = () => {
      confirmedBeforeStore = telegram.calls.some(({ method }) => method === 'answerCallbackQuery');
      return null;
    };
    await start();
    await until('confirmed', () => telegram.calls.some(({ method }) => method === 'answerCallbackQuery'));
    expect(intake.stored).toMatchObject([{ button: 'ya', externalId: 'cb:77' }]);
    expect(confirmedBeforeStore).toBe(false);
  });

  it('When it is stopped during a long poll, then it ends at once', async () => {
    const { channel } = await start();
    await until('polling', () => offsets().length === 2);
    const before = Date.now();
    await channel.stop();
    // The poll would have lasted 50 s.
    expect(Date.now() - before).toBeLessThan(10_000);
  });

  it('When it is stopped while the store is away, then nothing unstored is confirmed', async () => {
    intake.before = storeAway;
    const { channel } = await start();
    telegram.pushText('halo');
    await until('refused', () => intake.asked.length > 0);
    await channel.stop();
    expect(telegram.waiting()).toHaveLength(1);
    expect(offsets().every((offset) => offset === 0)).toBe(true);
  });

  it('When it is stopped while it waits between tries, then it does not wait for the end of the pause', async () => {
    telegram.fault = () => conflict;
    const { channel } = await start({ wait: undefined });
    await until('down', () => channel.health().state === 'down');
    await channel.stop();
    expect(channel.health().detail).toBe('Kanal Telegram dihentikan.');
  });

  it('When anything is logged, then neither texts nor names nor the token are in it', async () => {
    telegram.pushText('teks rahasia', { name: 'Nama Rahasia' });
    intake.before = storeAway;
    const { logged, waits } = await start();
    await until('some tries', () => waits.length > 2);
    expect(logged.length).toBeGreaterThan(0);
    expect(JSON.stringify(logged)).not.toMatch(/rahasia|AAA/i);
  });
});
