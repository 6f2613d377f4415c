// The figures of an intent test: accuracy, macro-F1, out-of-scope separation, and how much could be answered at 95 % precision.
import { auroc } from '../src/nlu/model/gates.ts';

export interface Judgement {
  /** What the row asks; null = out of scope. */
  expected: string | null;
  intent: string | null;
  /** To rank answers by. */
  confidence: number;
  /** To tell in from out of scope; the confidence where a system has only that. */
  inScope: number;
}

/** Fractions of 1; null where the test has no row that could tell. */
export interface Figures {
  accuracy: number | null;
  macroF1: number | null;
  oosAuroc: number | null;
  /** Out-of-scope rows turned away when 5 % of the in-scope rows are. */
  oosRecallAt5: number | null;
  /** In-scope rows answered when 95 % of all answers are right; out-of-scope rows weigh 25 % of the traffic. */
  answeredAt95: number | null;
}

const oosShare = 0.25;
const precision = 0.95;
const rejected = 0.05;

export function figuresOf(rows: readonly Judgement[]): Figures {
  const inside = rows.filter((row) => row.expected !== null);
  const outside = rows.filter((row) => row.expected === null);
  const both = inside.length > 0 && outside.length > 0;
  return {
    accuracy: inside.length > 0 ? inside.filter((row) => row.intent === row.expected).length / inside.length : null,
    macroF1: inside.length > 0 ? macroF1(inside) : null,
    oosAuroc: both
      ? auroc(
          inside.map((row) => row.inScope),
          outside.map((row) => row.inScope),
        )
      : null,
    oosRecallAt5: both ? recallAt(inside, outside) : null,
    answeredAt95: inside.length > 0 ? answered(rows, inside.length, outside.length) : null,
  };
}

/** Mean F1 over the intents of the test's in-scope rows. */
function macroF1(inside: readonly Judgement[]): number {
  const counts = new Map<string, { right: number; meant: number; said: number }>();
  const of = (intent: string): { right: number; meant: number; said: number } => {
    const count = counts.get(intent) ?? { right: 0, meant: 0, said: 0 };
    counts.set(intent, count);
    return count;
  };
  for (const { expected, intent } of inside) {
    of(expected ?? '').meant += 1;
    if (intent !== null) of(intent).said += 1;
    if (intent === expected) of(expected ?? '').right += 1;
  }
  const meant = [...counts.values()].filter((count) => count.meant > 0);
  return meant.reduce((sum, count) => sum + (2 * count.right) / (count.meant + count.said), 0) / meant.length;
}

function recallAt(inside: readonly Judgement[], outside: readonly Judgement[]): number {
  const scores = inside.map((row) => row.inScope).sort((a, b) => a - b);
  const threshold = scores[Math.floor(rejected * scores.length)] ?? 0;
  return outside.filter((row) => row.inScope < threshold).length / outside.length;
}

function answered(rows: readonly Judgement[], inside: number, outside: number): number {
  const weight = outside > 0 ? (inside * oosShare) / (1 - oosShare) / outside : 0;
  const sorted = [...rows].sort((a, b) => b.confidence - a.confidence);
  let right = 0;
  let all = 0;
  let given = 0;
  let best = 0;
  for (const [at, row] of sorted.entries()) {
    all += row.expected === null ? weight : 1;
    if (row.expected !== null) given += 1;
    if (row.expected !== null && row.intent === row.expected) right += 1;
    // Rows of one confidence are answered together or not at all.
    if (sorted[at + 1]?.confidence !== row.confidence && right / all >= precision) best = given;
  }
  return best / inside;
}
