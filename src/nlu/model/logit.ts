// A logistic model over a handful of signals, with a weight for each row: what the gates of the heads are made of.

export interface Logit {
  weights: number[];
  offset: number;
}

/** Pull of the weights to zero, so that perfectly separated rows stay finite. */
const pull: number = 1e-2;
const rounds = 30;

/** @returns probability, 0..1 */
export function probability({ weights, offset }: Logit, signals: readonly number[]): number {
  const sum = weights.reduce((total, weight, at) => total + weight * (signals[at] ?? 0), offset);
  return 1 / (1 + Math.exp(-sum));
}

/**
 * Newton's method.
 * @param rows signals of each row, all of one length; `weight` > 0 says how much the row counts
 */
export function fitLogit(rows: readonly { signals: readonly number[]; yes: boolean; weight: number }[]): Logit {
  const size = (rows[0]?.signals.length ?? 0) + 1;
  let solution = new Array<number>(size).fill(0);
  for (let round = 0; round < rounds; round++) {
    const gradient = solution.map((value) => pull * value);
    const curvature = solution.map((_, at) => solution.map((__, other) => (at === other ? pull : 0)));
    for (const { signals, yes, weight } of rows) {
      const x = [...signals, 1];
      const p = 1 / (1 + Math.exp(-x.reduce((sum, value, at) => sum + value * (solution[at] ?? 0), 0)));
      const spread = weight * p * (1 - p);
      for (const [at, value] of x.entries()) {
        gradient[at] = (gradient[at] ?? 0) + weight * (p - (yes ? 1 : 0)) * value;
        const line = curvature[at] ?? [];
        for (const [other, second] of x.entries()) line[other] = (line[other] ?? 0) + spread * value * second;
      }
    }
    const step = solve(curvature, gradient);
    const longest = Math.max(...step.map(Math.abs));
    // A long step is shortened: far from the goal the curve is flat, and a whole one may run away.
    const part = longest > 2 ? 2 / longest : 1;
    solution = solution.map((value, at) => value - part * (step[at] ?? 0));
    if (longest < 1e-7) break;
  }
  return { weights: solution.slice(0, -1), offset: solution.at(-1) ?? 0 };
}

/** Gauss elimination with pivots; `matrix` is positive definite. */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const lines = matrix.map((line, at) => [...line, right[at] ?? 0]);
  const size = lines.length;
  const cell = (line: number, column: number): number => lines[line]?.[column] ?? 0;
  for (let column = 0; column < size; column++) {
    let best = column;
    for (let line = column + 1; line < size; line++) if (Math.abs(cell(line, column)) > Math.abs(cell(best, column))) best = line;
    [lines[column], lines[best]] = [lines[best] ?? [], lines[column] ?? []];
    for (let line = 0; line < size; line++) {
      if (line === column) continue;
      const factor = cell(line, column) / cell(column, column);
      lines[line] = (lines[line] ?? []).map((value, at) => value - factor * cell(column, at));
    }
  }
  return lines.map((_, at) => cell(at, size) / cell(at, at));
}
