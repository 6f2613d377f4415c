// Bad lines: no WebSocket, no Socket.IO at all, no network, a server that restarts; every message is there once, in order.
import {
  blockSockets,
  blockWebSockets,
  claimed,
  count,
  openPanel,
  openVisitor,
  type Stage,
  say,
  storedMessages,
} from './stage.ts';

export function describeLines(given: () => Stage): void {
  it('When WebSockets are blocked, then HTTP polling carries the talk both ways', async () => {
    const context = await openVisitor(given());
    await blockWebSockets(context);
    const page = await openPanel(given(), context);
    await say(page, 'apa itu NIB?');
    await page
      .getByText(/Sumber:/)
      .first()
      .waitFor();
    expect(await count(page, 'apa itu NIB?')).toBe(1);
    await context.close();
  });

  it('When Socket.IO is blocked altogether, then the plain HTTP door carries the talk, and the socket takes over when it is back', async () => {
    const context = await openVisitor(given());
    await blockSockets(context);
    const page = await openPanel(given(), context);
    await say(page, 'apa itu NIB?');
    await page
      .getByText(/Sumber:/)
      .first()
      .waitFor();
    await context.unroute(/\/socket\.io\//);
    const polled = page.waitForResponse((response) => /\/socket\.io\//.test(response.url()) && response.ok());
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await polled;
    await say(page, 'apa itu PBG?');
    await page.locator('.message.bot').nth(1).waitFor();
    expect((await storedMessages(page)).filter(({ direction }) => direction === 'in').map(({ text }) => text)).toEqual([
      'apa itu NIB?',
      'apa itu PBG?',
    ]);
    await context.close();
  });

  it('When the network is gone, the page is closed and the server restarts, then what was written meanwhile arrives once and in order', async () => {
    const context = await openVisitor(given());
    const page = await openPanel(given(), context);
    await context.setOffline(true);
    const written = ['apa itu NIB?', 'apa itu PBG?', 'izin HO masih ada?'];
    for (const text of written) await say(page, text);
    expect(await page.locator('.delivery.waiting').count()).toBe(3);
    await page.getByText('Disimpan, dikirim saat tersambung lagi.').waitFor();
    await page.close();
    await given().loket.restart();
    await context.setOffline(false);
    const again = await openPanel(given(), context);
    await again
      .getByText(/Sumber:/)
      .first()
      .waitFor();
    await again.locator('.delivery.waiting').first().waitFor({ state: 'detached' });
    for (const text of written) expect(await count(again, text)).toBe(1);
    const stored = (await storedMessages(again)).filter(({ direction }) => direction === 'in');
    expect(stored.map(({ text }) => text)).toEqual(written);
    await context.close();
  });

  it('When the server restarts under an open panel, then it comes back by itself and misses nothing', async () => {
    const context = await openVisitor(given());
    const page = await openPanel(given(), context);
    await say(page, 'apa itu NIB?');
    await page
      .getByText(/Sumber:/)
      .first()
      .waitFor();
    await given().loket.restart();
    await say(page, 'apa itu PBG?');
    await page.locator('.message.bot').nth(1).waitFor();
    const shown = await page.locator('.bubble').count();
    expect(shown).toBe((await storedMessages(page)).length);
    expect(await count(page, 'apa itu PBG?')).toBe(1);
    await context.close();
  });

  it('When the phone slept through 200 messages, then waking shows each of them once, in order, and what was being written is still there', async () => {
    const context = await openVisitor(given());
    const page = await openPanel(given(), context);
    const id = await claimed(given(), page);
    await page.getByRole('textbox').fill('sedang saya');
    await context.setOffline(true);
    await page.locator('.connection.offline').waitFor();
    const missed = Array.from({ length: 200 }, (_, i) => `pesan ${i + 1}.`);
    for (const [i, text] of missed.entries()) {
      const { status } = await given().officer.call('POST', `/conversations/${id}/messages`, {
        clientMessageId: `missed-${i}`,
        text,
      });
      expect(status).toBe(200);
    }
    await context.setOffline(false);
    await page.getByText('pesan 200.', { exact: true }).waitFor();
    const shown = await page.locator('.officer .bubble').allTextContents();
    expect(shown.filter((text) => text.startsWith('pesan '))).toEqual(missed);
    expect(await page.getByRole('textbox').inputValue()).toBe('sedang saya');
    await context.close();
  });

  it('When the browser is of 2020, then what it lacks is done without', async () => {
    const context = await openVisitor(given());
    await context.addInitScript(() => {
      // What came after Chrome 80.
      const later: [object, string[]][] = [
        [Crypto.prototype, ['randomUUID']],
        [Array.prototype, ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'with']],
        [String.prototype, ['at', 'replaceAll']],
        [Object, ['hasOwn', 'groupBy']],
        [Promise, ['any', 'withResolvers']],
        [Element.prototype, ['replaceChildren', 'checkVisibility']],
        [AbortSignal, ['timeout', 'any', 'abort']],
        [URL, ['canParse', 'parse']],
        [window, ['structuredClone', 'WeakRef', 'AggregateError', 'navigation']],
      ];
      for (const [holder, names] of later) for (const name of names) Reflect.deleteProperty(holder, name);
    });
    const page = await openPanel(given(), context);
    await say(page, 'apa itu NIB?');
    await page
      .getByText(/Sumber:/)
      .first()
      .waitFor();
    expect(await page.evaluate(() => 'randomUUID' in crypto)).toBe(false);
    await context.close();
  });
}
