// Which browser holds WhatsApp Web: the one of the system. None is ever downloaded.
import { existsSync } from 'node:fs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** @returns null when none is where browsers usually are */
export const findChromium = (): string | null => places.find((file) => existsSync(file)) ?? null;
