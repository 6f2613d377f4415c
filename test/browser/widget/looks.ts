// What everybody must be able to see and reach: axe in every state, three widths, light and dark; zoom, no sideways scrolling, no motion unless wanted.

import type { Page } from 'playwright-core';
import { judge as judgeAt } from '../../support/axe.ts';
import { frameOf, openPanel, openVisitor, type Stage, say } from './stage.ts';

const judge = (page: Page, state: string): Promise<string[]> => judgeAt(page, state, [320, 390, 1280]);

export function describeLooks(given: () => Stage): void {
  it('When axe looks at every state of the panel, then it finds nothing, and nothing scrolls sideways', async () => {
    const context = await openVisitor(given(), { reducedMotion: 'reduce', permissions: ['microphone'] });
    const page = await openPanel(given(), context);
    const problems: string[] = await judge(page, 'empty');
    await say(page, 'apa itu NIB?');
    await page.locator('.replies button').first().waitFor();
    problems.push(...(await judge(page, 'talk with buttons')));
    await say(page, `${'sangatpanjangtanpaspasi'.repeat(12)} https://dpmptsp.bandung.go.id/${'x'.repeat(200)}`);
    const pdf = { name: `${'nama-berkas-panjang'.repeat(6)}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') };
    await page.locator('input[type=file]').setInputFiles(pdf);
    await page.locator('.download').waitFor();
    await page.getByRole('button', { name: 'Rekam pesan suara' }).click();
    await page.getByText('0:01').waitFor();
    problems.push(...(await judge(page, 'recording')));
    await page.getByRole('button', { name: 'Kirim rekaman' }).click();
    await page.locator('.message.own:has(.voice) .delivery.sent').waitFor();
    problems.push(...(await judge(page, 'attachments')));
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.zip', mimeType: 'application/zip', buffer: Buffer.from('PK') });
    await page.getByRole('button', { name: 'Coba lagi' }).waitFor();
    problems.push(...(await judge(page, 'error')));
    await page.getByRole('button', { name: 'Chat petugas' }).first().click();
    await page.locator('.who.queued').waitFor();
    problems.push(...(await judge(page, 'queue')));
    await page.getByRole('button', { name: 'Pilihan' }).click();
    problems.push(...(await judge(page, 'options')));
    await page.getByRole('button', { name: 'Hapus percakapan saya' }).click();
    problems.push(...(await judge(page, 'confirmation')));
    await page.keyboard.press('Escape');
    await context.setOffline(true);
    await say(page, 'masih ada?');
    await page.locator('.connection.offline').waitFor();
    problems.push(...(await judge(page, 'offline')));
    expect(problems).toEqual([]);
    await context.close();
  });

  it('When axe looks at a site with the closed and the open launcher, then it finds nothing', async () => {
    const context = await openVisitor(given(), { reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${given().loket.url}/widget/`);
    await (await frameOf(page)).locator('.connection.online').waitFor();
    expect(await judge(page, 'open launcher')).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('button', { name: 'Tutup obrolan DPMPTSP' }).click();
    expect(await judge(page, 'closed launcher')).toEqual([]);
    await context.close();
  });

  it('When the page is zoomed to 200 %, then the panel fits and its composer is in sight', async () => {
    const context = await openVisitor(given(), { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
    const page = await context.newPage();
    await page.goto(`${given().loket.url}/widget/`);
    const panel = await frameOf(page);
    await panel.locator('.connection.online').waitFor();
    const frame = await page.locator('iframe').boundingBox();
    const composer = await panel.getByRole('textbox').boundingBox();
    expect(composer!.y + composer!.height).toBeLessThanOrEqual(frame!.y + frame!.height);
    expect(frame!.x + frame!.width).toBeLessThanOrEqual(640);
    expect(frame!.y).toBeGreaterThanOrEqual(0);
    expect(frame!.y + frame!.height).toBeLessThanOrEqual(400);
    expect(await panel.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await context.close();
  });

  it.each([
    ['reduce', 0],
    ['no-preference', 1],
  ] as const)('When the visitor’s system says %s about motion, then it is kept', async (reducedMotion, least) => {
    const context = await openVisitor(given(), { reducedMotion });
    const page = await openPanel(given(), context);
    await page.evaluate(() => {
      Object.assign(window, { animated: 0 });
      for (const name of ['animationstart', 'transitionstart'])
        addEventListener(name, () => Object.assign(window, { animated: 1 }), true);
    });
    await say(page, 'apa itu NIB?');
    await page
      .getByText(/Sumber:/)
      .first()
      .waitFor();
    if (least > 0) await page.waitForFunction(() => (window as unknown as { animated: number }).animated > 0);
    expect(await page.evaluate(() => (window as unknown as { animated: number }).animated)).toBe(least);
    await context.close();
  });
}
