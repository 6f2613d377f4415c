// Makes Telegram channels on a stand-in for the tests of this folder: impatient, and with every log line kept.
import { createTelegramChannel, type TelegramOptions } from '../../../src/channels/telegram/telegram.ts';
import type { Telegram } from '../../support/telegramStandin.ts';

/** @returns the channel, what it logged, and how long it wanted to wait between tries (it does not really wait) */
export function makeChannel(telegram: Pick<Telegram, 'url' | 'token'>, options: Partial<TelegramOptions> = {}) {
  const logged: { fields: Record<string, unknown>; event: string }[] = [];
  const waits: number[] = [];
  const keep = (fields: Record<string, unknown>, event: string) => void logged.push({ fields, event });
  const channel = createTelegramChannel({
    token: telegram.token,
    apiRoot: telegram.url,
    log: { info: keep, warn: keep, error: keep },
    wait: async (ms) => {
      waits.push(ms);
      await new Promise((resolve) => setTimeout(resolve, 2));
    },
    ...options,
  });
  return { channel, logged, waits };
}
