// The channel as the settings want it; none without a token.
import type { Config } from '../../config.ts';
import { type Leases, onOneNode } from '../../desk/nodes.ts';
import type { Channel } from '../../desk/ports.ts';
import type { Log } from '../../log.ts';
import { createTelegramChannel } from './telegram.ts';

/** Webhooks reach any node; polling is for one at a time, since Telegram refuses a second reader. */
export function telegramOf(config: Config, log: Log, leases: Leases | null): Channel[] {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: webhookSecret } = config;
  if (token === undefined) return [];
  const make = () =>
    createTelegramChannel({ token, apiRoot: config.TELEGRAM_API_ROOT, webhookSecret, publicUrl: config.PUBLIC_URL, log });
  return [leases === null || webhookSecret !== undefined ? make() : onOneNode(make, leases)];
}
