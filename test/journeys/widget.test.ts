// The same in the web widget, in Chromium at 390 px: ask, queue, an officer answers; reload, restart and an offline line lose and double nothing.
import type { Browser, Frame } from 'playwright-core';
import { openConsole } from '../support/console.ts';
import { type Loket, openBrowser, openPage, startLoket } from '../support/loket.ts';
import { panelOf } from '../support/panel.ts';

async function write(frame: Frame, text: string): Promise<void> {
  await frame.getByRole('textbox').fill(text);
  await frame.getByRole('textbox').press('Enter');
}

describe('the widget on a phone', () => {
  let loket: Loket;
  let browser: Browser;
  beforeAll(async () => {
    loket = await startLoket({ TELEGRAM_BOT_TOKEN: undefined });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await loket.close();
  });

  it('When a citizen asks, queues and is answered by an officer, then both see all of it', async () => {
    const console = await openConsole(browser, loket);
    const page = await openPage(browser, `${loket.url}/widget/`, 'phone');
    const panel = await panelOf(page);
    await write(panel, 'apa itu NIB?');
    await panel.getByText(/Nomor Induk Berusaha/).waitFor();
    await write(panel, 'petugas');
    await panel.getByText(/Nomor konsultasi K-\d+/).waitFor();

    await console.locator('.row').first().click();
    await console.getByRole('button', { name: 'Ambil' }).click();
    await console.getByLabel(/Balas ke/).fill('Selamat siang dari loket.');
    await console.keyboard.press('Enter');
    await panel.getByText('Selamat siang dari loket.').waitFor();
    await write(panel, 'terima kasih bu');
    await console.locator('.log').getByText('terima kasih bu').waitFor();

    await page.reload();
    const again = await panelOf(page);
    await again.getByText('Selamat siang dari loket.').waitFor();
    expect(await again.getByText('terima kasih bu').count()).toBe(1);
  });

  it('When the line is gone and the server restarts, then what was written meanwhile arrives once', async () => {
    const page = await openPage(browser, `${loket.url}/widget/`, 'phone');
    const panel = await panelOf(page);
    await write(panel, 'apa itu PBG?');
    await panel
      .getByText(/Sumber:/)
      .first()
      .waitFor();
    await page.context().setOffline(true);
    await write(panel, 'izin HO masih ada?');
    await loket.restart();
    await page.context().setOffline(false);
    await panel
      .getByText(/dihapus|menurut/i)
      .first()
      .waitFor();
    await page.reload();
    const again = await panelOf(page);
    await again.getByText('izin HO masih ada?').waitFor();
    expect(await again.getByText('izin HO masih ada?').count()).toBe(1);
  });
});
