// An officer's node dies with -9: the console comes back on the other one as it stood, draft and all, and shows what came meanwhile.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { openConsole } from '../support/console.ts';
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
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await proxy.close();
    killAll();
    await telegram.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('When it dies while a reply is being written, then view and draft stay, nothing that came meanwhile is missing, and the reply goes out', async () => {
    const [a, b] = nodes;
    const says = async (text: string) => {
      const update = telegram.textUpdate(text, { id: 42, name: 'Asep' });
      expect(await telegram.deliver(`${b!.url}/webhook/telegram`, update, faultSecret)).toEqual([200]);
    };
    const heard = (text: RegExp) => telegram.sent.filter((one) => text.test(one.text)).length;
    const page = await openConsole(browser, proxy);
    await says('petugas');
    await page.locator('.row', { hasText: 'Asep' }).click();
    await page.getByRole('button', { name: 'Ambil', exact: true }).click();
    await until('the citizen is told who took over', () => heard(/sudah bergabung/) === 1, 60_000);
    const box = page.getByLabel(/^Balas ke Asep/);
    await box.fill('Selamat siang, berkasnya');
    const before = page.url();
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));

    a!.child.kill('SIGKILL');
    await until('the node is dead', () => isGone(a!.child));
    await says('halo bu');
    await says('masih di sana?');
    const log = page.locator('.log');
    await log.getByText('halo bu').waitFor();
    await log.getByText('masih di sana?').waitFor();
    expect(page.url()).toBe(before);
    expect(await box.inputValue()).toBe('Selamat siang, berkasnya');
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);

    await box.press('End');
    await box.pressSequentially(' sudah kami terima.');
    await page.keyboard.press('Enter');
    await until('the citizen hears it', () => heard(/^Selamat siang, berkasnya sudah kami terima\.$/) === 1, 20_000);
    for (const text of ['petugas', 'halo bu', 'masih di sana?', 'Selamat siang, berkasnya sudah kami terima.'])
      expect(await log.getByText(text, { exact: true }).count()).toBe(1);
  }, 150_000);
});
