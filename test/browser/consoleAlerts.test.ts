// The console makes itself heard: what the loudspeaker would play is measured behind the page's own audio graph.
import type { Browser, Page } from 'playwright-core';
import { type Desk, type House, openDesk, openHouse, says } from '../support/consoleKit.ts';
import { type Loket, openBrowser } from '../support/loket.ts';
import { until } from '../support/until.ts';

/** Runs in the browser: taps whatever goes to the loudspeaker, and notes notifications. */
const taps = `
  window.told = [];
  window.bursts = 0;
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode) {
      const meter = new AnalyserNode(this.context);
      connect.call(this, meter);
      const samples = new Float32Array(meter.fftSize);
      let loud = false;
      const timer = setInterval(() => {
        meter.getFloatTimeDomainData(samples);
        if (!loud && samples.some((one) => Math.abs(one) > 0.01)) { loud = true; window.bursts += 1; }
      }, 10);
      setTimeout(() => clearInterval(timer), 1500);
    }
    return connect.call(this, to, ...rest);
  };
  const Real = window.Notification;
  window.Notification = class extends Real {
    constructor(title, options) { super(title, options); window.told.push(title + ' | ' + options.body); }
  };
`;

const bursts = (page: Page) => page.evaluate<number>('window.bursts');
const told = (page: Page) => page.evaluate<string[]>('window.told');

describe('how the console makes itself heard', () => {
  let house: House;
  let loket: Loket;
  let browser: Browser;
  let desk: Desk;
  let page: Page;
  beforeAll(async () => {
    house = await openHouse();
    const { rina } = house;
    loket = house.loket;
    browser = await openBrowser({ whole: true });
    desk = await openDesk(browser, loket, rina);
    page = desk.page;
    await page.context().grantPermissions(['notifications']);
    await page.addInitScript(taps);
    await page.reload();
    await page.locator('.views').waitFor();
    await page.locator('.views a, .views button').first().click(); // browsers play nothing before the first touch
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  it('When somebody new waits, then one tone is played, and those right after it are quiet', async () => {
    await says(loket, 1, 'Asep', 'petugas');
    await until('a tone', async () => (await bursts(page)) === 1);
    await says(loket, 2, 'Euis', 'petugas');
    await page.locator('.row', { hasText: 'Euis' }).waitFor();
    expect(await bursts(page)).toBe(1);
    expect(await told(page)).toEqual([]); // the officer is looking
  });

  it('When the officer looks elsewhere, then a notification says so without a name or a word, and the title counts', async () => {
    await page.evaluate('document.hasFocus = () => false');
    await says(loket, 3, 'Rahasia', 'petugas');
    await until('a notification', async () => (await told(page)).length === 1);
    const [note = ''] = await told(page);
    expect(note).toMatch(/^Ada yang baru di antrean \| K-\d+ · Telegram$/);
    await until('the title counts', async () => /^\(\d+\)/.test(await page.title()));
  });

  it('When the sound is turned off, then nothing is played', async () => {
    await page.evaluate("localStorage.setItem('loket:sound', 'off')");
    await page.reload();
    await page.locator('.row').first().waitFor();
    await page.locator('.views a, .views button').first().click();
    await says(loket, 4, 'Dede', 'petugas');
    await page.locator('.row', { hasText: 'Dede' }).waitFor();
    await page.waitForTimeout(300);
    expect(await bursts(page)).toBe(0);
  });
});
