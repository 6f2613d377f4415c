// `npx tsx bench/inbox.ts` (after a build): how soon the console's inbox can be used with 5,000 conversations in the store: from opening
// the page, signed in and with an empty cache, to the first rows of the queue. Prints each run and the middle one, in milliseconds.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { password, people } from '../scripts/seed/story.ts';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { start } from '../src/main.ts';

const conversations = Number(process.env.BENCH_CONVERSATIONS ?? 5000);
const rounds = 7;
const root = path.join(import.meta.dirname, '..');

const folder = mkdtempSync(path.join(tmpdir(), 'loket-inbox-'));
const dataDir = path.join(folder, 'data');
const seed = ['--import', 'tsx', 'scripts/seed.ts', '--many', String(conversations)];
const seeded = spawnSync(process.execPath, seed, { cwd: root, stdio: 'ignore', env: { ...process.env, DATA_DIR: dataDir } });
if (seeded.status !== 0) throw new Error('The seed failed.');
const read = readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' });
if (!read.ok) throw new Error(read.problems.join('; '));
const running = await start(read.config, createLog('silent'));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const signedIn = await fetch(`${running.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-loket': '1' },
    body: JSON.stringify({ email: people.dewi.email, password }),
  });
  const [name = '', value = ''] = signedIn.headers.get('set-cookie')?.split(';')[0]?.split('=') ?? [];
  const took: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.addCookies([{ name, value, url: running.url }]);
    const page = await context.newPage();
    const from = performance.now();
    await page.goto(`${running.url}/console/#/c/queue`, { waitUntil: 'commit' });
    await page.locator('.row').nth(5).waitFor();
    took.push(Math.round(performance.now() - from));
    await context.close();
  }
  console.log(
    `${conversations} conversations: ${took.join(', ')} ms; middle ${took.sort((a, b) => a - b)[Math.floor(rounds / 2)]} ms`,
  );
} finally {
  await browser.close();
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
}
