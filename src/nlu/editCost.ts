// What it costs to have typed one word for another: slips of the finger and spellings by ear are cheaper than strange letters.

const neighbourKeys: Record<string, string> = {
  q: 'wa',
  w: 'qesa',
  e: 'wrds',
  r: 'etfd',
  t: 'rygf',
  y: 'tuhg',
  u: 'yijh',
  i: 'uokj',
  o: 'iplk',
  p: 'ol',
  a: 'qsz',
  s: 'awdxz',
  d: 'sefcx',
  f: 'drgvc',
  g: 'fthbv',
  h: 'gyjnb',
  j: 'hukmn',
  k: 'jilm',
  l: 'kop',
  z: 'asx',
  x: 'zsdc',
  c: 'xdfv',
  v: 'cfgb',
  b: 'vghn',
  n: 'bhjm',
  m: 'njk',
};
/** Letters that stand for each other where people write by ear. */
const alike = new Set(
  ['fp', 'fv', 'pv', 'sz', 'ck', 'kq', 'iy', 'uw', 'jy', 'jz', 'ks', 'ou', 'ei', 'ae', 'dt', 'gk', 'bp'].flatMap((pair) => [
    pair,
    `${pair[1]}${pair[0]}`,
  ]),
);

/** `silent`: the h of "liat" and "tau"; `first`: another first letter; `head`: none, as in "udah" and "umah". */
export const costs = { doubled: 0.5, silent: 0.6, swapped: 0.6, near: 0.7, other: 1, first: 0.7, head: 0.8 };

/**
 * Weighted edit distance (insert, delete, replace, swap of neighbours) from what was typed to a word that may be meant.
 * @returns Infinity as soon as it is above `limit`
 */
export function editCost(typed: string, word: string, limit: number): number {
  if (typed === word.slice(1)) return costs.head;
  const rows = typed.length;
  const columns = word.length;
  if (Math.abs(rows - columns) * costs.doubled > limit) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let previous: number[] = [0];
  for (let column = 1; column <= columns; column++) previous.push((previous[column - 1] ?? 0) + gap(word, column - 1));
  for (let row = 1; row <= rows; row++) {
    const current = [(previous[0] ?? 0) + gap(typed, row - 1)];
    let least = current[0] ?? 0;
    for (let column = 1; column <= columns; column++) {
      let cost = Math.min(
        (previous[column] ?? 0) + gap(typed, row - 1),
        (current[column - 1] ?? 0) + gap(word, column - 1),
        (previous[column - 1] ?? 0) + replaced(typed[row - 1] ?? '', word[column - 1] ?? ''),
      );
      const isSwap = row > 1 && column > 1 && typed[row - 1] === word[column - 2] && typed[row - 2] === word[column - 1];
      if (isSwap) cost = Math.min(cost, (before[column - 2] ?? 0) + costs.swapped);
      current.push(cost);
      if (cost < least) least = cost;
    }
    if (least > limit + costs.swapped) return Number.POSITIVE_INFINITY;
    before = previous;
    previous = current;
  }
  const total = (previous[columns] ?? 0) + (typed[0] === word[0] ? 0 : costs.first);
  return total <= limit + 1e-9 ? total : Number.POSITIVE_INFINITY;
}

/** A letter too many or too few; beside its like it is a finger that stayed on the key. */
function gap(word: string, at: number): number {
  if (at > 0 && word[at] === word[at - 1]) return costs.doubled;
  return word[at] === 'h' ? costs.silent : costs.other;
}

function replaced(typed: string, meant: string): number {
  if (typed === meant) return 0;
  return alike.has(typed + meant) || neighbourKeys[meant]?.includes(typed) ? costs.near : costs.other;
}
