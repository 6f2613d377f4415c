// What the status dialogue asks for, with the step that waits for the answer: the replies that need no file.
import type { Conversation } from '../contract/conversation.ts';
import type { Button } from '../contract/message.ts';
import type { PermitTalk } from '../contract/permit.ts';
import type { Plan } from './change.ts';
import { officerButton } from './compose.ts';
import type { DeskContext } from './context.ts';
import type { HandOff } from './handoff.ts';
import { type PermitAct, STATUS_INTENT } from './permitDialogue.ts';
import { sayPermit } from './permitPhrases.ts';
import type { Reply } from './reply.ts';

const minuteMs = 60_000;

/** What is said with nothing more to it, and what it asks for. */
const questions: Partial<
  Record<
    PermitAct['kind'],
    ['askNumber' | 'expired' | 'lostNumber' | 'wrongLength' | 'lost' | 'lostFact' | 'why', 'fact' | 'number']
  >
> = {
  ...{ 'ask-number': ['askNumber', 'number'], expired: ['expired', 'number'], 'lost-number': ['lostNumber', 'number'] },
  ...{ 'wrong-length': ['wrongLength', 'fact'], lost: ['lost', 'fact'], 'lost-fact': ['lostFact', 'fact'], why: ['why', 'fact'] },
};

/** @returns null when this act is no plain question */
export function questionReply(desk: DeskContext, conversation: Conversation, kind: PermitAct['kind']): Reply | null {
  const asked = questions[kind];
  if (asked === undefined) return null;
  const [key, name] = asked;
  const number = name === 'fact' ? (conversation.permit?.number ?? null) : null;
  return reply(conversation, sayPermit(conversation.language, key, {}), step(desk, name, number));
}

export function doubtReply(
  desk: DeskContext,
  conversation: Conversation,
  doubt: Extract<PermitAct, { kind: 'doubt' }>['doubt'],
): Reply {
  const { language } = conversation;
  const label = (key: 'labelYes' | 'labelIsNib' | 'labelIsPhone') => sayPermit(language, key, {});
  if (doubt.kind === 'length') {
    return reply(conversation, sayPermit(language, 'length', doubt), step(desk, 'number', doubt.part ?? null));
  }
  if (doubt.kind === 'other-oss') {
    return reply(conversation, sayPermit(language, 'otherOss', doubt), step(desk, 'number', null));
  }
  const confirm = step(desk, 'confirm', doubt.number);
  if (doubt.kind === 'slip') {
    return reply(conversation, sayPermit(language, 'slip', doubt), confirm, [{ id: 'permit:yes', label: label('labelYes') }]);
  }
  const options = [
    { id: 'permit:yes', label: label('labelIsNib') },
    { id: 'permit:phone', label: label('labelIsPhone') },
  ];
  return reply(conversation, sayPermit(language, 'phoneOrNib', doubt), confirm, options);
}

/** @param text the whole sentence */
export function reply(conversation: Conversation, text: string, permit: PermitTalk | null, buttons: Button[] = []): Reply {
  return {
    text,
    buttons: [...buttons, officerButton(conversation.language)],
    reason: { intent: STATUS_INTENT, score: 1, decision: 'notice' },
    patch: { permit, failures: 0 },
  };
}

/** @param number what the answer will be about; at `number` the beginning of one */
export function step(desk: DeskContext, name: PermitTalk['step'], number: string | null): PermitTalk {
  const until = desk.clock.now() + desk.permits.settings().dialogueMinutes * minuteMs;
  return { step: name, number, until, result: null, proof: null };
}

/** @returns the same answer with a word on how the status check goes on, while one is under way. */
export function withReminder(desk: DeskContext, conversation: Conversation, plan: Plan): Plan {
  const { permit: talk, language } = conversation;
  const waits =
    conversation.state !== 'officer' &&
    talk !== null &&
    desk.clock.now() < talk.until &&
    (talk.step === 'fact' || talk.step === 'number');
  const [message] = plan.messages ?? [];
  if (!waits || message === undefined || plan.patch?.state === 'queued') return plan;
  // Whoever asks for their place in the queue thinks of that, not of the digits.
  if (conversation.state === 'queued' && message.reason?.decision !== 'answer') return plan;
  const reminder = sayPermit(language, talk.step === 'fact' ? 'remindFact' : 'remindNumber', {});
  return { ...plan, messages: [{ ...message, text: `${message.text}\n\n${reminder}` }] };
}

/** @returns the same hand-over, with the second fact asked for where a number was named: whoever waits learns meanwhile where it stands. */
export function withStatusAsked(
  desk: DeskContext,
  { language }: Conversation,
  handOff: HandOff,
  number: string | undefined,
): HandOff {
  if (number === undefined) return handOff;
  const asked = sayPermit(language, 'askFact', { number, isOneOf: false });
  return { ...handOff, status: { asked, permit: step(desk, 'fact', number) } };
}
