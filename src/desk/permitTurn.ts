// Where the status dialogue stands among the bot's decisions: before the matcher for what is surely its own, after it for what nobody else knew.
import type { Conversation } from '../contract/conversation.ts';
import type { Message } from '../contract/message.ts';
import type { DeskContext } from './context.ts';
import type { Decided } from './decide.ts';
import { type PermitAct, permitAct, STATUS_INTENT } from './permitDialogue.ts';
import type { Fact } from './permitFact.ts';

/**
 * @param usual what would be decided without the dialogue; null when the matcher failed
 * @param fact what the newest message held before its digits were hidden
 * @param isGroup several people read along: then nothing of a file is asked or told
 */
export function decideWithPermits(
  desk: DeskContext,
  turn: Message[],
  current: Conversation,
  fact: Fact | null,
  isGroup: boolean,
  usual: () => Decided | null,
): Decided | null {
  const { language } = current;
  const isOpen = desk.permits.isOpen();
  const { patterns } = desk.permits.settings();
  const now = desk.clock.now();
  const isOtherQuestion = (text: string) => asksOther(desk, current, text);
  const act = permitAct({ turn, conversation: current, now, patterns, fact, isOpen, isOtherQuestion });
  const inPrivate: PermitAct = { kind: 'in-private' };
  // Thirteen digits in a group are nothing to ask about.
  if (act !== null && !(isGroup && (act.kind === 'doubt' || act.kind === 'stray'))) {
    const mayStand = !isGroup || act.kind === 'closed' || act.kind === 'unwatch';
    return { decision: { kind: 'permit', act: mayStand ? act : inPrivate }, language };
  }
  const decided = usual();
  if (decided === null || current.state === 'queued' || current.state === 'officer') return decided;
  const { decision } = decided;
  if (decision.kind === 'answer' && decision.answer.intent === STATUS_INTENT)
    return {
      ...decided,
      decision: { kind: 'permit', act: !isOpen ? { kind: 'closed' } : isGroup ? inPrivate : { kind: 'ask-number' } },
    };
  if (!isOpen) return decided;
  const talk = current.permit;
  const waits = !isGroup && talk !== null && now < talk.until && (talk.step === 'fact' || talk.step === 'number');
  return waits && (decision.kind === 'unsure' || decision.kind === 'unreadable')
    ? { ...decided, decision: { kind: 'permit', act: { kind: 'remind' } } }
    : decided;
}

function asksOther(desk: DeskContext, conversation: Conversation, text: string): boolean {
  try {
    const { zone, guesses, language } = desk.nlu.understand(text, conversation);
    const intent = guesses[0]?.intent ?? STATUS_INTENT;
    // Where a file stands, why it takes long or came back: its number tells.
    const isStatus = intent.startsWith('status.');
    return zone === 'answer' && !isStatus && desk.nlu.answer(intent, language)?.smalltalk === false;
  } catch {
    return false;
  }
}
