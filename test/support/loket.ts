// A whole Loket for journeys: the real parts, SQLite on disk (with JOURNEY_STORE=mongodb a MongoDB-wire server), port 0, the Telegram stand-in, a browser. Built pages must be there (npm run build).
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import mongoose from 'mongoose';
import { type Browser, chromium, type Page } from 'playwright-core';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { type Hooks, type Running, start } from '../../src/main.ts';
import { startTelegramStandin, type Telegram } from './telegramStandin.ts';

export const admin = { email: 'rina@example.go.id', password: 'kata-sandi-rina' };
export const webhookSecret = 'journey-secret-journey';

export interface Loket {
  url: string;
  telegram: Telegram;
  dataDir: string;
  /** By which a command finds the same store. */
  toolEnv: Record<string, string>;
  running: Running;
  /** Every citizen last wrote so much earlier. */
  age(ms: number): Promise<void>;
  /** Stops and starts again on the same data, on a new port unless `port` is kept. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** @param env settings beside the usual; `TELEGRAM_WEBHOOK_SECRET: undefined` polls; `kind` of store: `mongodb`, else SQLite */
export async function startLoket(
  env: Record<string, string | undefined> = {},
  kind: string | undefined = process.env.JOURNEY_STORE,
  hooks: Hooks = {},
): Promise<Loket> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'loket-journey-'));
  const telegram = await startTelegramStandin({ token: '111:AAA' });
  // Only where it is wanted: it needs Jest, and benches start a Loket too.
  const mongo = kind === 'mongodb' ? await (await import('./mongoServer.ts')).startMongoServer() : null;
  const MONGODB_URI = mongo?.uri();
  const settings = (port: string) => ({
    PORT: port,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    OFFICER_ADMIN_EMAIL: admin.email,
    OFFICER_ADMIN_PASSWORD: admin.password,
    TELEGRAM_API_ROOT: telegram.url,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_WEBHOOK_SECRET: webhookSecret,
    MONGODB_URI,
    ...env,
  });
  const begin = async (port = '0') => {
    const read = readConfig(settings(port));
    if (!read.ok) throw new Error(read.problems.join('; '));
    return start(read.config, createLog('silent'), hooks);
  };
  let running = await begin();
  return {
    get url() {
      return running.url;
    },
    get running() {
      return running;
    },
    telegram,
    dataDir,
    toolEnv: { DATA_DIR: dataDir, ...(MONGODB_URI !== undefined && { MONGODB_URI }) },
    async age(ms) {
      if (MONGODB_URI === undefined) {
        const db = new Database(path.join(dataDir, 'loket.db'));
        db.prepare('UPDATE conversations SET lastInboundAt = lastInboundAt - ?').run(ms);
        return void db.close();
      }
      const connection = await mongoose.createConnection(MONGODB_URI).asPromise();
      await connection.collection('conversations').updateMany({}, { $inc: { lastInboundAt: -ms } });
      await connection.close();
    },
    async restart() {
      const { port } = new URL(running.url);
      await running.stop();
      running = await begin(port);
    },
    async close() {
      await running.stop();
      await telegram.close();
      await mongo?.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const wholeBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** The same engine without windows of its own: opening a page costs it a tenth. Notifications it has none. */
const shell = '/usr/bin/chromium-headless-shell';

/** @param whole never the shell: for what it has not, and for figures of what citizens use */
export async function openBrowser({ whole = false } = {}): Promise<Browser> {
  const candidates = [process.env.CHROMIUM_PATH, ...(whole ? [] : [shell]), ...wholeBrowsers];
  const executablePath = candidates.find((file): file is string => file !== undefined && existsSync(file));
  if (executablePath === undefined) throw new Error('No Chromium found: install it or set CHROMIUM_PATH.');
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  // A microphone that hums, for voice notes.
  const microphone = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
  return chromium.launch({ executablePath, args: [...args, ...microphone, '--disable-component-update', '--disable-sync'] });
}

/** @returns a page of its own context at the size of a phone or a desk. */
export async function openPage(browser: Browser, url: string, size: 'phone' | 'desk'): Promise<Page> {
  const viewport = size === 'phone' ? { width: 390, height: 844 } : { width: 1280, height: 800 };
  const context = await browser.newContext({ viewport, locale: 'id-ID', hasTouch: size === 'phone' });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(url);
  return page;
}
