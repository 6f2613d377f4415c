// Deliveries of real shape against what the desk shall hear of them.
import fs from 'node:fs';
import path from 'node:path';
import { keyOf, readDelivery } from '../../../src/channels/whatsappCloud/cloudConvert.ts';
import { deliverySchema } from '../../../src/channels/whatsappCloud/cloudUpdate.ts';
import { inboundSchema } from '../../../src/contract/message.ts';

const folder = path.join(import.meta.dirname, '../../fixtures/whatsappCloud');
const fixtures = fs
  .readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ name: path.basename(file, '.json'), ...JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) }));
const read = (delivery: unknown) => readDelivery(deliverySchema.parse(delivery), '106540352242922');

describe('readDelivery', () => {
  it.each(fixtures)('When $name comes in, then the desk hears what the fixture says', ({ delivery, expected }) => {
    const news = read(delivery);
    expect(news).toMatchObject(expected);
    expect(news).toHaveLength(expected.length);
    for (const one of news) if (one.kind === 'message') inboundSchema.parse(one.inbound);
  });

  it("When somebody else's number is shared, then it is nowhere in what the desk hears", () => {
    const { delivery } = fixtures.find(({ name }) => name === 'contacts');
    expect(JSON.stringify(read(delivery))).not.toMatch(/9999/);
  });

  it('When every part of a message is of the wrong type, then it is still taken', () => {
    const parts = ['text', 'interactive', 'button', 'image', 'document', 'audio', 'video', 'sticker', 'location', 'contacts'];
    for (const wrong of [null, 7, 'x', [], {}, [null]]) {
      const { delivery } = structuredClone(fixtures.find(({ name }) => name === 'text'));
      const message = delivery.entry[0].changes[0].value.messages[0];
      Object.assign(message, Object.fromEntries(parts.map((part) => [part, wrong])));
      expect(read(delivery)).toMatchObject([{ kind: 'message', inbound: { externalId: message.id } }]);
    }
  });

  it('When an id is longer than the contract takes, then its key is short, its own and the same at every repeat', () => {
    const [one, other] = [`wamid.${'A'.repeat(180)}`, `wamid.${'A'.repeat(179)}B`];
    expect(keyOf(one)).toHaveLength(71);
    expect(keyOf(one)).toBe(keyOf(one));
    expect(keyOf(one)).not.toBe(keyOf(other));
  });
});
