// The WhatsApp Web channel as the settings want it: none unless it is turned on.
import path from 'node:path';
import type { Config } from '../../config.ts';
import { type Leases, wholeOnOneNode } from '../../desk/nodes.ts';
import type { Channel, DeskLog } from '../../desk/ports.ts';
import { createWhatsappWebChannel } from './whatsappWeb.ts';

/** Only the child process loads the library and its browser; with several nodes one of them runs it. */
export function whatsappWebOf(config: Config, log: DeskLog, leases: Leases | null): Channel[] {
  if (!config.WHATSAPP_WEB_ENABLED) return [];
  const make = () =>
    createWhatsappWebChannel({
      profileDir: path.join(config.DATA_DIR, 'whatsapp-web'),
      browserPath: config.PUPPETEER_EXECUTABLE_PATH,
      pageFile: config.WHATSAPP_WEB_PAGE,
      memoryMb: config.WHATSAPP_WEB_MEMORY_MB,
      quiet: config.WHATSAPP_WEB_QUIET_HOURS,
      timeZone: config.OFFICE_TIMEZONE,
      log,
    });
  return [leases === null ? make() : wholeOnOneNode(make, leases)];
}
