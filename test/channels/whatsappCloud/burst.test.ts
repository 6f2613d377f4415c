// A thousand messages at once, over HTTP, into the real desk on a real file: each stored once and every person's in order.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHooks } from '../../../src/http/hooks.ts';
import { quietRealtime } from '../../support/deskKit.ts';
import { realDesk } from '../../support/realDesk.ts';
import { openTempStore } from '../../support/tempStore.ts';
import { startWhatsappStandin, together } from '../../support/whatsappStandin.ts';
import { makeChannel } from './setup.ts';

const PEOPLE = 50;
const EACH = 20;

describe('burst', () => {
  it(`When ${PEOPLE} people write ${EACH} messages each at once, some delivered twice, then each is stored once and in order`, async () => {
    const whatsapp = await startWhatsappStandin();
    const opened = openTempStore();
    const { channel } = makeChannel(whatsapp);
    const desk = realDesk({ store: opened.store, realtime: quietRealtime, channels: [channel] });
    await channel.start(desk.intake);
    const hooks = createHooks({ channels: [channel], log: { info() {}, warn() {}, error() {} } });
    const server = http.createServer((req, res) => void hooks(req, res));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/whatsapp`;

    const numberOf = (person: number) => String(6281200000000 + person);
    const said = (person: number, n: number) => whatsapp.text(`${person}/${n}`, { number: numberOf(person) });
    const work: Promise<number[]>[] = [];
    for (let person = 0; person < PEOPLE; person++) {
      const all = Array.from({ length: EACH }, (_, n) => said(person, n));
      // The first half as one delivery, the rest one by one, the first of them twice; on one connection they come in this order.
      const rest = all.slice(EACH / 2);
      const deliveries = [together(all.slice(0, EACH / 2)), ...rest, rest[0] ?? {}];
      work.push(
        deliveries.reduce<Promise<number[]>>(
          async (before, delivery) => [...(await before), ...(await whatsapp.deliver(url, delivery))],
          Promise.resolve([]),
        ),
      );
    }
    const statuses = (await Promise.all(work)).flat();
    expect(new Set(statuses)).toEqual(new Set([200]));

    for (let person = 0; person < PEOPLE; person++) {
      const key = { channel: 'whatsapp' as const, accountId: whatsapp.phoneNumberId, externalId: numberOf(person) };
      const contact = await opened.store.contacts.find(key);
      const { rows } = await opened.store.contacts.conversations(contact?.id ?? '', null, 10);
      expect(rows).toHaveLength(1);
      const messages = await opened.store.messages.after(rows[0]?.id ?? '', 0, 200);
      const inbound = messages.filter(({ direction }) => direction === 'in').map(({ text }) => text);
      expect(inbound).toEqual(Array.from({ length: EACH }, (_, n) => `${person}/${n}`));
    }
    await channel.stop();
    await desk.stop(2000);
    server.closeAllConnections();
    server.close();
    await whatsapp.close();
    await opened.close();
  });
});
