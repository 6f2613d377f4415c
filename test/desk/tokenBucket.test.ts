// Rate limits: bursts, refilling, refunds, and a map that stays small.
import { createTokenBuckets } from '../../src/desk/tokenBucket.ts';

describe('token buckets', () => {
  it('When a bucket is empty, then it is refused until time has filled it, one token at a time, never above the burst', () => {
    const buckets = createTokenBuckets({ burst: 2, everyMs: 100 });
    const take = (now: number) => buckets.take('a', now);
    expect([take(0), take(0), take(0), take(99), take(100), take(100)]).toEqual([true, true, false, false, true, false]);
    expect([take(10_000), take(10_000), take(10_000)]).toEqual([true, true, false]);
  });

  it('When the clock jumps back, then nothing is gained or lost', () => {
    const buckets = createTokenBuckets({ burst: 1, everyMs: 100 });
    expect([buckets.take('a', 1_000), buckets.take('a', 0), buckets.take('a', 99), buckets.take('a', 100)]).toEqual([
      ...[true, false],
      ...[false, true],
    ]);
  });

  it('When a token is given back, then it counts again', () => {
    const buckets = createTokenBuckets({ burst: 1, everyMs: 1_000 });
    buckets.take('a', 0);
    buckets.refund('a');
    buckets.refund('a');
    expect([buckets.take('a', 0), buckets.take('a', 0)]).toEqual([true, false]);
  });

  it('When more keys come than there is room for, then the one longest unused is forgotten', () => {
    const buckets = createTokenBuckets({ burst: 1, everyMs: 1_000, keys: 2 });
    for (const key of ['a', 'b', 'a', 'c']) buckets.take(key, 0);
    expect([buckets.take('a', 0), buckets.take('b', 0)]).toEqual([false, true]);
  });
});
