// The office's phone and WhatsApp's server for tests: serves the stand-in page, keeps what a real account would keep, drives the page
// over HTTP on loopback. Written after what whatsapp-web.js 1.34.7 asks of a page; it never was WhatsApp.
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { until } from './until.ts';

export interface PhoneMessage {
  chat: string;
  id: string;
  t: number;
  fromMe?: boolean;
  isUnread?: boolean;
  name?: string;
  body?: string;
  type?: string;
  author?: string;
  media?: { base64: string; mime: string; name: string };
  [more: string]: unknown;
}
interface Told {
  op: string;
  args: { n?: number; chat?: string; id?: string; text?: string; type?: string; phone?: string; isLoggedIn?: boolean };
}
interface Order {
  op: string;
  args: unknown;
  n: number;
}

/** What should happen happens within this, also where a browser gets a tenth of a processor. */
export const PATIENCE_MS = 240_000;
/** A page that was given an order and does not come back for so long is gone. */
const BUSY_MS = 1000;

const parts = ['store.js', 'modules.js', 'phone.js'].map((name) =>
  readFileSync(path.join(import.meta.dirname, 'whatsappWebPage', name), 'utf8'),
);

/** @param dir the page is written there as an HTML file */
export async function startPhone(dir: string) {
  const queue: Order[] = [];
  const waiting: { page: string; answer: (order: Order) => void }[] = [];
  let orders = 0;
  let answeredAt = 0;
  let pages = 0;
  let ids = 0;
  const done = new Set<number>();
  const phone = {
    pageFile: path.join(dir, 'standin.html'),
    /** As on WhatsApp's side: what was written, in order. */
    history: [] as PhoneMessage[],
    sent: [] as { chat: string; id: string; text: string; type: string }[],
    seen: [] as string[],
    typing: [] as string[],
    pairing: [] as string[],
    opened: 0,
    /** What the next page finds when it opens. */
    boot: {
      isLinked: false,
      isPresynced: false,
      isBroken: false,
      qrMs: 0,
      faults: {} as Record<string, boolean>,
      phones: {} as Record<string, string>,
    },
    login: 'login-1',
    number: '628119990000',
    order,
    /** A citizen writes, whether a page is open or not. */
    async write(chat: string, body: string, more: Partial<PhoneMessage> = {}): Promise<PhoneMessage> {
      ids += 1;
      const message = {
        id: `ACCF${String(ids).padStart(16, '0')}`,
        t: Math.floor(Date.now() / 1000),
        name: 'Ana',
        isUnread: true,
      };
      const written = { ...message, chat, body, ...more };
      phone.history.push(written);
      // A page that has just died may still look open: whoever opens next finds the message in the history.
      const page = pages;
      if (phone.isOpen()) await order('message', written, () => pages > page || !phone.isOpen());
      return written;
    },
    /** Waiting for orders, or busy with one. */
    isOpen: () => waiting.length > 0 || Date.now() - answeredAt < BUSY_MS,
    open: (many = 1) => until('the page is open', () => phone.opened >= many && phone.isOpen(), PATIENCE_MS),
    async close() {
      for (const { answer } of waiting.splice(0)) answer({ op: 'close', args: null, n: 0 });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  /** Tells the page to do something. Resolves once it has begun, or when it need not. */
  async function order(op: string, args: unknown = {}, isNeedless = () => false): Promise<void> {
    orders += 1;
    const n = orders;
    queue.push({ op, args, n });
    pump();
    await until(`the page does ${op}`, () => done.has(n) || isNeedless(), PATIENCE_MS);
  }
  function pump(): void {
    while (queue.length > 0 && waiting.length > 0) {
      answeredAt = Date.now();
      waiting.shift()?.answer(queue.shift() as Order);
    }
  }

  function take({ op, args }: Told): void {
    if (op === 'broken') throw new Error(`the stand-in page broke: ${args.text}`);
    if (op === 'done') done.add(args.n ?? 0);
    if (op === 'open') phone.opened += 1;
    if (op === 'typing') phone.typing.push(args.chat ?? '');
    if (op === 'pairing') phone.pairing.push(args.phone ?? '');
    if (op === 'loggedOut') phone.login = `login-${pages + 1}`;
    if (op === 'seen') {
      phone.seen.push(args.chat ?? '');
      for (const message of phone.history) if (message.chat === args.chat) message.isUnread = false;
    }
    if (op !== 'sent') return;
    const { chat = '', id = '', text = '', type = '' } = args;
    phone.sent.push({ chat, id, text, type });
    phone.history.push({ chat, id, body: text, fromMe: true, t: Math.floor(Date.now() / 1000) });
  }

  const server = http.createServer(async (req, res) => {
    res.setHeader('access-control-allow-origin', '*');
    const url = new URL(req.url ?? '/', 'http://phone');
    if (url.pathname === '/next') {
      const page = url.searchParams.get('page') ?? '';
      // An older page that hangs on is forgotten.
      if (Number(page) < pages) return res.end('{}');
      const seat = { page, answer: (next: Order) => void res.end(JSON.stringify(next)) };
      waiting.push(seat);
      res.on('close', () => waiting.includes(seat) && waiting.splice(waiting.indexOf(seat), 1));
      return pump();
    }
    if (url.pathname === '/boot') {
      pages += 1;
      // What nobody took is in the history it gets.
      queue.splice(0, queue.length, ...queue.filter(({ op }) => op !== 'message'));
      const { history, number, login, boot } = phone;
      return res.end(JSON.stringify({ ...boot, history, number, login, page: pages }));
    }
    let body = '';
    for await (const chunk of req) body += String(chunk);
    take(JSON.parse(body) as Told);
    res.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const setUp = `
    wa.server = '${base}';
    wa.tell = (op, args) => fetch(wa.server + '/told', { method: 'POST', body: JSON.stringify({ op, args }) });
    wa.hash = async (bytes) => btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));
    wa.boot = await (await fetch(wa.server + '/boot')).json();`;
  const [store, ...rest] = parts;
  // One async function: the page is filled before whatsapp-web.js may look at it.
  const script = `${store}\n(async () => {${setUp}\n${rest.join('\n')}\n})();`;
  writeFileSync(
    phone.pageFile,
    `<!doctype html><meta charset="utf-8"><title>Stand-in</title><body><script>${script}</script></body>`,
  );
  return phone;
}
export type Phone = Awaited<ReturnType<typeof startPhone>>;
