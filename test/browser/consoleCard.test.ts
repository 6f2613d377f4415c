// What an officer sees of one conversation and of the office around it: the card, the bot's reasons, notes, doubtful sends, colleagues who look away.
import type { Browser } from 'playwright-core';
import type { Message } from '../../src/contract/message.ts';
import { type Clerk, goTo, type House, holdRequests, openDesk, openHouse, rowOf, says } from '../support/consoleKit.ts';
import { type Loket, webhookSecret } from '../support/loket.ts';
import { until } from '../support/until.ts';

describe('one conversation at the console', () => {
  let house: House;
  let loket: Loket;
  let browser: Browser;
  let rina: Clerk;
  let budi: Clerk;
  beforeAll(async () => {
    house = await openHouse();
    ({ loket, browser, rina, budi } = house);
  });
  afterAll(() => house.close());

  let citizens = 900;
  /** A citizen who has said this and asked for a person. */
  async function queued(name: string, ...texts: string[]): Promise<{ id: string; chat: number }> {
    const chat = ++citizens;
    for (const text of [...texts, 'petugas']) await says(loket, chat, name, text);
    await until('is queued', async () => (await rowOf(rina, name)).state === 'queued');
    return { id: (await rowOf(rina, name)).id, chat };
  }
  const told = (chat: number) => loket.telegram.sent.filter((one) => one.chatId === String(chat)).map((one) => one.text);
  const stored = async (id: string) =>
    (await rina.ask<{ messages: Message[] }>('GET', `/api/conversations/${id}/messages?limit=200`)).messages;

  it('When a conversation is opened, then topic, masked number, last answer, reason, language and waiting are there, and why the bot wrote on request', async () => {
    const { id, chat } = await queued('Wati', 'What is a NIB?');
    const { message } = loket.telegram.textUpdate('x', { id: chat, name: 'Wati' }) as { message?: Record<string, unknown> };
    const { text: _text, ...rest } = message ?? {};
    const contact = { phone_number: '+6281234567890', first_name: 'Wati', user_id: chat };
    const update = loket.telegram.update({ message: { ...rest, contact } });
    await loket.telegram.deliver(`${loket.url}/webhook/telegram`, update, webhookSecret);
    await until('the number is known', async () => (await rowOf(rina, 'Wati')).contactPhone !== null);
    const { page } = await openDesk(browser, loket, rina, { hash: `#/c/queue/${id}` });
    const fact = async (name: string) => {
      const row = page.locator('.panels .facts > div').filter({ has: page.getByText(name, { exact: true }) });
      return (await row.locator('dd').textContent()) ?? '';
    };
    await page.locator('.panels .facts dt', { hasText: 'Jawaban bot terakhir' }).waitFor();
    const reason = (await rowOf(rina, 'Wati')).handoffReason ?? '';
    expect(reason).not.toBe('');
    expect(await fact('Topik')).toBe('Apa itu NIB');
    expect(await fact('Jawaban bot terakhir')).toMatch(/^.*NIB.*…$/);
    expect(await fact('Nomor HP')).toBe('+62812****890');
    expect(await fact('Alasan dialihkan')).toBe(reason);
    expect(await fact('Bahasa')).toBe('Inggris');
    expect(await page.content()).not.toContain('81234567890');
    expect(await page.locator('.card .row-wait').textContent()).toMatch(/^menunggu /);
    expect(await page.locator('.card-why').textContent()).toBe(`Apa itu NIB · dialihkan: ${reason} · Inggris`);
    const why = page.locator('.message.is-bot .reason').first();
    await why.getByText('Mengapa bot menulis ini').click();
    const { score } = (await stored(id)).find((one) => one.reason?.decision === 'answer')!.reason!;
    const wanted = [
      ['Niat', 'Apa itu NIB (oss.nib-apa)'],
      ['Skor', score.toLocaleString('id-ID', { maximumFractionDigits: 2 })],
    ];
    for (const [name = '', value] of wanted) {
      const row = why.locator('.facts > div').filter({ has: page.getByText(name, { exact: true }) });
      await until(name, async () => (await row.locator('dd').textContent()) === value);
    }
    expect(await why.locator('.facts > div', { hasText: 'Sumber' }).locator('dd').textContent()).toMatch(/\d{4}$/);
    await page.context().close();
  });

  it('When a note is written, then colleagues read it and the citizen does not; its draft and that of the reply stay apart', async () => {
    const { id, chat } = await queued('Xena');
    await rina.ask('POST', `/api/conversations/${id}/claim`, {});
    const { page } = await openDesk(browser, loket, rina, { hash: `#/c/mine/${id}` });
    const colleague = await openDesk(browser, loket, budi, { hash: `#/c/all/${id}` });
    await page.getByLabel(/^Balas ke Xena/).fill('Untuk Xena');
    await page.getByRole('button', { name: 'Catatan', exact: true }).click();
    const note = page.getByLabel('Catatan untuk petugas lain');
    expect(await note.inputValue()).toBe('');
    await note.fill('Sudah dua kali datang.');
    await page.getByRole('button', { name: 'Balas (draf)' }).click();
    expect(await page.getByLabel(/^Balas ke Xena/).inputValue()).toBe('Untuk Xena');
    await page.getByRole('button', { name: 'Catatan (draf)' }).click();
    await note.press('Enter');
    await colleague.page.locator('.message.is-note').getByText('Sudah dua kali datang.').waitFor();
    await page.getByRole('button', { name: 'Balas (draf)' }).click();
    await page.getByLabel(/^Balas ke Xena/).press('Enter');
    await until('the reply went out', () => told(chat).includes('Untuk Xena'));
    expect(told(chat).some((text) => text.includes('dua kali'))).toBe(false);
    await Promise.all([page.context().close(), colleague.page.context().close()]);
  });

  it('When a colleague has it open in a tab that is not in front, then that is told, and so is their coming back', async () => {
    const { id } = await queued('Yani');
    const { page } = await openDesk(browser, loket, rina, { hash: `#/c/queue/${id}` });
    const colleague = await openDesk(browser, loket, budi, { hash: `#/c/queue/${id}` });
    await page.getByText('Budi melihat').waitFor();
    await colleague.page.evaluate('document.hasFocus = () => false; dispatchEvent(new Event("blur"))');
    await page.getByText('Budi di tab lain').waitFor();
    await colleague.page.evaluate('delete document.hasFocus; dispatchEvent(new Event("focus"))');
    await page.getByText('Budi melihat').waitFor();
    await Promise.all([page.context().close(), colleague.page.context().close()]);
  });

  it('When nobody knows whether a message arrived, then that stands there with the risk, and is sent again only by a press', async () => {
    const { id, chat } = await queued('Zul');
    await rina.ask('POST', `/api/conversations/${id}/claim`, {});
    const { page } = await openDesk(browser, loket, rina, { hash: `#/c/mine/${id}` });
    loket.telegram.fault = (_method, { text }) => (text === 'Untuk Zul' ? { destroy: 'after' } : null);
    await page.getByLabel(/^Balas ke Zul/).fill('Untuk Zul');
    await page.getByLabel(/^Balas ke Zul/).press('Enter');
    const bad = page.locator('.message-bad');
    await bad.getByText(/mungkin menerimanya dua kali/).waitFor();
    loket.telegram.fault = null;
    const before = told(chat).filter((text) => text === 'Untuk Zul').length;
    await bad.getByRole('button', { name: 'Coba lagi' }).click();
    await until('it went out once more', () => told(chat).filter((text) => text === 'Untuk Zul').length === before + 1);
    await bad.waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('When an officer takes a break, then a reload keeps it and colleagues see it; another language is kept, too, with what was typed', async () => {
    const { id } = await queued('Agus');
    await rina.ask('POST', `/api/conversations/${id}/claim`, {});
    const { page } = await openDesk(browser, loket, rina, { hash: `#/c/mine/${id}` });
    const colleague = await openDesk(browser, loket, budi);
    await colleague.page.getByRole('button', { name: 'Istirahat' }).click();
    await colleague.page.reload();
    await colleague.page.locator('.duty [aria-pressed=true]', { hasText: 'Istirahat' }).waitFor();
    await page.getByRole('button', { name: 'Alihkan' }).click();
    await page.getByLabel('Kepada').locator('option', { hasText: 'Budi (istirahat)' }).waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    await page.getByLabel(/^Balas ke Agus/).fill('masih ditulis');
    await page.locator('.me summary').click();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'On duty' }).waitFor();
    expect(await page.getByLabel('Reply to Agus · Telegram').inputValue()).toBe('masih ditulis');
    await page.getByLabel('Reply to Agus · Telegram').fill('');
    await Promise.all([page.context().close(), colleague.page.context().close()]);
  });

  it('When the list is still on its way, then its shape stands there, and a sentence where there is nothing', async () => {
    const { page } = await openDesk(browser, loket, budi);
    const go = await holdRequests(page, '**/api/conversations?**');
    await page.reload();
    await page.locator('.skeleton').first().waitFor();
    go();
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    await goTo(page, '#/c/mine');
    await page.getByText(/^Belum ada percakapan yang Anda pegang/).waitFor();
    await page.context().close();
  });
});
