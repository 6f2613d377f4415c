// Where the status dialogue stands among the bot's decisions: before the matcher for what is surely its own, after it for what nobody else knew.
import type { Conversation } from '../contract/conversation.ts';
import type { Message } from '../contract/message.ts';
import type { DeskContext } from './context.ts';
import type { Decided } from './decide.ts';
import { type PermitAct, type PermitTurn, permitAct, STATUS_INTENT } from './permitDialogue.ts';
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
  const at: PermitTurn = { turn, conversation: current, now, patterns, fact, isOpen, isOtherQuestion };
  const act = permitAct(at);
  const inPrivate: PermitAct = { kind: 'in-private' };
  // Thirteen digits in a group are nothing to ask about.
  if (act !== null && !(isGroup && (act.kind === 'doubt' || act.kind === 'stray'))) {
    const mayStand = !isGroup || act.kind === 'closed' || act.kind === 'unwatch';
    return { decision: { kind: 'permit', act: mayStand ? act : inPrivate }, language };
  }
  const decided = usual();
  if (decided === null || current.state === 'officer') return decided;
  const { decision } = decided;
  if (decision.kind === 'answer' && decision.answer.intent === STATUS_INTENT)
    return {
      ...decided,
      decision: { kind: 'permit', act: !isOpen ? { kind: 'closed' } : isGroup ? inPrivate : askedAgain(turn, current, now) },
    };
  if (!isOpen) return decided;
  if (decision.kind === 'answer' && decision.answer.handoff === 'now') {
    // Anger goes to a person, and the number that came with it is not asked for twice.
    const named = isGroup ? null : permitAct({ ...at, isOtherQuestion: () => false });
    return named?.kind === 'ask-fact' || named?.kind === 'judge' ? { ...decided, number: named.number } : decided;
  }
  const talk = current.permit;
  const waits = !isGroup && talk !== null && now < talk.until && (talk.step === 'fact' || talk.step === 'number');
  return waits && (decision.kind === 'unsure' || decision.kind === 'unreadable')
    ? { ...decided, decision: { kind: 'permit', act: { kind: 'remind' } } }
    : decided;
}

const again = /\b(?:lagi|lg|deui|masih|udah|udh|sudah|belum|blm|berubah|sama|again|still)\b/i;

/** Whoever was just told asks about the same file; the proof lasts. */
function askedAgain(turn: Message[], { permit: talk }: Conversation, now: number): PermitAct {
  const isSame = talk?.step === 'shown' && talk.number !== null && now < talk.until && again.test(turn.at(-1)?.text ?? '');
  return isSame && talk.number !== null ? { kind: 'ask-fact', number: talk.number } : { kind: 'ask-number' };
}

function asksOther(desk: DeskContext, conversation: Conversation, text: string): boolean {
  // It may: the turn waits until the matcher has learned. A try of the second fact is not given away for it.
  if (!desk.nlu.isReady()) return true;
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
