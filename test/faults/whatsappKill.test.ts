// kill -9 while replies go out over the Cloud API, which has no idempotency key: nothing is lost, nothing is sent twice by itself, and what
// was under way is uncertain until a status with our own id settles it.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { until } from '../support/until.ts';
import { startWhatsappStandin, type Whatsapp } from '../support/whatsappStandin.ts';

const root = path.join(import.meta.dirname, '..', '..');
const PEOPLE = 24;

interface Row {
  id: string;
  direction: string;
  text: string;
  state: string;
  coveredBy: string | null;
}

function readAll(dataDir: string): Row[] {
  const db = new Database(path.join(dataDir, 'loket.db'), { readonly: true });
  const rows = db.prepare('SELECT id, direction, text, state, coveredBy FROM messages ORDER BY n').all() as Row[];
  db.close();
  return rows;
}

const isGone = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

describe('kill -9 with WhatsApp', () => {
  const children: ChildProcess[] = [];
  let dataDir = '';
  let whatsapp: Whatsapp;
  beforeEach(async () => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'loket-wakill-'));
    whatsapp = await startWhatsappStandin();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await whatsapp.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function startServer(failAt: Record<string, string> = {}): Promise<{ child: ChildProcess; hook: string }> {
    const settings = {
      WHATSAPP_CLOUD_API_ROOT: whatsapp.apiRoot,
      WHATSAPP_CLOUD_PHONE_NUMBER_ID: whatsapp.phoneNumberId,
      WHATSAPP_CLOUD_TOKEN: whatsapp.token,
      WHATSAPP_CLOUD_APP_SECRET: whatsapp.appSecret,
      WHATSAPP_CLOUD_VERIFY_TOKEN: whatsapp.verifyToken,
    };
    const child = spawn(process.execPath, ['test/support/faultServer.mjs'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...settings, ...failAt, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'fatal' },
    });
    children.push(child);
    let output = '';
    child.stdout?.on('data', (data) => {
      output += String(data);
    });
    await until('the server is ready', () => output.includes('Widget: ') || isGone(child));
    return { child, hook: `${/Widget: (http:\/\/[^/]+)\//.exec(output)?.[1] ?? ''}/webhook/whatsapp` };
  }

  it('When it dies right after a send, again and again, then each reply goes out once and doubts end with a status', async () => {
    const deliveries = Array.from({ length: PEOPLE }, (_, n) =>
      whatsapp.text(`apa itu nib ${n}`, { number: String(6281200000000 + n) }),
    );
    const left = new Set(deliveries);
    for (const after of ['0', '3', '7']) {
      const server = await startServer({ FAIL_AT: 'after-send', FAIL_AFTER: after });
      while (left.size > 0 && !isGone(server.child)) {
        for (const delivery of [...left].slice(0, 8)) {
          const [status] = await whatsapp.deliver(server.hook, delivery, { tries: 1 });
          if (status === 200) left.delete(delivery);
        }
      }
      await until('it is dead', () => isGone(server.child));
    }
    const server = await startServer();
    for (const delivery of left) await whatsapp.deliver(server.hook, delivery);
    const isOpen = (row: Row) => (row.direction === 'in' ? row.coveredBy === null : ['pending', 'sending'].includes(row.state));
    await until('everything is covered and settled', () => !readAll(dataDir).some(isOpen), 60_000);

    const rows = readAll(dataDir);
    const inbound = rows.filter(({ direction }) => direction === 'in');
    expect(inbound.map(({ text }) => text).sort()).toEqual(Array.from({ length: PEOPLE }, (_, n) => `apa itu nib ${n}`).sort());
    const replies = rows.filter(({ direction }) => direction === 'out');
    const sentIds = whatsapp.sent.map(({ payload }) => String(payload.biz_opaque_callback_data));
    // Never twice; what left a process that died is in doubt, everything else is known to be sent.
    expect(new Set(sentIds).size).toBe(sentIds.length);
    const inDoubt = replies.filter(({ state }) => state === 'uncertain').map(({ id }) => id);
    expect(inDoubt.length).toBeGreaterThanOrEqual(3);
    expect(replies.filter(({ id, state }) => state === 'sent' && !sentIds.includes(id))).toEqual([]);
    expect(replies.every(({ state }) => ['sent', 'uncertain'].includes(state))).toBe(true);

    for (const sent of whatsapp.sent) await whatsapp.deliver(server.hook, whatsapp.status(sent, 'delivered'));
    const after = readAll(dataDir).filter(({ direction }) => direction === 'out');
    // What Meta never got stays in doubt: an officer decides.
    expect(after.filter(({ state }) => state !== 'delivered').map(({ id }) => id)).toEqual(
      inDoubt.filter((id) => !sentIds.includes(id)),
    );
    server.child.kill('SIGTERM');
    await until('it stopped', () => isGone(server.child), 12_000);
  });
});
