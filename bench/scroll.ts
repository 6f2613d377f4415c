// `npx tsx bench/scroll.ts` (after a build): how smoothly a list of 10,000 conversations scrolls, the pointer on it. The wheel turns at every
// frame: first down to the end, page after page as it comes, then through all that is there. Prints the time from frame to frame, milliseconds.
import { ROW_PX } from '../officer-console/logic/listing.ts';
import { openConsoleBench } from './consoleBench.ts';

/** Of these the seed closes three in five; the rest is the list. */
const seeded = Number(process.env.BENCH_CONVERSATIONS ?? 25_000);

const bench = await openConsoleBench(seeded);
try {
  const page = await bench.openPage();
  await page.goto(`${bench.url}/console/#/c/all`, { waitUntil: 'commit' });
  await page.locator('.row').nth(5).waitFor();
  await page.locator('.rows-place').hover();
  // Written as text: it runs in the browser.
  const scroll = (step: number) =>
    page.evaluate<number[]>(`(async () => {
      const place = document.querySelector('.rows-place');
      const isMore = () => document.querySelector('.rows-space > .skeleton') !== null;
      const took = [];
      let before = await new Promise(requestAnimationFrame);
      for (let still = 0; still < 3; ) {
        const from = place.scrollTop;
        place.scrollTop += ${step};
        const now = await new Promise(requestAnimationFrame);
        took.push(now - before);
        before = now;
        still = place.scrollTop === from && !(${step} > 0 && isMore()) ? still + 1 : 0;
      }
      return took;
    })()`);
  console.log('| way | rows | frames | p50 | p95 | worst | longer than 50 ms |\n|---|---|---|---|---|---|---|');
  for (const [way, step] of [
    ['down, pages coming', 300],
    ['up, all here', -300],
    ['down, all here', 300],
  ] as const) {
    const took = (await scroll(step)).sort((a, b) => a - b);
    const rows = Math.floor((await page.locator('.rows-space').evaluate((list) => list.clientHeight)) / ROW_PX);
    const at = (share: number) => Math.round(took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? Number.NaN);
    const long = took.filter((one) => one > 50).length;
    console.log(`| ${way} | ${rows} | ${took.length} | ${at(0.5)} | ${at(0.95)} | ${at(1)} | ${long} |`);
  }
} finally {
  await bench.close();
}
