import { factCards, matchIntents, useText } from '../../officer-console/logic/knowledge.ts';
import { readOffice } from '../../officer-console/logic/office.ts';
import { plainDate } from '../../officer-console/logic/words.ts';
import type { FactUse } from '../../src/contract/knowledge.ts';
import { applyOffice, defaultOffice, withProposals } from '../../src/desk/office.ts';

const proposals = Object.fromEntries(
  ['kantor.alamat', 'kantor.wa', 'kantor.email', 'izin.tarif'].map((key) => [key, { title: key, value: 'x', source: null }]),
);
const use = (key: string, asked: number, answers: string[] = []): FactUse => ({
  ...{ key, title: { id: `Judul ${key}`, en: `Title ${key}` }, asked, answers },
});

describe('the knowledge page', () => {
  it('When facts are listed, then those nobody vouches for come first, and of these the most asked', () => {
    const change = { facts: { 'kantor.wa': { value: '0811', confirm: true } } };
    const done = applyOffice(withProposals(defaultOffice, proposals), change, 'o1', 5, proposals);
    if (!done.ok) throw new Error(done.problems.join());
    const office = readOffice(JSON.parse(JSON.stringify(done.office)));
    const uses = [use('kantor.jam', 2), use('kantor.alamat', 0), use('kantor.wa', 9), use('kantor.email', 0, ['A'])];
    const cards = factCards(uses, office);
    expect(cards.map(({ key }) => key)).toEqual(['kantor.jam', 'kantor.email', 'kantor.alamat', 'izin.tarif', 'kantor.wa']);
    expect(cards.at(-1)).toMatchObject({ title: 'Judul kantor.wa', value: '0811', asked: 9, vouched: { by: 'o1', at: 5 } });
    // A fact officers set that the knowledge does not ask for goes by its key.
    expect(cards.find(({ key }) => key === 'izin.tarif')).toMatchObject({ title: 'izin.tarif', asked: 0, vouched: null });
  });

  it.each([
    [37, ['A', 'B', 'C', 'D'], 'dipakai di 4 jawaban (A, B, C, …), ditanya 37 kali dalam 30 hari'],
    [1, ['A'], 'dipakai di 1 jawaban (A), ditanya 1 kali dalam 30 hari'],
    [0, [], 'belum dipakai di jawaban, tidak ditanya dalam 30 hari'],
  ])('When a fact was asked for %d times for %j, then it says so', (asked, answers, text) => {
    expect(useText({ asked, answers }, 30)).toBe(text);
  });

  it.each([
    ['', ['nib', 'reklame', 'pajak']],
    ['Reklame', ['reklame', 'pajak']],
    ['pajak rekl', ['pajak']],
    ['oss.', ['nib']],
    ['sim', []],
  ])('When %p is typed, then these topics are left: %j', (typed, left) => {
    const intents = [
      { intent: 'oss.nib', title: 'Cara membuat NIB', is: 'nib' },
      { intent: 'reklame.syarat', title: 'Syarat reklame', is: 'reklame' },
      { intent: 'reklame.pajak', title: 'Pajak reklame', is: 'pajak' },
    ];
    const found = matchIntents(intents, typed).map(({ intent }) => intents.find((one) => one.intent === intent)?.is);
    expect(found).toEqual(left);
  });

  it('When a day of the knowledge is shown, then it is that day in every time zone', () => {
    expect(plainDate('2026-11-20')).toBe('20 November 2026');
  });
});
