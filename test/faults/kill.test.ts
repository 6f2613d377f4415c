// kill -9 while 16 writers send over widget and webhook: whatever was acknowledged is stored once and covered by exactly one reply.
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { isGone, killAll, faultSecret as secret, startServer } from '../support/faultProcess.ts';
import { startTelegramStandin, type Telegram } from '../support/telegramStandin.ts';
import { until } from '../support/until.ts';
import { createWebhookWriter, createWidgetWriter, type Writer } from '../support/writers.ts';

const WRITERS = 16;
const CYCLES = Number(process.env.KILL_CYCLES ?? 20);

/** One life of the server: writers write until it dies, by itself or by our hand after `lifeMs`. */
async function live(server: { child: ChildProcess; url: string }, writers: Writer[], lifeMs: number): Promise<void> {
  const timer = setTimeout(() => server.child.kill('SIGKILL'), lifeMs);
  if (server.url !== '') await Promise.all(writers.map((writer) => writer.write(server.url, () => isGone(server.child))));
  await until('it is dead', () => isGone(server.child));
  clearTimeout(timer);
}

interface Row {
  id: string;
  conversation: number;
  seq: number;
  direction: string;
  text: string;
  state: string;
  coveredBy: string | null;
}

function readAll(dataDir: string): Row[] {
  const db = new Database(path.join(dataDir, 'loket.db'), { readonly: true });
  const rows = db
    .prepare(
      'SELECT id, conversation, pos AS seq, direction, text, state, coveredBy FROM messages WHERE note = 0 ORDER BY conversation, pos',
    )
    .all() as Row[];
  db.close();
  return rows;
}

function judge(rows: Row[], writers: Writer[], telegram: Telegram): void {
  const inbound = rows.filter((row) => row.direction === 'in');
  const byText = new Map<string, Row[]>();
  for (const row of inbound) byText.set(row.text, [...(byText.get(row.text) ?? []), row]);
  const replies = new Set(rows.filter((row) => row.direction === 'out').map((row) => row.id));

  const acked = writers.flatMap((writer) => [...writer.acked]);
  expect(acked.length).toBeGreaterThan(0);
  expect(acked.filter((text) => !byText.has(text))).toEqual([]);
  expect([...byText].filter(([, stored]) => stored.length !== 1)).toEqual([]);
  expect(inbound.filter((row) => row.coveredBy === null || !replies.has(row.coveredBy))).toEqual([]);
  const covered = inbound.map((row) => row.coveredBy);
  expect([...replies].filter((id) => !covered.includes(id))).toEqual([]);

  let last: Row | null = null;
  for (const row of rows) {
    expect(row.seq).toBe(last?.conversation === row.conversation ? last.seq + 1 : 1);
    last = row;
  }
  // Telegram has no idempotency key: a reply may be lost in doubt (uncertain), never sent twice.
  expect(telegram.sent.length).toBeLessThanOrEqual(replies.size);
  expect(rows.filter((row) => ['pending', 'sending', 'failed'].includes(row.state))).toEqual([]);
}

async function settle(dataDir: string, telegram: Telegram): Promise<void> {
  const server = await startServer(dataDir, telegram);
  const isOpen = (row: Row) => (row.direction === 'in' ? row.coveredBy === null : ['pending', 'sending'].includes(row.state));
  await until('everything is covered and settled', () => !readAll(dataDir).some(isOpen), 60_000).catch(() => {
    throw new Error(`left open: ${JSON.stringify(readAll(dataDir).filter(isOpen).slice(0, 5))}`);
  });
  server.child.kill('SIGTERM');
  await until('it stopped', () => isGone(server.child), 12_000);
  expect(server.child.exitCode).toBe(0);
}

describe('kill -9', () => {
  let dataDir = '';
  let telegram: Telegram;
  let writers: Writer[] = [];
  beforeEach(async () => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'loket-kill-'));
    telegram = await startTelegramStandin({ token: '111:AAA', keepCalls: false });
    writers = Array.from({ length: WRITERS }, (_, n) =>
      n % 2 === 0 ? createWebhookWriter(telegram, secret, n) : createWidgetWriter(n),
    );
  });
  afterEach(async () => {
    killAll();
    await telegram.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it(`When the server is killed ${CYCLES} times, then every acknowledged message is stored once and covered by one reply`, async () => {
    for (let i = 0; i < CYCLES; i++) await live(await startServer(dataDir, telegram), writers, 200 + ((i * 37) % 400));
    await settle(dataDir, telegram);
    judge(readAll(dataDir), writers, telegram);
  }, 400_000);

  it('When it dies right before a commit, right after one, and right after a send, then the same holds', async () => {
    for (const point of ['before-commit', 'after-commit', 'after-send']) {
      for (const after of ['3', '20']) {
        const failAt = { FAIL_AT: point, FAIL_AFTER: after };
        await live(await startServer(dataDir, telegram, failAt), writers, 20_000);
      }
    }
    await settle(dataDir, telegram);
    judge(readAll(dataDir), writers, telegram);
  }, 400_000);
});
