// Which language a message is in, by word lists: Indonesian unless most of its words are Sundanese or English.
import type { Language } from '../contract/message.ts';
import type { Lexicon } from './lexicon.ts';

/** Courtesy words and particles that everybody in Bandung uses: they alone do not switch the language. */
const everybodys = new Set(['punten', 'nuhun', 'hatur', 'teh', 'mah', 'atuh', 'euy', 'mangga', 'sampurasun', 'wilujeng', 'kang', 'neng']);
/** Loan words that Indonesian chats use as their own. */
const loans = new Set(['status', 'chat', 'bot', 'login', 'email', 'admin', 'app', 'oke', 'ok', 'human', 'check', 'holiday', 'hi', 'hello']);

const singles = (lexicon: Lexicon): Set<string> =>
  new Set([...lexicon.phrases.keys(), ...lexicon.dropped].flatMap((phrase) => phrase.split(' ')));

/** @param options.isIndonesian a root word, a stem that leads to one, or slang */
export function createLanguageGuess(options: {
  sundanese: Lexicon;
  english: Lexicon;
  isIndonesian: (word: string) => boolean;
}): (words: string[]) => Language {
  const sundanese = singles(options.sundanese);
  const english = singles(options.english);
  return (words) => {
    let su = 0;
    let en = 0;
    let id = 0;
    for (const word of words) {
      if (everybodys.has(word) || loans.has(word)) continue;
      const isSundanese = sundanese.has(word) || /.(?:keun)$/.test(word);
      const isEnglish = english.has(word);
      const isIndonesian = options.isIndonesian(word);
      if (isEnglish && !isIndonesian) en += 1;
      else if (isSundanese && !isIndonesian) su += 1;
      else if (isIndonesian && !isEnglish && !isSundanese) id += 1;
    }
    if (en > id + su) return 'en';
    if (su > id + en) return 'su';
    return 'id';
  };
}
