// Asking OSS in the background: within bounds, with a breaker, never for a number nobody has stored; what was known last stays.

import { createPermitPulls } from '../../src/desk/permitConnectors.ts';
import type { PermitSettings } from '../../src/desk/permitSettings.ts';
import { PERMIT_SETTINGS } from '../../src/desk/permitSettings.ts';
import { createPermitState } from '../../src/desk/permitState.ts';
import { createOssConnector } from '../../src/permits/connectors/oss.ts';
import { createKit } from '../support/deskKit.ts';
import { createMemoryStore } from '../support/memoryStore.ts';
import { openOssStandin, ossKey, ossNumber } from '../support/ossStandin.ts';
import { report, status } from '../support/permitKit.ts';
import { until } from '../support/until.ts';

let oss: Awaited<ReturnType<typeof openOssStandin>>;
beforeEach(async () => {
  oss = await openOssStandin();
});
afterEach(() => oss.close());

const start = Date.UTC(2026, 10, 25, 3);
const numberOf = (i: number) => `I-20220223171041192${String(1000 + i)}`;
const known = (number = ossNumber) =>
  report({
    system: 'OSS',
    number,
    service: 'SPPL',
    status: status({ codeRaw: '20', textRaw: 'Validasi' }),
    fetchedAt: start - 7_200_000,
  });

async function scene({ key = ossKey, settings = {} }: { key?: string; settings?: Partial<PermitSettings> } = {}) {
  const store = createMemoryStore();
  const time = { now: start };
  const clock = { now: () => time.now };
  await store.settings.put(PERMIT_SETTINGS, settings, 0, { id: 'a', at: 1, actor: 'o', action: 'x', subject: 'x', detail: null });
  await store.permits.put([{ id: 'f1', report: known() }], null);
  const permits = createPermitState({ store, clock });
  await permits.load();
  const log = { info() {}, warn() {}, error() {} };
  const connectors = [createOssConnector({ apiRoot: oss.apiRoot, userKey: key, clock })];
  const pulls = createPermitPulls({ store, clock, log, permits, connectors, jitter: () => 0 });
  const view = () => pulls.views()[0]!;
  /** Asks half a minute later and waits until it is settled. */
  const askAgain = async (after = 31_000) => {
    time.now += after;
    const { asked } = view();
    pulls.ask(ossNumber);
    await until('a call has begun', () => view().asked > asked);
    await until('it is settled', () => (view().goodAt ?? 0) === time.now || (view().failedAt ?? 0) === time.now);
  };
  /** Asks about it a while later, and expects that OSS is not. */
  const isSpared = async (after: number, number = ossNumber) => {
    time.now += after;
    const { asked } = view();
    pulls.ask(number);
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
    expect(view().asked).toBe(asked);
  };
  const file = async () => (await store.permits.find(ossNumber))[0]!;
  return { store, time, pulls, view, askAgain, isSpared, file };
}

it('When a stored file is asked for, then OSS is asked once and what it says is stored with its time', async () => {
  const { pulls, time, file, view, isSpared } = await scene();
  for (let i = 0; i < 3; i++) pulls.ask(ossNumber);
  await until('it is stored', async () => (await file()).fetchedAt === time.now);
  expect(oss.asked).toHaveLength(1);
  expect(await file()).toMatchObject({ status: { codeRaw: '45' }, person: known().person, otherNumbers: ['1234567890123'] });
  expect(view()).toMatchObject({ state: 'ready', goodAt: start, problem: null, asked: 1, answered: 1 });
  await isSpared(31_000);
});

it('When nothing is stored under a number, or its kind is routed nowhere, then OSS never hears of it', async () => {
  await (await scene()).isSpared(0, numberOf(1));
  await (await scene({ settings: { routes: { oss: 'none' } } })).isSpared(0);
  expect(oss.asked).toEqual([]);
});

it('When OSS stumbles, then it is asked again at once; when it does not answer, what was known stays', async () => {
  const { askAgain, file, view } = await scene();
  oss.state.failFirst = 2;
  await askAgain();
  expect(oss.asked).toHaveLength(3);
  await until('it is stored', async () => (await file()).status.codeRaw === '45');
  const before = await file();
  oss.state.mode = 'html';
  await askAgain(600_000);
  expect(view()).toMatchObject({ state: 'failing', problem: 'wrong-answer', failedAt: start + 631_000 });
  expect(oss.asked).toHaveLength(4);
  expect(await file()).toEqual(before);
});

it('When OSS says the same again, then only the time of hearing moves on', async () => {
  const { askAgain, file, store } = await scene();
  await askAgain();
  await askAgain(600_000);
  await until('it is heard of again', async () => (await file()).fetchedAt === start + 631_000);
  expect((await store.permits.get('f1'))?.events).toHaveLength(2);
});

it('When five calls in a row fail, then OSS is left alone; after a while one call decides', async () => {
  const { store, askAgain, isSpared, view } = await scene();
  await store.permits.put([{ id: 'f2', report: known(numberOf(7)) }], null);
  oss.state.mode = 'html';
  for (let i = 0; i < 5; i++) await askAgain();
  expect(view()).toMatchObject({ state: 'open', asked: 5 });
  await isSpared(29_000, numberOf(7));
  await askAgain(2000);
  expect(view()).toMatchObject({ state: 'open', asked: 6 });
  await isSpared(31_000);
  oss.state.mode = 'ok';
  await askAgain(31_000);
  expect(view()).toMatchObject({ state: 'ready', problem: null, asked: 7, answered: 1 });
});

it('When the key is not accepted, then OSS is left alone at once', async () => {
  const { askAgain, view } = await scene({ key: 'lama' });
  await askAgain();
  expect(view()).toMatchObject({ state: 'open', problem: 'denied' });
  expect(oss.asked).toHaveLength(1);
});

it('When many files are asked for, then OSS hears of a few a minute', async () => {
  const { store, pulls, time, view } = await scene({ settings: { pullsPerMinute: 2 } });
  const numbers = Array.from({ length: 12 }, (_, i) => numberOf(i));
  await store.permits.put(
    numbers.map((number, i) => ({ id: `g${i}`, report: known(number) })),
    null,
  );
  const askAll = async () => {
    for (const number of numbers) {
      const settled = () => view().answered === view().asked;
      pulls.ask(number);
      await new Promise((resolve) => setImmediate(resolve));
      await until('nothing is under way', settled);
    }
  };
  await askAll();
  expect(oss.asked).toHaveLength(4);
  time.now += 60_000;
  await askAll();
  expect(oss.asked).toHaveLength(6);
});

describe('in the dialogue', () => {
  async function talk() {
    const store = createMemoryStore();
    const clock = { now: (): number => kit.now() };
    const connectors = [createOssConnector({ apiRoot: oss.apiRoot, userKey: ossKey, clock })];
    const kit = await createKit({ store, connectors, greetingWaitMs: 0, startAt: start });
    await store.permits.put([{ id: 'f1', report: known() }], null);
    await kit.desk.sweep();
    return { kit, store };
  }

  it('When the citizen proves the file, then they read what OSS says now', async () => {
    const { kit, store } = await talk();
    await kit.says(ossNumber, { from: 'ani' });
    await until('OSS has answered', async () => (await store.permits.find(ossNumber))[0]?.status.codeRaw === '45');
    await kit.says('5678', { from: 'ani' });
    await kit.pass(3000);
    expect((await kit.heard('ani')).at(-1)).toMatch(/verifikasi teknis.*Data per .*sumber OSS/is);
  });

  it('When somebody waits for news of a file, then OSS is asked every hour, and they are told of the move', async () => {
    const { kit, store } = await talk();
    oss.state.status = { kd_status: '20', uraian_status: 'Validasi' };
    await kit.says(ossNumber, { from: 'ani' });
    await until('OSS has answered', async () => (await store.permits.find(ossNumber))[0]?.fetchedAt === kit.now());
    await kit.says('5678', { from: 'ani' });
    await kit.pass(3000);
    await kit.says('kabari kalau berubah', { from: 'ani' });
    const asked = oss.asked.length;
    await kit.pass(1_800_000);
    expect(oss.asked).toHaveLength(asked);
    oss.state.status = { kd_status: '50', uraian_status: 'Izin terbit' };
    await kit.pass(1_900_000);
    await until('it is stored', async () => (await store.permits.find(ossNumber))[0]?.status.stage === 'terbit');
    await kit.heard('ani');
    await kit.pass(60_000);
    expect((await kit.heard('ani')).join()).toContain(`Kabar untuk ${ossNumber}: Terbit.`);
    await kit.pass(7_200_000);
    expect(oss.asked).toHaveLength(asked + 1);
  });

  it('When OSS is down, then they read the last answer with its time', async () => {
    const { kit } = await talk();
    oss.state.mode = 'slow';
    await kit.says(ossNumber, { from: 'ani' });
    await until('OSS is asked', () => oss.asked.length > 0);
    await kit.says('5678', { from: 'ani' });
    await kit.pass(3000);
    expect((await kit.heard('ani')).at(-1)).toMatch(/Data per .*08[.:]00.*sumber OSS/is);
  });

  it('When a number is recognised, then the store does the same work whether a file is behind it or not', async () => {
    oss.state.mode = 'slow';
    const work = [];
    for (const number of [ossNumber, numberOf(3)]) {
      const { kit, store } = await talk();
      const calls: string[] = [];
      for (const [name, verb] of Object.entries(store.permits))
        Reflect.set(store.permits, name, (...args: unknown[]) => {
          calls.push(name);
          return Reflect.apply(verb, store.permits, args);
        });
      await kit.says(number, { from: 'eve' });
      await kit.says('0000', { from: 'eve' });
      work.push(calls);
    }
    expect(work[0]).toContain('find');
    expect(work[0]).toEqual(work[1]);
  });

  it('When the second fact is wrong or the number unknown, then OSS answering or not changes neither words nor time', async () => {
    const heard = [];
    for (const mode of ['ok', 'slow'] as const) {
      oss.state.mode = mode;
      for (const number of [ossNumber, numberOf(3)]) {
        const { kit } = await talk();
        await kit.says(number, { from: 'eve' });
        const asked = (await kit.heard('eve')).at(-1);
        await kit.says('0000', { from: 'eve' });
        const early = await kit.heard('eve');
        await kit.pass(3000);
        heard.push([asked, early.length, (await kit.heard('eve')).at(-1)]);
      }
    }
    expect(heard[0]?.[2]).toContain('tidak cocok');
    // What they wrote themselves is the only difference.
    for (const one of heard)
      expect(JSON.stringify(one).replace(/I-\d{21}/g, 'I')).toBe(JSON.stringify(heard[0]).replace(/I-\d{21}/g, 'I'));
  });
});
