// What the bot says: from a decision to the plan that stores its one reply and covers the turn with it.
import type { Conversation } from '../contract/conversation.ts';
import type { QueuePlace } from '../contract/events.ts';
import type { BotReason, Button, Language, Message } from '../contract/message.ts';
import type { Plan } from './change.ts';
import { answerText, botMessage, introduced, legalText, officerButton } from './compose.ts';
import type { DeskContext } from './context.ts';
import { toBot, waitingAfter, withTimers } from './conversation.ts';
import type { Decided, Decision } from './decide.ts';
import { type HandOff, handOffPlan } from './handoff.ts';
import { say } from './phrases.ts';
import { cancelButton, placeText } from './queue.ts';
import type { ConversationPatch } from './storePort.ts';

export interface ReplyTo {
  /** The record as stored. */
  current: Conversation;
  /** The same, opened again when it was closed. */
  reopened: Conversation;
  turn: Message[];
  decided: Decided;
  /** The place in the queue, when the decision needs it. */
  place: QueuePlace | null;
}

interface Reply {
  text: string;
  buttons: Button[];
  reason: BotReason;
  patch?: ConversationPatch;
}

/** @returns the plan for one decided turn; a hand-over, or one reply that covers all of it. */
export function replyPlan(desk: DeskContext, to: ReplyTo): Plan {
  const { decision, language } = to.decided;
  const conversation = { ...to.reopened, language };
  const handOff = handOffOf(decision, conversation);
  if (handOff !== null) return handOffPlan(desk, conversation, to.turn, handOff, to.place);
  return oneReply(desk, to, conversation, compose(desk, to, conversation, decision, language));
}

/** A request, anger, or the second turn in a row that was not understood. @returns null when the bot goes on itself. */
export function handOffOf(decision: Decision, conversation: Conversation): HandOff | null {
  if (conversation.state === 'queued' || conversation.state === 'officer') return null;
  if (decision.kind === 'command' && decision.command === 'officer') return { reason: 'diminta warga', intent: null, lead: null };
  if (decision.kind === 'answer' && decision.answer.handoff === 'now') {
    return { reason: decision.answer.title, intent: decision.answer.intent, lead: decision.answer.text };
  }
  const isUnsure = decision.kind === 'unsure' || decision.kind === 'ask';
  if (isUnsure && conversation.state === 'bot' && conversation.failures >= 1) {
    return { reason: 'bot tidak paham dua kali', intent: null, lead: say(conversation.language, 'unsureAgain', {}) };
  }
  return null;
}

function compose(desk: DeskContext, to: ReplyTo, conversation: Conversation, decision: Decision, language: Language): Reply {
  switch (decision.kind) {
    case 'answer': {
      const { text, buttons } = answerText(desk, decision.answer);
      const { intent, smalltalk } = decision.answer;
      const queued = conversation.state === 'queued' ? cancelButton(conversation) : null;
      return {
        text,
        buttons: queued ? [...buttons.filter((button) => button.id !== 'cmd:officer').slice(0, 2), ...queued] : buttons,
        reason: { intent, score: decision.score, decision: smalltalk ? 'smalltalk' : 'answer' },
        patch: smalltalk ? {} : { topic: intent, failures: 0 },
      };
    }
    case 'ask': {
      const options = decision.guesses.flatMap(({ intent }) => {
        const label = desk.nlu.label(intent, language);
        return label === null ? [] : [{ id: intent, label }];
      });
      const first = decision.guesses[0];
      return {
        text: say(language, 'ask', {}),
        buttons: options.slice(0, 3),
        reason: { intent: first?.intent ?? null, score: first?.score ?? 0, decision: 'ask' },
        patch: { failures: conversation.failures + 1 },
      };
    }
    case 'command':
      return command(desk, to, conversation, decision.command, language);
    case 'unreadable':
      return { text: say(language, 'unreadable', {}), buttons: [officerButton(language)], reason: notice };
    default:
      return {
        text: say(language, 'unsure', {}),
        buttons: [officerButton(language)],
        reason: { intent: null, score: 0, decision: 'notice' },
        patch: { failures: conversation.failures + 1 },
      };
  }
}

function command(desk: DeskContext, to: ReplyTo, conversation: Conversation, name: string, language: Language): Reply {
  if (name === 'cancel') {
    return {
      text: say(language, 'queueCancelled', {}),
      buttons: [officerButton(language)],
      reason: notice,
      patch: toBot(conversation),
    };
  }
  if (name === 'place' && to.place !== null) {
    return {
      text: placeText(conversation, to.place),
      buttons: cancelButton(conversation),
      reason: notice,
      patch: { placeTold: to.place.ahead, placeToldAt: desk.clock.now() },
    };
  }
  const legal = name === 'legal' ? legalText(desk, conversation) : null;
  return legal === null
    ? { text: say(language, 'unsure', {}), buttons: [officerButton(language)], reason: notice }
    : { text: legal, buttons: [], reason: notice };
}

function oneReply(desk: DeskContext, to: ReplyTo, conversation: Conversation, reply: Reply): Plan {
  const first = introduced(conversation, reply.text);
  const state = to.current.state === 'closed' ? toBot(to.current) : {};
  const timers = withTimers(
    { ...to.reopened, ...reply.patch },
    { reply: undefined, idle: to.reopened.timers.idle ?? idleAt(desk) },
  );
  // While queued the citizen waits for a person: the bot's answer in between does not end that.
  const waiting =
    (reply.patch?.state ?? to.reopened.state) === 'queued' ? {} : { waitingSince: waitingAfter(to.current, to.turn) };
  return {
    patch: { ...state, ...reply.patch, ...first.patch, ...timers, ...waiting, language: conversation.language },
    ...covering(to.turn, { ...reply, text: first.text, ruleId: 'reply' }),
  };
}

/** One polite notice when somebody writes faster than anyone could answer; every message stays stored and covered. */
export function floodPlan(desk: DeskContext, current: Conversation, turn: Message[]): Plan {
  return {
    patch: { ...withTimers(current, { reply: undefined, idle: idleAt(desk) }), waitingSince: waitingAfter(current, turn) },
    ...covering(turn, { text: say(current.language, 'flood', {}), buttons: [], reason: notice, ruleId: 'reply' }),
  };
}

/** The matcher failed: the citizen is told so, and a person takes over. */
export function apologyPlan(desk: DeskContext, bot: Conversation, turn: Message[], place: QueuePlace | null): Plan {
  return handOffPlan(
    desk,
    bot,
    turn,
    { reason: 'gangguan pada bot', intent: null, lead: say(bot.language, 'trouble', {}) },
    place,
  );
}

/** Two bots talk, or somebody repeats one sentence: a person looks at it, the bot stops. */
export function loopPlan(desk: DeskContext, current: Conversation, turn: Message[], place: QueuePlace | null): Plan {
  return handOffPlan(desk, current, turn, { reason: 'pesan berulang terus', intent: null, lead: null }, place);
}

/** @returns the message that covers the turn, with the cover; unique under (last inbound message, `reply`). */
export function covering(
  turn: Message[],
  reply: { text: string; buttons: Button[]; reason: BotReason; ruleId: string },
): Pick<Plan, 'messages' | 'cover'> {
  const last = turn[turn.length - 1];
  if (last === undefined) return {};
  const message = botMessage({ ...reply, inReplyTo: last.id });
  return { messages: [message], cover: { ids: turn.map((one) => one.id), by: message.id } };
}

const notice: BotReason = { intent: null, score: 1, decision: 'notice' };

const idleAt = (desk: DeskContext): number => desk.clock.now() + desk.office().rules.idleCloseHours * 3_600_000;
