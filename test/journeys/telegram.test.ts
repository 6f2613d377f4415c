// Telegram → bot → "petugas" → number and place → an officer claims in a real browser → the reply reaches the stand-in.
import type { Browser } from 'playwright-core';
import { openConsole } from '../support/console.ts';
import { type Loket, openBrowser, startLoket, webhookSecret } from '../support/loket.ts';
import { describeMongo } from '../support/mongoServer.ts';
import { until } from '../support/until.ts';

describe.each(['webhook', 'polling'])('Telegram by %s', (by) => journey(by));
describeMongo('Telegram on MongoDB', () => journey('polling', 'mongodb'));

function journey(by: string, store?: string): void {
  let loket: Loket;
  let browser: Browser;
  beforeAll(async () => {
    loket = await startLoket(by === 'polling' ? { TELEGRAM_WEBHOOK_SECRET: undefined } : {}, store);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await loket.close();
  });

  const says = async (text: string) => {
    if (by === 'polling') loket.telegram.pushText(text, { id: 42, name: 'Asep' });
    else {
      const update = loket.telegram.textUpdate(text, { id: 42, name: 'Asep' });
      expect(await loket.telegram.deliver(`${loket.url}/webhook/telegram`, update, webhookSecret)).toEqual([200]);
    }
  };
  const heard = async (text: RegExp) => {
    await until(`the citizen hears ${text}`, () => loket.telegram.sent.some((one) => text.test(one.text)));
    return loket.telegram.sent.find((one) => text.test(one.text));
  };

  it('When a citizen asks, queues and is answered by an officer, then everything arrives once and in order', async () => {
    const page = await openConsole(browser, loket);
    await says('min, NIB itu apa ya?');
    const answer = await heard(/Nomor Induk Berusaha/);
    expect(answer?.text).toContain('Saya asisten otomatis');
    expect(answer?.text).toMatch(/Sumber: .+ · diperiksa/);

    await says('petugas');
    const told = await heard(/Nomor konsultasi K-\d+/);
    expect(told?.text).toContain('Tidak ada orang lain di depan.');

    await page.locator('.row', { hasText: 'Asep' }).click();
    await page.getByRole('button', { name: 'Ambil' }).click();
    await heard(/sudah bergabung/);
    await page.getByLabel(/Balas ke Asep/).fill('Selamat siang, ada yang bisa dibantu?');
    await page.keyboard.press('Enter');
    await heard(/^Selamat siang, ada yang bisa dibantu\?$/);

    const before = loket.telegram.sent.length;
    await says('apa itu PBG bu?');
    await page.locator('.log').getByText('apa itu PBG bu?').waitFor();
    expect(loket.telegram.sent).toHaveLength(before);

    await page.getByRole('button', { name: 'Tutup', exact: true }).click();
    await page.getByRole('button', { name: 'Tutup percakapan' }).click();
    await heard(/sudah ditutup petugas/);
    const texts = loket.telegram.sent.map((one) => one.text);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('When the same update comes again and again, then it is stored and answered once', async () => {
    if (by === 'polling') return expect(loket.telegram.waiting()).toEqual([]);
    const update = loket.telegram.textUpdate('gampil itu apa?', { id: 77, name: 'Euis' });
    const deliveries = Array.from({ length: 5 }, () =>
      loket.telegram.deliver(`${loket.url}/webhook/telegram`, update, webhookSecret),
    );
    expect((await Promise.all(deliveries)).flat()).toEqual([200, 200, 200, 200, 200]);
    await until('it is answered', () => loket.telegram.sent.some((one) => one.chatId === '77'));
    expect(loket.telegram.sent.filter((one) => one.chatId === '77')).toHaveLength(1);
  });
}
