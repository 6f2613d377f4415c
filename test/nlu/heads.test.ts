// The heads and their gates on small made-up rows: what is seen, what is refused, and what counts as a neighbour's question.

import { createHashIndex } from '../../src/nlu/hashIndex.ts';
import { createHeadGates, fitHeadGates, type JudgedSight } from '../../src/nlu/headGates.ts';
import { createHeads, general, type Places, trainHeads } from '../../src/nlu/heads.ts';
import { addScores, quantise } from '../../src/nlu/model/linear.ts';
import { fitLogit, probability } from '../../src/nlu/model/logit.ts';

const places: Places = new Map([
  ['pbg.biaya', { service: 'pbg', aspect: 'biaya' }],
  ['pbg.lama', { service: 'pbg', aspect: 'lama' }],
  ['reklame.lama', { service: 'reklame', aspect: 'lama' }],
  ['jam', general('jam')],
]);
const texts: Record<string, string[]> = {
  'pbg.biaya': ['berapa biaya pbg', 'biaya pbg rumah', 'pbg bayar berapa', 'tarif pbg'],
  'pbg.lama': ['berapa lama pbg', 'pbg berapa hari', 'lama proses pbg', 'pbg selesai kapan'],
  'reklame.lama': ['berapa lama reklame', 'reklame berapa hari', 'lama proses reklame', 'reklame selesai kapan'],
  jam: ['kantor buka jam berapa', 'jam buka kantor', 'sabtu kantor buka', 'kantor tutup kapan'],
};
const rows = Object.entries(texts).flatMap(([intent, list]) => list.map((text) => ({ intent, words: text.split(' ') })));
const heads = createHeads(trainHeads(rows, places), places);
const see = (text: string, refused?: string[]) => heads.see(text.split(' '), refused);

describe('the heads', () => {
  it.each([
    ['biaya pbg berapa ya', 'pbg.biaya', 'pbg'],
    ['reklame berapa lama', 'reklame.lama', 'reklame'],
    ['kantor buka', 'jam', '=jam'],
  ])('When "%s" is asked, then %s is first, and its service too', (text, intent, service) => {
    const sight = see(text);
    expect(sight.ranked[0]?.label).toBe(intent);
    expect(sight.service.name).toBe(service);
    expect(sight.ranked.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it('When service and aspect are a pair nobody answers, then the gap tells; for a pair that is answered there is none', () => {
    expect(see('berapa biaya reklame').gap).toBeGreaterThan(0.1);
    expect(see('berapa biaya pbg').gap).toBeLessThan(0.05);
  });

  it('When an answer tells another aspect too, then questions about that are its own and no strange pair', () => {
    const more = { intent: 'reklame.lama', aspect: 'biaya', words: ['reklame', 'bayar', 'berapa'] };
    const wide: Places = new Map([...places, ['reklame.lama', { service: 'reklame', aspect: 'lama', also: ['biaya'] }]]);
    const sight = createHeads(trainHeads([...rows, more], wide), wide).see('biaya reklame'.split(' '));
    expect(sight.ranked[0]?.label).toBe('reklame.lama');
    expect(sight.gap).toBeLessThan(0.05);
    expect(see('biaya reklame').gap).toBeGreaterThan(0.1);
  });

  it('When words stand in no example of the best intent, then their part is told', () => {
    expect(see('berapa biaya pbg').unseen).toBe(0);
    expect(see('xylofon wqwqwq').unseen).toBe(1);
    const mixed = see('biaya pbg xylofon').unseen;
    expect(mixed).toBeGreaterThan(0.3);
    expect(mixed).toBeLessThan(0.8);
  });

  it('When an intent is refused, then the next is first and all else is as if it were not there', () => {
    const sight = see('berapa biaya pbg', ['pbg.biaya']);
    expect(sight.ranked.map(({ label }) => label)).not.toContain('pbg.biaya');
    expect(sight.ranked[0]?.label).toBe('pbg.lama');
    expect(sight.ranked.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it('When every intent is refused, or nothing is said, then nothing breaks', () => {
    expect(see('biaya', [...places.keys()])).toMatchObject({ ranked: [], margin: 0, unseen: 1 });
    expect(heads.see([]).ranked).toHaveLength(4);
    expect(() => trainHeads([{ intent: null, words: ['a'] }], places)).toThrow('at least one example');
  });
});

describe('the gates of the heads', () => {
  const sight = see('berapa biaya pbg');
  /** Right ones lead by far; wrong ones, strangers and left-out intents hardly. */
  const judged: JudgedSight[] = Array.from({ length: 300 }, (_, at) => {
    const step = (at % 50) / 50;
    const kind = Math.floor(at / 50);
    if (kind < 3) return { sight: { ...sight, margin: 0.5 + 2 * step }, intent: 'pbg.biaya', isLeftOut: false };
    if (kind === 3) return { sight: { ...sight, margin: 0.6 * step }, intent: 'jam', isLeftOut: false };
    if (kind === 4) return { sight: { ...sight, margin: 0.8 * step, serviceScore: -1 }, intent: null, isLeftOut: false };
    return { sight: { ...sight, margin: step }, intent: null, isLeftOut: true };
  });
  const options = { precision: 0.95, rejected: 0.04, strangers: 0.2 };
  const data = fitHeadGates(judged, options);
  const gates = createHeadGates(data);
  const answered = judged.filter((row) => gates.right(row.sight) >= data.thresholds.right);

  it('When thresholds are fitted, then most right ones are answered and almost nothing else', () => {
    const right = answered.filter((row) => row.intent === 'pbg.biaya');
    expect(right.length).toBeGreaterThan(80);
    expect(right.length / answered.length).toBeGreaterThan(0.9);
    const without = fitHeadGates(
      judged.filter((row) => !row.isLeftOut),
      options,
    );
    expect(without.thresholds.right).toBeLessThanOrEqual(data.thresholds.right);
  });

  it('When a message is strange, then it is not near, and few that are in scope fall out of reach', () => {
    const strange = judged.filter((row) => row.intent === null && !row.isLeftOut);
    expect(strange.every((row) => gates.near(row.sight) < data.thresholds.near)).toBe(true);
    const inside = judged.filter((row) => row.intent !== null);
    const lost = inside.filter((row) => gates.near(row.sight) < data.thresholds.near);
    expect(lost.length / inside.length).toBeLessThanOrEqual(0.04);
  });

  it('When no stranger is known, then everything is near', () => {
    const open = fitHeadGates(
      judged.filter((row) => row.intent !== null),
      options,
    );
    expect(open.thresholds.near).toBe(0);
  });
});

describe('the parts', () => {
  it('When rows are perfectly apart, then the logistic model stays finite; weights of rows count', () => {
    const row = (x: number, yes: boolean, weight = 1) => ({ signals: [x], yes, weight });
    const apart = fitLogit([row(0, false), row(1, true)]);
    expect(Number.isFinite(apart.weights[0])).toBe(true);
    expect(probability(apart, [1])).toBeGreaterThan(0.9);
    const even = fitLogit([row(0, true), row(0, false)]);
    const tilted = fitLogit([row(0, true, 9), row(0, false)]);
    expect(probability(even, [0])).toBeCloseTo(0.5, 3);
    expect(probability(tilted, [0])).toBeCloseTo(0.9, 2);
  });

  it('When weights become bytes, then a score is off by less than a step of each feature', () => {
    const weights = Float32Array.from([0.5, -0.25, 0.013, 0, 0, 0, 1, -1, 0.3]);
    const model = quantise(weights, 3);
    const scores = new Float64Array(3);
    addScores(model, { ids: Int32Array.of(0, 1), weights: Float32Array.of(1, 1) }, scores, true);
    const exact = [1.5, -1.25, 0.313];
    for (const [at, score] of scores.entries()) expect(Math.abs(score - (exact[at] ?? 0))).toBeLessThan(1.5 / 127);
  });

  it.each([0, 1, 3, 4, 7, 9])('When a text has %i features, then its scores are the plain sums, to the last bit', (count) => {
    const weights = Float32Array.from({ length: 30 }, (_, at) => Math.sin(at * 7.3));
    const model = quantise(weights, 3);
    const ids = Int32Array.from({ length: count }, (_, at) => at);
    const values = Float32Array.from(ids, (at) => Math.cos(at) + 0.3);
    const scores = new Float64Array(3);
    addScores(model, { ids, weights: values }, scores, true);
    const plain = new Float64Array(3);
    for (const [at, id] of [...ids, 9].entries())
      for (let label = 0; label < 3; label++)
        plain[label] = plain[label]! + (values[at] ?? 1) * model.scales[id]! * model.weights[id * 3 + label]!;
    expect([...scores]).toEqual([...plain]);
  });

  it('When a key is looked up, then every word that was put in under it is found', () => {
    const words = ['biaya', 'baya', 'bayar'];
    const index = createHashIndex(words, (word) => [word, word[0] ?? '']);
    expect(index.find('b').map((at) => words[at])).toEqual(words);
    expect(index.find('baya').map((at) => words[at])).toEqual(['baya']);
    expect(index.find('x')).toEqual([]);
  });
});
