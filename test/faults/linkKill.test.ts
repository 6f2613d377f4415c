// kill -9 after every commit on the way of a link code, so also between its redemption and its message: the repeat links once, each end
// hears it once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { faultSecret, isGone, killAll, startServer } from '../support/faultProcess.ts';
import { startTelegramStandin, type Telegram } from '../support/telegramStandin.ts';
import { until } from '../support/until.ts';

/** A life dies after so many commits; those of the start come first. */
const LIVES = 8;

describe('kill -9 with a link code', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'loket-linkkill-'));
  let telegram: Telegram;
  beforeAll(async () => {
    telegram = await startTelegramStandin({ token: '111:AAA' });
  });
  afterAll(async () => {
    killAll();
    await telegram.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  function ask<Row>(sql: string): Row[] {
    const db = new Database(path.join(dataDir, 'loket.db'), { readonly: true });
    const rows = db.prepare(sql).all() as Row[];
    db.close();
    return rows;
  }
  const numberOf = (sql: string): number => ask<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)[0]?.n ?? 0;
  const linked = () => numberOf('linkCodes WHERE usedBy IS NOT NULL');
  const tries = () => numberOf("messages WHERE direction = 'in' AND text LIKE '%LK-••••%'");

  async function codeFrom(url: string): Promise<string> {
    const post = async (at: string, body: object, token = '') => {
      const headers = { 'content-type': 'application/json', 'x-loket': '1', authorization: `Bearer ${token}` };
      return (await fetch(url + at, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    };
    const { token } = await post('/api/widget/session', {});
    const { code } = await post('/api/widget/links', { app: 'Telegram' }, token);
    expect(code).toMatch(/^LK-/);
    return code;
  }

  it('When it dies anywhere on the way of a code, then the repeat links once and both ends hear it once', async () => {
    const first = await startServer(dataDir, telegram);
    const updates: ReturnType<Telegram['textUpdate']>[] = [];
    for (let n = 0; n < LIVES; n++) {
      updates.push(telegram.textUpdate(`/start ${await codeFrom(first.url)}`, { id: 70 + n, name: `Euis ${n}` }));
    }
    first.child.kill('SIGKILL');
    await until('it is dead', () => isGone(first.child));

    let between = 0;
    for (const [n, update] of updates.entries()) {
      const { child, url } = await startServer(dataDir, telegram, { FAIL_AT: 'after-commit', FAIL_AFTER: String(n) });
      if (url !== '') await telegram.deliver(`${url}/webhook/telegram`, update, faultSecret, { tries: 1 }).catch(() => []);
      child.kill('SIGKILL');
      await until('it is dead', () => isGone(child));
      if (linked() > tries()) between += 1;
    }
    // At least one died right there.
    expect(between).toBeGreaterThan(0);

    const last = await startServer(dataDir, telegram);
    for (const update of updates) {
      expect(await telegram.deliver(`${last.url}/webhook/telegram`, update, faultSecret)).toEqual([200]);
    }
    const heard = () => numberOf("messages WHERE direction = 'out' AND text LIKE 'Tersambung.%'");
    await until('everybody heard it', () => heard() === 2 * LIVES, 90_000);
    expect([linked(), tries(), numberOf("audit WHERE action = 'link'")]).toEqual([LIVES, LIVES, LIVES]);
    const sizes = ask<{ size: number }>('SELECT count(*) AS size FROM persons GROUP BY personId');
    expect(sizes.map(({ size }) => size)).toEqual(Array(LIVES).fill(2));
    last.child.kill('SIGTERM');
    await until('it stopped', () => isGone(last.child), 12_000);
    expect(heard()).toBe(2 * LIVES);
  });
});
