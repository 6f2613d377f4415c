// Officers of two nodes see who is where. One node dies with -9: its console comes back on the other as it stood, draft and all, and shows
// what came meanwhile; who does not come back is no longer seen.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { io, type Socket } from 'socket.io-client';
import type { Present } from '../../src/contract/workplace.ts';
import { openConsole } from '../support/console.ts';
import { type Clerk, openOffice, signIn } from '../support/consoleKit.ts';
import { faultSecret, isGone, killAll, startServer } from '../support/faultProcess.ts';
import { admin, openBrowser } from '../support/loket.ts';
import { describeMongo, type MongoServer, startMongoServer } from '../support/mongoServer.ts';
import { type FrontProxy, startProxy } from '../support/proxy.ts';
import { startTelegramStandin, type Telegram } from '../support/telegramStandin.ts';
import { testKeys } from '../support/tempStore.ts';
import { until } from '../support/until.ts';

describeMongo('a console whose node dies', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'loket-console-'));
  let server: MongoServer;
  let telegram: Telegram;
  let browser: Browser;
  let proxy: FrontProxy;
  const sockets: Socket[] = [];
  let nodes: Awaited<ReturnType<typeof startServer>>[] = [];
  beforeAll(async () => {
    server = await startMongoServer([], false);
    telegram = await startTelegramStandin({ token: '111:AAA' });
    const env = {
      ...{ MONGODB_URI: server.uri('loket'), DATA_KEYS: `k1:${testKeys[0]!.key.toString('base64')}` },
      ...{ OFFICER_ADMIN_EMAIL: admin.email, OFFICER_ADMIN_PASSWORD: admin.password },
    };
    nodes = [];
    for (const name of ['a', 'b']) nodes.push(await startServer(path.join(folder, name), telegram, env));
    proxy = await startProxy(nodes.map(({ url }) => url));
    browser = await openBrowser();
  });
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect();
    await browser.close();
    await proxy.close();
    killAll();
    await telegram.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A console without a page. @returns who it sees in this conversation, newest last */
  async function watch(node: { url: string }, clerk: Clerk, conversationId: string): Promise<Present[][]> {
    const headers = { cookie: clerk.cookie, origin: node.url };
    const socket = io(`${node.url}/officer`, { transports: ['websocket'], extraHeaders: headers, reconnection: false });
    sockets.push(socket);
    const seen: Present[][] = [];
    socket.on('presence:changed', ({ present }: { present: Present[] }) => seen.push(present));
    await socket.emitWithAck('conversation:watch', { conversationId, rev: 0 });
    await socket.emitWithAck('presence:here', { conversationId, state: 'viewing' });
    return seen;
  }

  it('When it dies while a reply is being written, then view and draft stay, nothing that came meanwhile is missing, the reply goes out, and who was only there is gone', async () => {
    const [a, b] = nodes as [(typeof nodes)[0], (typeof nodes)[0]];
    const { budi, rina } = await openOffice(a);
    await rina.ask('POST', '/api/officers', { name: 'Siti', email: 'siti@example.go.id', password: 'kata-sandi-siti' });
    const siti = await signIn(a, 'siti@example.go.id', 'kata-sandi-siti');
    const says = async (text: string) => {
      const update = telegram.textUpdate(text, { id: 42, name: 'Asep' });
      expect(await telegram.deliver(`${b.url}/webhook/telegram`, update, faultSecret)).toEqual([200]);
    };
    const heard = (text: RegExp) => telegram.sent.filter((one) => text.test(one.text)).length;
    const page = await openConsole(browser, proxy);
    await says('petugas');
    await page.locator('.row', { hasText: 'Asep' }).click();
    await page.getByRole('button', { name: 'Ambil', exact: true }).click();
    await until('the citizen is told who took over', () => heard(/sudah bergabung/) === 1, 60_000);
    const box = page.getByLabel(/^Balas ke Asep/);
    const id = /#\/c\/.*?([^/?]+)$/.exec(new URL(page.url()).hash)?.[1] ?? '';
    const seenOnB = await watch(b, budi, id);
    const onB = () =>
      (seenOnB.at(-1) ?? [])
        .map(({ name, state }) => `${name} ${state}`)
        .sort()
        .join();
    await watch(a, siti, id);
    await until('B sees who is on A', () => onB() === 'Budi viewing,Rina viewing,Siti viewing');
    await page.getByRole('list', { name: 'Petugas lain di sini' }).getByText('Budi').waitFor();
    await box.fill('Selamat siang, berkasnya');
    await until('B sees who types on A', () => onB() === 'Budi viewing,Rina typing,Siti viewing');
    const before = page.url();
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));

    a.child.kill('SIGKILL');
    await until('the node is dead', () => isGone(a.child));
    await says('halo bu');
    await says('masih di sana?');
    await until('B sees that Siti is gone and Rina is back', () => /^Budi viewing,Rina \w+$/.test(onB()));
    const log = page.locator('.log');
    await log.getByText('halo bu').waitFor();
    await log.getByText('masih di sana?').waitFor();
    expect(page.url()).toBe(before);
    expect(await box.inputValue()).toBe('Selamat siang, berkasnya');
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);

    await box.press('End');
    await box.pressSequentially(' sudah kami terima.');
    await page.keyboard.press('Enter');
    await until('the citizen hears it', () => heard(/^Selamat siang, berkasnya sudah kami terima\.$/) === 1);
    for (const text of ['petugas', 'halo bu', 'masih di sana?', 'Selamat siang, berkasnya sudah kami terima.'])
      expect(await log.getByText(text, { exact: true }).count()).toBe(1);
  });
});
