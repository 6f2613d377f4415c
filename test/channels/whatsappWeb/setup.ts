// A WhatsApp Web channel for tests, quick and in a folder that is thrown away.
import { createWhatsappWebChannel, type WhatsappWebOptions } from '../../../src/channels/whatsappWeb/whatsappWeb.ts';

export const quick = { gapMs: [0, 1], startMs: [0, 1] } as const;

export function makeChannel(profileDir: string, options: Partial<WhatsappWebOptions> = {}) {
  const logged: { event: string; fields: Record<string, unknown> }[] = [];
  const write = (fields: Record<string, unknown>, event: string) => void logged.push({ event, fields });
  const channel = createWhatsappWebChannel({
    profileDir,
    memoryMb: 1200,
    quiet: null,
    timeZone: 'Asia/Jakarta',
    log: { info: write, warn: write, error: write },
    pace: quick,
    tickMs: 20,
    ...options,
  });
  return { channel, logged };
}
