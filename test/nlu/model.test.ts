// The statistical model on small made-up rows: what it tells apart, what it does with strange words, and that bytes bring it back whole.

import { crossValidate } from '../../src/nlu/model/crossValidation.ts';
import { auroc, createGates, fitCurve, fitGates, type Judged } from '../../src/nlu/model/gates.ts';
import { indonesianOptions, type Model, type Ranking, type Row, train } from '../../src/nlu/model/model.ts';
import { pack, unpack } from '../../src/nlu/model/pack.ts';

const texts: Record<string, string[]> = {
  biaya: ['berapa biaya izin', 'biaya urus surat berapa', 'bayar berapa', 'tarif izin berapa', 'biaya daftar'],
  jam: ['kantor buka jam berapa', 'jam buka kantor', 'sabtu kantor buka', 'kapan kantor tutup', 'hari libur kantor buka'],
  syarat: ['syarat izin apa', 'dokumen syarat daftar', 'berkas apa harus bawa', 'syarat urus surat', 'dokumen apa perlu'],
};
const rows: Row[] = Object.entries(texts).flatMap(([label, list]) => list.map((text) => ({ label, words: text.split(' ') })));
const model = train(rows, indonesianOptions);
const first = (of: Model, text: string): string | undefined => of.rank(text.split(' ')).ranked[0]?.label;

describe('the model', () => {
  it.each([
    ['biaya izin', 'biaya'],
    ['kantor tutup jam berapa', 'jam'],
    ['perlu dokumen syarat', 'syarat'],
    ['syarrat dokumenn', 'syarat'],
  ])('When "%s" is asked, then "%s" is first', (text, label) => {
    expect(first(model, text)).toBe(label);
  });

  it('When a text is ranked, then every label has a place, best first, and the shares sum to one', () => {
    const { ranked, margin } = model.rank(['biaya', 'izin']);
    expect(ranked.map((each) => each.label).sort()).toEqual(['biaya', 'jam', 'syarat']);
    const scores = ranked.map((each) => each.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(ranked.reduce((sum, each) => sum + each.share, 0)).toBeCloseTo(1, 9);
    expect(margin).toBeCloseTo((scores[0] ?? 0) - (scores[1] ?? 0), 9);
    expect(margin).toBeGreaterThan(0);
  });

  it('When unknown words are added, then familiarity falls, and unknown words alone have none', () => {
    const known = model.rank(['biaya', 'izin']).familiarity;
    const mixed = model.rank(['biaya', 'izin', 'xylofon', 'wqwqwq']).familiarity;
    expect(known).toBeGreaterThan(mixed);
    expect(mixed).toBeGreaterThan(0);
    expect(model.rank(['xylofon', 'wqwqwq']).familiarity).toBe(0);
    expect(model.rank([]).familiarity).toBe(0);
  });

  it('When the same rows are learned twice, then the bytes are the same; with another seed they are not', () => {
    expect(pack(train(rows, indonesianOptions))).toEqual(pack(model));
    expect(pack(train(rows, { ...indonesianOptions, seed: 8 }))).not.toEqual(pack(model));
  });

  it('When a model is packed and unpacked, then every ranking is the same to the last bit', () => {
    const again = unpack(pack(model));
    expect(again.labels).toEqual(model.labels);
    for (const { words } of rows) expect(again.rank(words)).toEqual(model.rank(words));
    expect(again.rank(['xylofon', 'biaya'])).toEqual(model.rank(['xylofon', 'biaya']));
  });

  it('When the bytes lie at an odd place, then they are read all the same', () => {
    const bytes = pack(model);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(first(unpack(shifted.subarray(1)), 'biaya izin')).toBe('biaya');
  });

  it.each([
    ['cut short', pack(model).slice(0, -8), 'cut short'],
    ['no model', new TextEncoder().encode('halo, ini bukan model'), 'no model'],
    ['empty', new Uint8Array(), 'no model'],
  ])('When the bytes are %s, then unpack says so', (_, bytes, message) => {
    expect(() => unpack(bytes)).toThrow(message);
  });

  it('When background rows are given, then no label is made of them and they score lower than without', () => {
    const background = ['cuaca buka besok', 'cuaca jam besok'].map((text) => ({ label: null, words: text.split(' ') }));
    const taught = train([...rows, ...background], indonesianOptions);
    expect(taught.labels).toEqual(model.labels);
    expect(taught.rank(['jam', 'besok']).svmTop).toBeLessThan(model.rank(['jam', 'besok']).svmTop);
  });

  it('When labels are named like members of objects, then they are labels like others', () => {
    const odd = train(
      rows.map((row, at) => ({ ...row, label: ['constructor', '20', '3'][Math.floor(at / 5)] ?? null })),
      indonesianOptions,
    );
    expect(first(odd, 'biaya izin')).toBe('constructor');
    expect(first(odd, 'kantor tutup jam berapa')).toBe('20');
  });

  it('When there is one label, then it is ranked; when there is none, then training says what is missing', () => {
    const single = train(rows.slice(0, 5), indonesianOptions);
    expect(single.rank(['biaya']).ranked).toEqual([{ label: 'biaya', score: expect.any(Number), share: 1 }]);
    expect(() => train([{ label: null, words: ['a'] }], indonesianOptions)).toThrow('at least one row');
  });
});

const ranking = (label: string, share: number, familiarity: number): Ranking => ({
  ranked: [{ label, score: share, share }],
  familiarity,
  svmTop: 0,
  known: 1,
  logShare: 0,
  margin: share,
});
/** In scope: familiar, right when the lead is large. Out of scope: strange. */
const judged: Judged[] = Array.from({ length: 200 }, (_, at) => {
  const step = (at % 50) / 50;
  return at < 150
    ? { label: at % 50 < 10 ? 'lain' : 'biaya', ranking: ranking('biaya', 0.4 + 0.59 * step, 0.4 + 0.5 * step) }
    : { label: null, ranking: ranking('biaya', 0.3 + 0.3 * step, 0.1 + 0.4 * step) };
});

describe('the gates', () => {
  const gates = fitGates(judged);
  const steps = Array.from({ length: 20 }, (_, at) => at / 20);

  it('When the signal rises, then so does the gate', () => {
    const scopes = steps.map((step) => gates.inScope(ranking('a', 0.5, step)));
    const rights = steps.map((step) => gates.right(ranking('a', step, 0.5)));
    for (const values of [scopes, rights]) {
      expect(values).toEqual([...values].sort((a, b) => a - b));
      expect((values.at(-1) ?? 0) - (values[0] ?? 0)).toBeGreaterThan(0.3);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThanOrEqual(1);
    }
  });

  it('When thresholds are fitted, then few in-scope rows are turned away and the answers are right', () => {
    const { scope, right, offer } = gates.data.thresholds;
    const inside = judged.filter((row) => row.label !== null);
    const away = inside.filter((row) => gates.inScope(row.ranking) < scope).length / inside.length;
    expect(away).toBeLessThanOrEqual(0.05);
    expect(offer).toBeLessThanOrEqual(scope);
    const answers = judged.filter((row) => gates.inScope(row.ranking) >= scope && gates.right(row.ranking) >= right);
    expect(answers.length).toBeGreaterThan(50);
    expect(answers.filter((row) => row.label === 'biaya').length / answers.length).toBeGreaterThanOrEqual(0.95);
  });

  it('When the gates go through JSON, then they say the same', () => {
    const again = createGates(JSON.parse(JSON.stringify(gates.data)));
    for (const { ranking: each } of judged) expect(again.confidence(each)).toBe(gates.confidence(each));
  });

  it('When no out-of-scope row is known, then everything passes the first gate', () => {
    const open = fitGates(judged.filter((row) => row.label !== null));
    expect(open.data.thresholds.scope).toBe(0);
    expect(open.inScope(ranking('a', 0.5, 0))).toBeGreaterThan(0.9);
  });

  it('When rows are perfectly apart, or all alike, then the curve stays finite', () => {
    const apart = fitCurve([0, 0, 1, 1], [false, false, true, true]);
    expect(Number.isFinite(apart.slope) && apart.slope > 1).toBe(true);
    expect(Number.isFinite(fitCurve([1, 1], [true, true]).offset)).toBe(true);
    // A signal that points the wrong way is not followed.
    expect(fitCurve([0, 0, 1, 1], [true, true, false, false]).slope).toBe(0);
  });

  it('When ranks are compared, then ties count half', () => {
    expect(auroc([3, 2], [1, 2])).toBe(0.875);
    expect(auroc([], [1])).toBe(0.5);
  });
});

describe('cross-validation', () => {
  it('When rows are judged, then by models that have not seen them, and each in-scope row once at most', () => {
    const given = Array.from({ length: 40 }, (_, at) => ({ label: at % 10 === 9 ? null : `l${at % 9}`, at }));
    const judgedRows = new Map<number, number>();
    const result = crossValidate(given, { folds: 4, strangers: 0.12 }, (seen) => {
      const known = new Set(seen.map((row) => row.at));
      const labels = new Set(seen.map((row) => row.label));
      return (row) => {
        expect(known.has(row.at)).toBe(false);
        if (row.label !== null && labels.has(row.label)) judgedRows.set(row.at, (judgedRows.get(row.at) ?? 0) + 1);
        return ranking(row.label ?? '', 0.5, labels.has(row.label) ? 1 : 0);
      };
    });
    expect([...judgedRows.values()].every((times) => times === 1)).toBe(true);
    const strangers = result.filter((row) => row.label === null && row.ranking.familiarity === 0);
    expect(strangers.length).toBeGreaterThan(4);
    expect(result.some((row) => row.label === 'l0')).toBe(true);
  });
});
