// Opening the knowledge: learned in a thread, kept on disk, swapped when files change; a broken file leaves the last good one in use.
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseIntents, readSources } from '../../src/nlu/intentFiles.ts';
import { type NluOptions, openNlu } from '../../src/nlu/nlu.ts';
import { createReader, readRows } from '../../src/nlu/rows.ts';
import { until } from '../support/until.ts';
import { fewIntents, intentsDir } from './kit.ts';

const dirs: string[] = [];
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

function smallFolder(): string {
  const dir = fewIntents();
  dirs.push(dir);
  return dir;
}

function open(dir: string, options: Partial<NluOptions> = {}) {
  const cacheDir = options.cacheDir ?? mkdtempSync(join(tmpdir(), 'loket-learned-'));
  dirs.push(cacheDir);
  return openNlu({ intentsDir: dir, cacheDir, versionsDir: join(cacheDir, 'versions'), ...options });
}

it('When nothing was learned before, then answers are there at once, and messages are understood after the thread', async () => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'loket-learned-'));
  const dir = smallFolder();
  const nlu = open(dir, { cacheDir });
  expect(nlu.isReady()).toBe(false);
  expect(nlu.answer('pbg.apa', 'id')).not.toBeNull();
  await nlu.ready;
  expect(nlu.understand('pbg itu apa', { topic: null }).guesses[0]?.intent).toBe('pbg.apa');
  nlu.stop();
  const again = open(dir, { cacheDir });
  expect(again.isReady()).toBe(true);
  expect(again.understand('biaya pbg', { topic: null })).toEqual(nlu.understand('biaya pbg', { topic: null }));
  expect(readdirSync(join(cacheDir, 'versions'))).toEqual([`${again.version()}.json.gz`]);
});

it('When nothing could be learned, then that is named, and it is tried again until messages are understood', async () => {
  const dir = smallFolder();
  const nlu = open(dir, { retryMs: 30 });
  renameSync(dir, `${dir}.away`);
  await nlu.ready;
  expect([nlu.isReady(), nlu.problems().length > 0]).toEqual([false, true]);
  renameSync(`${dir}.away`, dir);
  await until('it has learned', () => nlu.isReady(), 60_000);
  expect(nlu.problems()).toEqual([]);
  expect(nlu.understand('pbg itu apa', { topic: null }).guesses[0]?.intent).toBe('pbg.apa');
  nlu.stop();
});

it('When a file breaks, then the last good knowledge stays and the problem is named; mended, the new one is in use', async () => {
  const dir = smallFolder();
  const heard: string[][] = [];
  const nlu = open(dir, { learnHere: true, onChange: ({ problems }) => heard.push(problems) });
  const file = join(dir, 'pbg.apa.yaml');
  const good = readFileSync(file, 'utf8');
  const version = nlu.version();
  writeFileSync(file, good.replace('title:', 'judul:'));
  await nlu.reload();
  expect(nlu.problems()).toEqual(expect.arrayContaining([expect.stringMatching(/^intents\/pbg\.apa\.yaml:\d+ /)]));
  expect(nlu.version()).toBe(version);
  expect(nlu.understand('pbg itu apa', { topic: null }).zone).toBe('answer');
  writeFileSync(file, good.replace(/^title: .*$/m, 'title: Judul baru'));
  await nlu.reload();
  expect(nlu.problems()).toEqual([]);
  expect(nlu.version()).not.toBe(version);
  expect(nlu.answer('pbg.apa', 'id')?.title).toBe('Judul baru');
  expect(heard.at(-1)).toEqual([]);
});

it('When the folder is broken at start, then what was learned before answers; with nothing kept it does not start', () => {
  const dir = smallFolder();
  const cacheDir = mkdtempSync(join(tmpdir(), 'loket-learned-'));
  const version = open(dir, { cacheDir, learnHere: true }).version();
  writeFileSync(join(dir, 'pbg.apa.yaml'), 'id: [');
  const nlu = open(dir, { cacheDir, learnHere: true });
  expect(nlu.version()).toBe(version);
  expect(nlu.problems()[0]).toMatch(/pbg\.apa\.yaml:1 not readable as YAML/);
  expect(() => open(dir, { learnHere: true })).toThrow(/pbg\.apa\.yaml:1/);
});

it('When files change while it watches, then the new knowledge is taken up by itself', async () => {
  const dir = smallFolder();
  const changed = new Promise<string>((resolve) => {
    const nlu = open(dir, {
      learnHere: true,
      watch: true,
      onChange: ({ version }) => {
        nlu.stop();
        resolve(version);
      },
    });
    writeFileSync(join(dir, 'pbg.apa.yaml'), `${readFileSync(join(dir, 'pbg.apa.yaml'), 'utf8')}\n# read again\n`);
  });
  expect(await changed).toMatch(/^[0-9a-f]{12}$/);
});

it('When a site adds vectors, then their opinion moves the ranking; without them nothing changes', () => {
  const dir = smallFolder();
  const { folder } = parseIntents(readSources(dir));
  const hours = readRows(folder!, createReader(folder!)).filter(({ intent }) => intent === 'kantor.jam');
  const known = new Set(hours.flatMap(({ words }) => words));
  // A toy: one direction for words about hours, one for the word only this embedder knows, which it takes for the same.
  const embedder = {
    name: 'toy',
    weight: 20,
    embed: (text: string) =>
      Float32Array.from([text.split(' ').some((word) => word === 'zzyzx' || known.has(word)) ? 1 : 0, 0.1]),
  };
  const first = (nlu: ReturnType<typeof open>) => nlu.understand('zzyzx', { topic: null, refused: [] });
  const plain = open(dir, { learnHere: true });
  expect(first(plain).zone).toBe('none');
  const helped = open(dir, { embedder });
  expect(helped.isReady()).toBe(true);
  expect(helped.understand('zzyzx kantor jam', { topic: null }).guesses[0]?.intent).toBe('kantor.jam');
  expect(intentsDir).not.toBe(dir);
});
