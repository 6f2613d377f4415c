// `npm run bench`: the whole path of a message, Loket beside the same path on Express with one commit a write, and a small
// bot with few promises, in one run, interleaved.
// webhook with secret → on disk → matched → reply stored and sent to the stand-in → one event to ten officers → 200.
import { appendFileSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { connectOfficers, type Run, run } from './load.ts';
import { root, type Served, startServer, startStandin } from './servers.ts';

const connections = [1, 8, 32];
const messages = Number(process.env.BENCH_MESSAGES ?? 3000);
// A server runs for weeks: over the first thousands of messages a quarter of the CPU is V8's compiler, which is no cost of a message.
const warmUp = Number(process.env.BENCH_WARMUP ?? 6000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const variants = {
  // As `npm start` runs it: a young generation of 16 MB costs a seventh less CPU a message than one of 4, and an idle process gives it back within half a minute.
  loket: ['--max-semi-space-size=16', 'dist/main.js'],
  'same path on Express, a commit a write': ['--import', 'tsx', 'bench/expressVariant.ts'],
  'small bot on Express': ['--import', 'tsx', 'bench/plainVariant.ts'],
} as const;
type Variant = keyof typeof variants;
const names = Object.keys(variants) as Variant[];

async function measure(variant: Variant, runs: Map<string, Run[]>): Promise<void> {
  const standin = await startStandin();
  const server = await startServer([...variants[variant]], standin.url);
  const officers = await connectOfficers(server);
  for (let done = 0; done < warmUp; done += 2000) await run(server, standin, 32, 2000); // other people each time
  for (const count of connections) {
    const result = await run(server, standin, count, count === 1 ? Math.ceil(messages / 3) : messages);
    const key = `${variant} ${count}`;
    runs.set(key, [...(runs.get(key) ?? []), result]);
  }
  if (officers.packets() === 0) throw new Error('No officer heard anything.');
  officers.close();
  await server.stop();
  standin.stop();
}

async function idle(): Promise<{ readyMs: number; rssMb: number }> {
  const server: Served = await startServer([...variants.loket], null);
  await new Promise((resolve) => setTimeout(resolve, 30_000));
  const result = { readyMs: server.readyMs, rssMb: server.rssMb() };
  await server.stop();
  return result;
}

const best = (runs: Run[] | undefined, value: (run: Run) => number) => Math.min(...(runs ?? []).map(value));

function table(runs: Map<string, Run[]>): string {
  const rows = connections.flatMap((count) =>
    names.map((variant) => {
      const these = runs.get(`${variant} ${count}`);
      const perSecond = -best(these, (one) => -one.perSecond);
      const figures = [
        best(these, (one) => one.cpuMs).toFixed(3),
        perSecond.toFixed(0),
        best(these, (one) => one.p50).toFixed(1),
        best(these, (one) => one.p99).toFixed(1),
      ];
      return `| ${variant} | ${count} | ${figures.join(' | ')} |`;
    }),
  );
  const ratios = connections.map((count) => {
    const [ours = 1, ...others] = names.map((variant) => best(runs.get(`${variant} ${count}`), (one) => one.cpuMs));
    return `${count}: ${others.map((theirs) => `${(theirs / ours).toFixed(1)} ×`).join(' and ')}`;
  });
  return [
    '| server | connections | CPU ms/msg (best of rounds) | msg/s on one core | p50 ms | p99 ms |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    `CPU of the other two over CPU of Loket, by connections: ${ratios.join(' · ')}`,
  ].join('\n');
}

async function main(): Promise<void> {
  const runs = new Map<string, Run[]>();
  for (let round = 0; round < rounds; round++)
    for (const variant of Object.keys(variants) as Variant[]) await measure(variant, runs);
  const rest = await idle();
  const version = (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }).version;
  const head = `## ${new Date().toISOString().slice(0, 10)} · Loket ${version} · Node ${process.version} · ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}`;
  const command = `\`npm run bench\` (${messages} messages after ${warmUp} to warm up, ${rounds} interleaved rounds; the server on one core, load and stand-in on the other)`;
  const text = `\n${head}\n\n${command}\n\n${table(runs)}\n\nReady after ${rest.readyMs.toFixed(0)} ms, idle RSS ${rest.rssMb.toFixed(0)} MB (web widget and console, without Telegram).\n`;
  process.stdout.write(text);
  if (process.argv.includes('--save')) appendFileSync(path.join(import.meta.dirname, 'RESULTS.md'), text);
}

void main();
