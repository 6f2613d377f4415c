// The whole way by WhatsApp Web: an admin scans the QR in the console, a citizen asks, the bot answers, an officer takes over and replies,
// the citizen reads. Real server, real library, real Chromium; WhatsApp itself is the stand-in page.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { findChromium } from '../../src/channels/whatsappWeb/browser.ts';
import { broken } from '../support/axe.ts';
import { type Clerk, openDesk, openOffice, rowOf } from '../support/consoleKit.ts';
import { type Loket, openBrowser, openPage, startLoket } from '../support/loket.ts';
import { panelOf } from '../support/panel.ts';
import { tempDir } from '../support/tempStore.ts';
import { until } from '../support/until.ts';
import { PATIENCE_MS, type Phone, startPhone } from '../support/whatsappWebPhone.ts';

const ana = '6281200001111@c.us';
const cici = '6281200004444@c.us';
/** Where pictures are put for people to look at; none without it. */
const shots = process.env.SCREENS_DIR;

// A server, its learning and two browsers on whatever is left of a busy machine: how long it takes decides nothing.
jest.setTimeout(2 * PATIENCE_MS);

describe('WhatsApp Web in the office', () => {
  const { dir, remove } = tempDir();
  const door = path.join(dir, 'browser.sh');
  let phone: Phone;
  let loket: Loket;
  let browser: Browser;
  let rina: Clerk;
  beforeAll(async () => {
    phone = await startPhone(dir);
    // The browser of the settings: the usual one, through a door that leaves a mark.
    writeFileSync(door, `#!/bin/sh\ntouch '${door}.used'\nexec '${findChromium()}' "$@"\n`, { mode: 0o755 });
    const settings = { WHATSAPP_WEB_ENABLED: 'on', WHATSAPP_WEB_PAGE: phone.pageFile, PUPPETEER_EXECUTABLE_PATH: door };
    loket = await startLoket(settings);
    browser = await openBrowser();
    ({ rina } = await openOffice(loket));
  });
  afterAll(async () => {
    await browser.close();
    await loket.close();
    await phone.close();
    remove();
  });

  async function look(page: Page, state: string): Promise<void> {
    expect([state, await broken(page)]).toEqual([state, []]);
    const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect([state, scrolls]).toEqual([state, false]);
    if (shots === undefined) return;
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: path.join(shots, `whatsapp-${state}-${page.viewportSize()?.width}.png`), fullPage: true });
  }
  const heard = async (text: RegExp) => {
    await until(`the citizen hears ${text}`, () => phone.sent.some((one) => text.test(one.text)), PATIENCE_MS);
    return phone.sent.find((one) => text.test(one.text))!;
  };

  it('When an admin opens the page, then a QR is there to scan, and after it the number is connected', async () => {
    const { page } = await openDesk(browser, loket, rina);
    const { page: narrow } = await openDesk(browser, loket, rina, { width: 390, colorScheme: 'dark' });
    for (const one of [page, narrow]) {
      await one.goto(`${loket.url}/console/#/whatsapp`);
      await one.getByRole('img', { name: /Kode QR/ }).waitFor({ timeout: PATIENCE_MS });
      await look(one, 'qr');
    }
    await narrow.context().close();
    await page.getByRole('button', { name: /Pakai kode/ }).click();
    await page.getByLabel('Nomor WhatsApp kantor').fill('0811 9990-000');
    await page.getByRole('button', { name: 'Minta kode' }).click();
    await page.getByText('ABCD-1234').waitFor();
    expect(phone.pairing).toEqual(['628119990000']);
    await look(page, 'code');
    await phone.order('scan');
    await page.getByText('Tersambung').waitFor({ timeout: PATIENCE_MS });
    expect(existsSync(`${door}.used`)).toBe(true);
    await look(page, 'ready');
    await page.context().close();
  });

  it('When a citizen asks, queues and is answered by an officer, then all arrives once, and the console shows that it was read', async () => {
    await phone.write(ana, 'min, NIB itu apa ya?', { name: 'Asep' });
    expect((await heard(/Nomor Induk Berusaha/)).text).toMatch(/Sumber: .+ · diperiksa/);
    await phone.write(ana, 'petugas', { name: 'Asep' });
    await heard(/Nomor konsultasi K-\d+/);
    const { page } = await openDesk(browser, loket, rina);
    await page.locator('.row', { hasText: 'Asep' }).click();
    await page.getByRole('button', { name: 'Ambil' }).click();
    await heard(/sudah bergabung/);
    await page.getByLabel(/Balas ke Asep/).fill('Selamat siang, ada yang bisa dibantu?');
    await page.keyboard.press('Enter');
    const { id } = await heard(/^Selamat siang, ada yang bisa dibantu\?$/);
    await phone.order('ack', { chat: ana, id, ack: 3 });
    await until('the reply is read', async () => {
      const row = await rowOf(rina, 'Asep');
      const { messages } = await rina.ask<{ messages: { text: string; state: string }[] }>(
        'GET',
        `/api/conversations/${row.id}/messages`,
      );
      return messages.some(({ text, state }) => text.startsWith('Selamat siang,') && state === 'read');
    });
    const texts = phone.sent.map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
    await page.context().close();
  });

  it('When a visitor of the widget goes on in WhatsApp, then the code is answered there, and both ends hear it', async () => {
    const page = await openPage(browser, `${loket.url}/widget/`, 'phone');
    const panel = await panelOf(page);
    await panel.getByRole('button', { name: 'Pilihan' }).click();
    await panel.getByRole('button', { name: 'Lanjut di WhatsApp' }).click();
    const url = new URL((await panel.getByRole('link', { name: 'Buka WhatsApp' }).getAttribute('href')) ?? '');
    expect([url.origin, url.pathname]).toEqual(['https://wa.me', `/${phone.number}`]);
    const text = url.searchParams.get('text') ?? '';
    expect(text).toMatch(/LK-\w{4}-\w{4}/);
    await phone.write(cici, text, { name: 'Cici' });
    expect((await heard(/^Tersambung\./)).chat).toBe(cici);
    await panel.getByText(/^Tersambung\. Petugas/).waitFor();
    await page.context().close();
    const { rows } = await rina.ask<{ rows: { contactId: string; contactName: string | null }[] }>(
      'GET',
      '/api/conversations?view=all',
    );
    const contactId = rows.find(({ contactName }) => contactName === 'Cici')?.contactId;
    const { contact } = await rina.ask<{ contact: { linked: { channel: string }[] } }>('GET', `/api/contacts/${contactId}`);
    expect(contact.linked).toMatchObject([{ channel: 'web' }]);
  });

  it('When somebody calls, then it stands in the conversation, and the bot answers in words', async () => {
    await phone.order('call', { id: 'CALL1', peerJid: '6281200003333@c.us', isVideo: false, isGroup: false, outgoing: false });
    expect((await heard(/Panggilan tidak bisa diterima di sini/)).chat).toBe('6281200003333@c.us');
    const { rows } = await rina.ask<{ rows: { id: string; contactName: string | null }[] }>('GET', '/api/conversations?view=all');
    const row = rows.find(({ contactName }) => contactName !== 'Asep');
    const { messages } = await rina.ask<{ messages: object[] }>('GET', `/api/conversations/${row?.id}/messages`);
    expect(messages[0]).toMatchObject({ kind: 'call', direction: 'in', text: 'Panggilan suara masuk, tidak terjawab.' });
  });

  it('When an admin looks after the number, then the page says how it is; restarting keeps the login, logging out is asked twice', async () => {
    const { page } = await openDesk(browser, loket, rina);
    await page.goto(`${loket.url}/console/#/whatsapp`);
    await page.getByText('Tersambung sejak').waitFor();
    const fact = (term: string) => page.locator('dl.facts div', { hasText: term }).locator('dd');
    await fact('Memori')
      .filter({ hasText: /^\d+ MB$/ })
      .waitFor({ timeout: PATIENCE_MS });
    expect(await fact('Nomor').textContent()).toMatch(/^\+62811\d*\*+000$/);
    for (const term of ['Pesan terakhir', 'Berjalan sejak']) expect(await fact(term).textContent()).toMatch(/\d/);

    const { opened } = phone;
    await page.getByRole('button', { name: 'Mulai ulang' }).click();
    await until('it opened its page again', () => phone.opened > opened, PATIENCE_MS);
    await page.getByText('Tersambung sejak').waitFor({ timeout: PATIENCE_MS });
    expect(phone.opened).toBe(opened + 1);

    const logOut = page.getByRole('button', { name: 'Keluarkan nomor' });
    await logOut.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Batal' }).click();
    await page.getByText('Tersambung sejak').waitFor();
    await logOut.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Keluarkan', exact: true }).click();
    await page.getByText('Perlu ditautkan').waitFor({ timeout: PATIENCE_MS });
    await page.getByRole('img', { name: /Kode QR/ }).waitFor({ timeout: PATIENCE_MS });
    await page.context().close();
  });
});
