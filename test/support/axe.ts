// What everybody must be able to see, read and hit: axe's rules, targets of 24 px, no sideways scrolling; at several widths, light and dark.
import { source } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Smallest side of a target (WCAG 2.2, 2.5.8), CSS pixels; a hundredth less for rounding. */
const leastTarget = 23.99;

/** @param rules by name; all of WCAG 2.2 AA and good practice when left out @returns every rule that is broken, and where */
export async function broken(page: Page | Frame, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const options = { runOnly: rules ?? tags, resultTypes: ['violations'] };
  return page.evaluate(async (given) => {
    const { axe } = globalThis as unknown as {
      axe: { run: (on: object) => Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> };
    };
    const { violations } = await axe.run(given);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  }, options);
}

/** @returns what is too small to hit, and by how much; a link within a sentence may be (2.5.8, inline) */
export function smallTargets(page: Page | Frame): Promise<string[]> {
  return page.evaluate((least) => {
    const roots = [document, ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? [])];
    const targets = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=option], [tabindex="0"]';
    const isWithinText = (one: Element): boolean =>
      getComputedStyle(one).display.startsWith('inline') &&
      [...(one.parentElement?.childNodes ?? [])].some(
        (part) => part.nodeType === Node.TEXT_NODE && part.textContent?.trim() !== '' && part !== one,
      );
    return roots
      .flatMap((root) => [...root.querySelectorAll<HTMLElement>(targets)])
      .map((one) => (one.matches('[type=checkbox], [type=radio], [type=file]') ? (one.closest('label') ?? one) : one))
      .flatMap((one) => {
        const { width, height } = one.getBoundingClientRect();
        // Of one pixel: for screen readers, and the keyboard, which hits everything.
        const isSeen = width > 1 && height > 1 && getComputedStyle(one).visibility === 'visible';
        if (!isSeen || (width >= least && height >= least) || isWithinText(one)) return [];
        return [`target ${Math.round(width)} × ${Math.round(height)}: ${one.outerHTML.slice(0, 90)}`];
      });
  }, leastTarget);
}

/** @returns all of it for the state in which the page is now, at each width; in the dark only colours are another matter */
export async function judge(page: Page, state: string, widths: number[]): Promise<string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: 'light' });
    const isWide = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('.log')].some((one) => one.scrollWidth > one.clientWidth),
    );
    const light = [...(isWide ? ['scrolls sideways'] : []), ...(await smallTargets(page)), ...(await broken(page))];
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await broken(page, ['color-contrast']);
    found.push(
      ...light.map((fault) => `${state} ${width}: ${fault}`),
      ...dark.map((fault) => `${state} ${width} dark: ${fault}`),
    );
  }
  return found;
}
