// The WhatsApp Web channel keeps the contract of every channel, over a child without a browser; the real one is in test/journeys.

import { describeChannel } from '../../contract/channelContract.ts';
import { tempDir } from '../../support/tempStore.ts';
import { createFakeChildren } from '../../support/whatsappWebFake.ts';
import { makeChannel } from './setup.ts';

describeChannel('whatsapp web, without a browser', async () => {
  const { dir, remove } = tempDir();
  const fake = createFakeChildren();
  const chatOf = (citizen: string) => `${citizen === 'ana' ? '6281200001' : '6281200002'}@c.us`;
  return {
    channel: () => makeChannel(dir, { spawn: fake.spawn }).channel,
    write: async (citizen, text) => fake.write(chatOf(citizen), text),
    address: chatOf,
    shown: (citizen) => fake.sent.filter(([chat]) => chat === chatOf(citizen)).map(([, text]) => text),
    cutSends() {
      fake.answer = (call) => ({ kind: 'trouble', call, trouble: { verdict: 'doubt', detail: 'Target closed' } });
    },
    close: async () => remove(),
  };
});
