// A number over the real whatsapp-web.js in real Chromium, with the stand-in page and the phone in the test's hands.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type SpawnChild, spawnFrom } from '../../src/channels/whatsappWeb/childProcess.ts';
import { makeChannel } from '../channels/whatsappWeb/setup.ts';
import { createFakeIntake } from './fakeIntake.ts';
import { outbound } from './outbound.ts';
import { tempDir } from './tempStore.ts';
import { until } from './until.ts';
import { startPhone } from './whatsappWebPhone.ts';

export const ana = '6281200001111@c.us';
export const budi = '6281200002222@c.us';

/** The built child: quicker than from source, and it shows that the build has it. */
const built = path.join(import.meta.dirname, '../../dist/channels/whatsappWeb/child.js');
const spawnBuilt: SpawnChild = (start, events) => spawnFrom({ file: built, execArgv: [] }, start, events);

/** A test that scans within a millisecond outruns the library: the supervisor notices soon. */
export const soon = { ping: 300, sync: 700 };

/** Nothing is started yet. */
export async function openNumber() {
  if (!existsSync(built)) throw new Error('Build first: npm run build.');
  const { dir, remove } = tempDir();
  const phone = await startPhone(dir);
  const intake = createFakeIntake();
  const profileDir = `${dir}/number`;
  const make = (options: Parameters<typeof makeChannel>[1] = {}) =>
    makeChannel(profileDir, { pageFile: phone.pageFile, tickMs: 50, limits: soon, spawn: spawnBuilt, ...options });
  let { channel, logged } = make();
  const number = {
    phone,
    intake,
    profileDir,
    make,
    get channel() {
      return channel;
    },
    get logged() {
      return logged;
    },
    state: () => channel.health().state,
    /** Starts a channel as a new server would. */
    async start(options: Parameters<typeof makeChannel>[1] = {}) {
      ({ channel, logged } = make(options));
      await channel.start(intake);
    },
    ready: () => until('it is ready', () => number.state() === 'ready' && phone.isOpen(), 60_000),
    /** Logs in by scanning, waits until it is ready. */
    async link() {
      await until('a QR is shown', () => channel.control?.login().qr != null, 60_000);
      await phone.order('scan');
      await number.ready();
    },
    send: (chat: string, text: string) =>
      channel.send(outbound({ channel: 'whatsappWeb', accountId: 'utama', externalId: chat }, text)),
    texts: () => intake.stored.map(({ text }) => text),
    /** The processes of the child and of its browser, by the folder they were given. */
    async close() {
      await channel.stop();
      await phone.close();
      await until('the folder is free', () => {
        try {
          remove();
          return true;
        } catch {
          return false;
        }
      });
    },
  };
  return number;
}
export type OfficeNumber = Awaited<ReturnType<typeof openNumber>>;
