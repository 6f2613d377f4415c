// Keeping the bot's knowledge alive in a real browser: a fact asked for, confirmed and told at once; a wrong answer labelled and exported.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { openNlu } from '../../src/nlu/nlu.ts';
import { broken, judge } from '../support/axe.ts';
import { type Clerk, goTo, type House, openDesk, openHouse, rowOf, says } from '../support/consoleKit.ts';
import type { Loket } from '../support/loket.ts';
import { until } from '../support/until.ts';

const root = path.join(import.meta.dirname, '..', '..');

describe('the bot’s knowledge', () => {
  let house: House;
  let loket: Loket;
  let browser: Browser;
  let rina: Clerk;
  let budi: Clerk;
  /** Citizens by number; resolves when the bot has answered. */
  const ask = async (id: number, text: string) => {
    const before = loket.telegram.sent.length;
    await says(loket, id, `Warga ${id}`, text);
    await until(`an answer to ${text}`, () => loket.telegram.sent.length > before);
    return loket.telegram.sent.at(-1)!.text;
  };
  beforeAll(async () => {
    // Learns where nothing has yet: an answer is waited for below, not the learning.
    openNlu({ intentsDir: path.join(root, 'intents'), cacheDir: path.join(root, '.cache', 'nlu'), learnHere: true }).stop();
    house = await openHouse();
    ({ loket, browser, rina, budi } = house);
    for (const id of [1, 2, 3]) await ask(id, 'nomor wa kantor berapa');
    await ask(4, 'ukuran file maksimal berapa');
    for (const id of [5, 6]) await ask(id, 'kucing saya lapar sekali hari ini');
    await ask(7, 'apa itu NIB');
  });
  afterAll(() => house.close());

  it('When an admin confirms the fact asked for most, then the next citizen is told, without a restart', async () => {
    const { page } = await openDesk(browser, loket, rina);
    await goTo(page, '#/pengetahuan');
    const first = page.locator('.knowledge-list .fact').first();
    await first.getByText('dipakai di 1 jawaban (Kontak kantor), ditanya 3 kali dalam 30 hari').waitFor();
    const order = async () =>
      (await page.locator('.knowledge-list .fact-head').allTextContents()).map((head) => head.replace(/ (belum )?di\w+$/, ''));
    const before = await order();
    expect(before.slice(0, 2).sort()).toEqual(['Nomor WhatsApp', 'Nomor telepon']);
    expect(before.slice(2, 4).sort()).toEqual(['Format berkas unggahan', 'Ukuran terbesar berkas unggahan']);
    expect(await ask(8, 'nomor wa kantor berapa')).toContain('belum dikonfirmasi');
    for (const [title, value] of Object.entries({ 'Nomor WhatsApp': '0811-2345-678', 'Nomor telepon': '(022) 7217487' })) {
      const card = page.locator('.knowledge-list .fact', { has: page.getByRole('heading', { name: title }) });
      await card.getByRole('button').click();
      await card.getByLabel(`${title}: isi`).fill(value);
      await card.getByLabel(`${title}: sumber`).fill('SK Kepala Dinas 2026');
      await card.getByRole('button', { name: 'Simpan dan konfirmasi' }).click();
      await card.getByText(/Dikonfirmasi oleh Rina/).waitFor();
      await card.getByText('Tersimpan dan langsung berlaku.').waitFor();
      expect(await card.getByRole('button', { name: 'Ubah' }).evaluate((one) => one === document.activeElement)).toBe(true);
    }
    expect(await ask(9, 'nomor wa kantor berapa')).toContain('0811-2345-678');
    // A card stays in its place while it is worked on, and has left the front when the page is opened again.
    expect(await order()).toEqual(before);
    await page.reload();
    await page.locator('.knowledge-list .fact').first().waitFor();
    expect((await order())[0]).toBe(before[2]);
    await page.context().close();
  });

  it('When questions were not understood, then they stand by frequency, lead to the talk and take a label', async () => {
    const { page } = await openDesk(browser, loket, rina);
    await goTo(page, '#/pengetahuan');
    await page.getByRole('button', { name: 'Pertanyaan tanpa jawaban' }).click();
    const question = page.locator('.knowledge-list .fact').first();
    await question.getByText('ditanya 2 kali').waitFor();
    await question.getByRole('button', { name: 'Beri label' }).click();
    await page.getByLabel('Cari topik').fill('tidak ada yang begini');
    await page.getByText('0 topik').waitFor();
    await page.getByRole('button', { name: 'Bukan salah satu' }).click();
    await question.getByText('bukan salah satu topik').waitFor();
    await question.getByRole('link', { name: 'Buka percakapan' }).click();
    await page.locator('.message').getByText('kucing saya lapar sekali hari ini').waitFor();
    await page.context().close();
  });

  it('When an officer says that an answer was wrong, then why is shown, the label is kept, changed, taken back and exported', async () => {
    const { id } = await rowOf(budi, 'Warga 7');
    const { page } = await openDesk(browser, loket, budi, { hash: `#/c/all/${id}` });
    expect(await page.getByRole('link', { name: /Pengetahuan/ }).count()).toBe(0);
    const why = page.locator('.message.is-bot .reason').first();
    await why.getByText('Mengapa bot menulis ini').click();
    const { version } = (
      await budi.ask<{ messages: { reason: { version?: string } | null }[] }>('GET', `/api/conversations/${id}/messages`)
    ).messages.at(-1)!.reason!;
    for (const text of ['(oss.nib-apa)', version!, 'Pertanyaan: “apa itu NIB”']) await why.getByText(text).waitFor();
    await why.getByRole('button', { name: 'Jawaban salah' }).click();
    await page.getByLabel('Cari topik').fill('nib cara');
    await why.getByRole('button', { name: 'Cara membuat NIB' }).click();
    await why.getByText(/Label: .*Budi/).waitFor();
    expect(await broken(page)).toEqual([]);
    // Another officer sees it, too.
    const other = await openDesk(browser, loket, rina, { hash: `#/c/all/${id}` });
    await other.page.locator('.message.is-bot .reason summary').first().click();
    await other.page.getByText(/Label: .*Budi/).waitFor();
    await other.page.context().close();

    const out = path.join(loket.dataDir, 'labels.jsonl');
    const rows = () => {
      const done = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/intentsLabels.ts', '--out', out], {
        cwd: root,
        env: { PATH: process.env.PATH, DATA_DIR: loket.dataDir },
        encoding: 'utf8',
      });
      expect([done.status, done.stderr]).toEqual([0, '']);
      return readFileSync(out, 'utf8').trim().split('\n');
    };
    expect(rows()).toContain('{"text":"apa itu NIB","intent":"oss.nib-cara"}');
    await why.getByRole('button', { name: 'Batalkan label' }).click();
    await why.getByRole('button', { name: 'Jawaban salah' }).waitFor();
    expect(rows().filter((row) => row.includes('NIB'))).toEqual([]);
    await page.context().close();
  });

  it('When the pages stand on a desk and on a phone, light and dark, then none has a fault', async () => {
    const { page } = await openDesk(browser, loket, rina);
    // An answer past its review, which the approved answers of today have not.
    await page.route('**/api/knowledge/facts', async (route) => {
      const answer = await route.fetch();
      const overdue = [{ intent: 'pbg.lama', title: 'Lama penerbitan PBG', reviewBy: '2026-11-20' }];
      await route.fulfill({ json: { ...(await answer.json()), overdue } });
    });
    const found: string[] = [];
    const look = async (state: string, reach: () => Promise<void>) => {
      await reach();
      found.push(...(await judge(page, state, [1280, 390])));
    };
    const shown = (selector: string) => page.locator(selector).first().waitFor();
    await look('facts', async () => {
      await goTo(page, '#/pengetahuan');
      await shown('.knowledge-list .fact');
      await page.getByText('20 November 2026').waitFor();
    });
    await look('form', () => page.getByRole('button', { name: /^Isi/ }).first().click());
    await look('unanswered', async () => {
      await page.getByRole('button', { name: 'Pertanyaan tanpa jawaban' }).click();
      await shown('.knowledge-question');
    });
    await look('picker', async () => {
      await page.locator('.label-editor button').first().click();
      await shown('.label-choice');
    });
    await look('why', async () => {
      await goTo(page, `#/c/all/${(await rowOf(rina, 'Warga 7')).id}`);
      await page.locator('.message.is-bot .reason summary').first().click();
      await page.getByRole('button', { name: 'Jawaban salah' }).click();
      await shown('.label-choice');
    });
    await look('settings', async () => {
      await goTo(page, '#/pengaturan');
      await page.getByRole('button', { name: 'Simpan angka' }).waitFor();
    });
    expect(found).toEqual([]);
    await page.context().close();
  });
});
