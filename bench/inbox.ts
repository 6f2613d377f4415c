// `npx tsx bench/inbox.ts` (after a build): how soon the console's inbox can be used with 5,000 conversations in the store: from opening
// the page, signed in and with an empty cache, to the first rows of the queue. Prints each run and the middle one, in milliseconds.
import { openConsoleBench } from './consoleBench.ts';

const conversations = Number(process.env.BENCH_CONVERSATIONS ?? 5000);
const rounds = 7;

const bench = await openConsoleBench(conversations);
try {
  const took: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    const page = await bench.openPage();
    const from = performance.now();
    await page.goto(`${bench.url}/console/#/c/queue`, { waitUntil: 'commit' });
    await page.locator('.row').nth(5).waitFor();
    took.push(Math.round(performance.now() - from));
    await page.context().close();
  }
  console.log(
    `${conversations} conversations: ${took.join(', ')} ms; middle ${took.sort((a, b) => a - b)[Math.floor(rounds / 2)]} ms`,
  );
} finally {
  await bench.close();
}
