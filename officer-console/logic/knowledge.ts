// What the knowledge pages say and in which order: facts, questions, intents to pick from. No DOM.
import type { FactUse, KnownIntent } from '../../src/contract/knowledge.ts';
import { language, t } from './language.ts';
import type { FactView, OfficeView, Vouched } from './office.ts';

/** Told from the hours, so it is confirmed on their page. */
export const HOURS_KEY = 'kantor.jam';

export interface FactCard extends Omit<FactView, 'vouched'> {
  title: string;
  asked: number;
  /** Titles of the answers that need it. */
  answers: string[];
  /** Null while nobody vouches for it: then citizens are not told. */
  vouched: Vouched | null;
}

/** @returns a card a fact: what nobody vouches for first, and what is asked for most before the rest. */
export function factCards(uses: readonly FactUse[], office: OfficeView): FactCard[] {
  const useOf = (key: string) => uses.find((use) => use.key === key);
  const { weekly, holidays, overrides } = office.vouched;
  const hours = {
    key: HOURS_KEY,
    value: '',
    source: '',
    vouched: office.hoursConfirmed ? (weekly ?? holidays ?? overrides) : null,
  };
  const cards = [...office.facts, ...(useOf(HOURS_KEY) === undefined ? [] : [hours])].map((fact) => {
    const use = useOf(fact.key);
    return { ...fact, title: use?.title[language] ?? fact.key, asked: use?.asked ?? 0, answers: use?.answers ?? [] };
  });
  const isSet = ({ vouched }: FactCard) => (vouched === null ? 0 : 1);
  return cards.sort((a, b) => isSet(a) - isSet(b) || b.asked - a.asked || b.answers.length - a.answers.length);
}

/** So many titles of answers fit a line. */
const TITLES = 3;

/** @returns `dipakai di 1 jawaban (Kontak kantor), ditanya 37 kali dalam 30 hari`. */
export function useText({ asked, answers }: Pick<FactCard, 'asked' | 'answers'>, days: number): string {
  const titles = `(${answers.slice(0, TITLES).join(', ')}${answers.length > TITLES ? ', …' : ''})`;
  const used =
    answers.length === 0
      ? t('belum dipakai di jawaban', 'not used in any answer')
      : t(
          `dipakai di ${answers.length} jawaban ${titles}`,
          `used in ${answers.length} ${answers.length === 1 ? 'answer' : 'answers'} ${titles}`,
        );
  const times =
    asked === 0
      ? t(`tidak ditanya dalam ${days} hari`, `not asked for in ${days} days`)
      : t(`ditanya ${asked} kali dalam ${days} hari`, `asked for ${asked === 1 ? 'once' : `${asked} times`} in ${days} days`);
  return `${used}, ${times}`;
}

/** @returns the intents whose title or name has all words typed, in any order. */
export function matchIntents(intents: readonly KnownIntent[], typed: string): KnownIntent[] {
  const words = typed.toLowerCase().split(/\s+/);
  return intents.filter(({ intent, title }) => words.every((word) => `${title} ${intent}`.toLowerCase().includes(word)));
}
