// Permit files at the console in a real browser: the panel beside a conversation, the page of files, settings; axe in every state.
import type { Browser, Page } from 'playwright-core';
import { judge } from '../support/axe.ts';
import { type Clerk, goTo, type House, openDesk, openHouse, rowOf, says } from '../support/consoleKit.ts';
import type { Loket } from '../support/loket.ts';
import { until } from '../support/until.ts';

const number = 'PBG-327312-01082023-01';

describe('permit files at the console', () => {
  let house: House;
  let loket: Loket;
  let browser: Browser;
  let rina: Clerk;
  let talk: string;
  beforeAll(async () => {
    house = await openHouse();
    ({ loket, browser, rina } = house);
    await rina.ask('POST', '/api/permits', {
      ...{ number, stage: 'dikembalikan', reason: 'berkas-buram', since: '2026-11-02', note: 'Denah lantai 2' },
      ...{ service: 'PBG', name: 'Asep Sunandar', phone: '081234565678', submitted: '2026-10-20' },
    });
    await says(loket, 1, 'Asep', `posisi berkas ${number} bagaimana`);
    await until('digits are asked for', () => loket.telegram.sent.some(({ text }) => text.includes('4 angka terakhir')));
    await says(loket, 1, 'Asep', '5678');
    await until('it is told', () => loket.telegram.sent.some(({ text }) => text.startsWith(`${number}: Dikembalikan`)));
    await says(loket, 1, 'Asep', 'petugas');
    await until('is queued', async () => (await rowOf(rina, 'Asep')).state === 'queued');
    talk = (await rowOf(rina, 'Asep')).id;
    await rina.ask('POST', `/api/conversations/${talk}/claim`, {});
  });
  afterAll(() => house.close());
  const details = async (page: Page, width: number) => {
    await page.locator('.log').waitFor();
    if (width < 500) await page.getByRole('button', { name: 'Keterangan' }).click();
  };
  const open = async (page: Page) => {
    await page.getByRole('button', { name: `Lihat berkas ${number}` }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.permit-line li').first().waitFor();
  };

  it('When an officer opens a proved file from the conversation, then all of it is there and a reason becomes a draft', async () => {
    const { page } = await openDesk(browser, loket, rina, { hash: `#/c/mine/${talk}` });
    const looks = async () => {
      const { entries } = await rina.ask<{ entries: { action: string; detail: string | null }[] }>('GET', '/api/audit');
      return entries.filter(({ action, detail }) => action === 'permit-view' && detail === talk).length;
    };
    await page.getByText('terbukti, sampai').waitFor();
    expect(await looks()).toBe(0);
    await open(page);
    expect(await looks()).toBe(1);
    const file = page.locator('.permit');
    const text = (await file.textContent()) ?? '';
    for (const part of [
      'Dikembalikan',
      'giliran pemohon',
      'As** Su**',
      '+62812****678',
      'Denah lantai 2',
      'dicatat petugas',
      'terpakai',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('Sunandar');
    await file.getByText('Pakai sebagai draf balasan').click();
    await file.getByRole('button', { name: 'berkas yang diunggah buram' }).click();
    expect(await page.getByLabel(/Balas ke Asep/).inputValue()).toContain('dikembalikan karena berkas yang diunggah buram');
    await page.context().close();
  });

  it('When an officer enters a file and a new status, then the list of waiting files follows', async () => {
    const { page } = await openDesk(browser, loket, rina);
    await goTo(page, '#/berkas');
    await page.getByRole('button', { name: 'Catat berkas' }).click();
    await page.getByLabel('Nomor permohonan').fill('pbg 327312 05082023 09');
    await page.getByRole('button', { name: 'Simpan berkas' }).click();
    await page.getByText('HP terdaftar atau 4 angka').waitFor();
    await page.getByLabel('Nomor HP terdaftar').fill('0813 9999 0001');
    await page.locator('select[name=stage]').selectOption('menunggu_pembayaran');
    await page.getByRole('button', { name: 'Simpan berkas' }).click();
    await page.getByText('Berkas tersimpan').waitFor();
    await page.getByRole('button', { name: 'Menunggu pemohon' }).click();
    const row = page.locator('tbody tr', { hasText: 'PBG-327312-05082023-09' });
    await row.waitFor();
    expect(await page.locator('tbody th .permit-number').allTextContents()).toEqual([number, 'PBG-327312-05082023-09']);
    await row.getByRole('button', { name: /Lihat/ }).click();
    await page.getByRole('button', { name: 'Catat status baru' }).click();
    await page.locator('select[name=stage]').selectOption('penetapan');
    await page.getByRole('button', { name: 'Simpan status' }).click();
    await page.locator('.permit-top', { hasText: 'Penetapan' }).waitFor();
    expect(await page.locator('.permit-line li').count()).toBe(2);
    await page.context().close();
  });

  it('When an admin adds a number pattern, then files in that form can be found at once', async () => {
    const { page } = await openDesk(browser, loket, rina);
    await goTo(page, '#/pengaturan');
    await page.getByRole('button', { name: 'Berkas izin' }).click();
    await page.getByRole('button', { name: 'Tambah baris' }).first().click();
    await page.getByLabel('Sebutan').fill('resi GAMPIL');
    await page.getByLabel('Pola', { exact: true }).fill('12');
    await page.getByRole('button', { name: 'Simpan pola' }).click();
    await page
      .getByText(/^Baris 1, Pola: paling sedikit 4 huruf atau angka; Baris 1, Pola: perlu sedikitnya empat angka/)
      .waitFor();
    await page.getByLabel('Pola', { exact: true }).fill('GMP-####-####');
    await page.getByRole('button', { name: 'Simpan pola' }).click();
    await page.getByText('Tersimpan dan langsung berlaku.').waitFor();
    await says(loket, 7, 'Euis', 'cek GMP12345678 dong');
    await until('it is taken for a number', () => loket.telegram.sent.some(({ chatId }) => chatId === '7'));
    expect(loket.telegram.sent.findLast(({ chatId }) => chatId === '7')?.text).toContain('4 angka terakhir');
    await page.context().close();
  });

  it.each([1280, 390])('When it is %d px wide, light or dark, then nothing has a fault', async (width) => {
    const { page } = await openDesk(browser, loket, rina, { width });
    await goTo(page, `#/c/mine/${talk}`);
    const found: string[] = [];
    const look = async (state: string) => {
      found.push(...(await judge(page, state, [width])));
    };
    await details(page, width);
    await open(page);
    await page.getByText('Pakai sebagai draf balasan').click();
    await look('panel');
    await goTo(page, '#/berkas');
    await page
      .getByRole('button', { name: /^Lihat/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Catat status baru' }).click();
    await page.locator('select[name=stage]').selectOption('dikembalikan');
    await look('waiting');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Cari nomor' }).click();
    await look('find');
    await page.getByRole('button', { name: 'Catat berkas' }).click();
    await look('add');
    await goTo(page, '#/pengaturan');
    await page.getByRole('button', { name: 'Berkas izin' }).click();
    await page.getByRole('button', { name: 'Simpan pola' }).waitFor();
    await look('settings');
    expect(found).toEqual([]);
    await page.context().close();
  });
});
