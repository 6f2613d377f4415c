// Reads what the bot said last in a conversation, for the few messages that may refer to it.
import type { Conversation } from '../contract/conversation.ts';
import type { Message } from '../contract/message.ts';
import type { DeskContext } from './context.ts';
import { type LastSaid, longestPick } from './picks.ts';

/** So far back is looked: a turn of a few messages lies between. */
const FAR = 12;

/** @returns null for a message with words of its own, and when the bot did not speak last */
export async function lastSaidBefore(desk: DeskContext, conversation: Conversation, turn: Message[]): Promise<LastSaid | null> {
  const text = turn[turn.length - 1]?.text.trim() ?? '';
  const before = turn[0]?.seq ?? null;
  if (text === '' || text.length > longestPick || before === null || before <= 1) return null;
  const recent = await desk.store.messages.after(conversation.id, Math.max(0, before - FAR), FAR);
  const shown = recent.filter(({ seq, direction }) => direction === 'out' && seq !== null && seq < before);
  const said = shown[shown.length - 1];
  if (said === undefined || said.author.kind !== 'bot' || said.reason === null) return null;
  // A reply to "bukan itu" is still about the question before.
  const askedId = said.reason.unsure ?? said.inReplyTo;
  const asked = askedId === null ? null : await desk.store.messages.get(askedId);
  const { decision, intent } = said.reason;
  const isQuestion = decision === 'ask';
  const offered = isQuestion ? said.buttons.map(({ id }) => id).filter((id) => !id.startsWith('cmd:')) : [];
  return {
    isQuestion,
    buttons: said.buttons,
    intents: [...new Set([...offered, ...(intent === null ? [] : [intent])])],
    question: asked?.text ?? '',
    questionId: asked?.id ?? null,
  };
}
