// Reads what the bot said last in a conversation, for the few messages that may refer to it.
import type { Conversation } from '../contract/conversation.ts';
import type { Message } from '../contract/message.ts';
import type { DeskContext } from './context.ts';
import type { Decision } from './decide.ts';
import { type LastSaid, longestPick, readPick } from './picks.ts';

/** So far back is looked: a turn of a few messages lies between. */
const FAR = 12;

/** @returns null for a message with words of its own, and when the bot did not speak last */
export async function lastSaidBefore(desk: DeskContext, conversation: Conversation, turn: Message[]): Promise<LastSaid | null> {
  const text = turn[turn.length - 1]?.text.trim() ?? '';
  const before = turn[0]?.seq ?? null;
  if (text === '' || text.length > longestPick || before === null || before <= 1) return null;
  const said = await lastOut(desk, conversation.id, before);
  if (said === undefined || said.author.kind !== 'bot' || said.reason === null) return null;
  const { decision, intent } = said.reason;
  const isQuestion = decision === 'ask';
  const offered = isQuestion ? said.buttons.map(({ id }) => id).filter((id) => !id.startsWith('cmd:')) : [];
  const intents = [...new Set([...offered, ...(intent === null ? [] : [intent])])];
  const isNod = decision === 'smalltalk' && intent === null;
  const last = { isQuestion, isNod, buttons: said.buttons, intents, question: '', questionId: null };
  // A reply to "bukan itu" is still about the question before.
  const askedId = said.reason.unsure ?? said.inReplyTo;
  if (askedId === null || readPick(text, last)?.kind !== 'refusal') return last;
  const asked = await desk.store.messages.get(askedId);
  return { ...last, question: asked?.text ?? '', questionId: asked?.id ?? null };
}

/** @returns whether this answer is what the bot said last, and the citizen wrote on in words: it has not helped. */
export async function isSaidAgain(
  desk: DeskContext,
  current: Conversation,
  turn: Message[],
  decision: Decision,
): Promise<boolean> {
  const before = turn[0]?.seq ?? null;
  // The topic tells without a look at the messages that it is another answer.
  if (decision.kind !== 'answer' || current.state !== 'bot' || current.topic !== decision.answer.intent) return false;
  if (before === null || turn.some(({ button }) => button !== null)) return false;
  const said = await lastOut(desk, current.id, before);
  return said?.reason?.decision === 'answer' && said.reason.intent === decision.answer.intent;
}

/** Nearly always the message right before is the bot's. */
const lastOut = async (desk: DeskContext, id: string, before: number): Promise<Message | undefined> =>
  (await outAmong(desk, id, before, 2)) ?? (await outAmong(desk, id, before, FAR));

async function outAmong(desk: DeskContext, conversationId: string, before: number, far: number): Promise<Message | undefined> {
  const recent = await desk.store.messages.after(conversationId, Math.max(0, before - far), far);
  return recent.findLast(({ seq, direction }) => direction === 'out' && seq !== null && seq < before);
}
