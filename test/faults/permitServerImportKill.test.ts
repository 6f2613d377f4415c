// kill -9 of the server during an import over HTTP: whole lots stand, the record says that it stopped, the same file again completes it.
import path from 'node:path';
import Database from 'better-sqlite3';
import { signIn } from '../support/consoleKit.ts';
import { isGone, killAll, startServer } from '../support/faultProcess.ts';
import { describeMongo, type MongoServer, startMongoServer } from '../support/mongoServer.ts';
import { startTelegramStandin, type Telegram } from '../support/telegramStandin.ts';
import { tempDir, testKeys } from '../support/tempStore.ts';
import { until } from '../support/until.ts';

const ROWS = 8000;
const admin = { email: 'rina@example.go.id', password: 'kata-sandi-rina' };
const env = { OFFICER_ADMIN_EMAIL: admin.email, OFFICER_ADMIN_PASSWORD: admin.password };
const numberOf = (n: number) => `PBG-${327312 + Math.floor(n / 1000)}-01082023-${String(n % 1000).padStart(3, '0')}`;
/** The test's database takes two hundred a second. */
const ROWS_ON_NODES = 3000;
const csvOf = (rows: number) =>
  ['no_konsultasi,status,nm_pemilik', ...Array.from({ length: rows }, (_, n) => `${numberOf(n)},3,Warga ${n}`)].join('\n');

/** A server with the file in hand, ready to run. */
async function bring(dataDir: string, telegram: Telegram, rows: number, more: Record<string, string> = {}) {
  const { child, url } = await startServer(dataDir, telegram, { ...env, ...more });
  const { cookie, ask: call } = await signIn({ url }, admin.email, admin.password);
  const response = await fetch(`${url}/api/permits/files`, {
    method: 'POST',
    headers: { 'x-loket': '1', cookie, 'content-type': 'application/octet-stream', 'x-file-name': 'ekspor.csv' },
    body: csvOf(rows),
  });
  const { import: held, preview } = await response.json();
  const run = () => call('POST', `/api/permits/imports/${held.id}/run`, { mapping: preview.mapping, dryRun: false });
  const view = async () =>
    (await call<{ import: { state: string; added: number; same: number } }>('GET', `/api/permits/imports/${held.id}`)).import;
  return { child, call, held, run, view };
}
const batchesOf = async ({ call }: Pick<Awaited<ReturnType<typeof bring>>, 'call'>) =>
  (await call<{ batches: { id: string; state: string }[] }>('GET', '/api/permits/batches')).batches;

describe('kill -9 of the server during an import', () => {
  let folder: ReturnType<typeof tempDir>;
  let telegram: Telegram;
  beforeEach(async () => {
    folder = tempDir();
    telegram = await startTelegramStandin({ token: '111:AAA', keepCalls: false });
  });
  afterEach(async () => {
    killAll();
    await telegram.close();
    folder.remove();
  });

  const count = (table: string): number => {
    const db = new Database(path.join(folder.dir, 'loket.db'), { readonly: true });
    const rows = db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
    db.close();
    return rows;
  };

  const begin = () => bring(folder.dir, telegram, ROWS);

  it('When it is killed and the file is brought again, then every row is there once, and both parts can be taken back', async () => {
    const first = await begin();
    expect(await batchesOf(first)).toEqual([]);
    await first.run();
    await until('some lots are in', () => count('permits') > 200);
    first.child.kill('SIGKILL');
    await until('it is dead', () => isGone(first.child));
    const before = count('permits');
    expect([before > 200, before < ROWS, before % 50]).toEqual([true, true, 0]);
    expect(count('permit_events')).toBe(before);

    const second = await begin();
    expect(await batchesOf(second)).toMatchObject([{ state: 'stopped' }]);
    // The file in hand died with the process: only the one just brought is there.
    expect((await second.call<{ imports: { id: string }[] }>('GET', '/api/permits/imports')).imports.map(({ id }) => id)).toEqual(
      [second.held.id],
    );
    await second.run();
    await until('it is done', async () => (await second.view()).state === 'done', 60_000);
    expect(await second.view()).toMatchObject({ rows: ROWS, added: ROWS - before, same: before, refused: 0 });
    expect([count('permits'), count('permit_events')]).toEqual([ROWS, ROWS]);

    for (const { id } of await batchesOf(second)) {
      await second.call('POST', `/api/permits/batches/${id}/undo`, {});
      const stateOf = async () => (await batchesOf(second)).find((one) => one.id === id)?.state;
      await until('it is taken back', async () => (await stateOf()) === 'undone', 60_000);
    }
    expect([count('permits'), count('permit_events'), count('permit_numbers')]).toEqual([0, 0, 0]);
  });
});

describeMongo('kill -9 of one of two nodes during an import', () => {
  const folder = tempDir();
  let server: MongoServer;
  let telegram: Telegram;
  beforeAll(async () => {
    server = await startMongoServer([], false);
    telegram = await startTelegramStandin({ token: '111:AAA', keepCalls: false });
  });
  afterAll(async () => {
    killAll();
    await telegram.close();
    await server.stop();
    folder.remove();
  });

  it('When A dies in the midst of it, then B says that it stopped, and imports the rest', async () => {
    const shared = { MONGODB_URI: server.uri('loket'), DATA_KEYS: `k1:${testKeys[0]!.key.toString('base64')}` };
    const a = await bring(path.join(folder.dir, 'a'), telegram, ROWS_ON_NODES, shared);
    const b = await bring(path.join(folder.dir, 'b'), telegram, ROWS_ON_NODES, shared);
    await a.run();
    await until('some lots are in', async () => (await a.view()).added > 200, 60_000);
    a.child.kill('SIGKILL');
    await until('it is dead', () => isGone(a.child));
    const diedAt = Date.now();
    expect(await batchesOf(b)).toMatchObject([{ state: 'running' }]);
    await until('B says so', async () => (await batchesOf(b))[0]?.state === 'stopped', 60_000);
    process.stderr.write(`an import of a dead node is listed as stopped after ${Date.now() - diedAt} ms\n`);
    await b.run();
    // A busy node may close a connection that was idle just as the next question leaves; one that is dead never says that it is done.
    const stateOfB = async () => (await b.view().catch(() => null))?.state;
    await until('B is done', async () => (await stateOfB()) === 'done', 400_000);
    const { added, same } = await b.view();
    expect([added + same, same > 200]).toEqual([ROWS_ON_NODES, true]);
  }, 600_000);
});
