// Hours, holidays, periods and a blocked person, set by clicks and read again: what the pages say is what holds.
import type { Browser } from 'playwright-core';
import { type Clerk, goTo, type House, openDesk, openHouse, rowOf, says } from '../support/consoleKit.ts';
import type { Loket } from '../support/loket.ts';
import { until } from '../support/until.ts';

interface Hours {
  weekly: Record<string, { from: string; to: string }[]>;
  holidays: { date: string; name: string }[];
  overrides: { from: string; to: string; name: string; weekly: Record<string, { from: string; to: string }[]> }[];
}

describe('the office set by clicks', () => {
  let house: House;
  let loket: Loket;
  let browser: Browser;
  let rina: Clerk;
  beforeAll(async () => {
    house = await openHouse();
    ({ loket, browser, rina } = house);
  });
  afterAll(() => house.close());

  const hours = async () =>
    (await rina.ask<{ office: { hours: { value: Hours | null; parts: Record<string, unknown> } } }>('GET', '/api/settings'))
      .office.hours;

  const kept = async (): Promise<Hours> => {
    const { value } = await hours();
    if (value === null) throw new Error('No hours are kept.');
    return value;
  };

  it('When an admin sets several ranges, a Friday break, imported holidays and a period, then exactly that is kept and shown again', async () => {
    const { page } = await openDesk(browser, loket, rina);
    await goTo(page, '#/jam');
    const day = (name: string) => page.locator(`input[name=${name}]`);
    await day('monday').fill('8-12, 13.00 s.d. 15.30');
    await day('friday').fill('08.00–11.30, 13.00–15.30');
    await day('saturday').fill('08.00–jam dua');
    await day('sunday').fill('');
    const save = page.getByRole('button', { name: 'Simpan dan konfirmasi minggu biasa' });
    await save.click();
    await page.getByRole('status').filter({ hasText: 'Sabtu' }).waitFor();
    expect((await hours()).value).toBeNull();
    await day('saturday').fill('');
    await save.click();
    await page.getByText('Tersimpan dan langsung berlaku.').waitFor();
    const { weekly } = await kept();
    expect(weekly.monday).toEqual([
      { from: '08:00', to: '12:00' },
      { from: '13:00', to: '15:30' },
    ]);
    expect(weekly.friday).toEqual([
      { from: '08:00', to: '11:30' },
      { from: '13:00', to: '15:30' },
    ]);
    expect([weekly.saturday, weekly.sunday]).toEqual([[], []]);

    await page.getByRole('button', { name: 'Hari libur', exact: true }).click();
    await page.getByText('Impor dari berkas kalender').click();
    const event = (at: string, name: string) => ['BEGIN:VEVENT', `DTSTART;VALUE=DATE:${at}`, `SUMMARY:${name}`, 'END:VEVENT'];
    const calendar = ['BEGIN:VCALENDAR', ...event('20271225', 'Natal'), ...event('20270817', 'Kemerdekaan'), 'END:VCALENDAR'];
    const file = { name: 'libur.ics', mimeType: 'text/calendar', buffer: Buffer.from(calendar.join('\r\n')) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByLabel(/17 Agustus 2027/).uncheck();
    await page.getByRole('button', { name: 'Masukkan ke daftar, lalu simpan' }).click();
    expect((await kept()).holidays.map(({ date }) => date)).not.toContain('2027-12-25');
    await page.getByRole('button', { name: 'Simpan dan konfirmasi hari libur' }).click();
    await until('it is kept', async () => (await kept()).holidays.some(({ date }) => date === '2027-12-25'));
    expect((await kept()).holidays.map(({ date }) => date)).not.toContain('2027-08-17');

    await page.getByRole('button', { name: 'Periode khusus', exact: true }).click();
    await page.getByRole('button', { name: 'Tambah periode' }).click();
    await page.getByLabel('Nama').fill('Ramadan 1448 H');
    await page.getByLabel('Mulai').fill('2027-02-08');
    await page.getByLabel('Sampai').fill('2027-03-09');
    await page.locator('.period').getByLabel('Senin').fill('08.00–14.00');
    await page.getByRole('button', { name: 'Simpan dan konfirmasi periode' }).click();
    await until('it is kept', async () => (await kept()).overrides.length === 1);
    const [period] = (await kept()).overrides;
    expect(period).toMatchObject({ from: '2027-02-08', to: '2027-03-09', name: 'Ramadan 1448 H' });
    expect(period?.weekly.monday).toEqual([{ from: '08:00', to: '14:00' }]);
    await page.reload();
    await day('monday').waitFor();
    expect(await day('monday').inputValue()).toBe('08.00–12.00, 13.00–15.30');
    expect(await day('saturday').inputValue()).toBe('');
    await page.context().close();
  });

  it('When a number of the office is changed, then that one and no other is, and each kind is saved by its own button', async () => {
    const rules = async () =>
      (await rina.ask<{ office: { rules: Record<string, number> } }>('GET', '/api/settings')).office.rules;
    const before = await rules();
    const { page } = await openDesk(browser, loket, rina);
    await goTo(page, '#/pengaturan');
    await page.getByLabel(/menunggu lanjutan setelah sapaan/).fill('3.5');
    await page.getByRole('button', { name: 'Simpan angka' }).click();
    await page.getByText('Tersimpan dan langsung berlaku.').waitFor();
    expect(await rules()).toEqual({ ...before, greetingWaitMs: 3_500 });
    await page.getByLabel(/^Simpan catatan audit/).fill('36');
    await page.getByRole('button', { name: 'Simpan masa simpan' }).click();
    await until('it is kept', async () => (await rules()).keepAuditMonths === 36);
    expect(await rules()).toEqual({ ...before, greetingWaitMs: 3_500, keepAuditMonths: 36 });
    await page.context().close();
  });

  it('When tags are saved, then that is said; when a colleague saved first, then what was typed stays and is saved at the next try', async () => {
    const { page } = await openDesk(browser, loket, rina);
    await goTo(page, '#/balasan');
    const tags = page.getByLabel('Label yang ditawarkan');
    const save = page.getByRole('button', { name: 'Simpan label' });
    await tags.fill('NIB, nib ,pbg');
    await save.click();
    await page.getByText('Tersimpan.', { exact: true }).waitFor();
    expect(await tags.inputValue()).toBe('nib, pbg');
    const canned = async () => rina.ask<{ canned: { replies: object[]; tags: string[] }; version: number }>('GET', '/api/canned');
    const first = await canned();
    const replies = [{ id: 'r9', title: 'Salam', text: 'Halo.' }];
    await rina.ask('PUT', '/api/canned', { canned: { ...first.canned, replies }, version: first.version });
    await tags.fill('nib, sip');
    await save.click();
    await page.locator('.canned-rows').getByText('Halo.').waitFor();
    await page.locator('form .form-outcome').getByText(/./).waitFor();
    expect(await tags.inputValue()).toBe('nib, sip');
    await save.click();
    await until('it is kept', async () => (await canned()).canned.tags.join() === 'nib,sip');
    expect((await canned()).canned.replies).toEqual(replies);
    await page.context().close();
  });

  it('When a person is blocked by a click, then their page says so and they no longer get into the queue, until they are let in again', async () => {
    await says(loket, 41, 'Roni', 'apa itu NIB?');
    const { contactId } = await rowOf(rina, 'Roni');
    const { page } = await openDesk(browser, loket, rina);
    await goTo(page, `#/kontak/${contactId}`);
    await page.getByRole('button', { name: 'Blokir kontak ini' }).click();
    await page.getByText('diblokir', { exact: true }).waitFor();
    await says(loket, 41, 'Roni', 'petugas');
    await says(loket, 42, 'Sinta', 'petugas');
    await until('the other waits', async () => (await rowOf(rina, 'Sinta')).state === 'queued');
    const { rows } = await rina.ask<{ rows: { contactName: string }[] }>('GET', '/api/conversations?view=queue');
    expect(rows.map(({ contactName }) => contactName)).toEqual(['Sinta']);
    await page.getByRole('button', { name: 'Buka blokir' }).click();
    await page.getByText('diblokir', { exact: true }).waitFor({ state: 'detached' });
    await says(loket, 41, 'Roni', 'petugas');
    await until('now this one, too', async () => (await rowOf(rina, 'Roni')).state === 'queued');
    await page.context().close();
  });
});
