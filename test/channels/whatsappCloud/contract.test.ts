// The WhatsApp channel over the Cloud API keeps the contract of every channel, with deliveries over real HTTP.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Channel } from '../../../src/desk/ports.ts';
import { describeChannel, type FarSide } from '../../contract/channelContract.ts';
import { startWhatsappStandin } from '../../support/whatsappStandin.ts';
import { makeChannel } from './setup.ts';

const people = new Map([
  ['ana', { number: '6281200000042', name: 'Ana' }],
  // Hidden behind a user name: no number at all.
  ['budi', { number: null, userId: 'ID.13491208655302741918', name: 'Budi' }],
]);
const address = (citizen: string) => people.get(citizen)?.number ?? 'ID.13491208655302741918';

async function farSide(): Promise<FarSide> {
  const whatsapp = await startWhatsappStandin();
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
    channel() {
      current = makeChannel(whatsapp).channel;
      return current;
    },
    async write(citizen, text) {
      const delivery = whatsapp.text(text, people.get(citizen));
      const work = (lanes.get(citizen) ?? Promise.resolve()).then(() => whatsapp.deliver(url, delivery));
      lanes.set(citizen, work);
    },
    address,
    shown: (citizen) => whatsapp.sent.filter(({ to }) => to === address(citizen)).map(({ text }) => text),
    cutSends() {
      whatsapp.fault = (what) => (what === 'messages' ? { destroy: 'after' } : null);
    },
    async close() {
      await Promise.allSettled(lanes.values());
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await whatsapp.close();
    },
  };
}

describeChannel('whatsapp, cloud api', farSide);
