// Which language the widget speaks: what the page asks for, else English for English browsers, else Indonesian.

/**
 * @param asked `data-lang` of the snippet or `?lang=`
 * @param browser `navigator.language`
 */
export function pickLanguage(asked: string | null | undefined, browser: string): 'id' | 'su' | 'en' {
  if (asked === 'id' || asked === 'su' || asked === 'en') return asked;
  return browser.toLowerCase().startsWith('en') ? 'en' : 'id';
}
