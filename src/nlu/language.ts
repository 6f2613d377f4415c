// Which language a message is in, by word lists: Indonesian unless most of its words are Sundanese or English.
import type { Language } from '../contract/message.ts';
import type { Lexicon } from './lexicon.ts';

/** Courtesy words and particles that everybody in Bandung uses: they alone do not switch the language. */
const everybodys = new Set([
  'punten',
  'nuhun',
  'hatur',
  'teh',
  'mah',
  'atuh',
  'euy',
  'mangga',
  'sampurasun',
  'wilujeng',
  'kang',
  'neng',
]);
/** Loan words that Indonesian chats use as their own. */
const loans = new Set([
  'status',
  'chat',
  'bot',
  'login',
  'email',
  'admin',
  'app',
  'oke',
  'ok',
  'human',
  'check',
  'holiday',
  'hi',
  'hello',
]);

const singles = (lexicon: Lexicon): Set<string> =>
  new Set([...lexicon.phrases.keys(), ...lexicon.dropped].filter((phrase) => !phrase.includes(' ')));

/**
 * Content words are counted; chat particles, courtesy and loan words are not.
 * @param options.isIndonesian a root word, or one that stems to a root
 */
export function createLanguageGuess(options: {
  slang: Lexicon;
  sundanese: Lexicon;
  english: Lexicon;
  isIndonesian: (word: string) => boolean;
}): (words: string[]) => Language {
  const { slang } = options;
  const sundanese = singles(options.sundanese);
  const english = singles(options.english);
  return (words) => {
    let su = 0;
    let en = 0;
    let id = 0;
    for (const word of words) {
      if (everybodys.has(word) || loans.has(word) || slang.dropped.has(word)) continue;
      if (options.english.dropped.has(word)) en += 1;
      else if (slang.phrases.has(word)) id += english.has(word) || sundanese.has(word) ? 0 : 1;
      else if (sundanese.has(word) || /.keun$/.test(word)) su += 1;
      else if (options.isIndonesian(word)) id += 1;
      else if (english.has(word)) en += 1;
    }
    if (en > id + su) return 'en';
    return su > id + en ? 'su' : 'id';
  };
}
