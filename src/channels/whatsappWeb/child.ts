// The process that holds the browser of one number. Nothing else of the product loads whatsapp-web.js: what the library throws,
// leaks or hangs on ends here, and the server starts another one. Started by childProcess.ts, speaks protocol.ts.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { within } from '../../desk/within.ts';
import { createDelivery } from './deliver.ts';
import { wordsOf } from './errorWords.ts';
import { type LibraryClient, makeClient } from './library.ts';
import { holderOf, memoryOf } from './memory.ts';
import { type ChildStart, type EndReason, type FromChild, type ToChild, toChildSchema } from './protocol.ts';
import { createSession } from './session.ts';

const CLOSE_MS = 5000;
const LOGOUT_MS = 15_000;
/** What the page would say by itself, had the library listened in time (`ready` that never fires). */
const nudge = "window.require('WAWebSocketModel').Socket.hasSynced && window.onAppStateHasSyncedEvent()";

let client: LibraryClient | null = null;
let profile = '';
let isEnding = false;
let isLoggingOut = false;
let commands: ((order: ToChild) => void) | null = null;

const say = (word: FromChild): void => void process.send?.(word, () => undefined);

/** Closes the browser, says why, ends. The first reason counts. */
async function end(reason: EndReason, detail = ''): Promise<void> {
  // Logging out closes the browser itself: that is not what ends us.
  if (isEnding || (isLoggingOut && reason !== 'logged-out')) return;
  isEnding = true;
  const browser = client?.pupBrowser?.process()?.pid;
  // A failed start leaves the browser running: it is always closed, by force when asking does not help.
  await within(CLOSE_MS, 'close', client?.destroy() ?? Promise.resolve()).catch(() => undefined);
  if (browser !== undefined) kill(browser);
  if (reason === 'logged-out') forgetLogin();
  const word: FromChild = { kind: 'ended', reason, detail };
  if (process.send === undefined || !process.connected) process.exit(0);
  process.send(word, () => process.exit(0));
  setTimeout(() => process.exit(0), 1000);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was gone already.
  }
}

function forgetLogin(): void {
  rmSync(path.join(profile, 'session'), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** A server that was killed may have left its browser behind: two on one profile would ruin the login. */
async function freeProfile(): Promise<void> {
  const userDataDir = path.join(profile, 'session');
  const holder = holderOf(userDataDir);
  if (holder === null) return;
  kill(holder);
  for (let tries = 0; tries < 50 && holderOf(userDataDir) !== null; tries++) await new Promise((done) => setTimeout(done, 100));
}

async function start({ profileDir, browserPath, pageFile }: ChildStart): Promise<void> {
  profile = profileDir;
  await freeProfile();
  const browserArgs = ['--disable-dev-shm-usage', '--disable-gpu', '--mute-audio', '--no-first-run', '--disable-extensions'];
  // Chromium refuses its sandbox to root (containers); for everybody else it stays on.
  if (process.getuid?.() === 0) browserArgs.push('--no-sandbox');
  // The page that stands in speaks to its test on loopback.
  if (pageFile !== null) browserArgs.push('--disable-features=LocalNetworkAccessChecks');
  const page = pageFile === null ? null : { dir: path.dirname(pageFile), name: path.basename(pageFile, '.html') };
  const made = await makeClient({ profileDir, browserPath, browserArgs, page }, watchBrowser);
  if (made === null) return end('no-library');
  client = made.client;
  const session = createSession(client, say);
  const delivery = createDelivery(client, session, made.makeMedia, say);
  client.on('disconnected', (reason: unknown) => void (isLoggingOut || end(reasonOf(String(reason)), wordsOf(reason))));
  client.on('auth_failure', () => void end('logged-out', 'auth failure'));
  let asksForLogin = false;
  client.on('qr', () => {
    asksForLogin = true;
  });
  commands = (order) => obey(order, made.client, session, delivery);
  try {
    await client.initialize();
    if (!asksForLogin) say({ kind: 'opened' });
  } catch (error) {
    const detail = wordsOf(error);
    if (/already running/i.test(detail)) return end('profile-in-use', detail);
    if (/could not find (chrom|expected browser)|browser was not found|ENOENT/i.test(detail)) return end('no-browser', detail);
    return end('start-failed', detail);
  }
}

/** The library tells nothing when its browser dies or its page crashes. */
function watchBrowser({ pupBrowser, pupPage }: LibraryClient): void {
  pupBrowser?.on('disconnected', () => void end('browser-gone'));
  pupPage?.on('error', () => void end('page-crashed'));
}

function reasonOf(reason: string): EndReason {
  if (reason === 'LOGOUT') return 'logged-out';
  return reason === 'CONFLICT' ? 'conflict' : 'disconnected';
}

function obey(
  order: ToChild,
  library: LibraryClient,
  session: ReturnType<typeof createSession>,
  delivery: ReturnType<typeof createDelivery>,
): void {
  const note = (what: string) => (error: unknown) => say({ kind: 'note', detail: `${what}: ${wordsOf(error)}` });
  switch (order.kind) {
    case 'send':
      delivery.send(order);
      return;
    case 'fetch':
      delivery.fetch(order);
      return;
    case 'typing':
      void library
        .getChatById(order.chat)
        .then((chat) => chat?.sendStateTyping())
        .catch(() => undefined);
      return;
    case 'ping':
      void session
        .state()
        .then((state) => say({ kind: 'pong', state, memoryMb: memoryOf(process.pid) }))
        .catch(note('state'));
      return;
    case 'nudge':
      void library.pupPage?.evaluate(nudge).catch(note('nudge'));
      return;
    case 'reconcile':
      void session.reconcile(order.since, order.unread);
      return;
    case 'pair':
      void library.requestPairingCode(order.phone).catch(note('pair'));
      return;
    case 'logout':
      void logOut(library);
      return;
    case 'start':
    case 'stop':
      void end('asked');
      return;
  }
}

async function logOut(library: LibraryClient): Promise<void> {
  isLoggingOut = true;
  // WhatsApp forgets this device; should that fail, the login is deleted here all the same.
  await within(LOGOUT_MS, 'logout', library.logout()).catch(() => undefined);
  await end('logged-out', 'asked');
}

process.on('message', (raw) => {
  const order = toChildSchema.safeParse(raw);
  if (!order.success || isEnding) return;
  if (order.data.kind === 'start' && client === null) void start(order.data);
  else if (commands !== null) commands(order.data);
  else if (order.data.kind === 'stop') void end('asked');
});
// The server is gone: nobody takes the messages any more.
process.on('disconnect', () => void end('asked'));
// Ctrl-C reaches the whole group; the server says when to stop.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
const fault = (error: unknown) => void end('fault', wordsOf(error));
process.on('uncaughtException', fault);
process.on('unhandledRejection', fault);
