// kill -9 of the server during an import over HTTP: whole lots stand, the record says that it stopped, the same file again completes it.
import path from 'node:path';
import Database from 'better-sqlite3';
import { signIn } from '../support/consoleKit.ts';
import { isGone, killAll, startServer } from '../support/faultProcess.ts';
import { startTelegramStandin, type Telegram } from '../support/telegramStandin.ts';
import { tempDir } from '../support/tempStore.ts';
import { until } from '../support/until.ts';

const ROWS = 8000;
const admin = { email: 'rina@example.go.id', password: 'kata-sandi-rina' };
const env = { OFFICER_ADMIN_EMAIL: admin.email, OFFICER_ADMIN_PASSWORD: admin.password };
const numberOf = (n: number) => `PBG-${327312 + Math.floor(n / 1000)}-01082023-${String(n % 1000).padStart(3, '0')}`;
const csv = ['no_konsultasi,status,nm_pemilik', ...Array.from({ length: ROWS }, (_, n) => `${numberOf(n)},3,Warga ${n}`)].join(
  '\n',
);

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

  async function begin() {
    const { child, url } = await startServer(folder.dir, telegram, env);
    const { cookie, ask: call } = await signIn({ url }, admin.email, admin.password);
    const response = await fetch(`${url}/api/permits/files`, {
      method: 'POST',
      headers: { 'x-loket': '1', cookie, 'content-type': 'application/octet-stream', 'x-file-name': 'ekspor.csv' },
      body: csv,
    });
    const { import: held, preview } = await response.json();
    const run = () => call('POST', `/api/permits/imports/${held.id}/run`, { mapping: preview.mapping, dryRun: false });
    return { child, call, held, run };
  }
  const batchesOf = async ({ call }: Pick<Awaited<ReturnType<typeof begin>>, 'call'>) =>
    (await call<{ batches: { id: string; state: string }[] }>('GET', '/api/permits/batches')).batches;

  it('When it is killed and the file is brought again, then every row is there once, and both parts can be taken back', async () => {
    const first = await begin();
    expect(await batchesOf(first)).toEqual([]);
    await first.run();
    await until('some lots are in', () => count('permits') > 200, 30_000);
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
    const view = async () =>
      (await second.call<{ import: { state: string } }>('GET', `/api/permits/imports/${second.held.id}`)).import;
    await until('it is done', async () => (await view()).state === 'done', 60_000);
    expect(await view()).toMatchObject({ rows: ROWS, added: ROWS - before, same: before, refused: 0 });
    expect([count('permits'), count('permit_events')]).toEqual([ROWS, ROWS]);

    for (const { id } of await batchesOf(second)) {
      await second.call('POST', `/api/permits/batches/${id}/undo`, {});
      const stateOf = async () => (await batchesOf(second)).find((one) => one.id === id)?.state;
      await until('it is taken back', async () => (await stateOf()) === 'undone', 60_000);
    }
    expect([count('permits'), count('permit_events'), count('permit_numbers')]).toEqual([0, 0, 0]);
  }, 180_000);
});
