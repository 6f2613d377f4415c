// Ten thousand conversations in one list: scrolled with the pointer on it, all of them are there, once and in order, and few are drawn at a time.
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Browser, Page } from 'playwright-core';
import { ROW_PX } from '../../officer-console/logic/listing.ts';
import { openTool } from '../../scripts/openTool.ts';
import { fillStore } from '../../scripts/seed/many.ts';
import { readConfig } from '../../src/config.ts';
import { type Clerk, type House, openDesk, openHouse, says } from '../support/consoleKit.ts';
import type { Loket } from '../support/loket.ts';

const many = 10_000;
/** More than a screen shows, and a few on either side. */
const mostDrawn = 40;

describe('a list of 10,000 conversations', () => {
  let house: House;
  let loket: Loket;
  let browser: Browser;
  let page: Page;
  let rina: Clerk;
  /** The numbers in the order of the view *Semua*, asked of the database. */
  let wanted: number[];
  beforeAll(async () => {
    house = await openHouse({}, 'sqlite');
    ({ loket, browser, rina } = house);
    const read = readConfig({ DATA_DIR: loket.dataDir });
    if (!read.ok) throw new Error(read.problems.join('; '));
    const { store, close } = await openTool(read.config, { maxQueue: many });
    await fillStore(store, {
      conversations: many,
      messagesEach: 1,
      now: Date.now(),
      officerIds: [rina.officer.id],
      allOpen: true,
    });
    await close();
    const db = new Database(path.join(loket.dataDir, 'loket.db'), { readonly: true });
    const order = 'SELECT number FROM conversations ORDER BY lastInboundAt DESC, number DESC';
    wanted = db
      .prepare<[], { number: number }>(order)
      .all()
      .map(({ number }) => number);
    db.close();
    ({ page } = await openDesk(browser, loket, rina, { hash: '#/c/all' }));
    await page.locator('.row').first().waitFor();
  });
  afterAll(() => house.close());

  /** Runs in the browser: what is drawn, as [place, number], once what follows row `at` is there, too. Written as text. */
  const look = `
    const place = document.querySelector('.rows-place');
    // The page it stands on may still be on its way; the next step of 20 draws from the 8 rows before it.
    const overlap = 13;
    const drawn = () => [...document.querySelectorAll('.rows-space > li:has(.row)')].map((item) => [
      item.getAttribute('aria-posinset') - 1,
      Number(/K-(\\d+)/.exec((item.querySelector('.row-number') ?? item.querySelector('.row-name')).textContent)[1]),
    ]);
    const scrollTo = async (at) => {
      // Again and again: before the next page is here, the list ends sooner.
      const end = Date.now() + 120_000;
      do {
        if (Date.now() > end) throw new Error('What follows row ' + at + ' never came.');
        place.scrollTop = at * ${ROW_PX};
        await new Promise(requestAnimationFrame);
      } while (document.querySelector('.rows-space > li[aria-posinset="' + Math.min(at + overlap, ${many}) + '"]') === null);
      return drawn();
    };
  `;
  type Drawn = [place: number, number: number][];
  const drawn = () => page.evaluate<Drawn>(`(() => { ${look} return drawn(); })()`);
  const scrollTo = (at: number) => page.evaluate<Drawn>(`(async () => { ${look} return scrollTo(${at}); })()`);

  it('When the next page does not come, then the end of the list says so, and a click goes on', async () => {
    await page.route(/\/api\/conversations\?.*cursor=/, (route) => route.abort());
    // It would go on by itself before a slow click.
    await page.evaluate('window.later = setTimeout; window.setTimeout = (work, ms) => (ms === 5000 ? 0 : later(work, ms))');
    await page.evaluate(`document.querySelector('.rows-place').scrollTop = 99 * ${ROW_PX}`);
    const stalled = page.locator('.rows-stalled');
    await stalled.getByRole('alert').getByText('Tidak ada jawaban dari server').waitFor();
    await page.unroute(/\/api\/conversations\?.*cursor=/);
    await stalled.getByRole('button', { name: 'Muat lagi' }).click();
    await page.locator('.rows-space > li[aria-posinset="105"]').waitFor();
    expect(await stalled.count()).toBe(0);
    await page.evaluate('window.setTimeout = later');
  });

  it('When the officer scrolls to the end with the pointer on the list, then every conversation was drawn in its place, few at a time', async () => {
    expect(wanted).toHaveLength(many);
    await page.locator('.rows-place').hover();
    const steps = await page.evaluate<Drawn[]>(`(async () => {
      ${look}
      const steps = [];
      for (let at = 0; at < ${many}; at += 20) steps.push(await scrollTo(at));
      steps.push(await scrollTo(${many - 1}));
      return steps;
    })()`);
    const seen = new Map<number, Set<number>>();
    for (const [at, number] of steps.flat()) seen.set(at, (seen.get(at) ?? new Set()).add(number));
    expect(Array.from({ length: many }, (_, at) => [...(seen.get(at) ?? [])].join())).toEqual(wanted.map(String));
    expect(seen.size).toBe(many);
    expect(Math.max(...steps.map((step) => step.length))).toBeLessThan(mostDrawn);
    expect(await page.locator('.rows-hint').count()).toBe(0);
  });

  it('When all are here and the officer jumps, then top, middle and end show the right ones at once', async () => {
    for (const row of [0, 5_000, many - 8, 2_500]) {
      const rows = await scrollTo(row);
      expect(rows).toEqual(rows.map(([at]) => [at, wanted[at]]));
    }
  });

  it('When somebody writes while the officer points at the middle, then no row moves; when the pointer leaves, then the new one is on top', async () => {
    const before = await scrollTo(5_000);
    await page.locator('.rows-place').hover();
    await says(loket, 9_001, 'Zaenal', 'petugas');
    await page.getByText(/^1 perubahan/).waitFor();
    expect(await drawn()).toEqual(before);
    await page.mouse.move(900, 400);
    await page.locator('.rows-hint').waitFor({ state: 'detached' });
    const top = await scrollTo(0);
    expect(await page.locator('.row-name').first().textContent()).toBe('Zaenal');
    expect(top[1]).toEqual([1, wanted[0]]);
  });
});
