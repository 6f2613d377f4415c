// The officers' console in a real browser, signed in and on duty.
import type { Browser, Page } from 'playwright-core';
import { admin, openPage } from './loket.ts';

export async function openConsole(browser: Browser, loket: { url: string }, size: 'phone' | 'desk' = 'desk'): Promise<Page> {
  const page = await openPage(browser, `${loket.url}/console/`, size);
  await page.getByLabel('E-mail').fill(admin.email);
  await page.getByLabel('Kata sandi').fill(admin.password);
  await page.getByRole('button', { name: 'Masuk' }).click();
  await page.getByRole('button', { name: 'Bertugas' }).click();
  return page;
}
