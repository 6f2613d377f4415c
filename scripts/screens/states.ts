// The states that are photographed: how to get there, and what has to be seen before the picture is taken.
import type { Page } from 'playwright-core';

export interface Look {
  width: 1280 | 390;
  scheme: 'light' | 'dark';
}
export interface State {
  name: string;
  /** Whose console; null: a page without a session. */
  who: 'rina' | 'dewi' | null;
  /** Where; ids of the story in braces are filled in. */
  path: string;
  reach(page: Page, look: Look): Promise<void>;
  /** Looks whose picture belongs to the documents; all others go into a folder that is not kept. */
  kept: `${Look['width']} ${Look['scheme']}`[];
}

const sees = (selector: string) => (page: Page) => page.locator(selector).first().waitFor();
/** The panel of the widget, inside its frame. */
const panel = (page: Page) => page.frameLocator('iframe');

async function ask(page: Page, text: string, answer: RegExp): Promise<void> {
  const box = panel(page).locator('textarea').first();
  await box.waitFor();
  await box.fill(text);
  await box.press('Enter');
  await panel(page).getByText(answer).first().waitFor();
}

async function openPanel(page: Page): Promise<void> {
  const box = panel(page).locator('textarea').first();
  // The example page opens the panel by itself on a desk; on a phone the launcher does.
  const isOpen = await box.waitFor({ timeout: 2_000 }).then(
    () => true,
    () => false,
  );
  if (!isOpen) await page.getByRole('button').first().click();
  await box.waitFor();
}

const calendar = ['BEGIN:VCALENDAR', 'VERSION:2.0'];
for (const [date, name] of [
  ['20270209', 'Isra Mikraj'],
  ['20270206', 'Tahun Baru Imlek'],
  ['20261225', 'Hari Natal'],
])
  calendar.push('BEGIN:VEVENT', `DTSTART;VALUE=DATE:${date}`, `SUMMARY:${name}`, 'END:VEVENT');
calendar.push(
  'BEGIN:VEVENT',
  'DTSTART;VALUE=DATE:20260817',
  'RRULE:FREQ=YEARLY',
  'SUMMARY:Kemerdekaan',
  'END:VEVENT',
  'END:VCALENDAR',
);

export const states: State[] = [
  { name: 'widget-mulai', who: null, path: '/widget/', reach: openPanel, kept: ['1280 light'] },
  {
    name: 'widget-jawaban',
    who: null,
    path: '/widget/',
    async reach(page) {
      await openPanel(page);
      await ask(page, 'Apa itu PBG?', /pengganti IMB/);
    },
    kept: ['390 light', '390 dark'],
  },
  {
    name: 'widget-antrean',
    who: null,
    path: '/widget/',
    async reach(page) {
      await openPanel(page);
      await ask(page, 'petugas', /K-\d+/);
    },
    kept: ['390 light'],
  },
  {
    name: 'widget-pilihan',
    who: null,
    path: '/widget/',
    async reach(page) {
      await openPanel(page);
      await panel(page).getByRole('button', { name: 'Pilihan' }).click();
      await panel(page).locator('#loket-menu').waitFor();
    },
    kept: [],
  },
  {
    name: 'widget-luring',
    who: null,
    path: '/widget/',
    async reach(page) {
      await openPanel(page);
      await panel(page).locator('.connection.online').waitFor();
      await page.context().setOffline(true);
      const box = panel(page).locator('textarea').first();
      await box.fill('Berapa lama izin reklame?');
      await box.press('Enter');
      await panel(page).locator('.connection.offline').waitFor();
    },
    kept: [],
  },
  { name: 'masuk', who: null, path: '/console/', reach: sees('form'), kept: [] },
  { name: 'antrean', who: 'dewi', path: '/console/#/c/queue', reach: sees('.row'), kept: ['1280 light', '390 light'] },
  {
    name: 'percakapan',
    who: 'dewi',
    path: '/console/#/c/all/{talk}',
    reach: sees('.message-text'),
    kept: ['1280 light', '1280 dark', '390 light'],
  },
  { name: 'kosong', who: 'rina', path: '/console/#/c/mine', reach: sees('.empty'), kept: [] },
  {
    name: 'alihkan',
    who: 'dewi',
    path: '/console/#/c/all/{talk}',
    async reach(page) {
      await page.getByRole('button', { name: 'Alihkan' }).click();
      await page.getByRole('dialog').waitFor();
    },
    kept: [],
  },
  {
    name: 'balasan-pilih',
    who: 'dewi',
    path: '/console/#/c/all/{talk}',
    async reach(page) {
      await page.getByRole('button', { name: 'Balasan siap pakai' }).click();
      await page.locator('.canned').waitFor();
    },
    kept: [],
  },
  {
    name: 'bantuan',
    who: 'dewi',
    path: '/console/#/c/queue',
    async reach(page) {
      await page.locator('.row').first().waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
    kept: [],
  },
  { name: 'berkas', who: 'dewi', path: '/console/#/berkas', reach: sees('.tabs'), kept: [] },
  {
    name: 'impor',
    who: 'rina',
    path: '/console/#/berkas',
    async reach(page) {
      await page.getByRole('button', { name: 'Impor', exact: true }).click();
      const rows = 'nomor_registrasi,status,nama_pemohon,no_hp\nGMP-2026-0001,Terbit,Asep Sunandar,081234565678\n';
      const file = { name: 'ekspor.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) };
      await page.locator('input[type=file]').setInputFiles(file);
      await page.getByText('Baris pertama', { exact: true }).scrollIntoViewIfNeeded();
    },
    kept: [],
  },
  { name: 'templat', who: 'rina', path: '/console/#/templat', reach: sees('.page h1'), kept: [] },
  { name: 'whatsapp', who: 'rina', path: '/console/#/whatsapp', reach: sees('.page p'), kept: [] },
  { name: 'gagal', who: 'dewi', path: '/console/#/gagal', reach: sees('.undelivered li'), kept: [] },
  { name: 'balasan', who: 'rina', path: '/console/#/balasan', reach: sees('.page h1'), kept: [] },
  { name: 'cari', who: 'rina', path: '/console/#/cari?q=rekl', reach: sees('.admin-hits mark'), kept: ['1280 light'] },
  { name: 'kontak', who: 'rina', path: '/console/#/kontak/{contact}', reach: sees('.admin-list li'), kept: ['1280 light'] },
  {
    name: 'hapus',
    who: 'rina',
    path: '/console/#/kontak/{contact}',
    async reach(page) {
      await page.getByRole('button', { name: /Hapus semua data/ }).click();
      await page.locator('.admin-counts li').first().waitFor();
    },
    kept: [],
  },
  { name: 'alarm', who: 'rina', path: '/console/#/alarm', reach: sees('.is-alarm'), kept: ['390 light'] },
  { name: 'petugas', who: 'rina', path: '/console/#/petugas', reach: sees('tbody tr'), kept: ['1280 light'] },
  {
    name: 'undangan',
    who: 'rina',
    path: '/console/#/petugas',
    async reach(page, { width, scheme }) {
      await page.getByRole('button', { name: 'Undangan' }).click();
      await page.locator('input[name=email]').fill(`baru-${width}-${scheme}@contoh.go.id`);
      await page.getByRole('button', { name: 'Buat tautan undangan' }).click();
      // The secret of a link is nobody's business, not even of an example's.
      await page.locator('input[readonly]').first().waitFor();
      await page.locator('input[readonly]').evaluate((input) => Object.assign(input, { value: 'https://loket.example/…' }));
    },
    kept: [],
  },
  { name: 'jam', who: 'rina', path: '/console/#/jam', reach: sees('input[name=monday]'), kept: ['1280 light', '390 dark'] },
  {
    name: 'libur',
    who: 'rina',
    path: '/console/#/jam',
    async reach(page) {
      await page.getByRole('button', { name: 'Hari libur' }).click();
      await page.getByText('Impor dari berkas kalender').click();
      await page.getByLabel('atau tempel isinya').fill(calendar.join('\n'));
      await page.getByLabel('atau tempel isinya').blur();
      await page.locator('.is-tall').waitFor();
    },
    kept: [],
  },
  { name: 'jejak', who: 'rina', path: '/console/#/jejak', reach: sees('tbody tr'), kept: [] },
  { name: 'pengetahuan', who: 'rina', path: '/console/#/pengetahuan', reach: sees('.knowledge-list .fact'), kept: [] },
  { name: 'pengaturan', who: 'rina', path: '/console/#/pengaturan', reach: sees('.page h1'), kept: [] },
];
