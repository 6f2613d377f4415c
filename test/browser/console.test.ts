// Two officers at once in real browsers: who was first, who is writing, whose draft it is, and what a lost line costs.
import type { Browser } from 'playwright-core';
import type { Message } from '../../src/contract/message.ts';
import { type Clerk, type Desk, goTo, type House, openDesk, openHouse, pixel, rowOf, says } from '../support/consoleKit.ts';
import type { Loket } from '../support/loket.ts';
import { until } from '../support/until.ts';

describe('two officers', () => {
  let house: House;
  let loket: Loket;
  let browser: Browser;
  let rina: Clerk;
  let budi: Clerk;
  let atRina: Desk;
  let atBudi: Desk;
  beforeAll(async () => {
    house = await openHouse();
    ({ loket, browser, rina, budi } = house);
    [atRina, atBudi] = await Promise.all([openDesk(browser, loket, rina), openDesk(browser, loket, budi)]);
  });
  afterAll(() => house.close());

  let citizens = 0;
  /** A citizen who has asked for a person. */
  async function queued(name: string): Promise<{ id: string; chat: number }> {
    const chat = 100 + ++citizens;
    await says(loket, chat, name, 'petugas');
    const row = await rowOf(rina, name);
    await until('is queued', async () => (await rowOf(rina, name)).state === 'queued');
    return { id: row.id, chat };
  }
  async function held(name: string): Promise<{ id: string; chat: number }> {
    const talk = await queued(name);
    await rina.ask('POST', `/api/conversations/${talk.id}/claim`, {});
    return talk;
  }
  const open = async ({ page }: Desk, view: string, id: string, name: string) => {
    await goTo(page, `#/c/${view}/${id}`);
    await page.getByRole('heading', { name: new RegExp(name) }).waitFor();
    await page.locator('.log .message').first().waitFor();
  };
  const told = (chat: number) => loket.telegram.sent.filter((one) => one.chatId === String(chat)).map((one) => one.text);
  const stored = async (id: string) =>
    (await rina.ask<{ messages: Message[] }>('GET', `/api/conversations/${id}/messages?limit=200`)).messages;
  const box = ({ page }: Desk) => page.getByLabel(/^Balas ke/);

  it('When both take one citizen at once, then one has it, the other sees who, and the citizen hears of one officer', async () => {
    const { id, chat } = await queued('Asep');
    await Promise.all([open(atRina, 'queue', id, 'Asep'), open(atBudi, 'queue', id, 'Asep')]);
    const take = ({ page }: Desk) => page.getByRole('button', { name: 'Ambil' }).click();
    await Promise.all([take(atRina), take(atBudi)]);
    await until('one holds it', async () => (await rowOf(rina, 'Asep')).state === 'officer');
    const winner = (await rowOf(rina, 'Asep')).officerId === rina.officer.id ? 'Rina' : 'Budi';
    const loser = winner === 'Rina' ? atBudi : atRina;
    await loser.page.getByText(`${winner} memegang percakapan ini`).waitFor();
    await loser.page.locator('.card').getByText(`dipegang ${winner}`).waitFor();
    await until('the citizen is told', () => told(chat).some((text) => text.includes('sudah bergabung')));
    expect(told(chat).filter((text) => text.includes('sudah bergabung'))).toHaveLength(1);
  });

  it('When a colleague looks, types or leaves, then the other sees it at once', async () => {
    const { id } = await held('Dewi');
    await open(atRina, 'mine', id, 'Dewi');
    await open(atBudi, 'all', id, 'Dewi');
    await atRina.page.getByText('Budi melihat').waitFor();
    await box(atRina).fill('Selamat');
    await atBudi.page.locator('.card').getByText('Rina mengetik').waitFor();
    await box(atRina).fill('');
    await goTo(atBudi.page, '#/c/queue');
    await atRina.page.getByText('Budi melihat').waitFor({ state: 'detached' });
  });

  it('When the officer types in A, goes to B while A is slow and presses Enter, then B gets nothing and the draft stays with A', async () => {
    const a = await held('Ani');
    const b = await held('Beni');
    await open(atRina, 'mine', b.id, 'Beni');
    await open(atRina, 'mine', a.id, 'Ani');
    await atRina.page.getByLabel('Balas ke Ani · Telegram').fill('Jawaban untuk Ani');
    atRina.line.hold();
    await atRina.page.keyboard.press('Enter');
    await atRina.page.keyboard.type('masih untuk Ani');
    await goTo(atRina.page, `#/c/mine/${b.id}`);
    await atRina.page.getByLabel('Balas ke Beni · Telegram').focus();
    await atRina.page.keyboard.press('Enter');
    expect(await atRina.page.getByLabel('Balas ke Beni · Telegram').inputValue()).toBe('');
    atRina.line.letGo();
    await until('Ani has the answer', () => told(a.chat).includes('Jawaban untuk Ani'));
    await atRina.page.reload();
    await open(atRina, 'mine', a.id, 'Ani');
    expect(await box(atRina).inputValue()).toBe('masih untuk Ani');
    expect(told(a.chat).filter((text) => text === 'Jawaban untuk Ani')).toHaveLength(1);
    expect(told(b.chat).filter((text) => text.includes('Ani'))).toEqual([]);
    expect((await stored(b.id)).filter((message) => message.author.kind === 'officer')).toEqual([]);
    await box(atRina).fill('');
  });

  it('When a colleague answered while the officer was writing, then the console asks, and sends only after a yes', async () => {
    const { id, chat } = await held('Citra');
    await open(atRina, 'mine', id, 'Citra');
    await box(atRina).fill('Jawaban Rina');
    await rina.ask('POST', `/api/conversations/${id}/transfer`, { officerId: budi.officer.id, note: '' });
    await budi.ask('POST', `/api/conversations/${id}/messages`, { clientMessageId: 'budi-0001', text: 'Jawaban Budi' });
    await budi.ask('POST', `/api/conversations/${id}/transfer`, { officerId: rina.officer.id, note: '' });
    await atRina.page.locator('.log').getByText('Jawaban Budi').waitFor();
    await box(atRina).press('Enter');
    await atRina.page.getByText('Budi sudah membalas. Tetap kirim?').waitFor();
    await until('Budi was heard', () => told(chat).includes('Jawaban Budi'));
    expect(told(chat)).not.toContain('Jawaban Rina');
    await atRina.page.getByRole('button', { name: 'Tetap kirim' }).click();
    await until('Rina was heard', () => told(chat).includes('Jawaban Rina'));
    await atRina.page.getByText('Tetap kirim?').waitFor({ state: 'detached' });
    expect(told(chat).filter((text) => text === 'Jawaban Rina')).toHaveLength(1);
  });

  it('When a conversation is handed on with a note, then the colleague has it with the note, and the citizen never sees that', async () => {
    const { id, chat } = await held('Eka');
    await open(atRina, 'mine', id, 'Eka');
    await atRina.page.getByRole('button', { name: 'Alihkan' }).click();
    await atRina.page.getByLabel('Kepada').selectOption({ label: 'Budi (bertugas)' });
    await atRina.page.getByLabel('Catatan untuk penerima').fill('Soal reklame, sudah dua kali datang.');
    await atRina.page.getByRole('dialog').getByRole('button', { name: 'Alihkan' }).click();
    await atRina.page.locator('.card').getByText('dipegang Budi').waitFor();
    await open(atBudi, 'mine', id, 'Eka');
    await atBudi.page.locator('.message.is-note').getByText('Soal reklame, sudah dua kali datang.').waitFor();
    await atBudi.page.locator('.rows-head', { hasText: 'Perlu dibalas' }).waitFor();
    expect(told(chat).some((text) => text.includes('reklame'))).toBe(false);
  });

  it('When the line was gone for 200 messages, then what was typed goes out once and every message is there once, in order', async () => {
    const { id, chat } = await held('Fajar');
    await open(atRina, 'mine', id, 'Fajar');
    await atRina.line.cut();
    await atRina.page.getByText('Koneksi terputus').waitFor();
    await box(atRina).fill('Ditulis tanpa koneksi');
    await box(atRina).press('Enter');
    await atRina.page.locator('.is-echo').getByText('menunggu koneksi').waitFor();
    await box(atRina).fill('Masih ditulis');
    const wanted = Array.from({ length: 200 }, (_, i) => `pesan ${i + 1}.`);
    for (const text of wanted) await says(loket, chat, 'Fajar', text);
    expect(told(chat)).not.toContain('Ditulis tanpa koneksi');
    await atRina.line.mend();
    await atRina.page.getByText('Koneksi terputus').waitFor({ state: 'detached' });
    await until('it was sent', () => told(chat).includes('Ditulis tanpa koneksi'));
    await atRina.page.locator('.log').getByText('pesan 200.', { exact: true }).waitFor();
    await atRina.page.getByRole('button', { name: 'Tampilkan pesan sebelumnya' }).click();
    const seen = await atRina.page.locator('.message.is-contact .message-text').allTextContents();
    expect(seen.filter((text) => text.startsWith('pesan '))).toEqual(wanted);
    expect(told(chat).filter((text) => text === 'Ditulis tanpa koneksi')).toHaveLength(1);
    expect(await box(atRina).inputValue()).toBe('Masih ditulis');
    await box(atRina).fill('');
  });

  it('When somebody joins while the officer points at the queue, then nothing moves until the pointer leaves', async () => {
    const first = await queued('Gilang');
    await goTo(atBudi.page, '#/c/queue');
    const names = () => atBudi.page.locator('.row-name').allTextContents();
    await atBudi.page.locator('.row', { hasText: 'Gilang' }).hover();
    await rina.ask('POST', `/api/conversations/${first.id}/claim`, {});
    await atBudi.page.locator('.row', { hasText: 'Gilang' }).getByText('dipegang Rina').waitFor();
    await queued('Hana');
    await atBudi.page.getByText('2 perubahan').waitFor();
    expect(await names()).toEqual(['Gilang']);
    await atBudi.page.mouse.move(900, 400);
    await atBudi.page.locator('.row', { hasText: 'Hana' }).waitFor();
    expect(await names()).toEqual(['Hana']);
  });

  it('When the officer uses the keyboard alone, then the next citizen is opened, taken, answered with a canned reply and tagged by name', async () => {
    await rina.ask('PUT', '/api/canned', {
      canned: { replies: [{ id: 'r1', title: 'Salam', text: 'Selamat siang, {nama}. Saya {petugas}.' }], tags: ['nib'] },
      version: 0,
    });
    const { page } = atBudi;
    await page.reload();
    await page.locator('.row', { hasText: 'Hana' }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: /Hana/ }).waitFor();
    await page.keyboard.press('c');
    await page.locator('.card').getByText('Anda pegang').waitFor();
    await page.getByLabel('Balas ke Hana · Telegram').waitFor();
    await until('the server agrees', async () => (await rowOf(rina, 'Hana')).officerId === budi.officer.id);
    await page.keyboard.press('/');
    const menu = page.getByRole('combobox', { name: 'Cari balasan siap pakai' });
    await menu.waitFor();
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await page.keyboard.type('/');
    await menu.fill('sal');
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('Balas ke Hana · Telegram').inputValue()).toBe('Selamat siang, Hana. Saya Budi.');
    await page.keyboard.press('Enter');
    await until('Hana was greeted', () => loket.telegram.sent.some((one) => one.text === 'Selamat siang, Hana. Saya Budi.'));
    await page.getByLabel('Tambah label').fill('NIB');
    await page.getByLabel('Tambah label').press('Enter');
    await until('it is filed', async () => (await rowOf(rina, 'Hana')).tags.join() === 'nib');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Pintasan keyboard' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it("When a guess of the bot is clicked, then the approved answer is a draft to edit, and a file goes to the citizen's channel", async () => {
    const { id, chat } = await held('Indra');
    await says(loket, chat, 'Indra', 'NIB itu apa ya?');
    await open(atRina, 'mine', id, 'Indra');
    await atRina.page.locator('.guess').first().click();
    expect(await box(atRina).inputValue()).toMatch(/NIB[\s\S]*Sumber: /);
    await box(atRina).fill('');
    const before = told(chat).length;
    await atRina.page.locator('input[type=file]').setInputFiles({ name: 'alur.png', mimeType: 'image/png', buffer: pixel });
    await atRina.page.getByRole('button', { name: 'Kirim', exact: true }).click();
    await until('the picture arrived', () => told(chat).length > before);
    expect(loket.telegram.sent.at(-1)?.payload).toMatchObject({ photo: { name: 'alur.png', size: pixel.length } });
    await atRina.page.getByAltText('alur.png').waitFor();
  });

  it('When a message was refused by the channel, then the page of undelivered ones says why, and sending it again brings it there', async () => {
    const { id, chat } = await held('Lina');
    const refusal = { status: 400, body: { ok: false, error_code: 400, description: 'Bad Request: wrong' } };
    loket.telegram.fault = (_method, { text }) => (text === 'Untuk Lina' ? refusal : null);
    await rina.ask('POST', `/api/conversations/${id}/messages`, { clientMessageId: 'lina-0001', text: 'Untuk Lina' });
    await until('it failed', async () =>
      (await stored(id)).some(({ text, state }) => text === 'Untuk Lina' && state === 'failed'),
    );
    loket.telegram.fault = null;
    await goTo(atRina.page, '#/gagal');
    const entry = atRina.page.locator('.undelivered li', { hasText: 'Untuk Lina' });
    await entry.getByText(/^Gagal terkirim: .*wrong/).waitFor();
    await entry.getByRole('button', { name: 'Coba lagi' }).click();
    await entry.waitFor({ state: 'detached' });
    await until('Lina has it', () => told(chat).includes('Untuk Lina'));
  });

  it('When a citizen comes back, then what was said before stands above, on request', async () => {
    const first = await held('Maman');
    const { office, version } = await rina.ask<{ office: { rules: object }; version: number }>('GET', '/api/settings');
    await rina.ask('PUT', '/api/settings', { office: { rules: { ...office.rules, reopenDays: 0 } }, version });
    await rina.ask('POST', `/api/conversations/${first.id}/messages`, {
      clientMessageId: 'maman-001',
      text: 'Jawaban bulan lalu.',
    });
    await rina.ask('POST', `/api/conversations/${first.id}/close`, {});
    await says(loket, first.chat, 'Maman', 'saya lagi, petugas');
    await until('a new one began', async () => (await rowOf(rina, 'Maman')).id !== first.id);
    const row = await rowOf(rina, 'Maman');
    await open(atRina, 'all', row.id, 'Maman');
    expect(await atRina.page.getByText('Jawaban bulan lalu.').count()).toBe(0);
    await atRina.page.getByRole('button', { name: /^Percakapan sebelumnya: K-/ }).click();
    await atRina.page.locator('.log-earlier').getByText('Jawaban bulan lalu.').waitFor();
  });
});
