// A file that OSS answers for, in a real browser: what OSS says reaches the citizen and the officer's panel, and how OSS is doing is seen there too.
import type { Browser, Page } from 'playwright-core';
import { loadDataKeys } from '../../src/store/dataKeys.ts';
import { openStore } from '../../src/store/openStore.ts';
import { judge } from '../support/axe.ts';
import { type Clerk, goTo, type House, openDesk, openHouse, rowOf, says } from '../support/consoleKit.ts';
import type { Loket } from '../support/loket.ts';
import { openOssStandin, ossKey, ossNumber } from '../support/ossStandin.ts';
import { report } from '../support/permitKit.ts';
import { until } from '../support/until.ts';

/** A file nobody has written about: only an officer's look can ask for it. */
const other = 'I-202202231710411927450';

describe('a connector at the console', () => {
  let oss: Awaited<ReturnType<typeof openOssStandin>>;
  let house: House;
  let loket: Loket;
  let browser: Browser;
  let rina: Clerk;
  beforeAll(async () => {
    oss = await openOssStandin();
    house = await openHouse({ OSS_API_ROOT: oss.apiRoot, OSS_USER_KEY: ossKey });
    ({ loket, browser, rina } = house);
    const { settings, version } = await rina.ask<{ settings: object; version: number }>('GET', '/api/permits/settings');
    await rina.ask('PUT', '/api/permits/settings', { settings: { ...settings, slotSeconds: 1, freshMinutes: 1 }, version });
    const opened = openStore({ dataDir: loket.dataDir, keys: loadDataKeys({ dataDir: loket.dataDir, env: {} }), role: 'tool' });
    const hourAgo = Date.now() - 3_600_000;
    for (const number of [ossNumber, other])
      await opened.store.permits.put([{ id: number, report: report({ system: 'OSS', number, fetchedAt: hourAgo }) }], null);
    await opened.close();
    // A running server sees it within a minute, this one at once.
    await loket.restart();
  });
  afterAll(async () => {
    await house.close();
    await oss.close();
  });

  const heard = () => loket.telegram.sent.map(({ text }) => text);
  const connection = async (page: Page) => {
    await goTo(page, '#/berkas');
    await page.getByRole('button', { name: 'Impor', exact: true }).click();
    const row = page.getByRole('row', { name: /^OSS/ });
    await row.waitFor();
    return (await row.locator('td').allTextContents()).map((text) => text.trim());
  };

  it('When OSS answers, then citizen and officer read what it says; when it does not, the officer sees that and what it said last', async () => {
    await says(loket, 1, 'Asep', `posisi ${ossNumber} bagaimana`);
    await until('digits are asked for', () => heard().some((text) => text.includes('4 angka terakhir')));
    await says(loket, 1, 'Asep', '5678');
    await until('it is told', () => heard().some((text) => text.startsWith(`${ossNumber}: `)));
    expect(heard().find((text) => text.startsWith(`${ossNumber}: `))).toMatch(
      /: Verifikasi teknis\. Giliran kantor.* sumber OSS\.$/,
    );
    await says(loket, 1, 'Asep', 'petugas');
    await until('is queued', async () => (await rowOf(rina, 'Asep')).state === 'queued');
    const { id } = await rowOf(rina, 'Asep');
    await rina.ask('POST', `/api/conversations/${id}/claim`, {});
    const { page } = await openDesk(browser, loket, rina, { hash: `#/c/mine/${id}` });
    const look = async () => {
      await goTo(page, `#/c/mine/${id}`);
      await page.getByRole('button', { name: `Lihat berkas ${ossNumber}` }).click();
      await page.locator('.permit-line li').first().waitFor();
      return page.locator('.permit').textContent();
    };
    const shown = await look();
    for (const part of ['Verifikasi teknis', 'kode 45', '“Persyaratan terverifikasi”', 'OSS, data per'])
      expect(shown).toContain(part);
    expect(shown).not.toContain('tidak menjawab');
    expect(await connection(page)).toEqual(['siap', expect.stringContaining('WIB'), '1 dari 1']);

    oss.state.mode = 'denied';
    await goTo(page, '#/berkas');
    await page.getByRole('button', { name: 'Cari nomor' }).click();
    await page.getByLabel('Nomor permohonan').fill(other);
    await page.keyboard.press('Enter');
    await page.getByText('OSS sedang tidak menjawab. Ini data terakhir yang diterima.').waitFor();
    expect(await page.locator('.permit-top').textContent()).toContain('Verifikasi berkas');
    expect(oss.asked.map(({ idIzin }) => idIzin)).toEqual([ossNumber, other]);
    expect(await look()).toMatch(/Verifikasi teknis[\s\S]*OSS sedang tidak menjawab/);
    expect(await judge(page, 'panel', [1280])).toEqual([]);
    expect(await connection(page)).toEqual([
      'dijeda setelah beberapa kali gagal kunci kantor ditolak',
      expect.stringContaining('WIB'),
      '1 dari 2',
    ]);
    expect(await judge(page, 'connections', [1280])).toEqual([]);
    await page.context().close();
  });
});
