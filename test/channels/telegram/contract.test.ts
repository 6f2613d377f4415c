// The Telegram channel keeps the contract of every channel, by polling and by webhook.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Channel } from '../../../src/desk/ports.ts';
import { describeChannel, type FarSide } from '../../contract/channelContract.ts';
import { startTelegramStandin } from '../../support/telegramStandin.ts';
import { makeChannel } from './setup.ts';

const chatIds = new Map([
  ['ana', 42],
  ['budi', 43],
]);
const chatId = (citizen: string) => chatIds.get(citizen) ?? 0;

async function farSide(): Promise<FarSide & { telegram: Awaited<ReturnType<typeof startTelegramStandin>> }> {
  const telegram = await startTelegramStandin();
  return {
    telegram,
    channel: () => makeChannel(telegram).channel,
    write: async (citizen, text) => void telegram.pushText(text, { id: chatId(citizen) }),
    address: (citizen) => String(chatId(citizen)),
    shown: (citizen) => telegram.sent.filter((one) => one.chatId === String(chatId(citizen))).map(({ text }) => text),
    cutSends() {
      telegram.fault = (method) => (method.startsWith('send') ? { destroy: 'after' } : null);
    },
    close: () => telegram.close(),
  };
}

describeChannel('telegram, polling', farSide);

describeChannel('telegram, webhook', async () => {
  const far = await farSide();
  let current: Channel | null = null;
  const server = http.createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const raw = { method: 'POST', headers: req.headers, query: new URLSearchParams(), body: Buffer.concat(chunks) };
    const answer = await current?.webhook?.(raw);
    res.writeHead(answer?.status ?? 404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const lanes = new Map<string, Promise<unknown>>();
  return {
    ...far,
    channel() {
      current = makeChannel(far.telegram, { webhookSecret: 'rahasia' }).channel;
      return current;
    },
    // Telegram delivers the updates of one chat one after another.
    async write(citizen, text) {
      const update = far.telegram.textUpdate(text, { id: chatId(citizen) });
      const work = (lanes.get(citizen) ?? Promise.resolve()).then(() => far.telegram.deliver(url, update, 'rahasia'));
      lanes.set(citizen, work);
    },
    async close() {
      await Promise.allSettled(lanes.values());
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await far.close();
    },
  };
});
