// Files in the console: pasted, dropped, over a slow line, and voice notes in place.
import type { Browser, Page } from 'playwright-core';
import { type Clerk, goTo, type House, holdRequests, openDesk, openHouse, rowOf, says } from '../support/consoleKit.ts';
import { type Loket, webhookSecret } from '../support/loket.ts';
import { until } from '../support/until.ts';

describe('files in the console', () => {
  let house: House;
  let loket: Loket;
  let browser: Browser;
  let rina: Clerk;
  let page: Page;
  beforeAll(async () => {
    house = await openHouse();
    ({ loket, browser, rina } = house);
    ({ page } = await openDesk(browser, loket, rina));
  });
  afterAll(() => house.close());

  let citizens = 0;
  /** A citizen whom Rina has taken. */
  async function held(name: string): Promise<{ id: string; chat: number }> {
    const chat = 100 + ++citizens;
    await says(loket, chat, name, 'petugas');
    const { id } = await rowOf(rina, name);
    await until('is queued', async () => (await rowOf(rina, name)).state === 'queued');
    await rina.ask('POST', `/api/conversations/${id}/claim`, {});
    return { id, chat };
  }
  const open = async (id: string, name: string) => {
    await goTo(page, `#/c/mine/${id}`);
    await page.getByRole('heading', { name: new RegExp(name) }).waitFor();
    await page.locator('.log .message').first().waitFor();
  };
  const told = (chat: number) => loket.telegram.sent.filter((one) => one.chatId === String(chat)).map((one) => one.text);

  it('When files are pasted and dropped, then they wait as chips of this conversation, can be removed, and none goes out by itself', async () => {
    const { id, chat } = await held('Joko');
    await open(id, 'Joko');
    const before = told(chat).length;
    await page.evaluate(() => {
      const carry = (name: string) => {
        const data = new DataTransfer();
        data.items.add(new File(['%PDF-1.7'], name, { type: 'application/pdf' }));
        return data;
      };
      const writer = document.querySelector('.writer');
      writer
        ?.querySelector('textarea')
        ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: carry('a.pdf'), bubbles: true, cancelable: true }));
      writer?.dispatchEvent(new DragEvent('drop', { dataTransfer: carry('b.pdf'), bubbles: true, cancelable: true }));
    });
    await page.locator('.chip', { hasText: 'a.pdf' }).waitFor();
    await page.getByRole('button', { name: 'Buang b.pdf' }).click();
    expect(told(chat)).toHaveLength(before);
    await page.getByRole('button', { name: 'Kirim', exact: true }).click();
    await until('the file arrived', () => told(chat).length > before);
    expect(loket.telegram.sent.at(-1)?.payload).toMatchObject({ document: { name: 'a.pdf' } });
    expect(told(chat)).toHaveLength(before + 1);
  });

  it('When files wait in A and the officer goes to B, then B has none, and A has them still', async () => {
    const first = await held('Nana');
    const second = await held('Oding');
    await open(first.id, 'Nana');
    const files = ['surat.pdf', 'denah.pdf'].map((name) => ({
      name,
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7'),
    }));
    await page.locator('input[type=file]').setInputFiles(files);
    await page.locator('.chip', { hasText: 'surat.pdf' }).waitFor();
    await open(second.id, 'Oding');
    expect(await page.locator('.chip').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Kirim', exact: true }).isDisabled()).toBe(true);
    await page.locator('.row', { hasText: 'Nana' }).getByText('draf').waitFor();
    await open(first.id, 'Nana');
    await page.getByRole('button', { name: 'Catatan', exact: true }).click();
    await page.getByRole('button', { name: 'Balas (draf)' }).click();
    await page.getByLabel(/^Balas ke Nana/).focus();
    const before = [told(first.chat).length, told(second.chat).length];
    // Both before the box is drawn again.
    await page.evaluate(() => {
      const box = document.querySelector('.writer textarea');
      for (let i = 0; i < 2; i += 1)
        box?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    });
    await until('both arrived', () => told(first.chat).length >= (before[0] ?? 0) + 2);
    await page.locator('.log .is-echo').first().waitFor({ state: 'detached' });
    expect([told(first.chat).length, told(second.chat).length]).toEqual([(before[0] ?? 0) + 2, before[1]]);
    expect(await page.locator('.chip').count()).toBe(0);
  });

  it('When a file is on its way, then the officer sees how much has gone, and it arrives once', async () => {
    const { id, chat } = await held('Lala');
    await open(id, 'Lala');
    const before = told(chat).length;
    const go = await holdRequests(page, '**/files');
    const plan = Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(400_000, 32)]);
    await page.locator('input[type=file]').setInputFiles({ name: 'denah.pdf', mimeType: 'application/pdf', buffer: plan });
    await page.getByRole('button', { name: 'Kirim', exact: true }).click();
    const bar = page.getByRole('progressbar', { name: 'Mengunggah denah.pdf' });
    await bar.waitFor();
    expect(await bar.evaluate((one) => (one as HTMLProgressElement).value)).toBe(0);
    expect(told(chat)).toHaveLength(before);
    go();
    await bar.waitFor({ state: 'detached' });
    await until('the file arrived', () => told(chat).length > before);
    expect(told(chat)).toHaveLength(before + 1);
  });

  it('When a picture comes late, then who was at the end stays there; who went up stays where they read', async () => {
    const { id, chat } = await held('Pipit');
    for (let i = 0; i < 30; i += 1) await says(loket, chat, 'Pipit', `baris ${i}`);
    const plan = await page.screenshot();
    loket.telegram.putFile('photo-1', plan);
    const go = await holdRequests(page, '**/files/*');
    await open(id, 'Pipit');
    await page.locator('.log').getByText('baris 29').waitFor();
    const { message } = loket.telegram.textUpdate('x', { id: chat, name: 'Pipit' }) as { message?: Record<string, unknown> };
    const { text: _text, ...rest } = message ?? {};
    const photo = [{ file_id: 'photo-1', file_unique_id: 'u2', width: 1280, height: 800, file_size: plan.length }];
    await loket.telegram.deliver(
      `${loket.url}/webhook/telegram`,
      loket.telegram.update({ message: { ...rest, photo } }),
      webhookSecret,
    );
    const image = page.locator('.log img');
    await image.waitFor({ state: 'attached' });
    const below = () =>
      page.locator('.log').evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
    const before = await below();
    go();
    await until('it is drawn', () => image.evaluate((one) => (one as HTMLImageElement).naturalHeight > 0));
    await until('the end is in sight', async () => (await below()) < 2);
    expect(before).toBeLessThan(2);
    // What the browser tells of a scroll comes after the next picture has grown.
    await page.locator('.log').evaluate((log) => {
      (log.lastElementChild as HTMLElement).style.paddingTop = '400px';
      log.dispatchEvent(new Event('scroll'));
    });
    await says(loket, chat, 'Pipit', 'sudah lihat?');
    await page.locator('.log').getByText('sudah lihat?').waitFor();
    expect(await below()).toBeLessThan(2);
    await page.locator('.log').evaluate((log) => {
      log.scrollTop = 0;
    });
    await page.waitForFunction(() => document.querySelector('.log')?.scrollTop === 0);
    await says(loket, chat, 'Pipit', 'halo?');
    await page.getByRole('button', { name: /Ada pesan baru/ }).waitFor();
    expect(await page.locator('.log').evaluate(({ scrollTop }) => scrollTop)).toBe(0);
  });

  it('When a citizen sends a voice note, then the officer can play it in place', async () => {
    const { id, chat } = await held('Kiki');
    await open(id, 'Kiki');
    const ogg = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(24), Buffer.from('OpusHead'), Buffer.alloc(64)]);
    loket.telegram.putFile('voice-1', ogg);
    const { message } = loket.telegram.textUpdate('x', { id: chat, name: 'Kiki' }) as { message?: Record<string, unknown> };
    const { text: _text, ...rest } = message ?? {};
    const voice = { file_id: 'voice-1', file_unique_id: 'u1', duration: 2, mime_type: 'audio/ogg', file_size: ogg.length };
    await loket.telegram.deliver(
      `${loket.url}/webhook/telegram`,
      loket.telegram.update({ message: { ...rest, voice } }),
      webhookSecret,
    );
    const player = page.locator('.log audio');
    await player.waitFor();
    const source = await player.getAttribute('src');
    const answer = await page.request.get(`${loket.url}${source}`);
    expect([answer.status(), answer.headers()['content-type'], (await answer.body()).length]).toEqual([
      200,
      'audio/ogg',
      ogg.length,
    ]);
  });
});
