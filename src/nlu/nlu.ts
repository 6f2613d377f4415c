// The matcher as the desk knows it: wires the word chain, the classifier and the intent files behind the port `Nlu`.
import type { Nlu } from '../desk/ports.ts';
import { createClassifier, type TrainingRow } from './classifier.ts';
import { buttonFor, type IntentFolder, readIntentFolder } from './intentFiles.ts';
import { backgroundIntent, createJudge } from './judge.ts';
import { createTokenReader, type TokenReader } from './tokens.ts';
import { createTopics, type Topics } from './topics.ts';
import { createUnderstand } from './understand.ts';

/**
 * Reads intents/ once and learns from its examples; well under a second, no network, nothing printed.
 * @param options.intentsDir the folder intents/
 * @throws LoketError `invalid` naming every problem of the folder
 */
export function createNlu(options: { intentsDir: string }): Nlu {
  return nluOf(readIntentFolder(options.intentsDir));
}

/** The same from a folder that is already read: cross-validation leaves examples out this way. */
export function nluOf(folder: IntentFolder): Nlu {
  const { intents } = folder;
  const names = new Set(
    [...Object.values(folder.topics.izin), ...Object.values(folder.topics.lain)].flat().filter((name) => !name.includes(' ')),
  );
  const reader = createTokenReader({ ...folder, protectedWords: names });
  const topics = createTopics({ lists: folder.topics, stems: reader.phrase });
  const rows = trainingRows(folder, reader, topics);
  const phrases = (list: string[]): string[][] => list.map(reader.phrase).filter((phrase) => phrase.length > 0);
  const courtesy = phrases([...folder.topics['basa-basi'], ...folder.topics.tempat]);
  const openings = phrases(folder.topics.pembuka);
  reader.use(reader.vocabulary(spellingTexts(folder)));
  const vocabulary = new Map<string, Set<string>>();
  for (const row of rows) {
    const words = vocabulary.get(row.intent) ?? new Set();
    vocabulary.set(row.intent, words);
    for (const stem of row.stems) words.add(stem);
  }
  const neutral = new Set(folder.topics.netral.flatMap(reader.phrase));
  const judge = createJudge({ intents, classifier: createClassifier(rows), topics, vocabulary, neutral });
  const understand = createUnderstand({ intents, judge, topics, courtesy, openings });

  return {
    understand: (text, context) => understand(reader.read(text), context.topic),
    answer(id, language) {
      const intent = intents.get(id);
      if (!intent) return null;
      const shown = intent.answer[language] ? language : 'id';
      return {
        intent: id,
        title: intent.title,
        text: intent.answer[shown] ?? intent.answer.id,
        language: shown,
        buttons: intent.buttons.map((button) => buttonFor(intents, button, shown)),
        handoff: intent.handoff,
        smalltalk: intent.smalltalk,
        source: intent.source
          ? { name: intent.source.name, checked: intent.source.checked, legal: intent.source.legal ?? null }
          : null,
        facts: [...intent.facts],
        reviewBy: intent.source?.reviewBy ?? null,
        unconfirmed: intent.unconfirmed?.[shown] ?? intent.unconfirmed?.id ?? null,
      };
    },
    facts: () => folder.office,
    label: (id, language) => intents.get(id)?.label?.[language === 'en' ? 'en' : 'id'] ?? null,
  };
}

function trainingRows(folder: IntentFolder, reader: TokenReader, topics: Topics): TrainingRow[] {
  const rows: TrainingRow[] = [];
  const add = (intent: string, text: string): void => {
    const stems = reader.read(text).clauses.flat();
    if (stems.length > 0) rows.push({ intent, stems, topics: topics.find(stems).found });
  };
  for (const [id, intent] of folder.intents) {
    for (const text of [intent.examples.id, intent.examples.su, intent.examples.en].flat()) add(id, text);
  }
  for (const text of folder.background) add(backgroundIntent, text);
  return rows;
}

/** Examples, background lines and topic lists: what spelling help may lead to. */
function spellingTexts(folder: IntentFolder): string[] {
  const { izin, lain, hal } = folder.topics;
  return [
    ...[...folder.intents.values()].flatMap(({ examples }) => [examples.id, examples.su, examples.en].flat()),
    ...folder.background,
    ...[izin, lain, hal].flatMap((group) => Object.values(group).flat()),
  ];
}
