// Rate limits for the doors: a bucket of tokens per key, in a map that cannot grow without bound.

export interface TokenBuckets {
  /** Takes one token. @returns false when the bucket of this key is empty. */
  take(key: string, now: number): boolean;
  /** Gives one token back: the attempt turned out not to count. */
  refund(key: string): void;
}

/**
 * @param limit `burst` tokens at most, one more every `everyMs` milliseconds, at most `keys` buckets: the one longest
 *   unused is forgotten (as if full) when another is needed
 */
export function createTokenBuckets(limit: { burst: number; everyMs: number; keys?: number }): TokenBuckets {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const maxKeys = limit.keys ?? 10_000;

  return {
    take(key, now) {
      const last = buckets.get(key) ?? { tokens: limit.burst, at: now };
      const tokens = Math.min(limit.burst, last.tokens + Math.max(0, now - last.at) / limit.everyMs);
      const taken = tokens >= 1;
      buckets.delete(key);
      buckets.set(key, { tokens: taken ? tokens - 1 : tokens, at: now });
      if (buckets.size > maxKeys) buckets.delete(buckets.keys().next().value ?? '');
      return taken;
    },
    refund(key) {
      const bucket = buckets.get(key);
      if (bucket !== undefined) bucket.tokens = Math.min(limit.burst, bucket.tokens + 1);
    },
  };
}
