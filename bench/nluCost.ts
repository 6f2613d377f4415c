// `npx tsx bench/nluCost.ts`: what the matcher costs for 100 and 120 intents of 20 examples: seconds of learning in a thread (wall and CPU), bytes on disk,
// milliseconds to load, memory, microseconds a message. The intents are this office's own, the longer ones cut in two.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deserialize, serialize, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type IntentFolder, parseIntents, readSources } from '../src/nlu/intentFiles.ts';
import { createMatcher } from '../src/nlu/knowledge.ts';
import { learnInThread } from '../src/nlu/trainer.ts';
import type { Learned } from '../src/nlu/training.ts';

const examplesEach = 20;

/** `count` intents of 20 examples each, half of the second part of an intent's examples for its double. */
function folderOf(folder: IntentFolder, count: number): IntentFolder {
  const intents: IntentFolder['intents'] = new Map();
  for (const part of [0, 1])
    for (const [id, intent] of folder.intents) {
      const all = [...intent.examples.id, ...intent.examples.su, ...intent.examples.en];
      const own = all.filter((_, at) => at % 2 === part).slice(0, examplesEach);
      if (intents.size >= count || own.length < examplesEach) continue;
      const name = part === 0 ? id : `${id}.2`;
      const place = intent.service === undefined || part === 0 ? {} : { aspect: `${intent.aspect}-2` };
      intents.set(name, { ...intent, ...place, id: name, examples: { id: own, su: [], en: [] } });
    }
  return { ...folder, intents };
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
function memoryMb(): { heap: number; rss: number } {
  collectGarbage();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { heap: (heapUsed + arrayBuffers) / 2 ** 20, rss: rss / 2 ** 20 };
}

/** In a process of its own: memory before and after loading, and the time of a message. */
function load(file: string, messages: string[]): void {
  const before = memoryMb();
  const start = performance.now();
  const { folder, learned } = deserialize(readFileSync(file)) as { folder: IntentFolder; learned: Learned };
  const understand = createMatcher(folder, learned);
  const loadMs = performance.now() - start;
  const micros = messages.map((text) => {
    const from = performance.now();
    understand(text, { topic: null });
    return (performance.now() - from) * 1000;
  });
  micros.sort((a, b) => a - b);
  const after = memoryMb();
  const at = (share: number): string => (micros[Math.floor(share * (micros.length - 1))] ?? 0).toFixed(0);
  const cells = [loadMs, after.heap - before.heap, after.rss - before.rss].map((value) => value.toFixed(1));
  console.log(`${cells.join(' | ')} | ${at(0.5)} / ${at(0.95)}`);
}

async function main(): Promise<void> {
  const { folder, problems } = parseIntents(readSources(path.join(import.meta.dirname, '../intents')));
  if (!folder) throw new Error(problems.join('\n'));
  const messages = [...folder.intents.values()].flatMap(({ examples }) => examples.id);
  const [, , file] = process.argv;
  if (file !== undefined) return load(file, messages);
  const dir = mkdtempSync(path.join(tmpdir(), 'loket-cost-'));
  console.log(
    '| intents | learning s, CPU s | file MB | load ms | heap MB | RSS MB | p50 / p95 µs |\n|---|---|---|---|---|---|---|',
  );
  for (const count of [100, 120]) {
    const part = folderOf(folder, count);
    const start = performance.now();
    const usage = process.cpuUsage();
    const learned = await learnInThread(part).learned;
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(usage);
    const bytes = serialize({ folder: part, learned });
    const kept = path.join(dir, `${count}`);
    writeFileSync(kept, bytes);
    const { stdout } = spawnSync(process.execPath, ['--max-semi-space-size=4', '--import', 'tsx', import.meta.filename, kept], {
      encoding: 'utf8',
    });
    const cells = [
      part.intents.size,
      `${seconds.toFixed(1)}, ${((user + system) / 1e6).toFixed(1)}`,
      (bytes.length / 2 ** 20).toFixed(1),
      stdout.trim(),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
  rmSync(dir, { recursive: true, force: true });
}
await main();
