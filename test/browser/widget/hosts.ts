// The widget on other sites: its weight, which content policies it works under, and which sites may show it at all.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { frameOf, openVisitor, phone, type Stage } from './stage.ts';

const built = path.join(import.meta.dirname, '../../../dist/web-widget');
const weigh = (name: string): number => gzipSync(readFileSync(path.join(built, name)), { level: 9 }).length;

export function describeHosts(given: () => Stage): void {
  it('When the built files are weighed, then the loader has at most 3 kB and the panel with its socket client at most 40 kB, gzipped', () => {
    const assets = readdirSync(path.join(built, 'assets')).filter((name) => /\.(js|css)$/.test(name));
    // The socket client; the panel's own script and style stand in its page.
    expect(assets).toEqual([expect.stringMatching(/^socket-/)]);
    const panel = ['panel.html', ...assets.map((name) => `assets/${name}`)].reduce((sum, name) => sum + weigh(name), 0);
    expect(weigh('loader.js')).toBeLessThanOrEqual(3_000);
    expect(panel).toBeLessThanOrEqual(40_000);
  });

  it.each(['br', 'gzip'])(
    'When a browser takes %s, then the built files come compressed, the loader for every site',
    async (coding) => {
      const { loket } = given();
      for (const name of ['loader.js', 'panel.html', '']) {
        const { headers } = await fetch(`${loket.url}/widget/${name}`, { headers: { 'accept-encoding': coding } });
        expect([name, headers.get('content-encoding')]).toEqual([name, coding]);
        expect(headers.get('vary')).toContain('Accept-Encoding');
        expect(headers.get('access-control-allow-origin')).toBe(name === 'loader.js' ? '*' : null);
      }
      const plain = await fetch(`${loket.url}/widget/loader.js`, { headers: { 'accept-encoding': 'identity' } });
      expect(plain.headers.get('content-encoding')).toBeNull();
      expect(await plain.text()).toBe(readFileSync(path.join(built, 'loader.js'), 'utf8'));
    },
  );

  const loader = () => `${given().loket.url}/widget/loader.js`;
  const origin = () => new URL(given().loket.url).origin;
  const tag = (more = '') =>
    `<!doctype html><html lang="id"><title>Situs</title><body><h1>Situs</h1><script async src="${loader()}"${more}></script>`;
  const integrity = () =>
    `sha384-${createHash('sha384')
      .update(readFileSync(path.join(built, 'loader.js')))
      .digest('base64')}`;

  const policies: [string, () => { csp?: string; html?: string }][] = [
    ['no policy', () => ({})],
    [
      'script-src and frame-src only',
      () => ({ csp: `default-src 'self'; script-src 'self' ${origin()}; frame-src ${origin()}` }),
    ],
    [
      'no inline styles, and everything else closed',
      () => ({ csp: `default-src 'none'; style-src 'self'; script-src ${origin()}; frame-src ${origin()}; base-uri 'none'` }),
    ],
    [
      'a nonce with strict-dynamic',
      () => ({
        csp: `script-src 'nonce-abc' 'strict-dynamic'; object-src 'none'; base-uri 'none'`,
        html: tag(' nonce="abc"'),
      }),
    ],
    ['Trusted Types', () => ({ csp: `require-trusted-types-for 'script'` })],
    ['a pinned loader', () => ({ html: tag(` crossorigin="anonymous" integrity="${integrity()}"`) })],
  ];

  it.each(policies)('When a site has %s, then the widget opens, connects, and breaks no rule', async (_name, policy) => {
    const { csp, html } = policy();
    given().site.show(html ?? tag(), csp === undefined ? {} : { 'content-security-policy': csp });
    const context = await openVisitor(given(), { viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const broken: string[] = [];
    page.on('console', (line) => {
      if (/Content Security|Trusted|integrity|Refused/i.test(line.text())) broken.push(line.text());
    });
    await page.goto(given().site.url);
    await page.getByRole('button', { name: /Buka obrolan/ }).click();
    const panel = await frameOf(page);
    await panel.locator('.connection.online').waitFor();
    const button = page.getByRole('button', { name: /Tutup obrolan/ });
    expect(await button.evaluate((one) => getComputedStyle(one).position)).toBe('fixed');
    expect(broken).toEqual([]);
    await context.close();
  });

  it.each([
    ['the policy names neither script nor frame', `default-src 'self'`, ''],
    ['the pinned loader is another one', '', ' crossorigin="anonymous" integrity="sha384-AAAA"'],
  ])('When %s, then the site simply has no widget', async (_name, csp, more) => {
    given().site.show(tag(more), csp === '' ? {} : { 'content-security-policy': csp });
    const context = await openVisitor(given());
    const page = await context.newPage();
    const failed = page.waitForEvent('console', (line) => /Refused|violates|integrity/i.test(line.text()));
    await page.goto(given().site.url);
    await failed;
    expect(await page.locator('[data-loket]').count()).toBe(0);
    await context.close();
  });

  it('When a site that is not listed shows the panel, then the browser refuses it, and the API does too', async () => {
    given().site.show(tag(' data-open="true"'));
    const context = await openVisitor(given());
    const page = await context.newPage();
    const refused = page.waitForEvent('console', (line) => /frame-ancestors/.test(line.text()));
    await page.goto(given().site.strangerUrl);
    await refused;
    expect(await (await frameOf(page)).locator('textarea').count()).toBe(0);
    const headers = { origin: given().site.strangerUrl, 'content-type': 'application/json' };
    const answer = await fetch(`${given().loket.url}/api/widget/session`, { method: 'POST', headers, body: '{}' });
    expect(answer.status).toBe(403);
    await context.close();
  });

  it('When it opens on a phone, then it fills the page, Back closes it and leaves the site, and the keyboard never covers the composer', async () => {
    given().site.show(`<meta name="viewport" content="width=device-width,initial-scale=1">${tag()}`);
    const context = await openVisitor(given(), { hasTouch: true });
    const page = await context.newPage();
    await page.goto(given().site.url);
    const address = page.url();
    await page.getByRole('button', { name: /Buka obrolan/ }).click();
    const panel = await frameOf(page);
    await panel.locator('.connection.online').waitFor();
    const box = page.locator('iframe');
    expect(await box.boundingBox()).toEqual({ x: 0, y: 0, ...phone });
    expect(
      await panel.locator('textarea').evaluate((one) => Number.parseFloat(getComputedStyle(one).fontSize)),
    ).toBeGreaterThanOrEqual(16);
    await page.evaluate(() => {
      Object.defineProperty(window.visualViewport, 'height', { value: 420, configurable: true });
      window.visualViewport?.dispatchEvent(new Event('resize'));
    });
    expect((await box.boundingBox())?.height).toBe(420);
    await page.goBack();
    await page.getByRole('button', { name: /Buka obrolan/ }).waitFor();
    expect(await box.isVisible()).toBe(false);
    expect(page.url()).toBe(address);
    // Nobody but the panel itself closes it by a message; closed by its own button, it leaves no entry in the history behind.
    await page.getByRole('button', { name: /Buka obrolan/ }).click();
    expect(await page.evaluate('history.state.loketPanel')).toBe(true);
    await page.evaluate("postMessage({ loket: 'close' }, '*')");
    await page.evaluate('new Promise((done) => setTimeout(done, 0))');
    expect(await box.isVisible()).toBe(true);
    await panel.getByRole('button', { name: 'Tutup obrolan' }).click();
    await page.waitForFunction('history.state?.loketPanel !== true');
    // The same where the site opens it unasked.
    given().site.show(tag(' data-open="true"'));
    await page.goto(address);
    await (await frameOf(page)).locator('.connection.online').waitFor();
    await page.goBack();
    await page.getByRole('button', { name: /Buka obrolan/ }).waitFor();
    expect(page.url()).toBe(address);
    await context.close();
  });
}
