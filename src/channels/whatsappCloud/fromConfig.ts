// The channel as the settings want it; none without its four settings.
import type { Config } from '../../config.ts';
import type { Channel } from '../../desk/ports.ts';
import type { Log } from '../../log.ts';
import { createWhatsappCloudChannel } from './whatsappCloud.ts';

/** @returns the channel, or none */
export function whatsappCloudOf(config: Config, log: Log): Channel[] {
  const { WHATSAPP_CLOUD_PHONE_NUMBER_ID: phoneNumberId, WHATSAPP_CLOUD_TOKEN: token } = config;
  const { WHATSAPP_CLOUD_APP_SECRET: appSecret, WHATSAPP_CLOUD_VERIFY_TOKEN: verifyToken } = config;
  // The settings' schema takes all four or none.
  if (!phoneNumberId || !token || !appSecret || !verifyToken) return [];
  return [
    createWhatsappCloudChannel({ phoneNumberId, token, appSecret, verifyToken, apiRoot: config.WHATSAPP_CLOUD_API_ROOT, log }),
  ];
}
