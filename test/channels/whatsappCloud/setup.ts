// Makes Cloud API channels on a stand-in for the tests of this folder: impatient, and with every log line kept.
import type { WhatsappCloudOptions } from '../../../src/channels/whatsappCloud/whatsappCloud.ts';
import { createWhatsappCloudChannel } from '../../../src/channels/whatsappCloud/whatsappCloud.ts';
import type { Channel } from '../../../src/desk/ports.ts';
import type { Whatsapp } from '../../support/whatsappStandin.ts';

/** @returns the channel, what it logged, and how long it wanted to wait (it does not really wait) */
export function makeChannel(whatsapp: Whatsapp, options: Partial<WhatsappCloudOptions> = {}) {
  const logged: { fields: Record<string, unknown>; event: string }[] = [];
  const waits: number[] = [];
  const keep = (fields: Record<string, unknown>, event: string) => void logged.push({ fields, event });
  const { apiRoot, phoneNumberId, token, appSecret, verifyToken } = whatsapp;
  const channel = createWhatsappCloudChannel({
    ...{ apiRoot, phoneNumberId, token, appSecret, verifyToken },
    log: { info: keep, warn: keep, error: keep },
    wait: async (ms) => {
      waits.push(ms);
      await new Promise((resolve) => setTimeout(resolve, 2));
    },
    ...options,
  });
  return { channel, logged, waits };
}

/** Hands bytes to the channel's webhook as the HTTP room does. */
export async function hook(channel: Channel, body: string | Buffer, headers: Record<string, string | string[] | undefined>) {
  const answer = await channel.webhook?.({ method: 'POST', headers, query: new URLSearchParams(), body: Buffer.from(body) });
  return answer?.status;
}
