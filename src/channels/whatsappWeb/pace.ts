// When the next message may go out: like a person, one after another with uneven pauses. A number that answers faster is banned sooner.

export interface Pace {
  /** Shortest and longest pause between two messages of the number, ms. */
  gapMs: readonly [number, number];
  /** Shortest and longest time before a message when nothing was sent for a while, ms. */
  startMs: readonly [number, number];
}
export const humanPace: Pace = { gapMs: [900, 2400], startMs: [250, 900] };

export interface Pacer {
  /**
   * @param messageId asked again, the message keeps the place it got
   * @returns ms until this message's place
   */
  wait(messageId: string): number;
  /** It went out, or will not. */
  done(messageId: string): void;
}

/** Places nobody came back for are forgotten after this. */
const FORGET_MS = 15 * 60_000;

/** @param random 0..1 */
export function createPacer(pace: Pace, now: () => number, random: () => number = Math.random): Pacer {
  const places = new Map<string, number>();
  let last = 0;
  const between = ([least, most]: readonly [number, number]): number => least + random() * (most - least);

  return {
    wait(messageId) {
      const known = places.get(messageId);
      if (known !== undefined) return Math.max(0, known - now());
      for (const [id, at] of places) if (at < now() - FORGET_MS) places.delete(id);
      const place = Math.max(now() + between(pace.startMs), last + between(pace.gapMs));
      places.set(messageId, place);
      last = place;
      return place - now();
    },
    done: (messageId) => void places.delete(messageId),
  };
}
