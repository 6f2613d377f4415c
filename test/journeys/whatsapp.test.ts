// WhatsApp → bot → "petugas" → an officer in a real browser → the reply reaches the stand-in → delivered and read come back to the console.
import type { Browser, Page } from 'playwright-core';
import { openConsole } from '../support/console.ts';
import { type Loket, openBrowser, startLoket } from '../support/loket.ts';
import { until } from '../support/until.ts';
import { startWhatsappStandin, type Whatsapp, type WhatsappSent } from '../support/whatsappStandin.ts';

/** The settings that turn the channel on against a stand-in. */
const settingsOf = (whatsapp: Whatsapp) => ({
  WHATSAPP_CLOUD_API_ROOT: whatsapp.apiRoot,
  WHATSAPP_CLOUD_PHONE_NUMBER_ID: whatsapp.phoneNumberId,
  WHATSAPP_CLOUD_TOKEN: whatsapp.token,
  WHATSAPP_CLOUD_APP_SECRET: whatsapp.appSecret,
  WHATSAPP_CLOUD_VERIFY_TOKEN: whatsapp.verifyToken,
});

// The matcher learns in this process first, on whatever is left of a busy machine: how long that takes decides nothing.
jest.setTimeout(480_000);

describe('WhatsApp by the Cloud API', () => {
  let whatsapp: Whatsapp;
  let loket: Loket;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    whatsapp = await startWhatsappStandin();
    loket = await startLoket(settingsOf(whatsapp));
    browser = await openBrowser();
    page = await openConsole(browser, loket);
  });
  afterAll(async () => {
    await browser.close();
    await loket.close();
    await whatsapp.close();
  });

  const hook = () => `${loket.url}/webhook/whatsapp`;
  const asep = { number: '6281234567890', name: 'Asep' };
  const says = async (text: string) => expect(await whatsapp.deliver(hook(), whatsapp.text(text, asep))).toEqual([200]);
  const heard = async (text: RegExp): Promise<WhatsappSent> => {
    await until(`the citizen hears ${text}`, () => whatsapp.sent.some((one) => text.test(one.text)), 240_000);
    return whatsapp.sent.find((one) => text.test(one.text)) as WhatsappSent;
  };

  it('When Meta shakes hands, then its challenge comes back as plain text', async () => {
    const query = new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.challenge': '1158',
      'hub.verify_token': whatsapp.verifyToken,
    });
    const answer = await fetch(`${hook()}?${query}`);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'text/plain; charset=utf-8',
      '1158',
    ]);
  });

  it('When a citizen asks, queues and is answered by an officer, then everything arrives once and the officer sees it was read', async () => {
    await says('min, NIB itu apa ya?');
    const answer = await heard(/Nomor Induk Berusaha/);
    expect(answer.to).toBe(asep.number);
    expect(answer.text).toContain('Saya asisten otomatis');

    await says('petugas');
    await heard(/Nomor konsultasi K-\d+/);
    await page.locator('.row', { hasText: 'Asep' }).click();
    await page.getByRole('button', { name: 'Ambil' }).click();
    await heard(/sudah bergabung/);
    await page.getByLabel(/Balas ke Asep/).fill('Selamat siang, ada yang bisa dibantu?');
    await page.keyboard.press('Enter');
    const reply = await heard(/^Selamat siang, ada yang bisa dibantu\?$/);

    const item = page.locator('.log .message', { hasText: 'Selamat siang, ada yang bisa dibantu?' });
    // Out of order, as Meta may: the later one counts.
    expect(await whatsapp.deliver(hook(), whatsapp.status(reply, 'read'))).toEqual([200]);
    expect(await whatsapp.deliver(hook(), whatsapp.status(reply, 'delivered'))).toEqual([200]);
    await item.getByText('· dibaca').waitFor();

    const before = whatsapp.sent.length;
    await says('apa itu PBG bu?');
    await page.locator('.log').getByText('apa itu PBG bu?').waitFor();
    expect(whatsapp.sent).toHaveLength(before);
    expect(whatsapp.refused).toEqual([]);
    const texts = whatsapp.sent.map((one) => one.text);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('When the answer to a send never comes, then the officer sees that it is uncertain until a status with our id settles it', async () => {
    whatsapp.fault = (what) => (what === 'messages' ? { destroy: 'after' } : null);
    await page.getByLabel(/Balas ke Asep/).fill('Berkasnya sudah kami terima.');
    await page.keyboard.press('Enter');
    const sent = await heard(/^Berkasnya sudah kami terima\.$/);
    const item = page.locator('.log .message', { hasText: 'Berkasnya sudah kami terima.' });
    await item.getByText(/Tidak pasti sampai/).waitFor();
    whatsapp.fault = null;
    expect(await whatsapp.deliver(hook(), whatsapp.status(sent, 'delivered'))).toEqual([200]);
    await item.getByText('· sampai').waitFor();
    expect(whatsapp.sent.filter(({ text }) => text === 'Berkasnya sudah kami terima.')).toHaveLength(1);
  });

  it('When the 24 hours are over, then the box says so and an approved template goes out instead, with its blanks filled', async () => {
    await page.getByRole('button', { name: 'Templat' }).waitFor();
    // A day goes by.
    await loket.age(90_000_000);
    await page.goto(`${loket.url}/console/#/templat`);
    await page.reload();
    await page.getByRole('button', { name: 'Tambah templat' }).click();
    await page.getByLabel('Judul').fill('Kabar berkas');
    await page.getByLabel(/Nama di WhatsApp/).fill('kabar_berkas');
    await page.getByRole('textbox', { name: /^Teks/ }).fill('Halo {{1}}, ada kabar tentang berkas Anda. Balas pesan ini.');
    await page.getByLabel(/Meta sudah menyetujui/).check();
    await page.getByRole('button', { name: 'Simpan' }).click();
    await page.getByText(/Ditandai disetujui oleh/).waitFor();

    await page.goto(`${loket.url}/console/#/c/mine`);
    await page.locator('.row', { hasText: 'Asep' }).click();
    await page.getByText('waktu balas habis').first().waitFor();
    await page.getByText(/Kirim templat, atau tunggu warga menulis lagi/).waitFor();
    await page.getByRole('button', { name: 'Templat', exact: true }).click();
    await page.getByLabel('Isian 1').fill('Asep');
    await page.getByRole('button', { name: 'Kirim templat' }).click();
    const sent = await heard(/^$/);
    expect(sent.payload).toMatchObject({
      type: 'template',
      template: { name: 'kabar_berkas', components: [{ type: 'body', parameters: [{ type: 'text', text: 'Asep' }] }] },
    });
    await page.locator('.log').getByText('Halo Asep, ada kabar tentang berkas Anda. Balas pesan ini.').waitFor();

    await says('iya, bagaimana kabarnya?');
    await page
      .getByText(/lagi untuk membalas/)
      .first()
      .waitFor();
    await page.getByLabel(/Balas ke Asep/).fill('Berkasnya lengkap.');
    await page.keyboard.press('Enter');
    await heard(/^Berkasnya lengkap\.$/);
    expect(whatsapp.refused).toEqual([]);
  });
});
