// Everything main.ts hands to the HTTP room.
import type { Channel, Clock, DeskLog, Hook, Realtime } from '../desk/ports.ts';
import type { Store } from '../desk/storePort.ts';
import type { Desk } from '../desk/verbs.ts';
import type { VisitorTokens } from '../desk/visitorToken.ts';
import type { Auth } from './auth.ts';
import type { ServedMeter } from './metrics.ts';
import type { Passwords } from './passwords.ts';
import type { Setup } from './setup.ts';

export interface HttpOptions {
  desk: Desk;
  store: Pick<Store, 'ping'>;
  /** All channels: for their webhooks and their health. */
  channels: Channel[];
  /** Doors of other systems that push. */
  hooks?: Hook[];
  realtime: Pick<Realtime, 'cut'>;
  auth: Auth;
  passwords: Passwords;
  setup: Setup;
  tokens: VisitorTokens;
  meter: ServedMeter;
  log: DeskLog;
  clock: Clock;
  /** The office's own address, e.g. `https://loket.example.go.id`; null takes the host that was asked. */
  publicUrl: string | null;
  /** Origins of sites that carry the widget. */
  widgetOrigins: string[];
  /** How many proxies stand in front; their `X-Forwarded-For` is believed. 0 = none. */
  trustProxy: number;
  /** Largest file that is taken, bytes. */
  uploadMaxBytes: number;
  /** Folders of the built browser apps. */
  widgetDir: string;
  consoleDir: string;
}
