// What is typed or chosen counts as read up to what was on the screen when it began: a colleague's answer after that is asked about.

import type { Unsent } from '../../officer-console/logic/keep.ts';
import { createTexts } from '../../officer-console/state/texts.ts';
import { makeShelf } from './make.ts';

// The library comes as ESM only, and nothing here is drawn: a box with a value will do.
jest.mock('@preact/signals', () => ({
  signal: <T>(first: T) => {
    const box = { value: first, peek: () => box.value };
    return box;
  },
}));

function setup() {
  const sent: Unsent[] = [];
  const texts = createTexts({
    shelf: makeShelf(),
    officerId: 'o1',
    deliver: (entry) => {
      sent.push(entry);
      return new Promise(() => {});
    },
    delivered: () => undefined,
  });
  return { texts, sent };
}

const file = (name: string) => new File(['x'], name);

describe('files that wait to be sent', () => {
  it('When a colleague answers after the first was chosen, then all say what was on the screen at that first choice', () => {
    const { texts, sent } = setup();
    texts.choose('a', [file('satu.pdf')], 5);
    texts.choose('a', [...texts.chosen('a'), file('dua.pdf')], 9);
    texts.sendFiles('a');
    expect(sent.map(({ fileName, seen }) => [fileName, seen])).toEqual([['satu.pdf', 5]]);
    expect(texts.echoes.value.map(({ fileName, seen }) => [fileName, seen])).toEqual([
      ['satu.pdf', 5],
      ['dua.pdf', 5],
    ]);
    expect(texts.chosen('a')).toEqual([]);
  });

  it('When all were taken out again, then the next choice begins anew', () => {
    const { texts, sent } = setup();
    texts.choose('a', [file('satu.pdf')], 5);
    texts.choose('a', [], 6);
    texts.choose('a', [file('dua.pdf')], 9);
    texts.sendFiles('a');
    texts.sendFiles('a');
    expect(sent.map(({ fileName, seen }) => [fileName, seen])).toEqual([['dua.pdf', 9]]);
  });
});
