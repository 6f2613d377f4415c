// `npx tsx bench/widget.ts` after a build: the widget's sizes, and how long a citizen on a cheap phone waits until it can be used.
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Browser, Frame, Page } from 'playwright-core';
import { openBrowser, startLoket } from '../test/support/loket.ts';
import { openSlowLine } from './slowLine.ts';

const cpuSlowdown = 6;
const line = { roundTripMs: 400, bytesPerSecond: 400_000 / 8 };
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const built = path.join(import.meta.dirname, '../dist/web-widget');

/** Milliseconds from the navigation of the host page. */
interface Waits {
  launcher: number;
  /** The composer is there and takes text; what is sent is shown and kept. */
  usable: number;
  connected: number;
  answered: number;
}

async function open(browser: Browser, url: string, isWarm: boolean): Promise<Waits> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'id-ID', hasTouch: true });
  if (isWarm) {
    const first = await context.newPage();
    await visit(first, url);
    await first.close();
  }
  const page = await context.newPage();
  const waits = await visit(page, url);
  await context.close();
  return waits;
}

async function visit(page: Page, url: string): Promise<Waits> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
  const began = performance.now();
  const since = () => performance.now() - began;
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator('[data-loket]').waitFor({ state: 'attached' });
  const launcher = since();
  const panel = await frameOf(page);
  await panel.locator('textarea').waitFor();
  const usable = since();
  await panel.locator('.connection.online').waitFor();
  const connected = since();
  await panel.locator('textarea').fill(`apa itu NIB? ${Math.random()}`);
  const before = await panel.locator('.message.bot').count();
  await panel.locator('textarea').press('Enter');
  await panel.locator('.message.bot').nth(before).waitFor();
  return { launcher, usable, connected, answered: since() };
}

async function frameOf(page: Page): Promise<Frame> {
  const handle = await page.locator('iframe').elementHandle();
  const frame = await handle?.contentFrame();
  if (!frame) throw new Error('The widget has no panel.');
  return frame;
}

function median(all: Waits[], key: keyof Waits): number {
  const sorted = all.map((one) => one[key]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function sizes(): string[] {
  const files = ['loader.js', 'panel.html', ...readdirSync(path.join(built, 'assets')).map((name) => `assets/${name}`)];
  const weighed = files
    .filter((name) => /\.(js|css|html)$/.test(name))
    .map((name) => {
      const bytes = readFileSync(path.join(built, name));
      return { name, plain: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
    });
  const panel = weighed.filter(({ name }) => name !== 'loader.js');
  const sum = (key: 'plain' | 'gzip' | 'brotli') => panel.reduce((total, one) => total + one[key], 0);
  const rows = [
    ...weighed.filter(({ name }) => name === 'loader.js'),
    { name: 'panel (page, script with socket client, style)', plain: sum('plain'), gzip: sum('gzip'), brotli: sum('brotli') },
  ];
  return rows.map(({ name, plain, gzip, brotli }) => `| ${name} | ${plain} | ${gzip} | ${brotli} |`);
}

const loket = await startLoket({ TELEGRAM_BOT_TOKEN: undefined });
const slow = await openSlowLine(Number(new URL(loket.url).port), line);
const browser = await openBrowser({ whole: true });
const url = `http://127.0.0.1:${slow.port}/widget/`;
const visits = new Map<string, Waits[]>([
  ['first visit', []],
  ['next visit', []],
]);
for (let round = 0; round < rounds; round += 1)
  for (const [name, all] of visits) all.push(await open(browser, url, name === 'next visit'));
await browser.close();
slow.close();
await loket.close();

const seconds = (all: Waits[], key: keyof Waits) => (median(all, key) / 1_000).toFixed(2);
process.stdout.write(
  [
    `## ${new Date().toISOString().slice(0, 10)} · widget · Node ${process.version} · ${cpus().length} × ${cpus()[0]?.model ?? ''}`,
    '',
    '| built file | bytes | gzip -9 | brotli |',
    '|---|---|---|---|',
    ...sizes(),
    '',
    `CPU × ${cpuSlowdown}, 400 kbit/s, 400 ms round trip (sockets and handshakes included), median of ${rounds}; seconds from the host page's navigation, the panel opening by itself`,
    '',
    '| | launcher | can be written in | connected | first question answered |',
    '|---|---|---|---|---|',
    ...[...visits].map(
      ([name, all]) =>
        `| ${name} | ${seconds(all, 'launcher')} | ${seconds(all, 'usable')} | ${seconds(all, 'connected')} | ${seconds(all, 'answered')} |`,
    ),
    '',
  ].join('\n'),
);
process.exit(0);
