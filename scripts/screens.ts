// `npm run screens [-- --no-build]`: builds, fills a throw-away DATA_DIR with the story, and photographs every main state in Chromium,
// wide and narrow, light and dark. The chosen ones go to docs/screens, all of them to docs/screens/all (not kept in git).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { start } from '../src/main.ts';
import { smallPng } from './screens/smallPng.ts';
import { type Look, type State, states } from './screens/states.ts';
import { password, people } from './seed/story.ts';

const root = path.join(import.meta.dirname, '..');
const folder = path.join(root, 'docs', 'screens');
const looks: Look[] = ([1280, 390] as const).flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, scheme })),
);
/** A state that does not come up is given up, named at the end, and keeps no other from its picture. */
const PATIENCE_MS = 8_000;

interface Scene {
  browser: Browser;
  url: string;
  cookies: Record<string, string>;
  ids: Record<string, string>;
}

function run(command: string, args: string[], env: Record<string, string> = {}): void {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}.`);
}

async function signIn(url: string, email: string): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-loket': '1' },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`Signing in ${email}: ${response.status}`);
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** The conversation and the person that are shown: those of the story with an officer's reply that did not arrive. */
async function findIds(url: string, cookie: string): Promise<Record<string, string>> {
  const response = await fetch(`${url}/api/conversations?view=mine`, { headers: { cookie } });
  const { rows } = (await response.json()) as { rows: { id: string; contactId: string; contactName: string | null }[] };
  const shown = rows.find((row) => row.contactName !== null) ?? rows[0];
  return { talk: shown?.id ?? '', contact: shown?.contactId ?? '' };
}

function openBrowser(): Promise<Browser> {
  const candidates = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const executablePath = candidates.find((file): file is string => file !== undefined && existsSync(file));
  if (executablePath === undefined) throw new Error('No Chromium found: install it or set CHROMIUM_PATH.');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--force-color-profile=srgb'],
  });
}

async function shoot({ browser, url, cookies, ids }: Scene, look: Look): Promise<string[]> {
  const { width, scheme } = look;
  const context = (cookie: string | undefined): Promise<BrowserContext> =>
    browser.newContext({
      viewport: { width, height: width === 390 ? 780 : 800 },
      colorScheme: scheme,
      locale: 'id-ID',
      timezoneId: 'Asia/Jakarta',
      hasTouch: width === 390,
      reducedMotion: 'reduce',
      ...(cookie !== undefined && { storageState: { cookies: [cookieOf(cookie, url)], origins: [] } }),
    });
  const missed: string[] = [];
  const one = async (state: State) => {
    const at = await context(state.who === null ? undefined : cookies[state.who]);
    try {
      const page = await at.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      await page.goto(url + state.path.replace(/\{(\w+)\}/g, (_, id: string) => ids[id] ?? ''));
      await state.reach(page, look);
      await page.waitForTimeout(150);
      const name = `${state.name}-${width}-${scheme}.png`;
      const shot = { animations: 'disabled', caret: 'hide' } as const;
      const picture = smallPng(await page.screenshot(shot));
      writeFileSync(path.join(folder, 'all', name), picture);
      if (state.kept.includes(`${width} ${scheme}`)) writeFileSync(path.join(folder, name), picture);
    } catch (error) {
      missed.push(`${state.name} ${width} ${scheme}: ${String(error).split('\n')[0]}`);
    } finally {
      await at.close();
    }
  };
  for (const state of states) await one(state);
  return missed;
}

function cookieOf(pair: string, url: string) {
  const [name = '', value = ''] = pair.split('=');
  return {
    name,
    value,
    domain: new URL(url).hostname,
    path: '/',
    expires: -1,
    httpOnly: true,
    secure: false,
    sameSite: 'Strict' as const,
  };
}

async function main(): Promise<void> {
  const began = Date.now();
  if (!process.argv.includes('--no-build')) run('npm', ['run', '-s', 'build']);
  const dataDir = path.join(mkdtempSync(path.join(tmpdir(), 'loket-screens-')), 'data');
  run(process.execPath, ['--import', 'tsx', 'scripts/seed.ts'], { DATA_DIR: dataDir });
  const read = readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' });
  if (!read.ok) throw new Error(read.problems.join('; '));
  const running = await start(read.config, createLog('silent'));
  const browser = await openBrowser();
  try {
    mkdirSync(path.join(folder, 'all'), { recursive: true });
    const { url } = running;
    const cookies = { rina: await signIn(url, people.rina.email), dewi: await signIn(url, people.dewi.email) };
    const scene: Scene = { browser, url, cookies, ids: await findIds(url, cookies.dewi) };
    // Two at a time: more would only wait for each other.
    const missed: string[] = [];
    for (const pair of [looks.slice(0, 2), looks.slice(2)])
      missed.push(...(await Promise.all(pair.map((look) => shoot(scene, look)))).flat());
    const taken = states.length * looks.length - missed.length;
    const kept = states.flatMap((state) => state.kept.map((look) => `${state.name}-${look.replace(' ', '-')}.png`));
    const large = kept.filter((name) => existsSync(path.join(folder, name)) && statSync(path.join(folder, name)).size > 120_000);
    process.stdout.write(
      `${taken} pictures in ${Math.round((Date.now() - began) / 1000)} s, ${kept.length} of them in docs/screens.\n`,
    );
    for (const name of large) process.stdout.write(`Larger than 120 kB: ${name}\n`);
    for (const one of missed) process.stdout.write(`Missed: ${one}\n`);
    if (missed.length > 0) process.exitCode = 1;
  } finally {
    await browser.close();
    await running.stop();
    rmSync(path.dirname(dataDir), { recursive: true, force: true });
  }
}

await main();
