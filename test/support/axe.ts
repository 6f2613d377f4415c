// The rules of accessibility, as a page of the console breaks them.
import { source as axe } from 'axe-core';
import type { Page } from 'playwright-core';

/** @returns every rule that is broken, and where. */
export async function broken(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const run = (
      globalThis as unknown as { axe: { run: () => Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> } }
    ).axe;
    const { violations } = await run.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  });
}
