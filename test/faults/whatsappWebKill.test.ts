// kill -9 of the server with WhatsApp messages on their way in and out: nothing that was written is lost, nothing is stored twice, and an
// answer that may have gone out is not sent again but shown as uncertain. The built product, the real library, real Chromium.
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import Database from 'better-sqlite3';
import { browsersOf } from '../support/processes.ts';
import { tempDir } from '../support/tempStore.ts';
import { until } from '../support/until.ts';
import { PATIENCE_MS, type Phone, startPhone } from '../support/whatsappWebPhone.ts';

const root = path.join(import.meta.dirname, '..', '..');
const citizens = Array.from({ length: 4 }, (_, n) => `62812000000${n}@c.us`);

/** How long it takes decides nothing: five lives of a server with its browser, on whatever is left of a busy machine. */
const patiently = (what: string, isTrue: () => boolean) => until(what, isTrue, PATIENCE_MS);

interface Row {
  id: string;
  direction: string;
  text: string;
  state: string;
  coveredBy: string | null;
}

describe('kill -9 with WhatsApp Web', () => {
  const { dir, remove } = tempDir();
  const dataDir = path.join(dir, 'data');
  let phone: Phone;
  let child: ChildProcess;
  beforeAll(async () => {
    phone = await startPhone(dir);
    phone.boot.isLinked = true;
  });
  afterAll(async () => {
    child.kill('SIGKILL');
    await patiently('no browser is left', () => browsersOf(dataDir).length === 0);
    await phone.close();
    remove();
  }, PATIENCE_MS);

  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  function start(failAt: Record<string, string> = {}): void {
    child = spawn(process.execPath, ['test/support/faultServer.mjs'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...{ PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'fatal' },
        ...{ WHATSAPP_WEB_ENABLED: 'on', WHATSAPP_WEB_PAGE: phone.pageFile, ...failAt },
      },
    });
  }
  function rows(): Row[] {
    const db = new Database(path.join(dataDir, 'loket.db'), { readonly: true });
    const all = db.prepare('SELECT id, direction, text, state, coveredBy FROM messages WHERE note = 0').all() as Row[];
    db.close();
    return all;
  }

  it('When it dies while storing and while sending, then all is stored once, and in doubt is what may have gone out', async () => {
    // A first life, so that there is a mark to look back from; each later one begins with what the one before left undone.
    start();
    await phone.open();
    await phone.write(citizens[0]!, 'halo');
    await patiently('it is answered', () => phone.sent.length === 1);
    child.kill('SIGKILL');
    await patiently('no browser is left', () => browsersOf(dataDir).length === 0);

    for (const [at, failAt] of [
      { FAIL_AT: 'before-commit', FAIL_AFTER: '2' },
      { FAIL_AT: 'after-commit', FAIL_AFTER: '4' },
      { FAIL_AT: 'after-send', FAIL_AFTER: '0' },
    ].entries()) {
      const { opened } = phone;
      for (const chat of citizens) await phone.write(chat, `apa itu NIB? ${at} ${chat}`, { isUnread: true });
      start(failAt);
      await patiently('it opened its page or died', () => phone.opened > opened || isGone());
      await patiently('it died', isGone);
      await patiently('no browser is left', () => browsersOf(dataDir).length === 0);
    }

    start();
    const written = phone.history.filter(({ fromMe }) => !fromMe).map(({ body }) => body);
    expect(written).toHaveLength(13);
    const isOpen = (row: Row) => (row.direction === 'in' ? row.coveredBy === null : ['pending', 'sending'].includes(row.state));
    await patiently('all is stored', () => rows().filter(({ direction }) => direction === 'in').length >= written.length);
    await patiently('all is covered and settled', () => !rows().some(isOpen));

    const inbound = rows().filter(({ direction }) => direction === 'in');
    expect(inbound.map(({ text }) => text.replace(/\d{5,}/g, '')).sort()).toEqual(
      written.map((body) => String(body).replace(/\d{5,}/g, '')).sort(),
    );
    const out = rows().filter(({ direction }) => direction === 'out');
    const uncertain = out.filter(({ state }) => state === 'uncertain');
    expect(uncertain.length).toBeGreaterThan(0);
    // Sent or in doubt, and each went out at most once.
    expect(out.filter(({ state }) => !['sent', 'delivered', 'read', 'uncertain'].includes(state))).toEqual([]);
    expect(phone.sent.length).toBeLessThanOrEqual(out.length);
    expect(phone.sent.length).toBeGreaterThanOrEqual(out.length - uncertain.length);
    child.kill('SIGTERM');
    await patiently('it stopped', isGone);
    expect(child.exitCode).toBe(0);
  }, 1_200_000);
});
