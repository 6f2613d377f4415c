// Handing a conversation from the bot to the queue, and what the citizen is told then.
import type { Conversation } from '../contract/conversation.ts';
import type { QueuePlace } from '../contract/events.ts';
import type { Message } from '../contract/message.ts';
import type { Plan } from './change.ts';
import { botMessage, introduced, numberOf } from './compose.ts';
import type { DeskContext } from './context.ts';
import { toQueue } from './conversation.ts';
import { newId } from './ids.ts';
import { whenOpen } from './officeState.ts';
import { say } from './phrases.ts';
import { cancelButton, placeText } from './queue.ts';

export interface HandOff {
  /** For officers, in Indonesian. */
  reason: string;
  intent: string | null;
  /** What the bot says before the hand-over itself: an apology, an approved text. */
  lead: string | null;
}

/**
 * @param conversation as it is now, held by the bot (open again when it was closed)
 * @param turn the messages that asked for it; all covered by the one reply
 * @param place where it will stand; null when it could not be asked, then the sweep tells it
 */
export function handOffPlan(
  desk: DeskContext,
  conversation: Conversation,
  turn: Message[],
  handOff: HandOff,
  place: QueuePlace | null,
): Plan {
  const now = desk.clock.now();
  const parts = [
    handOff.lead,
    place === null || place.officersOnDuty > 0 ? handedOver(conversation) : null,
    placeOrNobody(desk, conversation, place),
  ];
  const said = introduced(conversation, parts.filter((part) => part !== null).join(' '));
  const last = turn[turn.length - 1];
  const message = botMessage({
    text: said.text,
    buttons: cancelButton(conversation),
    ruleId: 'reply',
    ...(last === undefined ? {} : { inReplyTo: last.id }),
    reason: { intent: handOff.intent, score: 1, decision: 'handoff' },
  });
  return {
    patch: {
      ...toQueue(conversation, now, { handoffReason: handOff.reason }),
      ...said.patch,
      language: conversation.language,
      ...(handOff.intent === null ? {} : { topic: handOff.intent }),
      ...(place === null ? {} : { placeTold: place.ahead, placeToldAt: now }),
    },
    messages: [message],
    cover: { ids: turn.map((one) => one.id), by: message.id },
    facts: [{ id: `handoff:${conversation.id}:${now}`, kind: 'handoff', at: now, value: 1 }],
    audit: [{ id: newId('a'), at: now, actor: 'bot', action: 'handoff', subject: conversation.id, detail: handOff.intent }],
  };
}

const handedOver = (conversation: Conversation): string =>
  say(conversation.language, 'handedOver', { number: numberOf(conversation) });

function placeOrNobody(desk: DeskContext, conversation: Conversation, place: QueuePlace | null): string | null {
  if (place === null) return null;
  if (place.officersOnDuty > 0) return placeText(conversation, place);
  return nobodyText(desk, conversation);
}

/** @returns what to say when nobody is on duty: stored, the number, when somebody will be (only if confirmed), what works meanwhile. */
export function nobodyText(desk: DeskContext, conversation: Conversation): string {
  return say(conversation.language, 'nobodyOnDuty', {
    number: numberOf(conversation),
    when: whenOpen(desk, conversation.language),
  });
}
