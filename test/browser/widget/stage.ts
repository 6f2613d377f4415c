// What the widget's browser tests share: one server, one browser, one foreign site, and the few moves a visitor makes.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { io, type Socket } from 'socket.io-client';
import { admin, type Loket, openBrowser, startLoket } from '../../support/loket.ts';

export interface Stage {
  browser: Browser;
  loket: Loket;
  /** A site that may carry the widget, and the same server under a name that may not. */
  site: { url: string; strangerUrl: string; show(html: string, headers?: Record<string, string>): void };
  /** An officer at the desk, over the real socket. */
  officer: Officer;
  close(): Promise<void>;
}

interface Officer {
  socket: Socket;
  call(method: string, path: string, body?: object): Promise<{ status: number; json: Record<string, unknown> }>;
}

export const phone = { width: 390, height: 844 };

export async function openStage(): Promise<Stage> {
  let html = '';
  let headers: Record<string, string> = {};
  const server: Server = createServer((_req, res) => {
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    res.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const loket = await startLoket({ TELEGRAM_BOT_TOKEN: undefined, WIDGET_ORIGINS: url, UPLOAD_MAX_MB: '2' });
  const browser = await openBrowser();
  const officer = await openOfficer(loket);
  return {
    browser,
    loket,
    officer,
    site: {
      url,
      strangerUrl: `http://localhost:${port}`,
      show(given, sent = {}) {
        html = given;
        headers = sent;
      },
    },
    async close() {
      officer.socket.close();
      await browser.close();
      await loket.close();
      server.close();
    },
  };
}

async function openOfficer(loket: Loket): Promise<Officer> {
  let cookie = '';
  const call: Officer['call'] = async (method, path, body) => {
    const answer = await fetch(`${loket.url}/api${path}`, {
      method,
      headers: { 'x-loket': '1', cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return { status: answer.status, json: answer.status === 204 ? {} : await answer.json() };
  };
  await call('POST', '/session', { email: admin.email, password: admin.password });
  await call('PUT', '/duty', { duty: 'on' });
  const socket = io(`${loket.url}/officer`, { extraHeaders: { cookie }, transports: ['websocket'] });
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  return { socket, call };
}

/** @returns a context of its own: a visitor nobody knows yet */
export async function openVisitor(stage: Stage, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await stage.browser.newContext({ viewport: phone, locale: 'id-ID', ...options });
  context.setDefaultTimeout(30_000);
  return context;
}

/** As behind a proxy that lets no WebSocket through: every attempt fails with an error. */
export const blockWebSockets = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    const Real = window.WebSocket;
    window.WebSocket = class extends Real {
      constructor() {
        super('ws://127.0.0.1:1/');
      }
    };
  });

/** No Socket.IO of either kind. */
export async function blockSockets(context: BrowserContext): Promise<void> {
  await blockWebSockets(context);
  await context.route(/\/socket\.io\//, (route) => route.abort());
}

/** Opens the panel in a tab of its own and waits until it is connected. */
export async function openPanel(stage: Stage, context: BrowserContext, query = ''): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${stage.loket.url}/widget/panel.html${query}`);
  await page.locator('.connection.online').waitFor();
  return page;
}

export async function say(panel: Page | Frame, text: string): Promise<void> {
  await panel.getByRole('textbox').fill(text);
  await panel.getByRole('textbox').press('Enter');
}

/** How often this text stands in the log. */
export const count = (panel: Page | Frame, text: string): Promise<number> =>
  panel.locator('.bubble').getByText(text, { exact: true }).count();

/** The stored messages of the visitor in this page, as the server tells them. */
export async function storedMessages(page: Page | Frame): Promise<{ id: string; text: string; direction: string }[]> {
  return page.evaluate(async () => {
    const authorization = `Bearer ${localStorage.getItem('loket.token')}`;
    const answer = await fetch('../api/widget/history?rev=0', { headers: { authorization } });
    return (await answer.json()).messages;
  });
}

/** The frame the loader made. */
export async function frameOf(page: Page): Promise<Frame> {
  const handle = await page.locator('iframe').elementHandle();
  const frame = await handle?.contentFrame();
  if (!frame) throw new Error('The widget has no panel.');
  return frame;
}

/** Hands the visitor's queued talk to the officer. @returns its id */
export async function claimed(stage: Stage, panel: Page | Frame): Promise<string> {
  await say(panel, 'petugas');
  await panel.locator('.who.queued').waitFor();
  const id = await panel.evaluate(async () => {
    const authorization = `Bearer ${localStorage.getItem('loket.token')}`;
    return (await (await fetch('../api/widget/history?rev=0', { headers: { authorization } })).json()).conversation.id as string;
  });
  await stage.officer.call('POST', `/conversations/${id}/claim`);
  await panel.locator('.who.officer').waitFor();
  return id;
}
