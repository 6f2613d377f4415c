// The desk's side of imports: one at a time, stopped with the server, mappings remembered, files let go.
import type { Officer } from '../../src/contract/conversation.ts';
import { mappingSchema } from '../../src/contract/permitImport.ts';
import type { Leases } from '../../src/desk/nodes.ts';
import { createPermitImports } from '../../src/desk/permitImports.ts';
import { createPermitState } from '../../src/desk/permitState.ts';
import { createImporter } from '../../src/permits/import/importRows.ts';
import { createMemoryStore } from '../support/memoryStore.ts';
import { until } from '../support/until.ts';

const [siti, budi, ani] = ['o1', 'o2', 'o3'].map((id) => ({ id }) as Officer) as [Officer, Officer, Officer];
const rows = (count: number, from = 0) =>
  ['No. Berkas;Posisi', ...Array.from({ length: count }, (_, i) => `GMP-${String(from + i).padStart(5, '0')};Terbit`)].join('\n');
const mapping = mappingSchema.parse({
  system: 'GAMPIL',
  delimiter: ';',
  columns: { number: 'No. Berkas', statusText: 'Posisi' },
});

function setUp(store = createMemoryStore(), leases?: Leases) {
  const time = { now: Date.UTC(2026, 10, 25) };
  const clock = { now: () => time.now };
  const permits = createPermitState({ store, clock });
  const log = { info() {}, warn() {}, error() {} };
  const imports = createPermitImports({
    store,
    clock,
    log,
    permits,
    timeZone: 'Asia/Jakarta',
    isOnlyNode: leases === undefined,
    ...(leases && { leases }),
    importer: createImporter(),
  });
  const upload = async (by: Officer, text: string) => {
    const done = await imports.uploadPermits(by, async () => ({ name: 'a.csv', madeAt: null, bytes: Buffer.from(text) }));
    if (!done.ok) throw new Error(done.message);
    return { ...done, id: done.import.id };
  };
  const settled = (id: string) =>
    until('it is settled', async () => {
      const found = await imports.permitImport(siti, id);
      return found.ok && ['done', 'failed', 'checked'].includes(found.import.state);
    });
  return { store, time, imports, permits, upload, settled };
}

it('When one import runs, then another waits; when the server stops, then it ends as stopped and can be undone', async () => {
  const { store, imports, upload, permits } = setUp();
  const [mine, yours] = [await upload(siti, rows(5000)), await upload(budi, rows(3))];
  expect(await imports.runPermits(siti, mine.id, { mapping, dryRun: false })).toMatchObject({ ok: true });
  expect(await imports.runPermits(budi, yours.id, { mapping, dryRun: true })).toMatchObject({ ok: false, code: 'conflict' });
  await until('some rows are in', async () => !(await store.permits.isEmpty()));
  await imports.stop();
  const [batch] = await store.permits.batches(1);
  expect(batch?.state).toBe('stopped');
  expect(batch?.rows).toBeLessThan(5000);
  expect(await imports.permitImport(siti, mine.id)).toMatchObject({ import: { state: 'failed', batch: batch?.id } });
  await permits.load();
  expect(permits.isOpen()).toBe(true);
  await imports.undoPermits(siti, batch!.id);
  await until('it is taken back', async () => (await store.permits.batches(1))[0]?.state === 'undone');
  expect([await store.permits.isEmpty(), permits.isOpen()]).toEqual([true, false]);
});

it('When the server died in the middle of an import, then the next one marks it; the command’s own stays as it is', async () => {
  const { store, imports } = setUp();
  const batch = { at: 1, system: null, rows: 0, added: 0, changed: 0, refused: 0, state: 'running' as const };
  await store.permits.putBatch({ ...batch, id: 'b1', by: 'o1' }, null);
  await store.permits.putBatch({ ...batch, id: 'b2', by: 'system' }, null);
  await imports.mend();
  expect((await store.permits.batches(2)).map(({ id, state }) => [id, state])).toEqual([
    ['b2', 'running'],
    ['b1', 'stopped'],
  ]);
});

it('When a mapping was used, then the next file with its columns gets it; a file without them does not', async () => {
  const { upload, imports, settled } = setUp();
  const first = await upload(siti, rows(2));
  expect(first.preview.mapping).toBeNull();
  await imports.runPermits(siti, first.id, { mapping, dryRun: false });
  await settled(first.id);
  await until('it is remembered', async () => (await upload(budi, rows(2, 9))).preview.mapping !== null);
  expect((await upload(budi, rows(2, 9))).preview.mapping).toEqual(mapping);
  expect((await upload(budi, 'No. Berkas;Status\nGMP-1;Terbit')).preview.mapping).toBeNull();
});

it('When a file is not used for an hour, or its officer brings another, then it is let go', async () => {
  const { time, imports, upload } = setUp();
  const ids = async () => (await imports.permitImports(ani).then((all) => (all.ok ? all.imports : []))).map(({ id }) => id);
  const first = await upload(siti, rows(1));
  const second = await upload(siti, rows(1));
  const third = await upload(budi, rows(1));
  expect(await ids()).toEqual([second.id, third.id]);
  time.now += 3_500_000;
  await imports.permitImport(budi, third.id);
  time.now += 200_000;
  expect(await ids()).toEqual([third.id]);
  expect(await imports.runPermits(siti, first.id, { mapping, dryRun: true })).toMatchObject({ code: 'not-found' });
});

it('When reading a file breaks in a way nobody foresaw, then the officer reads a sentence and the next import may run', async () => {
  const { store, imports, upload, settled } = setUp();
  const { id } = await upload(siti, rows(3));
  const { put } = store.permits;
  store.permits.put = () => Promise.reject(new Error('disk on fire'));
  await imports.runPermits(siti, id, { mapping, dryRun: false });
  await settled(id);
  const failed = await imports.permitImport(siti, id);
  expect(failed).toMatchObject({ import: { state: 'failed', error: expect.stringContaining('Ulangi') } });
  expect(JSON.stringify(failed)).not.toContain('fire');
  store.permits.put = put;
  await imports.runPermits(siti, id, { mapping, dryRun: false });
  await settled(id);
  expect(await imports.permitImport(siti, id)).toMatchObject({ import: { state: 'done', added: 3, error: null } });
});

/** One holder at a time, in the order of asking. A node is killed by forgetting what it does. */
function createTurns() {
  const waiting: { work: Parameters<Leases['hold']>[1]; isDone: boolean }[] = [];
  const next = () => void waiting[0]?.work.begin(1);
  const leases: Leases = {
    hold(_name, work) {
      const one = { work, isDone: false };
      if (waiting.push(one) === 1) next();
      return async () => {
        if (one.isDone) return;
        one.isDone = true;
        await work.end();
        const isFirst = waiting[0] === one;
        waiting.splice(waiting.indexOf(one), 1);
        if (isFirst) next();
      };
    },
  };
  return {
    leases,
    waiting: () => waiting.length,
    lose: async () => waiting[0]!.work.end(),
    /** The holder is gone; whoever waits is next. */
    die() {
      waiting.splice(0, 1);
      next();
    },
  };
}

it('When a node imports, then the next waits for its turn; when it dies, then the others say that it stopped, and go on', async () => {
  const store = createMemoryStore();
  const turns = createTurns();
  const [a, b] = [setUp(store, turns.leases), setUp(store, turns.leases)];
  const [mine, yours] = [await a.upload(siti, rows(20)), await b.upload(budi, rows(3, 100))];
  const ofA = () => store.permits.batches(9).then((all) => all.map(({ by, state }) => `${by} ${state}`));
  // A's writes never end, as those of a node that is dead.
  const { put } = store.permits;
  store.permits.put = () => new Promise(() => {});
  await a.imports.runPermits(siti, mine.id, { mapping, dryRun: false });
  await until('A runs', async () => (await ofA()).length === 1);
  store.permits.put = put;
  await b.imports.runPermits(budi, yours.id, { mapping, dryRun: false });
  const mended = b.imports.mend();
  expect([turns.waiting(), await ofA()]).toEqual([3, ['o1 running']]);
  turns.die();
  await mended;
  await b.settled(yours.id);
  expect((await ofA()).sort()).toEqual(['o1 stopped', 'o2 done']);
  expect(turns.waiting()).toBe(0);
});

it('When the lease is lost, then the import ends; a check before a run does not end the run; a stop ends the wait', async () => {
  const store = createMemoryStore();
  const turns = createTurns();
  const [a, b] = [setUp(store, turns.leases), setUp(store, turns.leases)];
  const mine = await a.upload(siti, rows(5000));
  await a.imports.runPermits(siti, mine.id, { mapping, dryRun: true });
  await a.settled(mine.id);
  expect(await a.imports.permitImport(siti, mine.id)).toMatchObject({ import: { state: 'checked' } });
  await until('its turn is over', () => turns.waiting() === 0);
  await a.imports.runPermits(siti, mine.id, { mapping, dryRun: false });
  const yours = await b.upload(budi, rows(3, 9000));
  await b.imports.runPermits(budi, yours.id, { mapping, dryRun: false });
  await until('some rows are in', async () => !(await store.permits.isEmpty()));
  await b.imports.stop();
  expect(await b.imports.permitImport(budi, yours.id)).toMatchObject({ import: { state: 'failed' } });
  await turns.lose();
  await a.settled(mine.id);
  expect(await a.imports.permitImport(siti, mine.id)).toMatchObject({ import: { state: 'failed' } });
  expect((await store.permits.batches(9)).map(({ state }) => state)).toEqual(['stopped']);
});
