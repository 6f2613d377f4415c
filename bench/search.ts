// `npx tsx bench/search.ts`: search over 200,000 messages as officers type: each letter a question, several words, names; and whether a
// search holds up the thread that takes messages. Prints p50, p95 and the worst, in milliseconds.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createRandom, createTexts, fillStore } from '../scripts/seed/many.ts';
import { indexContacts, indexMessages } from '../src/desk/searchIndex.ts';
import { searchWords } from '../src/desk/tokens.ts';
import { createStemmer } from '../src/nlu/stem.ts';
import { openStore } from '../src/store/openStore.ts';

const { stem } = createStemmer({ protectedWords: new Set() });
const messages = Number(process.env.BENCH_SEARCH_MESSAGES ?? 200_000);
const messagesEach = 10;
const rounds = 400;

const dataDir = mkdtempSync(path.join(tmpdir(), 'loket-search-'));
const { store, close } = openStore({ dataDir, keys: [{ id: 'k', key: randomBytes(32) }], maxQueue: 100_000 });
const began = performance.now();
const seconds = () => ((performance.now() - began) / 1000).toFixed(0);
try {
  const request = { conversations: messages / messagesEach, messagesEach, now: Date.now(), officerIds: ['o_1'] };
  const written = await fillStore(store, request);
  console.log(`${written} messages written after ${seconds()} s`);
  await indexMessages({ store, stem });
  await indexContacts({ store });
  console.log(`indexed after ${seconds()} s`);

  const random = createRandom(7);
  const text = createTexts(random);
  const cut = (word: string) => word.slice(0, 2 + Math.floor(random() * word.length));
  const kinds: Record<string, () => string> = {
    'a beginning of two letters': () => text().slice(0, 2),
    'a beginning, longer': () => cut(text().split(' ').at(-1) ?? 'izin'),
    'a frequent word': () => `${text().split(' ')[1]} `,
    'two frequent words': () => `${text().split(' ').slice(0, 2).join(' ')} `,
    'three words, the last begun': () => {
      const [ask, subject, , place = ''] = text().split(' ');
      return `${ask} ${subject} ${cut(place)}`;
    },
    'frequent words that seldom meet': () => `${text().split(' ')[0]} ${text().split(' ').at(-1)} `,
    'a message of its own': () => text(),
    'a word nobody wrote': () => 'zzzqqq',
  };
  await find('izin'); // starts the thread
  for (const teamIds of [null, ['t_none']])
    for (const [kind, make] of Object.entries(kinds))
      print(`${kind}${teamIds === null ? '' : ' · one team'}`, await measure(() => find(make(), teamIds)));
  print('people by the beginning of a name', await measure(() => store.contacts.search(['as', 'hid'], null, 8)));
  print('people by a frequent beginning', await measure(() => store.contacts.search(['de'], null, 8)));

  const lag = monitorEventLoopDelay({ resolution: 1 });
  lag.enable();
  await measure(() => find(text().slice(0, 2)));
  lag.disable();
  console.log(`| longest hold of the main thread while searching | ${(lag.max / 1e6).toFixed(1)} | | |`);
} finally {
  await close();
  rmSync(dataDir, { recursive: true, force: true });
}

function find(q: string, teamIds: string[] | null = null): Promise<unknown> {
  return store.messages.search({ ...searchWords(q, stem), teamIds, cursor: null, limit: 30 });
}

async function measure(work: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    const from = performance.now();
    await work();
    took.push(performance.now() - from);
  }
  return took.sort((a, b) => a - b);
}

function print(kind: string, took: number[]): void {
  const at = (share: number) => (took[Math.min(took.length - 1, Math.floor(share * took.length))] ?? 0).toFixed(1);
  console.log(`| ${kind} | ${at(0.5)} | ${at(0.95)} | ${at(1)} |`);
}
