// `npm run bench:nlu [-- --data DIR] [--sets name,name]`: our flat model, nlp.js and `natural` on the same public splits; a markdown table on stdout.
import { cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { figuresOf, type Judgement } from '../scripts/nluFigures.ts';
import { readWordMaps } from '../scripts/wordMaps.ts';
import { withoutHeldOut, withSlang, withTypos } from './nluNoise.ts';
import { type IntentSet, readSets, type TextRow } from './nluSets.ts';
import { ours, type System, systems, type Trained } from './nluSystems.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: path.join(import.meta.dirname, '../../shared/data/nlu') },
    sets: { type: 'string' },
  },
});
/** Noise is drawn three times; the mean is less a matter of luck. */
const seeds = [1, 2, 3];
const maps = readWordMaps();
const halfMaps = { ...maps, slang: withoutHeldOut(maps.slang) };

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
function usedMb(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}

async function judge(trained: Trained, rows: readonly TextRow[], micros: number[] = []): Promise<Judgement[]> {
  const judged: Judgement[] = [];
  for (const row of rows) {
    const start = performance.now();
    const prediction = await trained.predict(row.text);
    micros.push((performance.now() - start) * 1000);
    judged.push({ ...prediction, expected: row.intent });
  }
  return judged;
}

const percent = (value: number | null): string => (value === null ? '–' : (value * 100).toFixed(1));
const quantile = (sorted: number[], share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0);

async function measure(system: System, set: IntentSet): Promise<string> {
  const before = usedMb();
  const start = performance.now();
  const trained = await system.train(set.train, set.language, maps);
  const trainMs = performance.now() - start;
  const memory = usedMb() - before;
  const micros: number[] = [];
  const clean = figuresOf(await judge(trained, set.test, micros));
  micros.sort((a, b) => a - b);
  const inside = set.test.filter((row) => row.intent !== null);
  const noisy = async (by: Trained, copies: TextRow[][]): Promise<number | null> =>
    figuresOf(await judge(by, copies.flat())).accuracy;
  const typos = await noisy(
    trained,
    seeds.map((seed) => withTypos(inside, seed)),
  );
  let slang: number | null = null;
  if (set.language === 'id') {
    const half = system === ours ? await system.train(set.train, set.language, halfMaps) : trained;
    slang = await noisy(
      half,
      seeds.map((seed) => withSlang(inside, maps.slang, seed)),
    );
  }
  const cells = [
    set.name,
    system.name,
    `${percent(clean.accuracy)} / ${percent(clean.macroF1)}`,
    percent(typos),
    percent(slang),
    clean.oosAuroc === null ? '–' : clean.oosAuroc.toFixed(3).replace(/^0/, ''),
    percent(clean.oosRecallAt5),
    percent(clean.answeredAt95),
    `${quantile(micros, 0.5)} / ${quantile(micros, 0.95)}`,
    trainMs.toFixed(0),
    memory.toFixed(1),
  ];
  return `| ${cells.join(' | ')} |`;
}

const sets = readSets(path.resolve(values.data));
if (!sets) {
  console.log(`The public sets are not in ${path.resolve(values.data)}; give their folder with --data. Nothing was measured.`);
} else {
  const wanted = values.sets?.split(',');
  console.log(`Node ${process.version} · ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown CPU'}\n`);
  console.log(
    '| set | system | accuracy / macro-F1 | typos | unseen slang | OOS AUROC | OOS recall at 5 % | answered at 95 % | p50 / p95 µs | train ms | MB |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|---|---|');
  for (const set of sets) {
    if (wanted && !wanted.some((name) => set.name.toLowerCase().includes(name.toLowerCase()))) continue;
    for (const system of systems) if (system.canTrain(set)) console.log(await measure(system, set));
  }
}
