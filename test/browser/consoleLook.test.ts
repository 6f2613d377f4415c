// The console's states under axe, wide and narrow, light and dark; and what its first load weighs.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { judge } from '../support/axe.ts';
import { type Clerk, goTo, type House, openDesk, openHouse, rowOf, says } from '../support/consoleKit.ts';
import { type Loket, openPage } from '../support/loket.ts';
import { until } from '../support/until.ts';

const dist = path.join(__dirname, '../../dist/officer-console');

describe('how the console looks', () => {
  let house: House;
  let loket: Loket;
  let browser: Browser;
  let rina: Clerk;
  let talk: string;
  beforeAll(async () => {
    house = await openHouse();
    ({ loket, browser, rina } = house);
    for (const [id, name] of [
      [1, 'Asep'],
      [2, 'Euis'],
    ] as const) {
      await says(loket, id, name, 'apa itu NIB?');
      await says(loket, id, name, 'petugas');
      await until('is queued', async () => (await rowOf(rina, name)).state === 'queued');
    }
    talk = (await rowOf(rina, 'Asep')).id;
    await rina.ask('POST', `/api/conversations/${talk}/claim`, {});
    await rina.ask('PUT', `/api/conversations/${talk}/tags`, { tags: ['nib'] });
    await rina.ask('POST', `/api/conversations/${talk}/notes`, { clientMessageId: 'note-0001', text: 'Sudah pernah datang.' });
    await rina.ask('PUT', '/api/canned', {
      canned: { replies: [{ id: 'r1', title: 'Salam', text: 'Selamat siang.' }], tags: ['nib'] },
      version: 0,
    });
    loket.telegram.fault = (method) =>
      method === 'sendMessage' ? { status: 400, body: { ok: false, error_code: 400, description: 'Bad Request' } } : null;
    await rina.ask('POST', `/api/conversations/${talk}/messages`, { clientMessageId: 'fail-0001', text: 'Tidak sampai.' });
    await until('it failed', async () => (await rina.ask<{ rows: unknown[] }>('GET', '/api/messages/dead')).rows.length > 0);
    loket.telegram.fault = null;
  });
  afterAll(() => house.close());

  it('When nobody is signed in, then the door has no fault', async () => {
    const page = await openPage(browser, `${loket.url}/console/`, 'desk');
    await page.getByRole('button', { name: 'Masuk' }).waitFor();
    expect(await judge(page, 'door', [1280, 390])).toEqual([]);
    await page.context().close();
  });

  it.each([
    ['a desk', [1280]],
    ['a phone', [390, 320]],
  ])('When it is as wide as %s, then no main state has a fault, light or dark', async (_name, widths) => {
    const [width = 0] = widths;
    const { page } = await openDesk(browser, loket, rina, { width });
    const go = async (hash: string, sign: string) => {
      await goTo(page, hash);
      await page.locator(sign).first().waitFor();
    };
    const found: string[] = [];
    const look = async (state: string) => {
      found.push(...(await judge(page, state, widths)));
      // One bar: nothing of it slips into a second row.
      if (((await page.locator('.topbar').boundingBox())?.height ?? 0) >= 70) found.push(`${state}: two bars`);
    };
    await go('#/c/queue', '.row');
    await look('queue');
    await go('#/c/closed', '.empty');
    await look('empty');
    await go(`#/c/mine/${talk}`, '.message-bad');
    if (width < 500) await page.getByRole('button', { name: 'Keterangan' }).click();
    await page.locator('.guess').first().waitFor();
    await look('talk');
    if (width < 500) await page.getByRole('button', { name: 'Tutup keterangan' }).click();
    await page.getByRole('button', { name: 'Balasan siap pakai' }).click();
    await page.locator('.canned').waitFor();
    await look('canned');
    await page.getByRole('button', { name: 'Alihkan' }).click();
    await page.getByRole('dialog').waitFor();
    await look('dialog');
    await page.keyboard.press('Escape');
    await go('#/gagal', '.undelivered li');
    await look('undelivered');
    await go('#/balasan', '.canned-rows li');
    await look('replies');
    await go('#/pengaturan', '.page h1');
    await look('settings');
    await go('#/berkas', '.tabs');
    await look('files');
    await page.getByRole('button', { name: 'Impor' }).click();
    await page.locator('input[type=file]').waitFor();
    await look('import');
    for (const name of ['whatsapp', 'templat', 'pengetahuan']) {
      await go(`#/${name}`, '.page p');
      await look(name);
    }
    expect(found).toEqual([]);
    await page.context().close();
  });

  it.each(['br', 'gzip'])('When a browser takes %s, then the console comes compressed', async (coding) => {
    for (const name of ['', 'index.html']) {
      const { headers } = await fetch(`${loket.url}/console/${name}`, { headers: { 'accept-encoding': coding } });
      expect([name, headers.get('content-encoding')]).toEqual([name, coding]);
    }
  });

  it('When the console is opened, then its first load is at most 120 kB compressed', () => {
    const html = readFileSync(path.join(dist, 'index.html'), 'utf8');
    const named = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, file]) => file ?? '');
    const size = (file: string) => gzipSync(readFileSync(path.join(dist, file))).length;
    expect(named.length).toBeGreaterThanOrEqual(2);
    const bytes = named.reduce((sum, file) => sum + size(file), size('index.html'));
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThanOrEqual(120_000);
    expect(readdirSync(path.join(dist, 'assets')).filter((file) => file.endsWith('.js')).length).toBeGreaterThan(
      named.length - 1,
    );
  });
});
