// What each way of failing means for a message, seen through real telegraf: nothing is sent twice by guess, nothing secret gets out.
import net from 'node:net';
import { readTrouble, toSendError } from '../../../src/channels/telegram/telegramErrors.ts';
import { type Channel, SendError } from '../../../src/desk/ports.ts';
import { outbound } from '../../support/outbound.ts';
import { type Fault, startTelegramStandin, type Telegram } from '../../support/telegramStandin.ts';
import { makeChannel } from './setup.ts';

const token = '111:AAHsecretsecretsecretsecretsecretse';
const halo = outbound({ channel: 'telegram', accountId: '111', externalId: '42' }, 'Halo');
const refusal = (status: number, description: string, parameters?: object): Fault => ({
  status,
  body: { ok: false, error_code: status, description, parameters },
});

async function failure(channel: Channel): Promise<SendError> {
  const error = await channel.send(halo).then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(SendError);
  return error as SendError;
}

describe('send', () => {
  let telegram: Telegram;
  beforeEach(async () => {
    telegram = await startTelegramStandin({ token });
  });
  afterEach(() => telegram.close());

  it('When Telegram takes it, then its id is that of chat and message', async () => {
    const { channel } = makeChannel(telegram);
    expect(await channel.send(halo)).toEqual({ externalId: '42:1' });
    expect(telegram.sent).toMatchObject([{ chatId: '42', text: 'Halo' }]);
  });

  it('When Telegram takes it with an answer we cannot read, then it counts as sent, without an id', async () => {
    telegram.fault = () => ({ status: 200, body: { ok: true, result: true } });
    expect(await makeChannel(telegram).channel.send(halo)).toEqual({ externalId: null });
  });

  const table: [name: string, fault: Fault, verdict: SendError['verdict'], retryAfterMs: number][] = [
    ['429 with a time', refusal(429, 'Too Many Requests: retry after 3', { retry_after: 3 }), 'retry', 3000],
    ['429 without a time', refusal(429, 'Too Many Requests'), 'retry', 0],
    ['403 blocked', refusal(403, 'Forbidden: bot was blocked by the user'), 'unreachable', 0],
    ['400 chat not found', refusal(400, 'Bad Request: chat not found'), 'unreachable', 0],
    ['400 other', refusal(400, 'Bad Request: message text is empty'), 'rejected', 0],
    ['401', refusal(401, 'Unauthorized'), 'retry', 0],
    ['404', refusal(404, 'Not Found'), 'retry', 0],
    ['500', refusal(500, 'Internal Server Error'), 'retry', 0],
    ['503', { status: 503, body: '<html>Service Unavailable</html>' }, 'retry', 0],
    ['502 of a gateway', { status: 502, body: '<html>Bad Gateway</html>' }, 'uncertain', 0],
    ['504 of a gateway', { status: 504, body: '' }, 'uncertain', 0],
    ['a page instead of an answer', { status: 200, body: '<html>masuk ke wifi</html>' }, 'uncertain', 0],
    ['a cut before it was done', { destroy: 'before' }, 'uncertain', 0],
    ['a cut after it was done', { destroy: 'after' }, 'uncertain', 0],
  ];
  it.each(table)(
    'When Telegram answers %s, then the verdict is right and no secret shows',
    async (_name, fault, verdict, after) => {
      telegram.fault = (method) => (method === 'sendMessage' ? fault : null);
      const { channel, logged } = makeChannel(telegram);
      const error = await failure(channel);
      expect(error).toMatchObject({ verdict, retryAfterMs: after });
      expect(JSON.stringify([error, error.message, error.stack, error.cause, logged, channel.health()])).not.toContain('secret');
    },
  );

  it('When Telegram repeats the token in its words, then they go on without it', async () => {
    telegram.fault = () => refusal(400, `Bad Request: wrong url /bot${token}/x`);
    expect((await failure(makeChannel(telegram).channel)).message).not.toContain('secret');
  });

  it('When no answer comes in time, then it may have arrived', async () => {
    telegram.fault = () => ({ hang: true });
    const { channel } = makeChannel(telegram, { callTimeoutMs: 30 });
    expect(await failure(channel)).toMatchObject({ verdict: 'uncertain' });
  });

  it('When nobody listens, then it certainly did not arrive', async () => {
    const gone = await startTelegramStandin();
    await gone.close();
    expect(await failure(makeChannel(gone).channel)).toMatchObject({ verdict: 'retry' });
  });

  it.each(['getaddrinfo ENOTFOUND api.telegram.org', 'connect ETIMEDOUT 149.154.167.220:443'])(
    'When the network says "%s", then it certainly did not arrive',
    (reason) => {
      const code = reason.split(' ')[1];
      const error = { name: 'FetchError', code, message: `request to https://x failed, reason: ${reason}` };
      expect(toSendError(readTrouble(error)).verdict).toBe('retry');
    },
  );

  it('When an established connection times out, then it may have arrived', () => {
    const error = { code: 'ETIMEDOUT', message: 'request to https://x failed, reason: read ETIMEDOUT' };
    expect(toSendError(readTrouble(error)).verdict).toBe('uncertain');
  });

  it('When the token is refused, then the channel is down until a send works again', async () => {
    const { channel } = makeChannel(telegram);
    telegram.fault = () => refusal(401, 'Unauthorized');
    await failure(channel);
    expect(channel.health()).toMatchObject({ state: 'down', detail: expect.stringContaining('token') });
    telegram.fault = null;
    await channel.send(halo);
    expect(channel.health()).toMatchObject({ state: 'ready', detail: null });
  });

  it('When many messages go out, then they share one connection', async () => {
    let connections = 0;
    const original = net.Socket.prototype.connect;
    net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
      connections += 1;
      return (original as (...a: unknown[]) => net.Socket).apply(this, args);
    } as typeof original;
    try {
      const { channel } = makeChannel(telegram);
      for (let n = 0; n < 10; n += 1) await channel.send(halo);
    } finally {
      net.Socket.prototype.connect = original;
    }
    expect(connections).toBe(1);
  });

  it('When typing is shown, then Telegram is told; when it refuses, then nobody hears of it', async () => {
    const { channel } = makeChannel(telegram);
    await channel.typing?.(halo.contact);
    expect(telegram.calls).toEqual([{ method: 'sendChatAction', payload: { chat_id: '42', action: 'typing' } }]);
    telegram.fault = () => refusal(400, 'Bad Request: chat not found');
    await channel.typing?.(halo.contact);
    expect(telegram.calls).toHaveLength(2);
  });
});

describe('createTelegramChannel', () => {
  it.each(['', 'abc', '111', ':AAA', '111:A A'])('When the token is "%s", then it is refused without being repeated', (bad) => {
    expect(() => makeChannel({ url: 'http://127.0.0.1:1', token: bad })).toThrow('The Telegram token must look like');
  });

  it('When the webhook secret has characters Telegram does not take, then it is refused', () => {
    expect(() => makeChannel({ url: 'http://127.0.0.1:1', token }, { webhookSecret: 'a b' })).toThrow('webhook secret');
  });
});
