// The flat model on made-up rows: which character grams it chooses for a set.

import { readWordMaps } from '../../scripts/wordMaps.ts';
import { trainFlat } from '../../src/nlu/flat.ts';
import { createRandom } from '../../src/nlu/model/random.ts';

const syllables = ['ka', 'bo', 'ti', 're', 'mu', 'sa', 'ne', 'lo', 'pi', 'du'];

/** Ten intents of four rows: a word of the intent with changing ends, and so many words that are found in no other row. */
function rowsWith(strangeWords: number): { intent: string; text: string }[] {
  const random = createRandom(5);
  const word = (): string => Array.from({ length: 3 }, () => syllables[Math.floor(random() * 10)]).join('');
  return Array.from({ length: 10 }, (_, intent) => {
    const stem = word();
    return Array.from({ length: 4 }, (__, at) => {
      const words = [`${stem}${syllables[(at * 3 + intent) % 10]}`, ...Array.from({ length: strangeWords }, word)];
      return { intent: `i${intent}`, text: (at % 2 === 0 ? words : words.reverse()).join(' ') };
    });
  }).flat();
}

it.each([
  ['only the word of the intent', 0, true],
  ['other words beside it, so that grams across words are new in every row', 3, false],
])('When rows have %s, then the grams that rank unseen rows better are taken', (_, strangeWords, acrossWords) => {
  const { model } = trainFlat(rowsWith(strangeWords), { language: 'id', maps: readWordMaps() });
  expect(model.parts.options.acrossWords).toBe(acrossWords);
});
