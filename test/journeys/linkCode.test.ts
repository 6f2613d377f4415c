// From the widget at 390 px to Telegram and to WhatsApp by a code; then an officer undoes the link and makes it again by hand in a real console.
import type { Browser, Frame, Page } from 'playwright-core';
import { broken } from '../support/axe.ts';
import { openConsole } from '../support/console.ts';
import { type Loket, openBrowser, openPage, startLoket, webhookSecret } from '../support/loket.ts';
import { panelOf } from '../support/panel.ts';
import { until } from '../support/until.ts';
import { startWhatsappStandin, type Whatsapp } from '../support/whatsappStandin.ts';

describe('going on in another app', () => {
  let whatsapp: Whatsapp;
  let loket: Loket;
  let browser: Browser;
  beforeAll(async () => {
    whatsapp = await startWhatsappStandin();
    loket = await startLoket({
      WHATSAPP_CLOUD_API_ROOT: whatsapp.apiRoot,
      WHATSAPP_CLOUD_PHONE_NUMBER_ID: whatsapp.phoneNumberId,
      WHATSAPP_CLOUD_TOKEN: whatsapp.token,
      WHATSAPP_CLOUD_APP_SECRET: whatsapp.appSecret,
      WHATSAPP_CLOUD_VERIFY_TOKEN: whatsapp.verifyToken,
    });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await loket.close();
    await whatsapp.close();
  });

  /** By the keyboard alone, from the menu's button to the code. */
  async function codeFor(app: string): Promise<{ page: Page; panel: Frame; code: string; href: string }> {
    const page = await openPage(browser, `${loket.url}/widget/`, 'phone');
    const panel = await panelOf(page);
    await panel.getByRole('button', { name: 'Pilihan' }).press('Enter');
    await panel.getByRole('button', { name: `Lanjut di ${app}` }).press('Enter');
    const link = panel.getByRole('link', { name: `Buka ${app}` });
    await link.waitFor();
    const code = (await panel.locator('.code b').textContent()) ?? '';
    expect(code).toMatch(/^LK-\w{4}-\w{4}$/);
    expect(await panel.locator('.code').textContent()).toContain(`Kirim pesan ini dari ${app} Anda; berlaku 15 menit`);
    return { page, panel, code, href: (await link.getAttribute('href')) ?? '' };
  }

  it('When the link to Telegram is followed, then both ends hear it and the code stands nowhere', async () => {
    const { page, panel, code, href } = await codeFor('Telegram');
    expect(href).toBe(`https://t.me/loket_bot?start=${code}`);
    const inside = panel as unknown as Page;
    expect(await broken(inside)).toEqual([]);
    expect(await panel.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    if (process.env.SHOT !== undefined) await page.screenshot({ path: `${process.env.SHOT}/widget.png` });
    const update = loket.telegram.textUpdate(`/start ${code}`, { id: 77, name: 'Euis' });
    for (let n = 0; n < 2; n++)
      expect(await loket.telegram.deliver(`${loket.url}/webhook/telegram`, update, webhookSecret)).toEqual([200]);
    await until('Telegram hears it', () => loket.telegram.sent.some(({ text }) => text.startsWith('Tersambung.')));
    await panel.getByText(/^Tersambung\. Petugas/).waitFor();
    expect(loket.telegram.sent.filter(({ chatId }) => chatId === '77')).toHaveLength(1);
    await page.context().close();
  });

  it('When the link to WhatsApp is followed, then an officer sees one person, can undo it and make it again by hand', async () => {
    const { page, panel, code, href } = await codeFor('WhatsApp');
    const url = new URL(href);
    expect([url.origin, url.pathname]).toEqual(['https://wa.me', '/15550783881']);
    const text = url.searchParams.get('text') ?? '';
    expect(text).toContain(code);
    await panel.getByRole('button', { name: 'Pilihan' }).click();
    await panel.getByRole('textbox').fill('petugas');
    await panel.getByRole('textbox').press('Enter');
    await panel
      .getByText(/omor konsultasi K-/)
      .first()
      .waitFor();
    const number = (await panel.locator('.number').textContent()) ?? '';
    expect(await whatsapp.deliver(`${loket.url}/webhook/whatsapp`, whatsapp.text(text, { name: 'Asep' }))).toEqual([200]);
    await until('WhatsApp hears it', () => whatsapp.sent.some((one) => one.text.startsWith('Tersambung.')));
    await panel.getByText(/^Tersambung\. Petugas/).waitFor();
    await page.context().close();

    const desk = await openConsole(browser, loket);
    const answer = await desk.request.get(`${loket.url}/api/conversations?view=all`);
    const { rows } = (await answer.json()) as { rows: { contactId: string; channel: string }[] };
    const contactId = rows.find(({ channel }) => channel === 'whatsapp')?.contactId;
    await desk.goto(`${loket.url}/console/#/kontak/${contactId}`);
    await desk.getByText('Tersambung dengan').waitFor();
    await desk.getByRole('button', { name: 'Lepas sambungan' }).click();
    await desk.getByText('Tersambung dengan').waitFor({ state: 'detached' });
    await desk.getByLabel('Nomor konsultasi orang yang sama').fill(number);
    await desk.getByRole('button', { name: 'Sambungkan' }).click();
    await desk.getByText('Tersambung dengan').waitFor();
    expect(await broken(desk)).toEqual([]);
    if (process.env.SHOT !== undefined) await desk.screenshot({ path: `${process.env.SHOT}/console.png` });
    await desk.getByRole('button', { name: 'Lepas sambungan' }).click();
    await desk.getByText('Tersambung dengan').waitFor({ state: 'detached' });
    await desk.context().close();
  });
});
