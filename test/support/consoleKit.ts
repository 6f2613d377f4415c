// Officers at their consoles for browser tests: signed in by cookie, with a line that can be cut or held, and citizens on Telegram.
import type { Browser, Page, WebSocketRoute } from 'playwright-core';
import type { ConversationRow, Officer } from '../../src/contract/conversation.ts';
import { admin, type Loket, openBrowser, startLoket, webhookSecret } from './loket.ts';

/** An officer's own way to the API. */
export interface Clerk {
  officer: Officer;
  cookie: string;
  ask<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
}

export async function signIn(loket: Pick<Loket, 'url'>, email: string, password: string): Promise<Clerk> {
  let cookie = '';
  const ask = async (method: string, path: string, body?: unknown) => {
    const headers = { 'x-loket': '1', cookie, ...(body !== undefined && { 'content-type': 'application/json' }) };
    const response = await fetch(loket.url + path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return text === '' ? {} : JSON.parse(text);
  };
  const { officer } = await ask('POST', '/api/session', { email, password });
  return { officer, cookie, ask };
}

/** The first admin and one officer, both on duty. */
export async function openOffice(loket: Pick<Loket, 'url'>): Promise<{ rina: Clerk; budi: Clerk }> {
  const boss = await signIn(loket, admin.email, admin.password);
  const budi = { name: 'Budi', email: 'budi@example.go.id', password: 'kata-sandi-budi' };
  await boss.ask('POST', '/api/officers', budi);
  await boss.ask('PATCH', `/api/officers/${boss.officer.id}`, { name: 'Rina' });
  const clerks = { rina: await signIn(loket, admin.email, admin.password), budi: await signIn(loket, budi.email, budi.password) };
  for (const clerk of Object.values(clerks)) await clerk.ask('PUT', '/api/duty', { duty: 'on' });
  return clerks;
}

export interface House {
  loket: Loket;
  browser: Browser;
  rina: Clerk;
  budi: Clerk;
  close(): Promise<void>;
}

/** A Loket with two officers, and a browser: what every file of console tests opens once. @param env settings beside the usual */
export async function openHouse(...env: Parameters<typeof startLoket>): Promise<House> {
  const loket = await startLoket(...env);
  const [browser, clerks] = await Promise.all([openBrowser(), openOffice(loket)]);
  return {
    ...{ loket, browser, ...clerks },
    async close() {
      await browser.close();
      await loket.close();
    },
  };
}

/** The socket of a page, in the test's hands. */
export interface Line {
  /** Nothing gets through, and nothing new connects. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** What the server sends waits until it is let go; what the page sends goes through. */
  hold(): void;
  letGo(): void;
}

export interface Desk {
  page: Page;
  line: Line;
}

export async function openDesk(
  browser: Browser,
  loket: Loket,
  clerk: Clerk,
  options: { hash?: string; width?: number; colorScheme?: 'light' | 'dark' } = {},
): Promise<Desk> {
  const { hash = '#/c/queue', width = 1280, colorScheme = 'light' } = options;
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    locale: 'id-ID',
    colorScheme,
    hasTouch: width < 500,
    reducedMotion: 'reduce',
  });
  const [name = '', value = ''] = clerk.cookie.split('=');
  await context.addCookies([{ name, value, url: loket.url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const line = await takeLine(page);
  await page.goto(`${loket.url}/console/${hash}`);
  await page.locator('.views').waitFor();
  return { page, line };
}

/** Goes to another address of the console, as a link does. */
export const goTo = (page: Page, hash: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

/** A PNG of one pixel. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function takeLine(page: Page): Promise<Line> {
  const open = new Set<WebSocketRoute>();
  let isCut = false;
  let held: (() => void)[] | null = null;
  await page.route('**/socket.io/**', (route) => (isCut ? route.abort() : route.continue()));
  await page.routeWebSocket(/\/socket\.io\//, (socket) => {
    if (isCut) return void setTimeout(() => void socket.close(), 5);
    open.add(socket);
    socket.connectToServer().onMessage((message) => {
      if (held === null) socket.send(message);
      else held.push(() => socket.send(message));
    });
  });
  return {
    async cut() {
      isCut = true;
      for (const socket of open) await socket.close();
      open.clear();
    },
    async mend() {
      isCut = false;
    },
    hold() {
      held = [];
    },
    letGo() {
      const waiting = held ?? [];
      held = null;
      for (const send of waiting) send();
    },
  };
}

/** Citizens by number; each has a name. */
export const says = (loket: Loket, id: number, name: string, text: string) =>
  loket.telegram.deliver(`${loket.url}/webhook/telegram`, loket.telegram.textUpdate(text, { id, name }), webhookSecret);

/** @returns the conversation of the citizen of this name, once it is there */
export async function rowOf(clerk: Clerk, name: string): Promise<ConversationRow> {
  for (let tries = 0; tries < 100; tries++) {
    const { rows } = await clerk.ask<{ rows: ConversationRow[] }>('GET', '/api/conversations?view=all&limit=100');
    const row = rows.find((one) => one.contactName === name);
    if (row !== undefined) return row;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`No conversation with ${name}.`);
}

/** Requests to `pattern` wait. @returns lets them go, those that come later too */
export async function holdRequests(page: Page, pattern: string): Promise<() => void> {
  let go = () => {};
  const line = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route(pattern, async (route) => {
    await line;
    await route.continue();
  });
  return go;
}
