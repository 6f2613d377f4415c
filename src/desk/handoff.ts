// Handing a conversation from the bot to the queue, and what the citizen is told then.
import type { Conversation } from '../contract/conversation.ts';
import type { QueuePlace } from '../contract/events.ts';
import type { Message } from '../contract/message.ts';
import type { PermitTalk } from '../contract/permit.ts';
import type { Plan } from './change.ts';
import { botMessage, numberOf, opening } from './compose.ts';
import type { DeskContext } from './context.ts';
import { toQueue } from './conversation.ts';
import { describeMoment, nextOpening } from './hours.ts';
import { newId } from './ids.ts';
import { confirmedHours } from './office.ts';
import { whenOpen } from './officeState.ts';
import { say } from './phrases.ts';
import { placeText, queueButtons } from './queue.ts';
import { windowEnd } from './window.ts';

export interface HandOff {
  /** For officers, in Indonesian. */
  reason: string;
  intent: string | null;
  /** What the bot says before the hand-over itself: an apology, an approved text. */
  lead: string | null;
  /** The bot did not know what was asked: in the message `about`, else in this turn. */
  unsure?: { about: string | undefined };
  /** A number was named along with it: its second fact is asked for in the same message. */
  status?: { asked: string; permit: PermitTalk };
}

/**
 * @param conversation as it is now, held by the bot (open again when it was closed)
 * @param turn the messages that asked for it; all covered by the one reply
 * @param place where it will stand
 */
export function handOffPlan(
  desk: DeskContext,
  conversation: Conversation,
  turn: Message[],
  handOff: HandOff,
  place: QueuePlace,
): Plan {
  const now = desk.clock.now();
  const { language } = conversation;
  const handedOver = say(language, 'handedOver', { number: numberOf(conversation) });
  const reach = place.officersOnDuty > 0 ? `${handedOver} ${placeText(conversation, place)}` : nobodyText(desk, conversation);
  const parts = [handOff.lead === null ? reach : `${handOff.lead} ${reach}`, ...(handOff.status ? [handOff.status.asked] : [])];
  const said = opening(conversation, turn, parts.join('\n\n'));
  const last = turn[turn.length - 1];
  // "A person, please" and anger are no topic: officers read what the citizen had asked before.
  const isTopic = handOff.intent !== null && desk.nlu.answer(handOff.intent, language)?.handoff !== 'now';
  const message = botMessage({
    text: said.text,
    buttons: queueButtons(language),
    ruleId: 'reply',
    ...(last === undefined ? {} : { inReplyTo: last.id }),
    reason: {
      intent: handOff.intent,
      score: 1,
      decision: 'handoff',
      ...(handOff.intent !== null && { version: desk.nlu.version() }),
      ...(handOff.unsure && { unsure: handOff.unsure.about ?? mostSaid(turn) }),
    },
  });
  return {
    patch: {
      ...toQueue(conversation, now, { handoffReason: handOff.reason, teamId: conversation.teamId }),
      ...said.patch,
      language,
      ...(isTopic ? { topic: handOff.intent } : {}),
      ...(handOff.status && { permit: handOff.status.permit }),
      placeTold: place.ahead,
      placeToldAt: now,
    },
    messages: [message],
    cover: { ids: turn.map((one) => one.id), by: message.id },
    facts: [{ id: `handoff:${conversation.id}:${now}`, kind: 'handoff', at: now, value: 1 }],
    audit: [{ id: newId('a'), at: now, actor: 'bot', action: 'handoff', subject: conversation.id, detail: handOff.intent }],
  };
}

/** @returns what to say when nobody is on duty: stored, the number, when somebody will be (only if confirmed), what works meanwhile. */
export function nobodyText(desk: DeskContext, conversation: Conversation): string {
  return say(conversation.language, 'nobodyOnDuty', {
    number: numberOf(conversation),
    when: [whenOpen(desk, conversation.language), untilWhen(desk, conversation)].filter((part) => part !== '').join(' '),
  });
}

/** A reply in this chat is promised only where it can still be delivered. @returns '' where it can */
function untilWhen(desk: DeskContext, { channel, lastInboundAt, language }: Conversation): string {
  const now = desk.clock.now();
  const end = windowEnd(desk.channel(channel)?.capabilities, { lastInboundAt });
  if (end === null) return '';
  const opens = nextOpening(confirmedHours(desk.office()), now, desk.timeZone);
  if (opens !== null && opens < end) return '';
  return say(language, 'writeAgain', { at: describeMoment(end, language, now, desk.timeZone) });
}

/** @returns the id of the message of a turn with the most words: the question, beside a greeting or thanks. */
export const mostSaid = (turn: Message[]): string =>
  turn.reduce((most, message) => (message.text.length > most.text.length ? message : most)).id;
