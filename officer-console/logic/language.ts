// Which language the console speaks: Indonesian unless the officer chose English. Both texts stand side by side where they are used.

type UiLanguage = 'id' | 'en';
const KEY = 'loket:language';

/** Read once: a change loads the page again, and what was typed is kept. */
export const language: UiLanguage = read();

/** @returns the text in the console's language. */
export const t = (id: string, en: string): string => (language === 'id' ? id : en);

/** The other language, with its own name for the button. */
export const otherLanguage: { code: UiLanguage; name: string } =
  language === 'id' ? { code: 'en', name: 'English' } : { code: 'id', name: 'Bahasa Indonesia' };

/** Chooses a language for this browser and loads the console in it. */
export function chooseLanguage(code: UiLanguage): void {
  localStorage.setItem(KEY, code);
  location.reload();
}

function read(): UiLanguage {
  if (typeof document === 'undefined') return 'id';
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'id';
  } catch {
    return 'id';
  }
}
