import { pickLanguage } from '../../web-widget/language.ts';
import { loaderText } from '../../web-widget/loaderText.ts';
import { fill, strings } from '../../web-widget/strings.ts';

const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe('strings', () => {
  it.each(['su', 'en'] as const)(
    'When the language is %s, then it has every text of Indonesian, with the same places',
    (language) => {
      expect(Object.keys(strings[language]).sort()).toEqual(Object.keys(strings.id).sort());
      expect(Object.keys(loaderText[language]).sort()).toEqual(Object.keys(loaderText.id).sort());
      for (const [key, text] of Object.entries(strings.id)) {
        const other = strings[language][key as keyof typeof strings.id];
        expect([key, other.trim() !== '', placeholders(other)]).toEqual([key, true, placeholders(text)]);
      }
    },
  );

  it('When a text is filled, then known places are replaced and unknown ones stay', () => {
    expect(fill('Ada {n} orang, {x}', { n: 3 })).toBe('Ada 3 orang, {x}');
  });

  it.each([
    ['su', 'en-US', 'su'],
    [null, 'en-GB', 'en'],
    ['xx', 'id-ID', 'id'],
    [undefined, 'ja', 'id'],
  ] as const)('When the page asks for %s and the browser for %s, then it is %s', (asked, browser, expected) => {
    expect(pickLanguage(asked, browser)).toBe(expected);
  });
});
