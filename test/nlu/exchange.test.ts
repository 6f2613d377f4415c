// Several nodes, each with an intents folder of its own: what is changed on one answers on all, and what a node starts with gives way or wins
// as decision 11 says.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LoketError } from '../../src/contract/errors.ts';
import { openExchange } from '../../src/nlu/exchange.ts';
import { packKept, unpackKept } from '../../src/nlu/knowledgeFiles.ts';
import { type OpenNlu, openNlu } from '../../src/nlu/nlu.ts';
import { createMemoryShared, type MemoryShared } from '../support/memoryShared.ts';
import { until } from '../support/until.ts';
import { fewIntents } from './kit.ts';

const dirs: string[] = [];
const open: OpenNlu[] = [];
afterEach(() => {
  for (const nlu of open.splice(0)) nlu.stop();
});
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});
function kept(dir: string): string {
  dirs.push(dir);
  return dir;
}
const folder = () => kept(fewIntents());
/** Learned once for all: most nodes here have the same files. */
const learnedDir = kept(mkdtempSync(join(tmpdir(), 'loket-learned-')));
const ownDisk = () => kept(mkdtempSync(join(tmpdir(), 'loket-learned-')));

/** An empty disk learns in a thread, unless others have. */
async function start(shared: MemoryShared, intentsDir: string, cacheDir = learnedDir): Promise<OpenNlu> {
  const exchange = await openExchange(shared, intentsDir);
  const learnHere = cacheDir === learnedDir;
  const nlu = openNlu({ intentsDir, cacheDir, versionsDir: join(cacheDir, 'versions'), learnHere, exchange });
  open.push(nlu);
  return nlu;
}
async function ready(shared: MemoryShared, intentsDir: string, cacheDir?: string): Promise<OpenNlu> {
  const nlu = await start(shared, intentsDir, cacheDir);
  await nlu.ready;
  return nlu;
}
function edit(dir: string, intent: string, title: string): void {
  const file = join(dir, `${intent}.yaml`);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^title: .*$/m, `title: ${title}`));
}
const titles = (...nodes: OpenNlu[]) =>
  nodes.map((nlu) => [nlu.answer('pbg.apa', 'id')?.title, nlu.answer('pbg.biaya', 'id')?.title]);

it('When nodes start with the same folder, then it is put once', async () => {
  const shared = createMemoryShared();
  const [a, b] = [await ready(shared, folder()), await ready(shared, folder())];
  expect(shared.rows.map(({ number, version }) => [number, version])).toEqual([[1, a.version()]]);
  expect(b.version()).toBe(a.version());
});

it('When an answer changes on A, then B tells it, keeps it through a restart, and a node with an empty disk has it at once', async () => {
  const shared = createMemoryShared();
  const [dirA, dirB, diskB] = [folder(), folder(), ownDisk()];
  const [a, b] = [await ready(shared, dirA), await ready(shared, dirB, diskB)];
  edit(dirA, 'pbg.apa', 'Baru');
  await a.reload();
  await b.reload();
  expect(titles(a, b).map(([title]) => title)).toEqual(['Baru', 'Baru']);
  expect(b.version()).toBe(a.version());
  expect(readdirSync(join(diskB, 'versions'))).toContain(`${a.version()}.json.gz`);
  expect(b.understand('pbg itu apa', { topic: null })).toEqual(a.understand('pbg itu apa', { topic: null }));
  // Before anything is waited for: not one answer from its own folder, which is older.
  const again = await start(shared, dirB, diskB);
  expect([again.isReady(), again.answer('pbg.apa', 'id')?.title]).toEqual([true, 'Baru']);
  const fresh = await start(shared, folder(), ownDisk());
  expect(fresh.answer('pbg.apa', 'id')?.title).toBe('Baru');
  await fresh.ready;
  expect(shared.rows).toHaveLength(2);
});

it('When only an answer changes, or another node has learned, then nothing is learned; what other code learned is not used', async () => {
  const shared = createMemoryShared();
  const a = await ready(shared, folder());
  const learned = unpackKept(shared.rows[0]!.learned);
  learned.learned.vocabulary.push(['zzyzx', 1]);
  shared.rows[0]!.learned = await packKept(learned);
  const wordsOf = (row: number) => unpackKept(shared.rows[row]!.learned).learned.vocabulary.map(([word]) => word);

  const dirB = folder();
  const b = await ready(shared, dirB, ownDisk());
  edit(dirB, 'pbg.apa', 'Baru');
  await b.reload();
  expect(wordsOf(1)).toContain('zzyzx');
  // New examples are learned.
  writeFileSync(join(dirB, 'pbg.apa.yaml'), readFileSync(join(dirB, 'pbg.apa.yaml'), 'utf8').replace('pbg apaan', 'pbg qwerty'));
  await b.reload();
  expect([wordsOf(2).includes('zzyzx'), wordsOf(2).includes('qwerty')]).toEqual([false, true]);

  b.stop();

  shared.rows[0]!.code = 'other';
  shared.rows.splice(1);
  const dirC = folder();
  const c = await ready(shared, dirC, ownDisk());
  expect(c.version()).toBe(a.version());
  edit(dirC, 'pbg.apa', 'Lain');
  await c.reload();
  expect(wordsOf(1)).not.toContain('zzyzx');
});

it('When a file breaks on A, then nothing is put, its problem is named, and A still takes what changes elsewhere', async () => {
  const shared = createMemoryShared();
  const [dirA, dirB] = [folder(), folder()];
  const [a, b] = [await ready(shared, dirA), await ready(shared, dirB)];
  writeFileSync(join(dirA, 'pbg.apa.yaml'), 'id: [');
  await a.reload();
  expect(shared.rows).toHaveLength(1);
  edit(dirB, 'pbg.biaya', 'Ongkos');
  await b.reload();
  await a.reload();
  expect(titles(a)[0]![1]).toBe('Ongkos');
  expect(a.problems()[0]).toMatch(/^intents\/pbg\.apa\.yaml:1 /);
  // Even from its start.
  expect((await ready(shared, dirA)).version()).toBe(b.version());
  expect(shared.rows).toHaveLength(2);
});

it('When two nodes change different files, one after the other or at once, then both changes hold on both', async () => {
  const shared = createMemoryShared();
  const [dirA, dirB] = [folder(), folder()];
  const [a, b] = [await ready(shared, dirA), await ready(shared, dirB)];
  edit(dirA, 'pbg.apa', 'Baru');
  await a.reload();
  edit(dirB, 'pbg.biaya', 'Ongkos');
  await b.reload();
  await a.reload();
  expect(titles(a, b)).toEqual([
    ['Baru', 'Ongkos'],
    ['Baru', 'Ongkos'],
  ]);
  edit(dirA, 'pbg.apa', 'Terbaru');
  edit(dirB, 'pbg.biaya', 'Tarif');
  await Promise.all([a.reload(), b.reload()]);
  await a.reload();
  await b.reload();
  await a.reload();
  expect(titles(a, b)).toEqual([
    ['Terbaru', 'Tarif'],
    ['Terbaru', 'Tarif'],
  ]);
  // The folders differ from what is in use, and from each other; none is news at a start.
  const puts = shared.rows.length;
  expect(titles(await ready(shared, dirA), await ready(shared, dirB))).toEqual(titles(a, b));
  expect(shared.rows).toHaveLength(puts);
});

it('When a node starts with a folder nobody has seen, then it wins; older folders that come back do not, until they change', async () => {
  const shared = createMemoryShared();
  const old = folder();
  const a = await ready(shared, old);
  const released = folder();
  edit(released, 'pbg.biaya', 'Ongkos');
  const b = await ready(shared, released);
  await a.reload();
  expect(titles(a)[0]![1]).toBe('Ongkos');
  const again = await ready(shared, old);
  expect(again.version()).toBe(b.version());
  // Back to the older knowledge, on purpose: on a running node.
  const before = readFileSync(join(released, 'pbg.biaya.yaml'));
  writeFileSync(join(released, 'pbg.biaya.yaml'), readFileSync(join(old, 'pbg.biaya.yaml')));
  await b.reload();
  await a.reload();
  expect(titles(a, b).map(([, title]) => title)).not.toContain('Ongkos');
  writeFileSync(join(released, 'pbg.biaya.yaml'), before);
  await b.reload();
  await a.reload();
  expect(titles(a, b).map(([, title]) => title)).toEqual(['Ongkos', 'Ongkos']);
});

it('When the store is away while A changes, then A uses it, says so, and gives it to the others when the store is back', async () => {
  const shared = createMemoryShared();
  const [dirA, dirB] = [folder(), folder()];
  const [a, b] = [await ready(shared, dirA), await ready(shared, dirB)];
  const { latest, put } = shared;
  const away = () => Promise.reject(new LoketError('store-away', 'away'));
  Object.assign(shared, { latest: away, put: away });
  edit(dirA, 'pbg.apa', 'Baru');
  await a.reload();
  expect(titles(a)[0]![0]).toBe('Baru');
  expect(a.problems()).toEqual([expect.stringMatching(/^the other nodes do not have/)]);
  Object.assign(shared, { latest, put });
  await a.reload();
  await b.reload();
  expect(a.problems()).toEqual([]);
  expect(titles(b)[0]![0]).toBe('Baru');
});

it('When what was put cannot be read, then a node starts with its own folder all the same, and says so', async () => {
  const shared = createMemoryShared();
  await ready(shared, folder());
  shared.rows.push({ ...shared.rows[0]!, number: 2, version: 'else' });
  const b = await ready(shared, folder());
  expect(b.isReady()).toBe(true);
  // By the node's own look, not by a changed file.
  await until('it says so', () => b.problems()[0]?.includes('not what its name says') ?? false);
});
