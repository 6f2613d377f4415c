// One of two nodes dies with messages half sent: the other settles them within seconds, not when their leases run out after a minute.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { io } from 'socket.io-client';
import type { ChannelName } from '../../src/contract/message.ts';
import { createFieldCrypto } from '../../src/store/fieldCrypto.ts';
import type { MongoConnection } from '../../src/store/mongo/connection.ts';
import { createMongoStore } from '../../src/store/mongo/mongoStore.ts';
import { faultSecret, isGone, killAll, startServer } from '../support/faultProcess.ts';
import { describeMongo, type MongoServer, startMongoServer } from '../support/mongoServer.ts';
import { startTelegramStandin, type Telegram } from '../support/telegramStandin.ts';
import { testKeys } from '../support/tempStore.ts';
import { until } from '../support/until.ts';

/** A lease is held for a minute, and a sweep looks every minute: less than that shows that nobody waited for them. */
const PATIENCE_MS = 120_000;

describeMongo('a node that dies while it sends', () => {
  let server: MongoServer;
  let telegram: Telegram;
  let raw: MongoConnection | null = null;
  const folder = mkdtempSync(path.join(tmpdir(), 'loket-dies-'));
  beforeAll(async () => {
    server = await startMongoServer([], false);
    telegram = await startTelegramStandin({ token: '111:AAA' });
    raw = (await createMongoStore({ uri: server.uri('loket'), fields: createFieldCrypto(testKeys) })).connection;
  });
  afterAll(async () => {
    killAll();
    await raw?.close();
    await telegram.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (name: string, failAt: Record<string, string> = {}) =>
    startServer(path.join(folder, name), telegram, {
      ...failAt,
      MONGODB_URI: server.uri('loket'),
      DATA_KEYS: `k1:${testKeys[0]!.key.toString('base64')}`,
    });
  const outOf = (channel: ChannelName) => raw!.models.messages.find({ channel, direction: 'out' }).sort({ pos: 1 }).lean();
  const statesOf = async (channel: ChannelName) => (await outOf(channel)).map(({ state }) => state);

  it('When it is gone, then the other sends again what may be repeated, says what is in doubt, and answers what was left', async () => {
    // Dies right after the first message that a channel took; Telegram takes none, and does not say so.
    const a = await start('a', { FAIL_AT: 'after-send' });
    const b = await start('b');
    telegram.fault = (method) => (method === 'sendMessage' ? { hang: true } : null);
    const person = { id: 42, name: 'Asep' };
    await telegram.deliver(`${a.url}/webhook/telegram`, telegram.textUpdate('apa itu NIB?', person), faultSecret);
    await until('Telegram is asked', () => telegram.calls.some(({ method }) => method === 'sendMessage'), 60_000);
    await telegram.deliver(`${a.url}/webhook/telegram`, telegram.textUpdate('petugas', person), faultSecret);
    await until('the next one waits in line', async () => (await outOf('telegram')).length > 1);
    telegram.fault = null;

    const session = await fetch(`${a.url}/api/widget/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    const { token } = (await session.json()) as { token: string };
    const citizen = io(`${a.url}/widget`, { auth: { token }, transports: ['websocket'], reconnection: false });
    citizen.emit('message:send', { text: 'apa itu NIB?', clientMessageId: 'w-0000000001' }, () => {});
    await until('a is dead', () => isGone(a.child), 60_000);
    citizen.disconnect();
    const diedAt = Date.now();
    expect(await statesOf('web')).toEqual(['sending']);

    await until(
      'b has settled all',
      async () => !(await Promise.all([statesOf('web'), statesOf('telegram')])).flat().includes('sending'),
      PATIENCE_MS,
    );
    await until('b goes on', async () => (await outOf('telegram')).at(-1)?.state === 'sent', PATIENCE_MS);
    await until('b has sent again', async () => (await statesOf('web'))[0] === 'sent', PATIENCE_MS);
    process.stderr.write(`taken over after ${Date.now() - diedAt} ms\n`);
    const [first, ...next] = await statesOf('telegram');
    expect(first).toBe('uncertain');
    expect(new Set(next)).toEqual(new Set(['sent']));
    expect(isGone(b.child)).toBe(false);
  });
});
