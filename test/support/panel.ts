// The widget on a page that embeds it.
import type { Frame, Page } from 'playwright-core';

/** @returns the panel once it can be written in */
export async function panelOf(page: Page): Promise<Frame> {
  await page.locator('iframe').waitFor({ state: 'attached' });
  const frame = page.frames().find((one) => one.url().includes('panel.html'));
  if (frame === undefined) throw new Error('The widget has no panel.');
  await frame.getByRole('textbox').waitFor();
  return frame;
}
