// What the bot knows and does not know, for those who keep its knowledge alive: facts by demand, overdue answers, unanswered questions.
import type { UnansweredQuestion } from '../contract/knowledge.ts';
import { teamsOf } from './access.ts';
import { isOverdue } from './compose.ts';
import type { DeskContext } from './context.ts';
import { dayOf } from './hours.ts';
import type { UnansweredMessage } from './knowledgePort.ts';
import type { KnowledgeVerbs } from './knowledgeVerbs.ts';
import { createLabelVerbs, shownLabel } from './labels.ts';
import { searchTokens } from './tokens.ts';

/** What is counted goes back this far. */
const DAYS = 30;
const dayMs = 86_400_000;
/** So many messages are put into groups, the newest. */
const MOST_MESSAGES = 1000;
/** So many groups are shown. */
const MOST_QUESTIONS = 200;
/** Other ways a question was put that are shown with it. */
const MOST_OTHERS = 3;

/** @returns the verbs, not yet guarded. */
export function createKnowledgeVerbs(desk: DeskContext): KnowledgeVerbs {
  const { nlu, store, clock } = desk;
  return {
    ...createLabelVerbs(desk),
    async factUses(_by) {
      const now = clock.now();
      const counts = new Map<string, number>();
      for (const { fact, count } of await store.knowledge.asked(dayOf(now - DAYS * dayMs, desk.timeZone)))
        counts.set(fact, count);
      const reviews = nlu.reviews();
      const answers = new Map<string, string[]>();
      for (const { intent, title } of reviews)
        for (const fact of nlu.answer(intent, 'id')?.facts ?? []) answers.set(fact, [...(answers.get(fact) ?? []), title]);
      const facts = Object.entries(nlu.facts()).map(([key, { title, en }]) => ({ key, title: { id: title, en: en ?? title } }));
      // Told from the hours, so it is no fact of its own to set, but it is asked for like one.
      const hours = { key: 'kantor.jam', title: { id: 'Jam layanan', en: 'Service hours' } };
      const uses = [hours, ...facts].map((fact) => ({
        ...fact,
        asked: counts.get(fact.key) ?? 0,
        answers: answers.get(fact.key) ?? [],
      }));
      const overdue = reviews.flatMap(({ intent, title, reviewBy }) =>
        reviewBy !== null && isOverdue({ reviewBy }, now) ? [{ intent, title, reviewBy }] : [],
      );
      return { ok: true, days: DAYS, facts: uses, overdue };
    },
    async unanswered(by) {
      const since = clock.now() - DAYS * dayMs;
      const messages = await store.knowledge.unanswered({ since, teamIds: teamsOf(by), limit: MOST_MESSAGES });
      const questions = groupsOf(desk, messages);
      const isCut = messages.length === MOST_MESSAGES || questions.length > MOST_QUESTIONS;
      return { ok: true, days: DAYS, questions: questions.slice(0, MOST_QUESTIONS), isCut };
    },
    async intents(_by) {
      const intents = nlu.reviews().map(({ intent, title }) => ({ intent, title }));
      return { ok: true, intents: intents.sort((a, b) => a.title.localeCompare(b.title, 'id')) };
    },
  };
}

/** @param messages newest first */
function groupsOf(desk: DeskContext, messages: UnansweredMessage[]): UnansweredQuestion[] {
  const groups = new Map<string, UnansweredMessage[]>();
  const seen = new Set<string>();
  for (const message of messages) {
    if (seen.has(message.messageId) || message.text.trim() === '') continue;
    seen.add(message.messageId);
    const key = wordsOf(message.text, desk.stem);
    groups.set(key, [...(groups.get(key) ?? []), message]);
  }
  const questions = [...groups.values()].flatMap((group): UnansweredQuestion[] => {
    const [newest] = group;
    if (newest === undefined) return [];
    const labelled = group.find(({ label }) => label !== null);
    const others = [...new Set(group.map(({ text }) => text))].filter((text) => text !== newest.text);
    return [
      {
        messageId: (labelled ?? newest).messageId,
        text: newest.text,
        others: others.slice(0, MOST_OTHERS),
        count: group.length,
        lastAt: newest.at,
        conversationId: newest.conversationId,
        label: labelled?.label == null ? null : shownLabel(desk, labelled.label),
      },
    ];
  });
  const isDone = ({ label }: UnansweredQuestion) => (label === null ? 0 : 1);
  return questions.sort((a, b) => isDone(a) - isDone(b) || b.count - a.count || b.lastAt - a.lastAt);
}

/** The same words in any order and form are one question; a text without any is its own. */
function wordsOf(text: string, stem: DeskContext['stem'] = (word) => word): string {
  const words = [...new Set(searchTokens(text).map(stem))].sort().join(' ');
  return words === '' ? text.trim() : words;
}
