// A circuit breaker: after several failures in a row a system is left alone for a while, then asked once. Pure.

export interface Breaker {
  /** @returns whether a call may be made now; in half-open it lets exactly one through until that one is settled. */
  mayCall(now: number): boolean;
  succeeded(): void;
  /** @param isFatal opens at once: asking again with the same key can only do harm */
  failed(now: number, isFatal: boolean): void;
  isOpen(): boolean;
}

/**
 * @param rules `failures` in a row open it for `openMs`; each further failure doubles that, up to `mostOpenMs`. Milliseconds
 */
export function createBreaker(rules: { failures: number; openMs: number; mostOpenMs: number }): Breaker {
  let inARow = 0;
  let openUntil: number | null = null;
  let wait = rules.openMs;
  let isTrying = false;
  return {
    mayCall(now) {
      if (openUntil === null) return true;
      if (now < openUntil || isTrying) return false;
      isTrying = true;
      return true;
    },
    succeeded() {
      inARow = 0;
      openUntil = null;
      wait = rules.openMs;
      isTrying = false;
    },
    failed(now, isFatal) {
      isTrying = false;
      inARow += 1;
      if (inARow < rules.failures && !isFatal && openUntil === null) return;
      openUntil = now + wait;
      wait = Math.min(wait * 2, rules.mostOpenMs);
    },
    isOpen: () => openUntil !== null,
  };
}
