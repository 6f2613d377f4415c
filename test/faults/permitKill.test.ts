// kill -9 while moves of permit files are being told: each move is told to each who watches once, or stands as uncertain; never twice.
import path from 'node:path';
import Database from 'better-sqlite3';
import { newId } from '../../src/desk/ids.ts';
import { PERMIT_SETTINGS } from '../../src/desk/permitSettings.ts';
import type { Store } from '../../src/desk/ports.ts';
import { loadDataKeys } from '../../src/store/dataKeys.ts';
import { openStore } from '../../src/store/openStore.ts';
import { isGone, killAll, startServer } from '../support/faultProcess.ts';
import { report, status } from '../support/permitKit.ts';
import { startTelegramStandin, type Telegram } from '../support/telegramStandin.ts';
import { tempDir } from '../support/tempStore.ts';
import { until } from '../support/until.ts';

const WATCHERS = 30;
const nobody = { name: null, phone: null };
const audit = { id: 'setup', at: 1, actor: 'test', action: 'settings', subject: PERMIT_SETTINGS, detail: null };
const position = (step: number) => status({ stage: null, turn: 'unknown', codeRaw: String(step), textRaw: `Langkah ${step}.` });

describe('kill -9 while moves are told', () => {
  let telegram: Telegram;
  let store: Store;
  let close: () => Promise<void>;
  let folder: ReturnType<typeof tempDir>;
  /** Every file moves, as an import would bring it, beside whatever server runs. */
  const move = (step: number, { batch = null, from = 0 }: { batch?: string | null; from?: number } = {}) =>
    store.permits.put(
      Array.from({ length: WATCHERS }, (_, n) => ({
        id: `f${from + n}`,
        report: report({ number: `PBG-327312-01082023-${100 + from + n}`, status: position(step), fetchedAt: Date.now() + step }),
      })),
      batch,
    );
  async function watch(n: number): Promise<void> {
    const contact = { channel: 'telegram' as const, accountId: '111', externalId: String(1000 + n), ...nobody };
    const ids = { newContactId: newId('p'), newConversationId: newId('c'), reuseClosedSince: 0, now: Date.now() };
    const { conversation } = await store.conversations.open({ contact, ...ids });
    await store.permitWatches.watch({ id: newId('w'), permitId: `f${n}`, contactId: conversation.contactId, at: Date.now() });
  }

  beforeEach(async () => {
    folder = tempDir();
    telegram = await startTelegramStandin({ token: '111:AAA', keepCalls: false });
    const dataDir = folder.dir;
    ({ store, close } = openStore({ dataDir, keys: loadDataKeys({ dataDir, env: {} }), role: 'tool' }));
    await store.settings.put(PERMIT_SETTINGS, { quietHours: { from: '00:00', to: '00:00' } }, 0, audit);
    await move(0);
    for (let n = 0; n < WATCHERS; n++) await watch(n);
  });
  afterEach(async () => {
    killAll();
    await close();
    await telegram.close();
    folder.remove();
  });

  const rows = () => {
    const db = new Database(path.join(folder.dir, 'loket.db'), { readonly: true });
    const found = db
      .prepare("SELECT clientMessageId AS key, text, state FROM messages WHERE clientMessageId LIKE 'permit-%' ORDER BY n")
      .all() as { key: string; text: string; state: string }[];
    db.close();
    return found;
  };
  const isSettled = () => !rows().some(({ state }) => state === 'pending' || state === 'sending');

  async function die(death: Record<string, string>): Promise<void> {
    const { child } = await startServer(folder.dir, telegram, death);
    // Where nothing was left to do it does not reach its point: killed all the same.
    const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
    await until('it is dead', () => isGone(child));
    clearTimeout(timer);
  }

  async function tellAll(): Promise<void> {
    const { child } = await startServer(folder.dir, telegram);
    await until('it is told', isSettled);
    child.kill('SIGTERM');
    await until('it stopped', () => isGone(child), 12_000);
  }

  it('When the server dies at every point of telling, then no move is lost, told twice or out of order', async () => {
    const deaths = [
      ...[0, 2, 7].map((after) => ({ FAIL_AT: 'before-commit', FAIL_AFTER: String(after) })),
      ...[0, 3, 20].map((after) => ({ FAIL_AT: 'after-commit', FAIL_AFTER: String(after) })),
      ...[0, 5].map((after) => ({ FAIL_AT: 'after-send', FAIL_AFTER: String(after) })),
    ];
    for (const [at, death] of deaths.entries()) {
      await move(at + 1);
      await die(death);
    }
    // Each start tells each who watches the next move they have not heard of.
    for (let start = 0; (await store.permitWatches.due(null, 1)).length > 0 || !isSettled(); start++) {
      expect(start).toBeLessThan(deaths.length + 2);
      await tellAll();
    }

    const written = rows();
    expect(new Set(written.map(({ key }) => key)).size).toBe(WATCHERS * deaths.length);
    expect(written).toHaveLength(WATCHERS * deaths.length);
    expect(written.filter(({ state }) => state !== 'sent' && state !== 'uncertain')).toEqual([]);
    const steps = new Map<string, number[]>();
    for (const { chatId, text } of telegram.sent)
      steps.set(chatId, [...(steps.get(chatId) ?? []), Number(/Langkah (\d+)/.exec(text)?.[1])]);
    // Strictly rising: none twice, none out of order.
    for (const told of steps.values()) expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
    const sent = written.filter(({ state }) => state === 'sent').length;
    expect(telegram.sent.length).toBeGreaterThanOrEqual(sent);
    expect(written.length - sent).toBeLessThanOrEqual(deaths.length * 10);
  });

  it('When the server dies while it tells that imports were taken back, then each hears the one correction', async () => {
    await move(1, { batch: 'moved' });
    await move(0, { batch: 'brought', from: WATCHERS });
    for (let n = WATCHERS; n < 2 * WATCHERS; n++) await watch(n);
    for (let start = 0; start < 2 && (await store.permitWatches.due(null, 1)).length > 0; start++) await tellAll();
    for (const batch of ['moved', 'brought']) while ((await store.permits.undo(batch, 200)) > 0);
    const before = telegram.sent.length;
    expect(before).toBe(WATCHERS);
    await die({ FAIL_AT: 'before-commit', FAIL_AFTER: '9' });
    await die({ FAIL_AT: 'after-commit', FAIL_AFTER: '25' });
    await die({ FAIL_AT: 'after-send', FAIL_AFTER: '7' });
    const left = async () => (await store.permitWatches.due(null, 1)).length + (await store.permitWatches.ended(null, 1)).length;
    for (let start = 0; (await left()) > 0 || !isSettled(); start++) {
      expect(start).toBeLessThan(3);
      await tellAll();
    }
    const corrections = rows().slice(WATCHERS);
    expect(corrections.filter(({ state }) => state !== 'sent' && state !== 'uncertain')).toEqual([]);
    expect(corrections.filter(({ text }) => /Yang benar: .*Langkah 0/.test(text))).toHaveLength(WATCHERS);
    expect(corrections.filter(({ text }) => text.includes('kabar perubahannya berhenti'))).toHaveLength(WATCHERS);
    expect(corrections).toHaveLength(2 * WATCHERS);
    const chats = telegram.sent.slice(before).map(({ chatId }) => chatId);
    expect(new Set(chats).size).toBe(chats.length);
    expect(chats.length).toBeGreaterThanOrEqual(corrections.filter(({ state }) => state === 'sent').length);
  });
});
