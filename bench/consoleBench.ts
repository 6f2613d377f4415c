// A seeded server and a signed-in officer's browser, for benches of the console. Needs a build.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { password, people } from '../scripts/seed/story.ts';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { start } from '../src/main.ts';
import { openBrowser } from '../test/support/loket.ts';

export interface ConsoleBench {
  url: string;
  /** A page of its own context with an empty cache, signed in as the officer Dewi. */
  openPage(): Promise<Page>;
  /** Calls the API as the same officer. @throws when the answer is no 2xx */
  call(method: string, where: string, body?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** @param conversations how many the seed puts into the store */
export async function openConsoleBench(conversations: number): Promise<ConsoleBench> {
  const folder = mkdtempSync(path.join(tmpdir(), 'loket-console-'));
  const dataDir = path.join(folder, 'data');
  const seeded = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/seed.ts', '--many', String(conversations)], {
    cwd: path.join(import.meta.dirname, '..'),
    stdio: 'ignore',
    env: { ...process.env, DATA_DIR: dataDir },
  });
  if (seeded.status !== 0) throw new Error('The seed failed.');
  const read = readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' });
  if (!read.ok) throw new Error(read.problems.join('; '));
  const running = await start(read.config, createLog('silent'));
  const browser = await openBrowser({ whole: true });
  const { url } = running;
  const headers = { 'content-type': 'application/json', 'x-loket': '1' };
  const signedIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email: people.dewi.email, password }),
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const [name = '', value = ''] = cookie.split('=');

  return {
    url,
    async openPage() {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      await context.addCookies([{ name, value, url }]);
      return context.newPage();
    },
    async call(method, where, body) {
      const answer = await fetch(`${url}${where}`, {
        method,
        headers: { ...headers, cookie },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
    async close() {
      await browser.close();
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
