// `npm run bench:permits`: a million permit files in SQLite: how fast they are taken in, how fast a number is found, and whether an unknown
// number can be told from a wrong second fact by the time a judging takes. BENCH_PERMITS: how many files.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRandom } from '../scripts/seed/many.ts';
import type { Contact } from '../src/contract/conversation.ts';
import { type PermitStage, permitStages } from '../src/contract/permit.ts';
import type { DeskContext } from '../src/desk/context.ts';
import type { PermitReport } from '../src/desk/permitPort.ts';
import { proveByFact } from '../src/desk/permitProof.ts';
import { PERMIT_SETTINGS } from '../src/desk/permitSettings.ts';
import { createPermitState } from '../src/desk/permitState.ts';
import { openStore } from '../src/store/openStore.ts';

const files = Number(process.env.BENCH_PERMITS ?? 1_000_000);
const CHUNK = 200;
const LOOKS = 5000;
/** Judgings of each kind; together they stay below the largest cap of an hour. */
const JUDGED = 2400;
const SEED = 20_261_125;
const random = createRandom(SEED);
const numberOf = (n: number) => `PBG-327312-01082023-${String(n).padStart(7, '0')}`;

function reportOf(n: number): PermitReport {
  const stage: PermitStage = permitStages[n % permitStages.length] ?? 'terdaftar';
  const turn = stage === 'dikembalikan' || stage === 'menunggu_pembayaran' ? 'applicant' : 'office';
  const person = {
    name: `Pemohon ${n}`,
    phone: `+62812${String(n).padStart(8, '0')}`,
    nikTail: String(n % 10_000).padStart(4, '0'),
  };
  const status = { stage, turn, codeRaw: null, textRaw: stage, reason: null, since: 1_790_000_000_000 - n * 1000 } as const;
  const about = { otherNumbers: [], service: 'PBG', note: null, submittedAt: null, fetchedAt: 1_795_000_000_000 };
  return { system: 'SIMBG', number: numberOf(n), person, status, ...about };
}

const milliseconds = (value: number) => value.toFixed(3);
function spread(samples: readonly number[]) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const mean = samples.reduce((sum, one) => sum + one, 0) / samples.length;
  const variance = samples.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (samples.length - 1);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), mean, variance, n: samples.length };
}
const row = (name: string, { p50, p95, p99, mean }: ReturnType<typeof spread>) =>
  console.log(`| ${name} | ${milliseconds(p50)} | ${milliseconds(p95)} | ${milliseconds(p99)} | ${milliseconds(mean)} |`);
async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const dataDir = mkdtempSync(path.join(tmpdir(), 'loket-permits-'));
const { store, close } = openStore({ dataDir, keys: [{ id: 'k', key: randomBytes(32) }] });
try {
  const began = performance.now();
  for (let from = 0; from < files; from += CHUNK) {
    const many = Array.from({ length: Math.min(CHUNK, files - from) }, (_, n) => ({
      id: `f${from + n}`,
      report: reportOf(from + n),
    }));
    await store.permits.put(many, null);
  }
  const seconds = (performance.now() - began) / 1000;
  const size = statSync(path.join(dataDir, 'loket.db')).size / 1e6;
  console.log(
    `${files} files in ${seconds.toFixed(0)} s: ${Math.round(files / seconds)} a second; the database has ${Math.round(size)} MB`,
  );

  console.log(`\nseed ${SEED}; milliseconds\n| | p50 | p95 | p99 | mean |\n|---|---|---|---|---|`);
  const any = () => Math.floor(random() * files);
  const [known, unknown]: [number[], number[]] = [[], []];
  for (let i = 0; i < LOOKS; i++) {
    known.push(await timed(() => store.permits.find(numberOf(any()))));
    unknown.push(await timed(() => store.permits.find(numberOf(files + any()))));
  }
  row('look-up of a known number', spread(known));
  row('look-up of an unknown number', spread(unknown));
  const pages: number[] = [];
  for (let i = 0; i < 200; i++) pages.push(await timed(() => store.permits.waiting(null, 50)));
  row('first 50 that wait for their applicant', spread(pages));

  const entry = { id: 's', at: 0, actor: 'bench', action: 'settings', subject: PERMIT_SETTINGS, detail: null };
  await store.settings.put(PERMIT_SETTINGS, { perHour: 5000 }, 0, entry);
  const clock = { now: () => 1_795_000_000_000 };
  const permits = createPermitState({ store, clock });
  await permits.load();
  const desk = { store, clock, permits, log: { error() {} } } as unknown as DeskContext;
  const samples: Record<'wrong' | 'unknown', number[]> = { wrong: [], unknown: [] };
  // Drawn in a random order, so that whatever the machine does meanwhile falls on both alike.
  const kinds = Array.from({ length: JUDGED * 2 }, (_, n) => (n % 2 === 0 ? ('wrong' as const) : ('unknown' as const)))
    .map((kind) => ({ kind, place: random() }))
    .sort((a, b) => a.place - b.place);
  for (const [n, { kind }] of kinds.entries()) {
    const number = numberOf((kind === 'wrong' ? 0 : files) + n);
    const digits = String((n + 1) % 10_000).padStart(4, '0');
    const contact = { id: `p${n}` } as Contact;
    let verdict = '';
    const took = await timed(async () => {
      verdict = (await proveByFact(desk, contact, number, { kind: 'digits', digits, of: 'phone' })).kind;
    });
    if (verdict !== 'none') throw new Error(`A guess of the bench came to ${verdict}.`);
    samples[kind].push(took);
  }
  const [wrong, none] = [spread(samples.wrong), spread(samples.unknown)];
  row('judging a wrong second fact', wrong);
  row('judging an unknown number', none);
  const t = (wrong.mean - none.mean) / Math.sqrt(wrong.variance / wrong.n + none.variance / none.n);
  console.log(
    `\nWelch's t of the two: ${t.toFixed(2)} over ${wrong.n} + ${none.n} (below 2: not told apart); both are answered at a 3-second slot.`,
  );
} finally {
  await close();
  rmSync(dataDir, { recursive: true, force: true });
}
