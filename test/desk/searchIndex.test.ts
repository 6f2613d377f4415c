// The search index is made in the background: what is written meanwhile must not wait for it.
import { oneAtATime } from '../../src/desk/oneAtATime.ts';
import { indexMessages } from '../../src/desk/searchIndex.ts';
import type { Store } from '../../src/desk/storePort.ts';

function setup(count: number) {
  const waiting = Array.from({ length: count }, (_, i) => ({ id: `m${i}`, text: 'izin' }));
  const messages = {
    stale: async (_version: number, limit: number) => waiting.slice(0, limit),
    index: async (rows: { id: string }[]) => void waiting.splice(0, rows.length),
  };
  // Every word takes its time.
  const stem = (word: string) => {
    jest.advanceTimersByTime(2);
    return word;
  };
  return { waiting, desk: { store: { messages } as unknown as Store, stem } };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('the index of messages', () => {
  it('When many are to be indexed, then after each chunk it rests as long as it worked, and goes on to the last', async () => {
    const { waiting, desk } = setup(120);
    const done = indexMessages(desk, () => false);
    await jest.advanceTimersByTimeAsync(0);
    expect(waiting).toHaveLength(70);
    await jest.advanceTimersByTimeAsync(99);
    expect(waiting).toHaveLength(70);
    await jest.advanceTimersByTimeAsync(1);
    expect(waiting).toHaveLength(20);
    await jest.advanceTimersByTimeAsync(100);
    expect(await done).toBe(120);
    expect(waiting).toHaveLength(0);
  });

  it('When it is stopped while it rests, then it does no more', async () => {
    const { waiting, desk } = setup(120);
    let isStopped = false;
    const done = indexMessages(desk, () => isStopped);
    await jest.advanceTimersByTimeAsync(0);
    isStopped = true;
    await jest.advanceTimersByTimeAsync(100);
    expect(await done).toBe(50);
    expect(waiting).toHaveLength(70);
  });
});

describe('one at a time', () => {
  it('When it is called while it runs, then there is one run; afterwards, also after a failure, there is a new one', async () => {
    let runs = 0;
    let fail = (_: Error): void => undefined;
    const work = oneAtATime(() => {
      runs += 1;
      return new Promise<void>((_, reject) => {
        fail = reject;
      });
    });
    const [first, second] = [work(), work()];
    fail(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await expect(second).rejects.toThrow('away');
    expect(runs).toBe(1);
    work().catch(() => undefined);
    expect(runs).toBe(2);
    fail(new Error('away'));
  });
});
