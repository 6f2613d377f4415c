// Puts the bot's messages together: introduction once, the approved text, the office's facts, source line, buttons.
import type { Conversation, Officer } from '../contract/conversation.ts';
import { consultationNumber } from '../contract/conversation.ts';
import type { Attachment, BotReason, Button, Language, Message, MessageKind } from '../contract/message.ts';
import type { DeskContext } from './context.ts';
import { newId } from './ids.ts';
import { fillFacts } from './office.ts';
import { say } from './phrases.ts';
import { greetsWithSalam } from './plainWords.ts';
import type { Answer } from './ports.ts';
import type { NewMessage } from './storePort.ts';

/** @returns a message of the bot, to be stored and then sent. */
export function botMessage(message: {
  text: string;
  ruleId: string;
  buttons?: Button[];
  inReplyTo?: string;
  reason?: BotReason;
}): NewMessage {
  return {
    id: newId('m'),
    direction: 'out',
    author: { kind: 'bot', id: null, name: null },
    kind: 'text',
    text: message.text,
    buttons: message.buttons ?? [],
    attachments: [],
    state: 'pending',
    clientMessageId: null,
    inReplyTo: message.inReplyTo ?? null,
    ruleId: message.ruleId,
    reason: message.reason ?? { intent: null, score: 1, decision: 'notice' },
  };
}

/** @returns a message (or note) an officer wrote. */
export function officerMessage(
  by: Officer,
  message: { text: string; clientMessageId: string | null; note?: boolean; file?: { kind: MessageKind; attachment: Attachment } },
): NewMessage {
  return {
    id: newId('m'),
    direction: message.note ? 'note' : 'out',
    author: { kind: 'officer', id: by.id, name: by.name },
    kind: message.file?.kind ?? 'text',
    text: message.text,
    buttons: [],
    attachments: message.file === undefined ? [] : [message.file.attachment],
    state: message.note ? 'noted' : 'pending',
    clientMessageId: message.clientMessageId,
    inReplyTo: null,
    ruleId: null,
    reason: null,
  };
}

const dayMs = 86_400_000;

/** @returns whether the day by which somebody had to read the source again is over. */
export const isOverdue = (answer: Pick<Answer, 'reviewBy'>, now: number): boolean =>
  answer.reviewBy !== null && now >= Date.parse(answer.reviewBy) + dayMs;

/**
 * An approved answer as the citizen reads it: with the office's facts when all are confirmed, else the words for "not confirmed";
 * with the source and its date as the last line. An overdue one is not given at all.
 */
export function answerText(desk: DeskContext, answer: Answer): { text: string; buttons: Button[] } {
  if (isOverdue(answer, desk.clock.now()))
    return { text: say(answer.language, 'answerOverdue', {}), buttons: [officerButton(answer.language)] };
  const filled =
    answer.facts.length === 0
      ? answer.text
      : fillFacts(answer.text, desk.office(), answer.language, desk.clock.now(), desk.timeZone);
  const confirmed = filled ?? answer.unconfirmed ?? say(answer.language, 'factUnconfirmed', {});
  // The words for "not confirmed" state the part that is known: it has a source as well.
  const isStated = filled !== null || answer.unconfirmed !== null;
  const source = answer.source && isStated ? `\n\n${sourceLine(answer.language, answer.source)}` : '';
  const offers = answer.handoff === 'offer' || filled === null;
  const label = say(answer.language, 'labelLegal', {});
  const legal = answer.source?.legal ? [{ id: `${LEGAL_OF}${answer.intent}`, label }] : [];
  const own = answer.buttons.flatMap((button) => (button.id === 'cmd:legal' ? legal : [button]));
  const officer = offers ? [officerButton(answer.language)] : [];
  return { text: `${confirmed}${source}`, buttons: distinct([...own, ...legal], officer) };
}

/** Begins the id of [Dasar hukum]: the answer's intent follows, for the button may be pressed long after. */
export const LEGAL_OF = 'cmd:legal:';

/**
 * @param intent of the answer it is asked for
 * @returns the legal basis of an approved answer that may still be given; null when there is none
 */
export function legalText(desk: DeskContext, intent: string | null, language: Language): string | null {
  const answer = intent === null ? null : desk.nlu.answer(intent, language);
  if (!answer?.source?.legal || isOverdue(answer, desk.clock.now())) return null;
  return `${answer.source.legal}\n\n${sourceLine(answer.language, answer.source)}`;
}

/**
 * Answers "Assalamualaikum" first; the first thing the bot says in a conversation also tells that it is a machine, how to reach a
 * person, and where the privacy note is. A question at the end of `text` stays last, right above its buttons.
 * @param turn what the citizen wrote
 */
export function opening(
  conversation: Conversation,
  turn: Message[],
  text: string,
): { text: string; patch: { introduced?: true } } {
  const salam = turn.some((message) => greetsWithSalam(message.text)) ? 'Waalaikumsalam. ' : '';
  if (conversation.introduced) return { text: salam + text, patch: {} };
  const introduction = say(conversation.language, 'introduction', {});
  const question = /(?<=[.] )[^.?\n]+\?$/.exec(text);
  const whole = question ? `${text.slice(0, question.index)}${introduction} ${question[0]}` : `${text}\n\n${introduction}`;
  return { text: salam + whole, patch: { introduced: true } };
}

export function officerButton(language: Language): Button {
  return { id: 'cmd:officer', label: say(language, 'labelOfficer', {}) };
}

/** @returns how the citizen names this consultation. */
export const numberOf = (conversation: Conversation): string => consultationNumber(conversation.number);

export const sourceLine = (language: Language, source: { name: string; checked: string }): string =>
  say(language, 'source', { source: source.name, checked: source.checked });

/** At most three buttons, none twice; the ones in `last` keep their place at the end. */
function distinct(first: Button[], last: Button[]): Button[] {
  const ids = new Set(last.map((button) => button.id));
  const kept = first.filter((button) => !ids.has(button.id) && ids.add(button.id));
  return [...kept.slice(0, 3 - last.length), ...last];
}
