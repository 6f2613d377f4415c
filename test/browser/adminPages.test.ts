// The pages of running the office in a real browser: an invitation from link to first sign-in, a search, erasing, and axe in every state.
import type { Browser } from 'playwright-core';
import { broken, judge } from '../support/axe.ts';
import { type Clerk, openDesk, openOffice, rowOf, says } from '../support/consoleKit.ts';
import { type Loket, openBrowser, openPage, startLoket } from '../support/loket.ts';
import { until } from '../support/until.ts';

describe('running the office', () => {
  let loket: Loket;
  let browser: Browser;
  let rina: Clerk;
  let budi: Clerk;
  beforeAll(async () => {
    loket = await startLoket();
    browser = await openBrowser();
    ({ rina, budi } = await openOffice(loket));
    await rina.ask('POST', '/api/teams', { name: 'Reklame' });
    await says(loket, 1, 'Asep', 'izin reklame di dago');
    await says(loket, 2, 'Euis', 'petugas');
    await until(
      'both are there',
      async () => (await rowOf(rina, 'Euis')).state === 'queued' && (await rowOf(rina, 'Asep')).seq > 0,
    );
  });
  afterAll(async () => {
    await browser.close();
    await loket.close();
  });

  it('When an admin invites, then the link makes an account once, and a disabled officer’s console is cut', async () => {
    const { page } = await openDesk(browser, loket, rina);
    await page.goto(`${loket.url}/console/#/petugas`);
    await page.getByRole('button', { name: 'Undangan' }).click();
    await page.getByLabel('E-mail petugas baru').fill('sari@example.go.id');
    await page.getByLabel('Peran').selectOption('supervisor');
    await page.getByRole('button', { name: 'Buat tautan undangan' }).click();
    const link = await page.getByLabel('Tautan undangan').inputValue();

    const guest = await openPage(browser, link, 'desk');
    await guest.getByText('sari@example.go.id').waitFor();
    expect(await broken(guest)).toEqual([]);
    await guest.getByLabel('Nama').fill('Sari Melati');
    await guest.getByLabel('Kata sandi').fill('kata-sandi-sari');
    await guest.getByRole('button', { name: 'Buat akun' }).click();
    await guest.locator('.views').waitFor();
    expect(guest.url()).not.toContain('token');
    const late = await openPage(browser, link, 'phone');
    await late.getByRole('alert').waitFor();
    expect(await late.getByRole('alert').textContent()).toContain('tidak berlaku lagi');

    await page.getByRole('button', { name: 'Petugas', exact: true }).click();
    await page.getByRole('button', { name: 'Ubah Sari Melati' }).click();
    await page.getByLabel(/Nonaktif/).check();
    await page.getByRole('button', { name: 'Simpan' }).click();
    await guest.getByRole('button', { name: 'Masuk' }).waitFor();
    for (const one of [page, guest, late]) await one.context().close();
  });

  it('When an admin erases a person, then the word is asked for, and the person is found no more', async () => {
    await says(loket, 9, 'Ujang Hapus', 'tolong hapus data saya');
    let contactId = '';
    await until('it is there', async () => {
      contactId = (await rowOf(rina, 'Ujang Hapus')).contactId;
      return contactId !== '';
    });
    const { page } = await openDesk(browser, loket, rina, { hash: `#/c/all` });
    await page.goto(`${loket.url}/console/#/kontak/${contactId}`);
    await page.getByRole('button', { name: /Hapus semua data/ }).click();
    await page.getByText('Yang akan hilang').waitFor();
    expect(await broken(page)).toEqual([]);
    await page.getByLabel(/Ketik HAPUS/).fill('ya');
    await page.getByRole('button', { name: 'Hapus semuanya' }).click();
    await page.getByText('Ketik HAPUS untuk menghapus.').waitFor();
    await page.getByLabel(/Ketik HAPUS/).fill('HAPUS');
    await page.getByRole('button', { name: 'Hapus semuanya' }).click();
    await page.getByText(/Salinan cadangan/).waitFor();
    await expect(rina.ask('GET', `/api/contacts/${contactId}`)).rejects.toThrow('404');
    await page.context().close();
  });

  it('When the pages stand on a desk and on a phone, light and dark, then none has a fault', async () => {
    const { contactId } = await rowOf(rina, 'Asep');
    await until(
      'the search knows it',
      async () => (await rina.ask<{ rows: object[] }>('GET', '/api/conversations/search?q=rekl')).rows.length > 0,
    );
    const { page } = await openDesk(browser, loket, rina);
    const found: string[] = [];
    const look = async (state: string, hash: string, sign: string, reach?: () => Promise<void>) => {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await page.locator(sign).first().waitFor();
      await reach?.();
      found.push(...(await judge(page, state, [1280, 390])));
    };
    const tab = (name: string) => page.getByRole('button', { name, exact: true }).click();
    await look('search', '#/cari?q=rekl', '.admin-hits mark');
    await look('contact', `#/kontak/${contactId}`, '.admin-list li');
    await look('alarms', '#/alarm', '.page h1');
    await look('officers', '#/petugas', 'tbody tr');
    await look('change', '#/petugas', 'tbody tr', async () => {
      await page.getByRole('button', { name: /^Ubah/ }).first().click();
      await page.getByText('Perangkat yang masuk').click();
      await page.locator('dialog .admin-card, dialog .admin-empty').first().waitFor();
    });
    await page.keyboard.press('Escape');
    await look('invitations', '#/petugas', '.tabs', () => tab('Undangan'));
    await look('teams', '#/petugas', '.tabs', () => tab('Tim'));
    await look('week', '#/jam', 'input[name=monday]');
    await look('holidays', '#/jam', '.tabs', async () => {
      await tab('Hari libur');
      await page.getByText('Impor dari berkas kalender').click();
      await page
        .getByLabel('atau tempel isinya')
        .fill('BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225\nSUMMARY:Natal\nEND:VEVENT');
      await page.getByLabel('atau tempel isinya').blur();
      await page.getByText('1 hari baru').waitFor();
    });
    await look('periods', '#/jam', '.tabs', async () => {
      await tab('Periode khusus');
      await tab('Tambah periode');
    });
    await look('trail', '#/jejak', 'tbody tr');
    await look('sessions', '#/pengaturan', '.tabs', async () => {
      await tab('Perangkat');
      await page.locator('.admin-card').first().waitFor();
    });
    expect(found).toEqual([]);
    await page.context().close();
  });

  it('When an officer opens an admin’s page, then it is not there; the search and alarms are', async () => {
    const { page } = await openDesk(browser, loket, budi);
    await page.goto(`${loket.url}/console/#/petugas`);
    await page.locator('.views').waitFor();
    expect(await page.getByRole('link', { name: 'Petugas' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: /^Cari/ }).count()).toBe(1);
    await page.context().close();
  });
});
