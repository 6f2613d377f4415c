// The main talks about a permit's status in the widget at 390 px: number, digits, what to do, being told, with buttons pressed by hand.
import type { Browser } from 'playwright-core';
import { openOffice } from '../support/consoleKit.ts';
import { type Loket, openBrowser, openPage, startLoket } from '../support/loket.ts';
import { panelOf } from '../support/panel.ts';

const number = 'PBG-327312-01082023-01';

describe('permit status in the widget', () => {
  let loket: Loket;
  let browser: Browser;
  beforeAll(async () => {
    loket = await startLoket({ TELEGRAM_BOT_TOKEN: undefined });
    browser = await openBrowser();
    const { rina } = await openOffice(loket);
    await rina.ask('POST', '/api/permits', { number, stage: 'dikembalikan', reason: 'berkas-buram', phone: '081234565678' });
  });
  afterAll(async () => {
    await browser.close();
    await loket.close();
  });

  it('When a citizen goes from a press to the status, with a wrong turn on the way, then each answer is seen once and no digits are', async () => {
    const page = await openPage(browser, `${loket.url}/widget/`, 'phone');
    const panel = await panelOf(page);
    const write = async (text: string) => {
      await panel.getByRole('textbox').fill(text);
      await panel.getByRole('textbox').press('Enter');
    };
    const hears = (text: RegExp, nth = 0) => panel.getByText(text).nth(nth).waitFor();
    await write('mau cek status permohonan');
    await hears(/Kirim nomor permohonannya/);
    await write(number.toLowerCase().replaceAll('-', ' '));
    await hears(/ketik 4 angka terakhir nomor HP/);
    await write('1111');
    await hears(/tidak cocok dengan data/);
    await write('apa itu NIB?');
    await hears(/Untuk melanjutkan cek status/);
    await write('5678');
    await hears(/Dikembalikan\. Giliran pemohon\. Alasannya: berkas yang diunggah buram\..*catatan petugas/);
    await panel.getByRole('button', { name: 'Cara melengkapi' }).last().click();
    await hears(/Catatan perbaikannya ada di akun SIMBG/);
    await panel.getByRole('button', { name: 'Kabari perubahan' }).last().click();
    await hears(/saya kabari di sini/);
    await panel.getByRole('button', { name: 'Berhenti dikabari' }).last().click();
    await hears(/kabar perubahan dihentikan/);

    await page.reload();
    const again = await panelOf(page);
    await again.getByText(/kabar perubahan dihentikan/).waitFor();
    const shown = (await again.locator('body').textContent()) ?? '';
    expect(shown).toContain('••••');
    expect(shown).not.toMatch(/5678|1111/);
    expect(await again.getByText(/Dikembalikan\. Giliran pemohon/).count()).toBe(1);
    await page.context().close();
  });
});
