// The bot's guesses for what the citizen said last, with the approved answers, as drafts for an officer.
import type { Conversation } from '../contract/conversation.ts';
import type { Suggestion } from '../contract/workplace.ts';
import { answerText, isOverdue } from './compose.ts';
import type { DeskContext } from './context.ts';

/** How far back the citizen's last texts are looked for. Messages. */
const LOOK_BACK = 40;
/** How many of them are tried until one is understood. */
const QUESTIONS = 5;
/** A guess less likely than this is noise to an officer. 0..1 */
const LEAST = 0.03;

/**
 * @param conversation the officer may read it
 * @returns at most three, best first: small talk, answers that only hand over and overdue ones are no use as a draft
 */
export async function suggest(desk: DeskContext, conversation: Conversation): Promise<Suggestion[]> {
  const from = Math.max(0, conversation.seq - LOOK_BACK);
  const recent = await desk.store.messages.after(conversation.id, from, LOOK_BACK);
  const asked = recent.filter((message) => message.direction === 'in' && !message.deleted && message.text.trim() !== '');
  // "petugas" or "halo?" after the question does not hide the question.
  for (const { text } of asked.slice(-QUESTIONS).reverse()) {
    const likely = guessesFor(desk, text, conversation).filter(({ score }) => score >= LEAST);
    const drafts = likely.flatMap(({ intent, score }) => draftOf(desk, conversation, intent, score));
    if (drafts.length > 0) return drafts.slice(0, 3);
  }
  return [];
}

/** @returns what officers call these intents; one that is not known any more is left out. */
export function topicTitles(desk: DeskContext, intents: string[]): Record<string, string> {
  return Object.fromEntries(
    intents.flatMap((intent) => {
      const title = desk.nlu.answer(intent, 'id')?.title;
      return title === undefined ? [] : [[intent, title]];
    }),
  );
}

function draftOf(desk: DeskContext, { language }: Conversation, intent: string, score: number): Suggestion[] {
  const answer = desk.nlu.answer(intent, language);
  if (answer === null || answer.smalltalk || answer.handoff === 'now' || isOverdue(answer, desk.clock.now())) return [];
  return [{ intent, title: answer.title, score, text: answerText(desk, answer).text }];
}

/** A matcher that fails costs the officer the guesses, nothing else. */
function guessesFor(desk: DeskContext, text: string, { id, topic }: Conversation) {
  try {
    return desk.nlu.understand(text, { topic }).guesses;
  } catch (error) {
    desk.log.warn({ conversationId: id, cause: error instanceof Error ? error.name : typeof error }, 'no guesses');
    return [];
  }
}
