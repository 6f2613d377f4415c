// The knowledge in use: approved answers from the intent files and, once it has learned, the matcher over them. Pure.
import type { Language } from '../contract/message.ts';
import type { Answer, Nlu } from '../desk/ports.ts';
import { createNearness, type Embedder } from './embedder.ts';
import { createHeads } from './heads.ts';
import { buttonFor, type IntentFolder } from './intentFiles.ts';
import { createJudge } from './judge.ts';
import { createReader, readRows } from './rows.ts';
import { createTopics, indexPhrases } from './topics.ts';
import { type Learned, placesOf } from './training.ts';
import { createUnderstand } from './understand.ts';

export type Matcher = Nlu['understand'];

/** @returns the matcher over what was learned from this folder */
export function createMatcher(folder: IntentFolder, learned: Learned, embedder?: Embedder): Matcher {
  const { intents, topics: lists } = folder;
  const reader = createReader(folder);
  const nearness = embedder && createNearness(embedder, readRows(folder, reader));
  const topics = createTopics(lists, reader.phrase);
  const names = new Map(Object.entries(lists.layanan).map(([service, [name = '']]) => [service, reader.phrase(name)]));
  const courtesy = indexPhrases([...lists['basa-basi'], ...lists.pembuka, ...lists.tempat].map(reader.phrase));
  const questionWords = new Set(lists.penanya.flatMap(reader.phrase));
  reader.use(new Map(learned.vocabulary));
  const places = placesOf(folder);
  const heads = createHeads(learned.heads, places, nearness);
  const judge = createJudge({ intents, heads, places, topics, gates: learned.gates, examples: new Map(learned.examples) });
  const understand = createUnderstand({
    intents,
    judge,
    topics,
    courtesy,
    office: indexPhrases(lists.kami.map(reader.phrase)),
    questionWords,
    nameOf: (service) => names.get(service) ?? [],
  });
  return (text, context) => {
    const reading = reader.read(text);
    const understood = understand(reading, context);
    return { ...understood, elsewhere: officeOf(folder, understood.elsewhere, reading.language), language: reading.language };
  };
}

function officeOf({ topics }: IntentFolder, key: string | null, language: Language) {
  const entry = key === null ? undefined : topics.lain[key];
  if (!entry?.matter || !entry.office) return null;
  const shown = language === 'en' ? 'en' : 'id';
  return { matter: entry.matter[shown], office: entry.office[shown] };
}

/** @returns the approved answer; a Sundanese text nobody has checked is not shown. */
export function answerOf({ intents }: IntentFolder, id: string, language: Language): Answer | null {
  const intent = intents.get(id);
  if (!intent) return null;
  const isChecked = language !== 'su' || (intent.languageCheckedBy !== undefined && intent.languageCheckedBy !== unchecked);
  const shown = isChecked && intent.answer[language] ? language : 'id';
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
}

/** `languageCheckedBy` of a Sundanese text that no native speaker has read yet. */
export const unchecked = 'belum';
