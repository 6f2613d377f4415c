// `npx tsx bench/onScreen.ts` (after a build): how soon a citizen's stored message is on the officer's screen, over loopback, with 5,000
// conversations in the store. From the message's `createdAt` (taken before the write) to the frame after it stands in the page's DOM:
// once in the open conversation, once as the preview of a row of the list. Milliseconds.
import type { Page } from 'playwright-core';
import { io, type Socket } from 'socket.io-client';
import { type ConsoleBench, openConsoleBench } from './consoleBench.ts';

const messages = Number(process.env.BENCH_MESSAGES ?? 120);
/** No visitor may say more than two things a second. Milliseconds. */
const pause = 600;
const visitors = 4;

interface Visitor {
  conversationId: string;
  say(text: string): Promise<void>;
  socket: Socket;
}

async function visit(url: string): Promise<Visitor> {
  const answer = await fetch(`${url}/api/widget/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  const { token, conversationId } = (await answer.json()) as { token: string; conversationId: string };
  const socket = io(`${url}/widget`, { auth: { token }, transports: ['websocket'], forceNew: true });
  let said = 0;
  return {
    conversationId,
    socket,
    async say(text) {
      said += 1;
      const clientMessageId = `${conversationId.slice(0, 20)}-${said}`;
      const sent = await socket.timeout(5_000).emitWithAck('message:send', { clientMessageId, text });
      if (!sent.ok) throw new Error(`message:send: ${sent.code}`);
    },
  };
}

/** Notes in the page when each `pesan-N` or `berita-N` is first painted inside `where`. Written as text: it runs in the browser. */
async function watch(page: Page, where: string): Promise<void> {
  await page.evaluate(`
    window.seen = {};
    new MutationObserver(() => {
      const fresh = (document.querySelector(${JSON.stringify(where)})?.textContent?.match(/(pesan|berita)-\\d+;/g) ?? []).filter((one) => !(one in window.seen));
      for (const one of fresh) window.seen[one] = null;
      if (fresh.length > 0) requestAnimationFrame(() => setTimeout(() => fresh.forEach((one) => (window.seen[one] = Date.now()))));
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  `);
}

/** Lets `people` say `WORD-N` in turn. @returns how long each took to be seen, shortest first; what was never seen took for ever */
async function measure(bench: ConsoleBench, page: Page, people: Visitor[], word: string): Promise<number[]> {
  for (let i = 0; i < messages; i += 1) {
    await (people[i % people.length] as Visitor).say(`${word}-${i};`);
    await new Promise((resolve) => setTimeout(resolve, pause / people.length));
  }
  const seen = (await page.evaluate('window.seen')) as Record<string, number | null>;
  const took: number[] = [];
  for (const { conversationId } of people) {
    for (let after = 0, isMore = true; isMore; ) {
      const { messages: log } = (await bench.call('GET', `/api/conversations/${conversationId}/messages?after=${after}`)) as {
        messages: { seq: number | null; text: string; createdAt: number }[];
      };
      for (const { text, createdAt } of log)
        if (text.startsWith(`${word}-`)) took.push((seen[text] ?? Number.POSITIVE_INFINITY) - createdAt);
      const last = log.findLast(({ seq }) => seq !== null)?.seq ?? null;
      isMore = last !== null;
      after = last ?? after;
    }
  }
  return took.sort((a, b) => a - b);
}

function tell(name: string, took: number[]): void {
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))];
  console.log(`| ${name} | ${took.length} | ${at(0.5)} | ${at(0.95)} | ${at(1)} |`);
}

const bench = await openConsoleBench(5_000);
try {
  const people = await Promise.all(Array.from({ length: visitors }, () => visit(bench.url)));
  const own = people[0] as Visitor;
  // Claimed, all of them: a queued row shows its topic, not the last words.
  for (const person of people) {
    await person.say('petugas');
    await bench.call('POST', `/api/conversations/${person.conversationId}/claim`);
  }

  const page = await bench.openPage();
  console.log('| where | messages | p50 | p95 | worst |\n|---|---|---|---|---|');
  await page.goto(`${bench.url}/console/#/c/mine/${own.conversationId}`);
  await page.locator('.log-entry').first().waitFor();
  await watch(page, '.log');
  tell('the open conversation', await measure(bench, page, [own], 'pesan'));

  await page.goto(`${bench.url}/console/#/c/all`);
  await page.locator('.row').nth(5).waitFor();
  await watch(page, '.rows-place');
  tell('a row of the list', await measure(bench, page, people, 'berita'));
  for (const person of people) person.socket.disconnect();
} finally {
  await bench.close();
}
