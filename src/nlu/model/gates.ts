// The two gates over a ranking: is it in scope, and is the first label right? Fitted on cross-validated rankings only.
import type { Ranking } from './model.ts';

/** A ranking made by a model that had not seen the row. */
export interface Judged {
  ranking: Ranking;
  /** What the row asks; null = out of scope. */
  label: string | null;
}

/** The logistic curve 1 / (1 + e^-(slope·x + offset)) over one signal. */
export interface Curve {
  slope: number;
  offset: number;
}

/** The gates as plain data, for JSON. */
export interface GateData {
  /** The scope signal is familiarity + svmWeight · svmTop. */
  svmWeight: number;
  scope: Curve;
  right: Curve;
  thresholds: Thresholds;
}

export interface Thresholds {
  /** Least `inScope` for an answer. */
  scope: number;
  /** Least `right` for an answer, among what passed the first. */
  right: number;
  /** Below this `inScope` nothing is offered. */
  offer: number;
}

export interface Gates {
  readonly data: GateData;
  /** Probability that the message is in scope; rises with the signal. 0..1 */
  inScope(ranking: Ranking): number;
  /** Probability that the first label is the right one, given that it is in scope; rises with its lead. 0..1 */
  right(ranking: Ranking): number;
  /** Both in one figure, to rank answers by: right · √inScope, better by cross-validation than the plain product. 0..1 */
  confidence(ranking: Ranking): number;
}

export interface GateOptions {
  /** Part of the answers that must be right. */
  precision: number;
  /** Part of the in-scope messages the first gate may turn away. */
  rejected: number;
  /** Share of out-of-scope messages in the traffic to reckon with. */
  strangers: number;
  /** Weights of the SVM in the scope signal to choose from; the one that tells the given rows apart best is taken. */
  svmWeights: readonly number[];
}

export const gateOptions: GateOptions = { precision: 0.95, rejected: 0.05, strangers: 0.25, svmWeights: [0.1] };

/** What the first gate looks at. */
const signalOf = (ranking: Ranking, svmWeight: number): number => ranking.familiarity + svmWeight * ranking.svmTop;

/** What the second gate looks at: the log odds of the first label's share. */
function leadOf(ranking: Ranking): number {
  const share = ranking.ranked[0]?.share ?? 0;
  return Math.log((share + 1e-6) / (1 - share + 1e-6));
}

/**
 * Fits both curves and the thresholds.
 * @param judged in-scope and out-of-scope rows; without the latter everything passes the first gate
 */
export function fitGates(judged: readonly Judged[], options: GateOptions = gateOptions): Gates {
  const inside = judged.filter((row) => row.label !== null);
  const outside = judged.filter((row) => row.label === null);
  const separation = (weight: number): number =>
    auroc(
      inside.map((row) => signalOf(row.ranking, weight)),
      outside.map((row) => signalOf(row.ranking, weight)),
    );
  const svmWeight = options.svmWeights.reduce((best, each) => (separation(each) > separation(best) ? each : best));
  const scope =
    inside.length > 0 && outside.length > 0
      ? fitCurve(
          judged.map((row) => signalOf(row.ranking, svmWeight)),
          judged.map((row) => row.label !== null),
        )
      : { slope: 0, offset: 4 };
  const right = fitCurve(
    inside.map((row) => leadOf(row.ranking)),
    inside.map((row) => row.label === row.ranking.ranked[0]?.label),
  );
  const gates = createGates({ svmWeight, scope, right, thresholds: { scope: 0, right: 0, offer: 0 } });
  const scopes = inside.map((row) => gates.inScope(row.ranking)).sort((a, b) => a - b);
  const least = outside.length > 0 ? (scopes[Math.floor(options.rejected * scopes.length)] ?? 0) : 0;
  const offer = outside.length > 0 ? (scopes[Math.floor((options.rejected / 2) * scopes.length)] ?? 0) : 0;
  // However many strangers there are to learn from: of the traffic they are the share that was set.
  const strangerWeight = (inside.length * options.strangers) / (1 - options.strangers) / Math.max(1, outside.length);
  const passed = judged.filter((row) => gates.inScope(row.ranking) >= least);
  const thresholds = { scope: least, right: leastRight(passed, gates, options.precision, strangerWeight), offer };
  return createGates({ svmWeight, scope, right, thresholds });
}

export function createGates(data: GateData): Gates {
  const at = ({ slope, offset }: Curve, x: number): number => 1 / (1 + Math.exp(-(slope * x + offset)));
  const inScope = (ranking: Ranking): number => at(data.scope, signalOf(ranking, data.svmWeight));
  const right = (ranking: Ranking): number => at(data.right, leadOf(ranking));
  return { data, inScope, right, confidence: (ranking) => right(ranking) * Math.sqrt(inScope(ranking)) };
}

/** The lowest threshold above which answers are right often enough; out-of-scope rows that passed count as wrong. */
function leastRight(passed: readonly Judged[], gates: Gates, precision: number, strangerWeight: number): number {
  const sorted = passed.map((row) => ({ row, score: gates.right(row.ranking) })).sort((a, b) => b.score - a.score);
  let best = 1;
  let hits = 0;
  let all = 0;
  for (const [index, { row, score }] of sorted.entries()) {
    if (isRight(row)) hits += 1;
    all += row.label === null ? strangerWeight : 1;
    if (hits / all >= precision && sorted[index + 1]?.score !== score) best = score;
  }
  return best;
}

const isRight = (row: Judged): boolean => row.label !== null && row.label === row.ranking.ranked[0]?.label;

/** Newton steps for a logistic curve with a slight pull to slope 1, so that perfectly separated rows stay finite. */
export function fitCurve(xs: readonly number[], yes: readonly boolean[]): Curve {
  let slope = 1;
  let offset = 0;
  const pull = 1e-2;
  const loss = (a: number, b: number): number =>
    xs.reduce((sum, x, at) => sum + Math.log1p(Math.exp(yes[at] ? -(a * x + b) : a * x + b)), 0) +
    (pull / 2) * ((a - 1) ** 2 + b * b);
  for (let step = 0; step < 50; step++) {
    let ga = pull * (slope - 1);
    let gb = pull * offset;
    let haa = pull;
    let hab = 0;
    let hbb = pull;
    for (const [at, x] of xs.entries()) {
      const p = 1 / (1 + Math.exp(-(slope * x + offset)));
      const error = p - (yes[at] ? 1 : 0);
      const weight = p * (1 - p);
      ga += error * x;
      gb += error;
      haa += weight * x * x;
      hab += weight * x;
      hbb += weight;
    }
    const det = haa * hbb - hab * hab;
    if (!(det > 1e-12)) break;
    const da = (hbb * ga - hab * gb) / det;
    const db = (haa * gb - hab * ga) / det;
    let size = 1;
    while (size > 1e-4 && !(loss(slope - size * da, offset - size * db) <= loss(slope, offset))) size /= 2;
    if (size <= 1e-4) break;
    slope -= size * da;
    offset -= size * db;
    if (Math.abs(size * da) + Math.abs(size * db) < 1e-6) break;
  }
  // A gate never falls while its signal rises.
  return { slope: Math.max(slope, 0), offset };
}

/** Area under the ROC curve: chance that a random member of `high` lies above one of `low`; ties count half. 0.5 without rows. */
export function auroc(high: readonly number[], low: readonly number[]): number {
  if (high.length === 0 || low.length === 0) return 0.5;
  const all = [...high.map((value) => ({ value, up: true })), ...low.map((value) => ({ value, up: false }))];
  all.sort((a, b) => a.value - b.value);
  let ranks = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.value === all[from]?.value) to += 1;
    const rank = (from + 1 + to) / 2;
    for (let at = from; at < to; at++) if (all[at]?.up) ranks += rank;
    from = to;
  }
  return (ranks - (high.length * (high.length + 1)) / 2) / (high.length * low.length);
}
