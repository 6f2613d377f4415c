// Rankings by models that had not seen the row: what gates and settings are fitted on. Rows of left-out labels are out of scope.

/** With fewer labels none is left out: too little would stay to rank. */
const leastLabels = 5;

export interface FoldOptions {
  /** Number of parts; each is judged once by a model of the others. */
  folds: number;
  /** Part of the labels that is left out in each fold, to stand for questions nobody taught; at least one unless 0. 0..0.5 */
  strangers: number;
}

/**
 * @param rows training rows in their order; label null = background. Rows of a label go to the folds in turn
 * @param build trains on some rows; returns the ranking of a row it has not seen
 * @returns a judgement of every row that could be judged; background rows and rows of left-out labels have the label null, and only the latter are strangers
 */
export function crossValidate<T extends { label: string | null }, R>(
  rows: readonly T[],
  options: FoldOptions,
  build: (rows: T[]) => (row: T) => R,
): { ranking: R; label: string | null; isStranger: boolean }[] {
  const labels = [...new Set(rows.flatMap((row) => row.label ?? []))].sort();
  const turn = new Map<string | null, number>();
  const fold = rows.map((row) => {
    const next = turn.get(row.label) ?? 0;
    turn.set(row.label, next + 1);
    return next % options.folds;
  });
  const size =
    labels.length < leastLabels || options.strangers === 0 ? 0 : Math.max(1, Math.round(labels.length * options.strangers));
  const judged: { ranking: R; label: string | null; isStranger: boolean }[] = [];
  for (let part = 0; part < options.folds; part++) {
    // Every n-th label, another set in each fold: neighbours in the alphabet are often alike.
    const step = size === 0 ? 1 : Math.floor(labels.length / size);
    const strangers = new Set(size === 0 ? [] : labels.filter((_, at) => at % step === part % step).slice(0, size));
    const isStranger = (row: T): boolean => row.label !== null && strangers.has(row.label);
    const seen = rows.filter((row, at) => fold[at] !== part && !isStranger(row));
    const known = new Set(seen.map((row) => row.label));
    known.delete(null);
    if (known.size === 0) continue;
    const rank = build(seen);
    for (const [at, row] of rows.entries()) {
      if (isStranger(row)) judged.push({ ranking: rank(row), label: null, isStranger: true });
      // A row whose label has no other row cannot be told from the rest by anybody.
      else if (fold[at] === part && (row.label === null || known.has(row.label)))
        judged.push({ ranking: rank(row), label: row.label, isStranger: false });
    }
  }
  return judged;
}
