// Ways through the console: filters kept in the address, the letters that open and answer, and a device that is signed out from another.
import type { Browser, Page } from 'playwright-core';
import { type Clerk, goTo, type House, openDesk, openHouse, rowOf, says, signIn } from '../support/consoleKit.ts';
import { admin, type Loket } from '../support/loket.ts';
import { until } from '../support/until.ts';

describe('ways through the console', () => {
  let house: House;
  let loket: Loket;
  let browser: Browser;
  let rina: Clerk;
  beforeAll(async () => {
    house = await openHouse();
    ({ loket, browser, rina } = house);
    for (const [at, name] of ['Asep', 'Budiman', 'Cucu'].entries()) {
      await says(loket, 700 + at, name, 'petugas');
      await until('is queued', async () => (await rowOf(rina, name)).state === 'queued');
    }
  });
  afterAll(() => house.close());

  const names = (page: Page) => page.locator('.row-name').allTextContents();

  it('When a list is narrowed, then the address says so, a reload keeps it, and one click takes it away', async () => {
    await rina.ask('PUT', '/api/canned', { canned: { replies: [], tags: ['nib', 'pbg'] }, version: 0 });
    const { id } = await rowOf(rina, 'Budiman');
    const { page } = await openDesk(browser, loket, rina);
    await goTo(page, `#/c/queue/${id}`);
    await page.getByLabel('Tambah label').fill('pbg');
    await page.getByLabel('Tambah label').press('Enter');
    await until('it is filed', async () => (await rowOf(rina, 'Budiman')).tags.join() === 'pbg');
    const filter = page.locator('.filters').getByLabel('Label');
    await filter.selectOption('pbg');
    await page.waitForURL(/tag=pbg/);
    await until('one is left', async () => (await names(page)).join() === 'Budiman');
    await page.reload();
    await until('still one', async () => (await names(page)).join() === 'Budiman');
    await filter.selectOption('nib');
    await page.getByText('Tidak ada yang cocok dengan saringan ini.').waitFor();
    await page.getByRole('link', { name: 'Hapus saringan' }).click();
    await until('all are back', async () => (await names(page)).length === 3);
    expect(page.url()).not.toContain('tag=');
    const channels = await page.locator('.filters').getByLabel('Kanal').locator('option').allTextContents();
    expect(new Set(channels).size).toBe(channels.length);
    await page.context().close();
  });

  it('When letters are pressed, then n opens who waits longest, j and k go down and up, r is ready to write, and writing is no command', async () => {
    const { page } = await openDesk(browser, loket, rina);
    const shows = (name: string) => page.getByRole('heading', { name: new RegExp(name) }).waitFor();
    await until('all are here', async () => (await names(page)).length === 3);
    await page.keyboard.press('n');
    await shows('Asep');
    await page.keyboard.press('j');
    await shows('Budiman');
    await page.keyboard.press('k');
    await shows('Asep');
    await page.keyboard.press('c');
    await page.locator('.card').getByText('Anda pegang').waitFor();
    const box = page.getByLabel('Balas ke Asep · Telegram');
    await box.waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('r');
    await until('the box has the cursor', () => box.evaluate((element) => element === document.activeElement));
    await page.keyboard.type('jkn?');
    expect(await box.inputValue()).toBe('jkn?');
    await shows('Asep');
    await page.context().close();
  });

  it('When the server does not answer a step, then what was shown at once is taken back, with a sentence', async () => {
    await signIn(loket, admin.email, admin.password);
    const { id } = await rowOf(rina, 'Cucu');
    const { page } = await openDesk(browser, loket, rina, { hash: `#/c/queue/${id}` });
    await page.route('**/api/**', (route) => (route.request().method() === 'GET' ? route.continue() : route.abort()));
    const said = page.getByText(/^Tidak ada jawaban dari server/);
    const steps: [name: string, act: () => Promise<void>, isBack: () => Promise<void>][] = [
      [
        'taking',
        () => page.getByRole('button', { name: 'Ambil' }).click(),
        () => page.locator('button:not([disabled])', { hasText: 'Ambil' }).waitFor(),
      ],
      [
        'filing',
        async () => {
          await page.getByLabel('Tambah label').fill('nib');
          await page.getByLabel('Tambah label').press('Enter');
        },
        () => page.locator('.tags-panel .chip').waitFor({ state: 'detached' }),
      ],
      [
        'duty',
        () => page.getByRole('button', { name: 'Istirahat' }).click(),
        () => page.locator('.duty [aria-pressed=true]', { hasText: 'Bertugas' }).waitFor(),
      ],
    ];
    for (const [, act, isBack] of steps) {
      await act();
      await said.waitFor();
      await isBack();
      await page.getByRole('button', { name: 'Tutup pesan' }).click();
      await said.waitFor({ state: 'detached' });
    }
    expect((await rowOf(rina, 'Cucu')).state).toBe('queued');
    await goTo(page, '#/pengaturan');
    await page.getByRole('button', { name: 'Perangkat' }).click();
    const sessions = page.getByRole('button', { name: 'Akhiri sesi' });
    await sessions.first().click();
    await said.waitFor();
    expect(await sessions.count()).toBeGreaterThan(0);
    await page.context().close();
  });

  it('When a conversation is opened without a connection, then what stands beside it comes when the connection is back', async () => {
    await says(loket, 795, 'Endang', 'petugas');
    await until('is queued', async () => (await rowOf(rina, 'Endang')).state === 'queued');
    await says(loket, 795, 'Endang', 'apa itu NIB?');
    const { page, line } = await openDesk(browser, loket, rina);
    await page.locator('.row', { hasText: 'Endang' }).click();
    await page.locator('.guess').first().waitFor();
    await page.locator('.row', { hasText: 'Cucu' }).click();
    await page.getByRole('heading', { name: /Cucu/ }).waitFor();
    let isDown = true;
    await page.route('**/api/**', (route) => (isDown ? route.abort() : route.continue()));
    await line.cut();
    await page.getByText(/^Koneksi terputus/).waitFor();
    await page.locator('.row', { hasText: 'Endang' }).click();
    await page
      .locator('.panels')
      .getByText(/^Tidak ada jawaban dari server/)
      .waitFor();
    expect(await page.locator('.guess').count()).toBe(0);
    expect(await page.getByText('Tidak ada jawaban baku').count()).toBe(0);
    isDown = false;
    await line.mend();
    await page.locator('.guess').first().waitFor();
    await page.getByText('Belum ada nomor izin di percakapan ini.').waitFor();
    expect(await page.getByText(/^Tidak ada jawaban dari server/).count()).toBe(0);
    await page.context().close();
  });

  it('When a supervisor opens what an officer holds, then it can be handed on and given back, but not answered; another officer cannot', async () => {
    const sari = { name: 'Sari', email: 'sari@example.go.id', password: 'kata-sandi-sari', role: 'supervisor' };
    const { officer } = await rina.ask<{ officer: { id: string } }>('POST', '/api/officers', sari);
    await rina.ask('PATCH', `/api/officers/${officer.id}`, { role: 'supervisor' });
    await says(loket, 790, 'Dadang', 'petugas');
    await until('is queued', async () => (await rowOf(rina, 'Dadang')).state === 'queued');
    const { id } = await rowOf(rina, 'Dadang');
    await rina.ask('POST', `/api/conversations/${id}/claim`, {});
    const { page: other } = await openDesk(browser, loket, house.budi, { hash: `#/c/all/${id}` });
    await other.getByText('Rina memegang percakapan ini').waitFor();
    expect(await other.locator('.card-actions button').count()).toBe(0);
    const { page } = await openDesk(browser, loket, await signIn(loket, sari.email, sari.password), { hash: `#/c/all/${id}` });
    await page.getByText('Rina memegang percakapan ini').waitFor();
    await page.getByRole('button', { name: 'Alihkan' }).click();
    await page.getByRole('dialog').getByLabel('Kepada').selectOption({ label: 'Budi (bertugas)' });
    await page.getByRole('dialog').getByRole('button', { name: 'Alihkan' }).click();
    await page.locator('.card').getByText('dipegang Budi').waitFor();
    await page.getByRole('button', { name: 'Lepas' }).click();
    await until('it waits again', async () => (await rowOf(rina, 'Dadang')).state === 'queued');
    await page.context().close();
    await other.context().close();
  });

  it('When a session is ended from another device, then that one stands at the door', async () => {
    const { page: lost } = await openDesk(browser, loket, await signIn(loket, admin.email, admin.password));
    const { page } = await openDesk(browser, loket, rina);
    await goTo(page, '#/pengaturan');
    await page.getByRole('button', { name: 'Perangkat' }).click();
    await page.getByText('perangkat ini').waitFor();
    const others = page.getByRole('button', { name: 'Akhiri sesi' });
    for (let left = await others.count(); left > 0; left -= 1) {
      await others.first().click();
      await until('it is gone', async () => (await others.count()) === left - 1);
    }
    await lost.getByRole('button', { name: 'Masuk' }).waitFor();
    await page.reload();
    await page.locator('.topbar').waitFor();
    await page.context().close();
    await lost.context().close();
  });
});
