// `tsx scripts/scaleSim.ts`: a seeded day of a city, a province and the country: who writes when, how many officers keep the wait short,
// what the servers carry. Prints the table of docs/scale.md and draws docs/scale/*.svg. Assumptions are constants here, with where they come from.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Measured, worst of bench/RESULTS.md (one connection at a time): whole path of a message on SQLite, CPU ms. */
const CPU_MS_SQLITE = 2.1;
/** The same with the store's share exchanged: bench/storeCost.ts, MongoDB 6.4 ms against SQLite 0.2 ms with 16 in flight. */
const CPU_MS_MONGODB = CPU_MS_SQLITE - 0.2 + 6.4;

/** Assumed: talks a working day in the city; its share of a larger area by people (2.5, 50 and 280 million). */
const AREAS = [
  { name: 'city', talks: 1500 },
  { name: 'province', talks: 1500 * 20 },
  { name: 'country', talks: 1500 * 112 },
];
/** Assumed: messages of the citizen in a talk, and how many talks go to an officer. */
const MESSAGES = 5;
const HANDED_OVER = 0.3;
/** Assumed: an officer holds four talks at once, each for ten minutes on average (exponential). */
const AT_ONCE = 4;
const HOLD_MIN = 10;
/** Assumed: share of the day's talks by hour, 0 to 23; the peak is after the counter opens. */
const BY_HOUR = [1, 0, 0, 0, 0, 1, 2, 5, 12, 14, 13, 10, 6, 8, 8, 6, 3, 2, 2, 2, 2, 1, 1, 1];
const OPEN = { from: 8, to: 16 };
/** Nine of ten who want an officer while the counter is open wait no longer. Minutes. */
const GOAL_MIN = 5;

/** Mulberry32: the same numbers every time. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Minutes of the day at which talks begin, ascending. */
function arrivals(talks: number, random: () => number): number[] {
  const total = BY_HOUR.reduce((sum, share) => sum + share, 0);
  const begun: number[] = [];
  BY_HOUR.forEach((share, hour) => {
    const rate = (talks * share) / total / 60;
    for (
      let at = hour * 60 - Math.log(1 - random()) / rate;
      rate > 0 && at < (hour + 1) * 60;
      at -= Math.log(1 - random()) / rate
    )
      begun.push(at);
  });
  return begun;
}

/** Waits in minutes of those handed over while the counter is open, first come first served over `officers`. */
function waits(begun: number[], officers: number, random: () => number): number[] {
  const free = new Float64Array(officers * AT_ONCE).fill(OPEN.from * 60);
  const waited: number[] = [];
  for (const at of begun) {
    if (at < OPEN.from * 60 || at >= OPEN.to * 60 || random() >= HANDED_OVER) continue;
    let slot = 0;
    for (let i = 1; i < free.length; i++) if ((free[i] ?? 0) < (free[slot] ?? 0)) slot = i;
    const start = Math.max(at, free[slot] ?? 0);
    free[slot] = start - Math.log(1 - random()) * HOLD_MIN;
    waited.push(start - at);
  }
  return waited.sort((a, b) => a - b);
}

const p90 = (sorted: number[]): number => sorted[Math.floor(sorted.length * 0.9)] ?? 0;

function simulate({ name, talks }: (typeof AREAS)[number]) {
  const begun = arrivals(talks, randomOf(7));
  const waitWith = (officers: number) => p90(waits(begun, officers, randomOf(11)));
  let [low, high] = [1, Math.ceil(talks / 50) + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (waitWith(middle) <= GOAL_MIN) high = middle;
    else low = middle + 1;
  }
  const perMinute = new Array<number>(24 * 60).fill(0);
  for (const at of begun) perMinute[Math.floor(at)] = (perMinute[Math.floor(at)] ?? 0) + MESSAGES;
  const peak = Math.max(...perMinute) / 60;
  const cores = (cpuMs: number) => (peak * cpuMs) / 1000;
  const fewer = Math.max(1, Math.floor(low * 0.8));
  return {
    name,
    talks: begun.length,
    officers: low,
    wait: waitWith(low),
    fewer,
    waitFewer: waitWith(fewer),
    peak,
    cores,
    perMinute,
  };
}

function draw(file: string, title: string, perMinute: number[]): void {
  const hours = Array.from({ length: 96 }, (_, i) => perMinute.slice(i * 15, i * 15 + 15).reduce((sum, n) => sum + n, 0) / 900);
  const top = Math.max(...hours);
  const points = hours.map((rate, i) => `${(50 + i * 7.2).toFixed(1)},${(210 - (rate / top) * 170).toFixed(1)}`).join(' ');
  const ticks = [0, 6, 12, 18, 24].map((hour) => `<text x="${50 + hour * 28.8}" y="230" text-anchor="middle">${hour}:00</text>`);
  const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 240" font-family="sans-serif" font-size="12"><title>${title}</title><rect width="760" height="240" fill="#fff"/><text x="50" y="20" font-size="14">${title}</text><text x="44" y="44" text-anchor="end">${top.toFixed(1)}</text><text x="44" y="214" text-anchor="end">0</text><path d="M50 210H745M50 40V210" stroke="#999" fill="none"/><polyline points="${points}" fill="none" stroke="#0b5cad" stroke-width="2"/>${ticks.join('')}</svg>\n`;
  writeFileSync(file, text);
}

const folder = path.join(import.meta.dirname, '..', 'docs', 'scale');
mkdirSync(folder, { recursive: true });
console.log(
  '| area | talks a day | officers for a wait ≤ 5 min (9 of 10) | with a fifth fewer | messages/s at peak | cores, SQLite | cores, MongoDB |',
);
console.log('|---|---|---|---|---|---|---|');
for (const area of AREAS) {
  const { name, talks, officers, fewer, waitFewer, peak, cores, perMinute } = simulate(area);
  draw(path.join(folder, `${name}.svg`), `${name}: messages of citizens per second over a day, ${talks} talks`, perMinute);
  const shown = [
    talks,
    officers,
    `${fewer}: ${waitFewer.toFixed(0)} min`,
    peak.toFixed(1),
    cores(CPU_MS_SQLITE).toFixed(2),
    cores(CPU_MS_MONGODB).toFixed(2),
  ];
  console.log(`| ${name} | ${shown.join(' | ')} |`);
}
