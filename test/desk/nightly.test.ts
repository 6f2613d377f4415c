// Upkeep runs once a night by the office's clock, also when the machine slept through it, and also when it failed first.
import { createKit, type Kit } from '../support/deskKit.ts';
import { createMemoryStore } from '../support/memoryStore.ts';
import { day, issued, report } from '../support/permitKit.ts';

/** 25 November 2026, 14.00 in Bandung; the quiet hours begin at 20.00. */
const afternoon = Date.UTC(2026, 10, 25, 7);
const HOUR = 3_600_000;

function countingStore() {
  const store = createMemoryStore();
  const runs = { count: 0, fail: false };
  const purge: typeof store.permits.purge = async (...limits) => {
    runs.count += 1;
    if (runs.fail) throw new Error('away');
    return store.permits.purge(...limits);
  };
  return { store: { ...store, permits: { ...store.permits, purge } }, runs };
}

/** A sweep every half hour. */
async function live(kit: Kit, hours: number): Promise<void> {
  for (let at = 0; at < hours * 2; at++) await kit.pass(HOUR / 2);
}

it('When days pass, then it runs as the quiet hours begin, once each night', async () => {
  const { store, runs } = countingStore();
  const kit = await createKit({ store, startAt: afternoon });
  await live(kit, 1);
  const first = runs.count;
  await live(kit, 4.5);
  expect(runs.count).toBe(first);
  await live(kit, 1);
  expect(runs.count).toBe(first + 1);
  await live(kit, 23);
  expect(runs.count).toBe(first + 1);
  await live(kit, 24);
  expect(runs.count).toBe(first + 2);
});

it.each([
  ['after the night it has done', 3 * HOUR, 0],
  ['in the morning after a night it slept through', 30 * HOUR, 1],
  ['after a week away', 7 * 24 * HOUR, 1],
])('When it starts again %s, then it runs %s', async (_, away, times) => {
  const { store, runs } = countingStore();
  const kit = await createKit({ store, startAt: afternoon });
  await live(kit, 12);
  const before = runs.count;
  const again = await createKit({ store, startAt: kit.now() + away });
  await again.desk.sweep();
  await again.desk.sweep();
  expect(runs.count - before).toBe(times);
});

it('When it fails, then the next sweep repeats it, and old files are all gone after it', async () => {
  const { store, runs } = countingStore();
  const kit = await createKit({ store, startAt: afternoon });
  const old = { ...issued, since: afternoon - 400 * day };
  const reports = Array.from({ length: 450 }, (_, at) => ({ id: `f${at}`, report: report({ number: `N${at}`, status: old }) }));
  await store.permits.put(reports, null);
  runs.fail = true;
  await expect(kit.desk.sweep()).rejects.toThrow('away');
  runs.fail = false;
  await kit.desk.sweep();
  expect(await store.permits.isEmpty()).toBe(true);
  expect(await store.settings.audit(1)).toMatchObject([
    { actor: 'system', action: 'upkeep', detail: 'permits 450, persons 0, audit 0, files 0, codes 0' },
  ]);
});
