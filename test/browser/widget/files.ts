// Photos, voice notes and files between a phone and the desk: small, without traces, cancellable, sent once, loaded on tap.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page, Route } from 'playwright-core';
import { until } from '../../support/until.ts';
import { blockSockets, openPanel, openVisitor, type Stage, storedMessages } from './stage.ts';

const place = 'GPS-6.9147S-107.6098E';

/** A JPEG of this size with a place in its EXIF, as a phone's camera makes them. */
async function cameraPhoto(page: Page, width: number, height: number): Promise<Buffer> {
  const base64 = await page.evaluate(
    ([w, h]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h });
      const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
      pen.fillStyle = '#287';
      pen.fillRect(0, 0, w as number, h as number);
      return canvas.toDataURL('image/jpeg').split(',')[1] ?? '';
    },
    [width, height],
  );
  const plain = Buffer.from(base64, 'base64');
  const exif = Buffer.from(`Exif\0\0${place}`, 'latin1');
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([plain.subarray(0, 2), head, exif, plain.subarray(2)]);
}

const photo = (buffer: Buffer) => ({ name: 'IMG_2026.jpg', mimeType: 'image/jpeg', buffer });
const pick = (page: Page) => page.locator('input[type=file]');
const held =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export function describeFiles(given: () => Stage): void {
  const onDisk = (): Buffer[] => {
    const dir = path.join(given().loket.dataDir, 'files');
    const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => /[0-9a-f]{32}$/.test(name));
    return names.map((name) => readFileSync(path.join(dir, name)));
  };

  it('When a photo of the camera is sent, then at most 1,600 px without EXIF leave the phone, and the picture is seen at once', async () => {
    const context = await openVisitor(given());
    const page = await openPanel(given(), context);
    await pick(page).setInputFiles(photo(await cameraPhoto(page, 3_200, 2_400)));
    await page.locator('.picture img').waitFor();
    await page.locator('.delivery.sent').waitFor();
    const size = await page
      .locator('.picture img')
      .evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
    expect(size).toEqual([1_600, 1_200]);
    const below = () =>
      page.locator('.log').evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
    await until('its end is in sight', async () => (await below()) < 2);
    // What the browser tells of a scroll comes after the next picture has grown.
    await page.locator('.log').evaluate((log) => {
      (log.querySelector('.message:last-child') as HTMLElement).style.paddingTop = '900px';
      log.dispatchEvent(new Event('scroll'));
    });
    await until('its end is in sight', async () => (await below()) < 2);
    expect(onDisk().length).toBeGreaterThan(0);
    for (const bytes of onDisk()) expect(bytes.includes(place) || bytes.includes('Exif')).toBe(false);
    const [message] = await storedMessages(page);
    expect(message).toMatchObject({ kind: 'image', attachments: [{ name: 'IMG_2026.jpg', mime: 'image/jpeg' }] });

    // After a reload it is the server's: nothing is fetched before the tap.
    const fetched: string[] = [];
    page.on('request', (request) => request.url().includes('/widget/files/') && fetched.push(request.url()));
    await page.reload();
    const tap = page.getByRole('button', { name: 'Lihat foto IMG_2026.jpg' });
    await tap.waitFor();
    expect(fetched).toEqual([]);
    await tap.click();
    await page.locator('.picture img').waitFor();
    expect(fetched).toHaveLength(1);
    await context.close();
  });

  it('When an upload is called off, then nothing is stored; when the line breaks and the page reloads, then it is sent once', async () => {
    const context = await openVisitor(given());
    const page = await openPanel(given(), context);
    const small = photo(await cameraPhoto(page, 300, 200));
    const pending: Route[] = [];
    await context.route('**/api/widget/files', (route) => void pending.push(route)); // never answered
    await pick(page).setInputFiles(small);
    await page.getByRole('button', { name: 'Batalkan kiriman' }).click();
    await page.locator('.own').waitFor({ state: 'detached' });
    for (const route of pending) await route.abort().catch(() => undefined);
    await context.unroute('**/api/widget/files');
    expect(await storedMessages(page)).toEqual([]);

    await context.route('**/api/widget/files', (route) => route.abort());
    await pick(page).setInputFiles(small);
    await page.locator('.delivery.waiting').waitFor();
    await context.unroute('**/api/widget/files');
    await page.reload();
    await page.locator('.delivery.sent').waitFor();
    expect((await storedMessages(page)).filter(({ direction }) => direction === 'in')).toHaveLength(1);
    await context.close();
  });

  it('When a file is too large, of a type that is not taken, or no picture at all, then the panel says which', async () => {
    const context = await openVisitor(given());
    const page = await openPanel(given(), context);
    await pick(page).setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(2_000_001) });
    await page.getByText('Berkas terlalu besar, paling besar 2 MB.').waitFor();
    await pick(page).setInputFiles(photo(Buffer.from('no picture')));
    await page.getByText('Foto ini tidak dapat dibaca.').waitFor();
    await pick(page).setInputFiles({ name: 'a.zip', mimeType: 'application/zip', buffer: Buffer.from('PK..') });
    await page.getByText(/Jenis berkas ini tidak diterima/).waitFor();
    await page.getByRole('button', { name: 'Hapus', exact: true }).click();
    await page.locator('.own').waitFor({ state: 'detached' });
    await context.close();
  });

  it('When a voice note is recorded, then it can be thrown away or sent, and plays also after a reload', async () => {
    const context = await openVisitor(given(), { permissions: ['microphone'] });
    const page = await openPanel(given(), context);
    await page.getByRole('button', { name: 'Rekam pesan suara' }).click();
    await page.getByRole('button', { name: 'Batalkan rekaman' }).click();
    await page.getByRole('textbox').waitFor();
    await page.getByRole('button', { name: 'Rekam pesan suara' }).click();
    await page.getByText('0:01').waitFor();
    await page.getByRole('button', { name: 'Kirim rekaman' }).click();
    await page.locator('.delivery.sent').waitFor();
    expect((await storedMessages(page))[0]).toMatchObject({
      kind: 'voice',
      attachments: [{ mime: expect.stringMatching(/^audio\//) }],
    });
    await page.reload();
    await page.getByRole('button', { name: 'Putar pesan suara' }).click();
    await page.getByRole('button', { name: 'Jeda pesan suara' }).waitFor();
    await context.close();
  });

  it('When an officer sent a photo and a paper, then the photo loads on tap and the paper is saved under its name', async () => {
    const context = await openVisitor(given());
    await blockSockets(context);
    const common = {
      clientMessageId: null,
      direction: 'out',
      author: 'officer',
      authorName: 'Rina',
      text: '',
      buttons: [],
      state: 'sent',
      createdAt: 1,
      edited: false,
      deleted: false,
    };
    const file = { state: 'stored', ref: null, key: null, size: 2_400_000 };
    const history = {
      rev: 2,
      more: false,
      conversation: { id: 'c1', number: 'K-1', state: 'officer', rev: 2, language: 'id', officerName: 'Rina', place: null },
      messages: [
        {
          ...common,
          id: 'm1',
          seq: 1,
          rev: 1,
          kind: 'image',
          attachments: [{ ...file, id: 'f1', name: 'denah.png', mime: 'image/png' }],
        },
        {
          ...common,
          id: 'm2',
          seq: 2,
          rev: 2,
          kind: 'document',
          attachments: [{ ...file, id: 'f2', name: 'formulir.pdf', mime: 'application/pdf' }],
        },
      ],
    };
    await context.route('**/api/widget/history*', (route) => route.fulfill({ json: history }));
    const body = Buffer.from(held.split(',')[1] ?? '', 'base64');
    await context.route('**/api/widget/files/*', (route) => route.fulfill({ body, contentType: 'image/png' }));
    const page = await openPanel(given(), context);
    await page.getByRole('button', { name: 'Lihat foto denah.png' }).click();
    await page.getByRole('img', { name: 'denah.png' }).waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Unduh formulir.pdf' }).click();
    expect((await saved).suggestedFilename()).toBe('formulir.pdf');
    await context.close();
  });
}
