// The two gates over what the heads see: is the first intent the answer, and is the message near enough to ask back? Fitted by cross-validation.
import type { Sight } from './heads.ts';
import { fitLogit, type Logit, probability } from './model/logit.ts';

/** A message as heads saw it that had not learned it. */
export interface JudgedSight {
  sight: Sight;
  /** What it asks; null = nothing we answer. */
  intent: string | null;
  /** Asks what a left-out intent answers: permit-like, and nothing that was taught. */
  isLeftOut: boolean;
}

/** Plain data, for the cache. */
export interface HeadGateData {
  right: Logit;
  near: Logit;
  /** Least `right` for an answer; below `near` nothing is offered. */
  thresholds: { right: number; near: number };
}

export interface HeadGates {
  /** Probability that the first intent answers the message, out-of-scope messages reckoned with. 0..1 */
  right(sight: Sight): number;
  /** Probability that the message is about what we answer at all. 0..1 */
  near(sight: Sight): number;
}

export interface HeadGateOptions {
  /** Part of the answers in cross-validation that must be right. */
  precision: number;
  /** Part of the in-scope rows in cross-validation that may fall out of reach. */
  rejected: number;
  /** Part of the messages that no intent answers; half of them permit-like. */
  strangers: number;
}

const rightSignals = ({ margin, serviceScore, aspectScore, gap, unseen }: Sight): number[] => [
  margin,
  serviceScore,
  aspectScore,
  gap,
  unseen,
];
const nearSignals = ({ serviceScore, aspectScore }: Sight): number[] => [serviceScore, aspectScore];

export function createHeadGates({ right, near }: Pick<HeadGateData, 'right' | 'near'>): HeadGates {
  return {
    right: (sight) => probability(right, rightSignals(sight)),
    near: (sight) => probability(near, nearSignals(sight)),
  };
}

/** @param judged in-scope rows, background lines, and questions of left-out intents */
export function fitHeadGates(judged: readonly JudgedSight[], options: HeadGateOptions): HeadGateData {
  const inside = judged.filter(({ intent }) => intent !== null);
  const background = judged.filter(({ intent, isLeftOut }) => intent === null && !isLeftOut);
  const leftOut = judged.filter(({ isLeftOut }) => isLeftOut);
  // However many there are to learn from: of the traffic they are the share that was set.
  const strangers = (inside.length * options.strangers) / (1 - options.strangers);
  const kinds = [background, leftOut].filter((rows) => rows.length > 0).length;
  const weightOf = ({ intent, isLeftOut }: JudgedSight): number =>
    intent !== null ? 1 : strangers / kinds / (isLeftOut ? leftOut : background).length;
  const right = fitLogit(judged.map((row) => ({ signals: rightSignals(row.sight), yes: isRight(row), weight: weightOf(row) })));
  const near = fitLogit(
    [...inside, ...background].map((row) => ({
      signals: nearSignals(row.sight),
      yes: row.intent !== null,
      weight: weightOf(row),
    })),
  );
  const gates = createHeadGates({ right, near });
  const reach = inside.map(({ sight }) => gates.near(sight)).sort((a, b) => a - b);
  return {
    right,
    near,
    thresholds: {
      right: leastRight(judged, gates, options.precision, weightOf),
      near: background.length > 0 ? (reach[Math.floor(options.rejected * reach.length)] ?? 0) : 0,
    },
  };
}

/** The lowest threshold above which answers are right often enough. */
function leastRight(
  judged: readonly JudgedSight[],
  gates: HeadGates,
  precision: number,
  weightOf: (row: JudgedSight) => number,
): number {
  const sorted = judged.map((row) => ({ row, score: gates.right(row.sight) })).sort((a, b) => b.score - a.score);
  let best = 1;
  let hits = 0;
  let all = 0;
  for (const [at, { row, score }] of sorted.entries()) {
    if (isRight(row)) hits += 1;
    all += weightOf(row);
    if (hits / all >= precision && sorted[at + 1]?.score !== score) best = score;
  }
  return best;
}

const isRight = ({ intent, sight }: JudgedSight): boolean => intent !== null && intent === sight.ranked[0]?.label;
