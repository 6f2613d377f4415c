// Every failure of whatsapp-web.js that its user has to live with, provoked in real Chromium: the number comes back by itself, with its
// login, with every message once, and never with two browsers on one profile.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { findChromium } from '../../src/channels/whatsappWeb/browser.ts';
import { spawnFrom } from '../../src/channels/whatsappWeb/childProcess.ts';
import { holderOf } from '../../src/channels/whatsappWeb/memory.ts';
import { browsersOf, parentOf, processesWith, startedBrowsers } from '../support/processes.ts';
import { until } from '../support/until.ts';
import { ana, budi, type OfficeNumber, openNumber } from '../support/whatsappWebKit.ts';

const quick = { ping: 500, pong: 4000, sync: 1000, qr: 2500, offline: 1500, longestPause: 300, conflict: 300, end: 5000 };
const BURST = 1000;
const built = path.join(import.meta.dirname, '../../dist/channels/whatsappWeb/child.js');

// Chromium on a busy machine takes its time.
jest.setTimeout(400_000);

describe('a WhatsApp number in trouble', () => {
  let number: OfficeNumber;
  let written = 0;
  let most = 0;
  const sampler = setInterval(() => {
    if (number !== undefined) most = Math.max(most, startedBrowsers(number.profileDir).length);
  }, 50);
  beforeAll(async () => {
    number = await openNumber();
    await number.start({ limits: quick });
    await number.link();
    await number.phone.write(ana, 'pertama');
    await until('it is stored', () => number.intake.stored.length === 1);
  });
  afterAll(async () => {
    clearInterval(sampler);
    await number.close();
    expect(browsersOf(number.profileDir)).toEqual([]);
    expect(most).toBe(1);
  });

  const browser = () => {
    const [pid] = browsersOf(number.profileDir);
    if (pid === undefined) throw new Error('no browser');
    return pid;
  };
  const kill = (pid: number) => process.kill(pid, 'SIGKILL');
  /** After the trouble: what was written meanwhile and what is written now arrive once, and answers go out. */
  async function isWell(): Promise<void> {
    const before = number.intake.stored.length;
    await until('it noticed', () => number.state() !== 'ready' || number.phone.opened > opened, 60_000);
    written += 1;
    // The page is on its way out or not there: on WhatsApp's side the message waits.
    number.phone.history.push({
      chat: budi,
      id: `AWAY${written}`,
      body: `sementara ${written}`,
      t: Date.now() / 1000,
      isUnread: true,
    });
    await until('the page is open again', () => number.phone.opened > opened, 60_000);
    await number.ready();
    await until('what came meanwhile is stored', () => number.intake.stored.length === before + 1, 60_000);
    await number.phone.write(ana, `sesudah ${written}`);
    await until('what comes now is stored', () => number.intake.stored.length === before + 2);
    expect((await number.send(ana, `jawaban ${written}`)).externalId).toMatch(/^out:/);
  }
  let opened = 0;
  beforeEach(() => {
    opened = number.phone.opened;
  });

  it('When its browser is killed, then it comes back', async () => {
    kill(browser());
    await isWell();
  });

  it('When its page crashes, then it comes back', async () => {
    for (const pid of processesWith('--type=renderer', number.profileDir)) kill(pid);
    await isWell();
  });

  it('When its page answers nothing any more, then a send ends in doubt and the number comes back', async () => {
    await number.phone.order('freeze');
    const sending = number.send(ana, 'beku').then(
      () => 'sent',
      (error: { verdict: string }) => error.verdict,
    );
    await isWell();
    // The look before sending hung: then it certainly was not sent.
    expect(['uncertain', 'retry']).toContain(await sending);
  });

  it('When its page goes elsewhere, then it comes back', async () => {
    await number.phone.order('away');
    await isWell();
  });

  it.each([
    ['CONFLICT', 'conflict'],
    ['UNPAIRED_IDLE', 'disconnected'],
  ])('When WhatsApp says %s, then it gives way, for that reason (%s), and comes back', async (state, reason) => {
    const before = number.logged.length;
    await number.phone.order('state', { state });
    await isWell();
    const reasons = number.logged.slice(before).flatMap(({ fields }) => fields.reason ?? []);
    expect(reasons[0]).toBe(reason);
  });

  it('When WhatsApp stays out of reach, then it is started again', async () => {
    await number.phone.order('state', { state: 'TIMEOUT' });
    await isWell();
  });

  it('When the child is killed with a message in its hands, then the message is in doubt and the number comes back', async () => {
    await number.phone.order('fault', { sendHang: true });
    const sending = number.send(ana, 'terputus').catch((error: { verdict: string }) => error.verdict);
    kill(parentOf(browser()));
    expect(await sending).toBe('uncertain');
    await isWell();
    expect(number.phone.sent.map(({ text }) => text)).not.toContain('terputus');
  });

  it('When the page is ready before the library listens, then it is nudged', async () => {
    number.phone.boot.isPresynced = true;
    kill(browser());
    await isWell();
    number.phone.boot.isPresynced = false;
  });

  it('When WhatsApp refuses a message after taking it, then that is reported', async () => {
    await number.phone.order('fault', { ackError: true });
    const { externalId } = await number.send(ana, 'ditolak');
    await until('it is reported', () =>
      number.intake.reports.some((one) => one.externalId === externalId && one.state === 'failed'),
    );
    await number.phone.order('fault', { ackError: false });
  });

  it(`When ${BURST} messages come at once, then each is stored once and in order`, async () => {
    const before = number.intake.stored.length;
    const t = Math.floor(Date.now() / 1000);
    const burst = Array.from({ length: BURST }, (_, n) => ({
      ...{ chat: n % 2 === 0 ? ana : budi, id: `BURST${n}`, body: `pesan ${n}`, name: 'Ana', t, isUnread: true },
    }));
    number.phone.history.push(...burst);
    await number.phone.order('burst', burst);
    await until('all are stored', () => number.intake.stored.length === before + BURST, 60_000);
    for (const chat of [ana, budi]) {
      const texts = number.intake.stored.slice(before).flatMap(({ from, text }) => (from.externalId === chat ? [text] : []));
      expect(texts).toEqual(burst.filter((one) => one.chat === chat).map(({ body }) => body));
    }
  });

  it('When the office’s phone ends the login, then a QR is shown, which is made anew when it runs out', async () => {
    await number.phone.order('logOut');
    const qr = () => number.channel.control?.login().qr?.text ?? '';
    await until('a QR is shown', () => qr() !== '', 60_000);
    expect(number.state()).toBe('needs-login');
    const first = qr();
    await until('another QR is shown', () => qr() !== '' && qr() !== first, 60_000);
    await number.phone.open(opened + 2);
    await number.phone.order('scan');
    await number.ready();
  });

  it('When its memory is over the ceiling, then it is restarted by itself', async () => {
    await number.channel.stop();
    await until('the browser is gone', () => browsersOf(number.profileDir).length === 0);
    await number.start({ memoryMb: 1, limits: quick });
    await number.phone.open(opened + 2);
    await number.channel.stop();
    await until('the browser is gone', () => browsersOf(number.profileDir).length === 0);
    expect(number.logged.some(({ fields }) => fields.trouble === 'no-answer')).toBe(false);
  });

  it('When a browser of a server that was killed still holds the profile, then it is ended first, and the login is kept', async () => {
    const left = spawn(findChromium() ?? '', [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', 'about:blank'],
      `--user-data-dir=${path.join(number.profileDir, 'session')}`,
    ]);
    const ended = new Promise((resolve) => left.once('exit', resolve));
    await until('it holds the profile', () => holderOf(path.join(number.profileDir, 'session')) === left.pid);
    await number.start({ limits: quick });
    await ended;
    await number.phone.open(opened + 1);
    await number.ready();
    await number.channel.stop();
    await until('the browser is gone', () => browsersOf(number.profileDir).length === 0);
    expect(number.logged.some(({ fields }) => fields.phase === 'login')).toBe(false);
  });

  it.each([
    ['the page does not open', { pageFile: '/nowhere/page.html' }, /tidak terbuka/],
    ['there is no browser', { browserPath: '/nowhere/chromium' }, /Chromium tidak ditemukan/],
    ['the library is not installed', { spawn: withoutLibrary() }, /tidak terpasang/],
  ])('When %s, then the reason is said and no browser is left', async (_what, options, reason) => {
    await number.start({ limits: { ...quick, longestPause: 60_000 }, ...options });
    await until('it says why', () => reason.test(number.channel.health().detail ?? ''), 60_000);
    expect(number.state()).toBe('down');
    await until('no browser is left', () => browsersOf(number.profileDir).length === 0);
    await number.channel.stop();
  });
});

/** The child as it would be where optional packages were left out. */
function withoutLibrary(): typeof import('../../src/channels/whatsappWeb/childProcess.ts').spawnChild {
  const hooks = `export const resolve = (name, context, next) => {
    if (name === 'whatsapp-web.js') throw new Error('not installed');
    return next(name, context);
  };`;
  const register = `import { register } from 'node:module'; register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});`;
  const execArgv = ['--import', `data:text/javascript,${encodeURIComponent(register)}`];
  return (start, events) => spawnFrom({ file: built, execArgv }, start, events);
}
