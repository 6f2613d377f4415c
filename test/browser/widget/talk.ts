// A talk from both ends: by keyboard alone, announced once, typing and reading told both ways, in three languages, and deleted for good.
import { until } from '../../support/until.ts';
import { claimed, count, frameOf, openPanel, openVisitor, type Stage, say, storedMessages } from './stage.ts';

export function describeTalk(given: () => Stage): void {
  it('When somebody has only a keyboard, then open, ask, press a reply, choose, close all work, and focus comes back', async () => {
    const { loket, site } = given();
    site.show(
      `<!doctype html><html lang="id"><title>Situs</title><body><script async src="${loket.url}/widget/loader.js"></script>`,
    );
    const context = await openVisitor(given(), { viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(site.url);
    await page.getByRole('button', { name: /Buka obrolan/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const panel = await frameOf(page);
    await panel.locator('textarea:focus').waitFor();
    await page.keyboard.type('apa itu NIB?');
    await page.keyboard.press('Enter');
    await panel.locator('.replies button').first().waitFor();
    const focused = () => panel.evaluate(() => document.activeElement?.textContent ?? '');
    const reply = await panel.locator('.replies button').last().textContent();
    for (let i = 0; i < 4 && (await focused()) !== reply; i += 1) await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe(reply);
    await page.keyboard.press('Enter');
    await panel.locator('.own').nth(1).waitFor();

    for (let i = 0; i < 12 && (await panel.locator('[aria-controls="loket-menu"]:focus').count()) === 0; i += 1)
      await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await panel.locator('#loket-menu [role=switch]:focus').waitFor();
    await page.keyboard.press('Escape');
    await panel.locator('[aria-controls="loket-menu"][aria-expanded="false"]:focus').waitFor();
    await page.keyboard.press('Escape');
    const launcher = page.getByRole('button', { name: /Buka obrolan/ });
    await launcher.waitFor();
    expect(await launcher.getAttribute('aria-expanded')).toBe('false');
    expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName)).toBe('BUTTON');
    await context.close();
  });

  it('When messages come and go, then each is announced once: its node is added once to the live log, history not at all', async () => {
    const context = await openVisitor(given());
    const page = await openPanel(given(), context);
    await page.evaluate(() => {
      const added: string[] = [];
      Object.assign(window, { added });
      const look = new MutationObserver((changes) => {
        for (const { addedNodes } of changes)
          for (const node of addedNodes)
            if (node instanceof Element && node.matches('.message')) added.push(node.querySelector('.bubble')?.textContent ?? '');
      });
      look.observe(document.querySelector('[role=log][aria-live=polite]') as Element, { childList: true, subtree: true });
    });
    await say(page, 'apa itu NIB?');
    await page
      .getByText(/Sumber:/)
      .first()
      .waitFor();
    await say(page, 'apa itu PBG?');
    await page.locator('.message.bot').nth(1).waitFor();
    await page.locator('.delivery.sent').last().waitFor();
    const added = await page.evaluate(() => (window as unknown as { added: string[] }).added);
    expect(added).toHaveLength(4);
    expect(new Set(added).size).toBe(4);
    await context.close();
  });

  it('When an answer is longer than the screen, then it is read from its first word; what comes while reading waits below', async () => {
    const { officer } = given();
    const context = await openVisitor(given(), { viewport: { width: 390, height: 520 } });
    const page = await openPanel(given(), context);
    const log = page.locator('.log');
    /** From the upper edge of the log to that of the message; negative: its beginning is out of sight. */
    const beginning = (text: RegExp | string) =>
      page
        .locator('.message', { hasText: text })
        .last()
        .evaluate((message) => message.getBoundingClientRect().top - message.closest('.log')!.getBoundingClientRect().top);
    const below = () => log.evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
    const id = await claimed(given(), page);
    await say(page, 'Boleh minta daftarnya?');
    await page.locator('.own .delivery.sent').last().waitFor();
    await until('the end is in sight', async () => (await below()) < 2);
    const send = (clientMessageId: string, text: string) =>
      officer.call('POST', `/conversations/${id}/messages`, { clientMessageId, text });
    await send('long-answer-1', `Daftar syarat:\n${'satu baris lagi\n'.repeat(60)}`);
    await page.locator('.bubble', { hasText: 'Daftar syarat' }).waitFor();
    expect(await beginning('Daftar syarat')).toBeGreaterThanOrEqual(0);
    expect(await below()).toBeGreaterThan(200);
    await send('long-answer-2', 'Sudah jelas?');
    await page.getByRole('button', { name: /Pesan baru/ }).waitFor();
    expect(await beginning('Daftar syarat')).toBeGreaterThanOrEqual(0);
    await page.getByRole('button', { name: /Pesan baru/ }).click();
    await until('the end is in sight', async () => (await below()) < 2);
    await send('short-answer', 'Ada lagi?');
    await page.locator('.bubble', { hasText: 'Ada lagi?' }).waitFor();
    expect(await below()).toBeLessThan(2);
    // One that is only a little longer than the screen is no other case.
    const lines = await log.evaluate(({ clientHeight }) => {
      const bubble = document.querySelector('.bubble') as HTMLElement;
      return Math.round((clientHeight - 20) / Number.parseFloat(getComputedStyle(bubble).lineHeight));
    });
    await say(page, 'Ya.');
    await page.locator('.own .delivery.sent').last().waitFor();
    await send('long-answer-3', `Yang kedua:\n${'satu baris\n'.repeat(lines - 2)}baris akhir`);
    await page.locator('.bubble', { hasText: 'Yang kedua' }).waitFor();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(await beginning('Yang kedua')).toBeGreaterThanOrEqual(0);
    expect(await below()).toBeGreaterThan(24);
    expect(await below()).toBeLessThan(80);
    await context.close();
  });

  it('When an officer answers, then typing shows both ways, what was written is read, and the officer learns the answer was read', async () => {
    const { officer } = given();
    const context = await openVisitor(given());
    const page = await openPanel(given(), context);
    const id = await claimed(given(), page);
    await officer.socket.timeout(5_000).emitWithAck('conversation:watch', { conversationId: id, rev: 0 });
    const typed = new Promise((resolve) => officer.socket.once('typing', resolve));
    await page.getByRole('textbox').pressSequentially('halo bu');
    expect(await typed).toMatchObject({ conversationId: id, officerId: null });
    await page.getByRole('textbox').press('Enter');
    await page.locator('.delivery.sent').last().waitFor();
    officer.socket.emit('typing', { conversationId: id });
    await page.getByText(/sedang mengetik/).waitFor();

    const read = new Promise<void>((resolve) =>
      officer.socket.on('conversation:changed', ({ messages }) => {
        if (messages.some((one: { text: string; state: string }) => one.text === 'Selamat siang.' && one.state === 'read'))
          resolve();
      }),
    );
    const sent = { conversationId: id, clientMessageId: `answer-${Date.now()}`, text: 'Selamat siang.' };
    await officer.socket.timeout(5_000).emitWithAck('message:send', sent);
    await page.getByText('Selamat siang.').waitFor();
    await page.getByText('Dibaca petugas').last().waitFor();
    await read;
    officer.socket.off('conversation:changed');
    await context.close();
  });

  it('When an officer writes while the panel is closed, then the launcher counts it, also after a reload, until the panel is opened', async () => {
    const { loket, site, officer } = given();
    site.show(
      `<!doctype html><html lang="id"><title>Situs</title><body><script async src="${loket.url}/widget/loader.js"></script>`,
    );
    const context = await openVisitor(given(), { viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(site.url);
    const launcher = page.getByRole('button', { name: /^Buka obrolan/ });
    await launcher.click();
    const id = await claimed(given(), await frameOf(page));
    await (await frameOf(page)).getByText(/sudah bergabung/).waitFor();
    await page.getByRole('button', { name: /^Tutup obrolan/ }).click();
    const badge = page.locator('[data-loket] .count');
    await launcher.waitFor();
    expect(await badge.isVisible()).toBe(false);
    for (const text of ['Selamat siang.', 'Berkasnya sudah ada?'])
      await officer.call('POST', `/conversations/${id}/messages`, { clientMessageId: `unread-${text.length}`, text });
    const counted = async (number: number) => {
      await page.getByRole('button', { name: new RegExp(`^Buka obrolan.*, ${number} `) }).waitFor();
      expect(await badge.textContent()).toBe(String(number));
    };
    await counted(2);
    await page.reload();
    await counted(2);
    expect(await page.title()).toBe('Situs');
    await launcher.click();
    const panel = await frameOf(page);
    await panel.getByText('Berkasnya sudah ada?').waitFor();
    await page.getByRole('button', { name: /^Tutup obrolan/ }).click();
    await launcher.waitFor();
    expect(await badge.isVisible()).toBe(false);
    await context.close();
  });

  it('When an officer writes while the panel’s own tab is behind another, then its title counts, until the tab is looked at', async () => {
    const context = await openVisitor(given());
    const page = await openPanel(given(), context);
    const id = await claimed(given(), page);
    const title = await page.title();
    // A headless page is always in front: what the browser would say of a tab behind others is said for it.
    const put = (state: 'hidden' | 'visible') =>
      page.evaluate((to) => {
        Object.defineProperty(document, 'visibilityState', { value: to, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await put('hidden');
    for (const [at, text] of ['Selamat siang.', 'Berkasnya sudah ada?'].entries()) {
      await given().officer.call('POST', `/conversations/${id}/messages`, { clientMessageId: `title-000${at}`, text });
      await page.waitForFunction((wanted) => document.title === wanted, `(${at + 1}) ${title}`);
    }
    await put('visible');
    await page.waitForFunction((wanted) => document.title === wanted, title);
    await context.close();
  });

  it('When another language is chosen, then the panel speaks it at once and after a reload', async () => {
    const context = await openVisitor(given());
    const page = await openPanel(given(), context);
    await page.getByRole('button', { name: 'Pilihan' }).click();
    await page.getByLabel('English').check();
    await page.getByRole('button', { name: 'Talk to a person' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Options' }).click();
    await page.getByLabel('Basa Sunda').check();
    await page.getByRole('button', { name: 'Hapus paguneman abdi' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('su');
    await context.close();
  });

  it('When nobody turned the sound on, then a message makes none; turned on, it does', async () => {
    const context = await openVisitor(given());
    await context.addInitScript(() => {
      const Real = window.AudioContext;
      Object.assign(window, { tones: 0 });
      window.AudioContext = class extends Real {
        override createOscillator() {
          (window as unknown as { tones: number }).tones += 1;
          return super.createOscillator();
        }
      };
    });
    const page = await openPanel(given(), context);
    const tones = () => page.evaluate(() => (window as unknown as { tones: number }).tones);
    await say(page, 'apa itu NIB?');
    await page
      .getByText(/Sumber:/)
      .first()
      .waitFor();
    expect(await tones()).toBe(0);
    await page.getByRole('button', { name: 'Pilihan' }).click();
    await page.getByRole('switch', { name: 'Bunyi pesan baru' }).click();
    expect(await tones()).toBe(1);
    await page.keyboard.press('Escape');
    await say(page, 'apa itu PBG?');
    await page.locator('.message.bot').nth(1).waitFor();
    expect(await tones()).toBe(2);
    await context.close();
  });

  it('When a visitor deletes the conversation, then it asks first, everything is gone here, there and in other tabs, and a new talk begins', async () => {
    const context = await openVisitor(given());
    const page = await openPanel(given(), context);
    await say(page, 'apa itu NIB?');
    await page
      .getByText(/Sumber:/)
      .first()
      .waitFor();
    const other = await openPanel(given(), context);
    await other.locator('.bubble').first().waitFor();
    await page.bringToFront();
    const token = await page.evaluate(() => localStorage.getItem('loket.token'));
    const number = await page.locator('.number').textContent();

    const ask = async () => {
      await page.getByRole('button', { name: 'Pilihan' }).click();
      await page.getByRole('button', { name: 'Hapus percakapan saya' }).click();
    };
    await ask();
    await page.locator('[role=alertdialog] button:focus').waitFor();
    await page.keyboard.press('Escape');
    expect(await count(page, 'apa itu NIB?')).toBe(1);
    await page.getByRole('textbox').fill('belum dikirim');
    await ask();
    await page.getByRole('button', { name: 'Ya, hapus semua' }).click();
    await page.getByText('Percakapan sudah dihapus.').waitFor();
    await other.locator('.bubble').first().waitFor({ state: 'detached' });
    expect(await count(page, 'apa itu NIB?')).toBe(0);
    expect(await page.getByRole('textbox').inputValue()).toBe('');
    expect(await page.evaluate(() => Object.values(localStorage).join())).not.toContain('belum dikirim');
    await page.locator('.connection.online').waitFor();
    const answer = await fetch(`${given().loket.url}/api/widget/history`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(401);

    await say(page, 'apa itu PBG?');
    await page
      .getByText(/Sumber:/)
      .first()
      .waitFor();
    expect(await page.locator('.number').textContent()).not.toBe(number);
    expect((await storedMessages(page)).map(({ text }) => text)).not.toContain('apa itu NIB?');
    await context.close();
  });
}
