// Importing an export at the console in a real browser: columns, check, rows that do not fit, import, taking it back; axe on the way.
import type { Browser } from 'playwright-core';
import { judge } from '../support/axe.ts';
import { type Clerk, goTo, type House, openDesk, openHouse } from '../support/consoleKit.ts';
import type { Loket } from '../support/loket.ts';

const rows = [
  'Register,Tahapan Proses,HP,Tgl',
  'PBG-327312-01082023-01,Dikembalikan,0812-3456-5678,01/11/2026',
  'PBG-327312-01082023-02,Verifikasi Teknis,0812-3456-5678,02/11/2026',
  ',Verifikasi Teknis,0812-3456-5678,02/11/2026',
  'PBG-327312-01082023-04,Terbit,bukan nomor,02/11/2026',
];
const file = { name: 'ekspor november.csv', mimeType: 'text/csv', buffer: Buffer.from(`${rows.join('\n')}\n`) };

describe('importing at the console', () => {
  let house: House;
  let loket: Loket;
  let browser: Browser;
  let rina: Clerk;
  let budi: Clerk;
  beforeAll(async () => {
    house = await openHouse({ TELEGRAM_BOT_TOKEN: undefined });
    ({ loket, browser, rina, budi } = house);
  });
  afterAll(() => house.close());

  it.each([
    [1280, true],
    [390, false],
  ])(
    'When an export in unknown words is imported at %d px, then its columns are asked for, bad rows are named, and it can be taken back',
    async (width, isFirst) => {
      const { page } = await openDesk(browser, loket, rina, { width });
      const found: string[] = [];
      const look = async (state: string) => {
        found.push(...(await judge(page, state, [width])));
      };
      await goTo(page, '#/berkas');
      await page.getByRole('button', { name: 'Impor', exact: true }).click();
      await page.getByLabel(/Berkas ekspor/).setInputFiles(file);
      await page.getByRole('heading', { name: file.name }).waitFor();
      if (isFirst) {
        await page.getByRole('button', { name: 'Impor sekarang' }).click();
        await page.getByText('Pilih kolom nomor dan kolom status dulu.').waitFor();
        await page.locator('select[name=number]').selectOption('Register');
        await page.locator('select[name=statusText]').selectOption('Tahapan Proses');
        await page.locator('select[name=phone]').selectOption('HP');
        await page.locator('select[name=since]').selectOption('Tgl');
        await page.locator('select[name=dates]').selectOption('DD/MM/YYYY');
      }
      // The mapping that was used is proposed to the next export of this kind.
      expect(await page.locator('select[name=number]').inputValue()).toBe('Register');
      await look('columns');
      await page.getByRole('button', { name: 'Periksa semua baris' }).click();
      await page.getByText(/Selesai diperiksa.*2 sesuai.*2 ditolak/).waitFor();
      await page.getByRole('row', { name: /4 Register kosong/ }).waitFor();
      await page.getByRole('row', { name: /5 HP bukan nomor HP/ }).waitFor();
      await look('checked');
      await page.getByRole('button', { name: 'Impor sekarang' }).click();
      await page.getByText(/Selesai diimpor.*2 baru.*2 ditolak/).waitFor();
      const waiting = async () => (await rina.ask<{ rows: { number: string }[] }>('GET', '/api/permits/waiting')).rows;
      expect(await waiting()).toMatchObject([{ number: 'PBG-327312-01082023-01' }]);

      await page
        .getByRole('button', { name: /^Batalkan/ })
        .first()
        .click();
      await look('dialog');
      await page.getByRole('button', { name: 'Ya, batalkan impor' }).click();
      // The import of the other width is listed as taken back already.
      await page
        .getByText('dibatalkan', { exact: true })
        .nth(isFirst ? 0 : 1)
        .waitFor();
      expect(await waiting()).toEqual([]);
      await page.getByRole('button', { name: 'Lepas berkas ini' }).click();
      expect(found).toEqual([]);
      await page.context().close();
    },
  );

  it('When an officer opens the page of files, then importing is not offered, and the server refuses it', async () => {
    const { page } = await openDesk(browser, loket, budi);
    await goTo(page, '#/berkas');
    await page.getByRole('button', { name: 'Catat berkas' }).waitFor();
    expect(await page.getByRole('button', { name: 'Impor', exact: true }).count()).toBe(0);
    await expect(budi.ask('GET', '/api/permits/imports')).rejects.toThrow('403');
    await page.context().close();
  });
});
