// What the bot says: from a decision to the plan that stores its one reply and covers the turn with it.
import type { Conversation } from '../contract/conversation.ts';
import type { QueuePlace } from '../contract/events.ts';
import type { BotReason, Button, Message } from '../contract/message.ts';
import type { Plan } from './change.ts';
import { answerText, botMessage, isOverdue, LEGAL_OF, legalText, officerButton, opening } from './compose.ts';
import type { DeskContext } from './context.ts';
import { idleAfter, toBot, withTimers } from './conversation.ts';
import type { Decision } from './decide.ts';
import { type HandOff, mostSaid } from './handoff.ts';
import { dayOf } from './hours.ts';
import type { Asked } from './knowledgePort.ts';
import { say } from './phrases.ts';
import type { Answer } from './ports.ts';
import { cancelButton, placeText, queueButtons } from './queue.ts';
import { splitText } from './splitText.ts';
import type { ConversationPatch } from './storePort.ts';

interface Turn {
  /** The record as stored. */
  current: Conversation;
  /** The same, opened again when it was closed, in the language of the turn. */
  conversation: Conversation;
  /** The messages that the reply covers. */
  turn: Message[];
}

export interface ReplyTo extends Turn {
  decision: Decision;
  /** The place in the queue, when it is asked for and there is one. */
  place: QueuePlace | null;
  /** The answer is the bot's last one once more. */
  again: boolean;
}

export interface Reply {
  text: string;
  buttons: Button[];
  reason: BotReason;
  patch?: ConversationPatch;
}

/** A request, anger, an answer that is overdue, or the second turn in a row that was not understood. @returns null when the bot goes on itself. */
export function handOffOf(desk: DeskContext, decision: Decision, conversation: Conversation): HandOff | null {
  if (conversation.state !== 'bot') return null;
  if (decision.kind === 'command' && decision.command === 'officer') return { reason: 'diminta warga', intent: null, lead: null };
  if (decision.kind === 'answer' && decision.answer.handoff === 'now') {
    const { title, intent } = decision.answer;
    return { reason: title, intent, lead: answerText(desk, decision.answer).text };
  }
  if (decision.kind === 'answer' && isOverdue(decision.answer, desk.clock.now())) {
    const { title, intent } = decision.answer;
    return { reason: `jawaban perlu ditinjau: ${title}`, intent, lead: answerText(desk, decision.answer).text };
  }
  const isUnsure = decision.kind === 'unsure' || (decision.kind === 'ask' && !decision.isBare);
  if (isUnsure && conversation.failures >= 1)
    return {
      reason: 'bot tidak paham dua kali',
      intent: null,
      unsure: { about: decision.about },
      lead: say(conversation.language, 'unsureAgain', {}),
    };
  return null;
}

/** The matcher failed: the citizen is told so, and a person takes over. */
export const troubleHandOff = (conversation: Conversation): HandOff => ({
  reason: 'gangguan pada bot',
  intent: null,
  lead: say(conversation.language, 'trouble', {}),
});

/** Two bots talk, or somebody repeats one sentence: a person looks at it, the bot stops. */
export const loopHandOff: HandOff = { reason: 'pesan berulang terus', intent: null, lead: null };

/** @returns the plan for one decided turn: one reply that covers all of it. */
export function replyPlan(desk: DeskContext, to: ReplyTo): Plan {
  const asked = askedBy(desk, to.decision);
  return { ...oneReply(desk, to, compose(desk, to)), ...(asked && { asked }) };
}

/** @returns the office facts an answer needs, confirmed or not: officers see which are asked for most. */
function askedBy({ clock, timeZone }: DeskContext, decision: Decision): Asked | null {
  if (decision.kind !== 'answer') return null;
  const facts = [...new Set([...decision.answer.facts, ...(decision.also?.facts ?? [])])];
  return facts.length === 0 ? null : { day: dayOf(clock.now(), timeZone), facts };
}

/** One polite notice when somebody writes faster than anyone could answer; every message stays stored and covered. */
export function floodPlan(desk: DeskContext, to: Turn): Plan {
  return oneReply(desk, to, { text: say(to.conversation.language, 'flood', {}), buttons: [], reason: notice });
}

function compose(desk: DeskContext, { conversation, decision, place, turn, again }: ReplyTo): Reply {
  const { language } = conversation;
  const officer = [officerButton(language)];
  switch (decision.kind) {
    case 'answer': {
      const { text: all, buttons: own } = bothTexts(desk, decision.answer, decision.also);
      const text = decision.more ? `${all}\n\n${say(language, 'moreAsked', {})}` : all;
      const { intent, smalltalk } = decision.answer;
      const buttons = again ? [...own.filter(({ id }) => id !== 'cmd:officer').slice(0, 2), ...officer] : own;
      return {
        text: again ? `${say(language, 'again', {})}\n\n${text}` : text,
        buttons: fittingButtons(conversation, buttons),
        reason: { intent, score: decision.score, decision: smalltalk ? 'smalltalk' : 'answer', version: desk.nlu.version() },
        patch: smalltalk ? {} : { topic: intent, failures: 0 },
      };
    }
    case 'ask': {
      const isForPerson = (intent: string) => desk.nlu.answer(intent, language)?.handoff === 'now';
      const options = decision.guesses.flatMap(({ intent }) => {
        const label = isForPerson(intent) ? null : desk.nlu.label(intent, language);
        return label === null ? [] : [{ id: intent, label }];
      });
      const first = decision.guesses[0];
      // Perhaps a person is asked for, or somebody is angry: not sure enough to hand over, enough to offer it.
      const wantsPerson = decision.guesses.slice(0, 3).some(({ intent }) => isForPerson(intent));
      return {
        text: say(language, 'ask', {}),
        buttons: wantsPerson || options.length < 3 ? [...options.slice(0, 2), ...officer] : options.slice(0, 3),
        reason: {
          intent: first?.intent ?? null,
          score: first?.score ?? 0,
          decision: 'ask',
          ...(decision.about === undefined ? { unsure: mostSaid(turn), untilReply: true } : { unsure: decision.about }),
        },
        patch: { failures: conversation.failures + (decision.isBare ? 0 : 1) },
      };
    }
    case 'command':
      return command(desk, conversation, decision, place);
    case 'nod':
      return {
        text: say(language, 'nod', {}),
        buttons: [],
        reason: { intent: null, score: 1, decision: 'smalltalk' },
        patch: { failures: 0 },
      };
    case 'called':
      return { text: say(language, 'called', {}), buttons: officer, reason: notice };
    case 'unreadable':
      return { text: say(language, 'unreadable', {}), buttons: officer, reason: notice };
    default: {
      const about = decision.kind === 'unsure' ? decision.about : undefined;
      return {
        text: say(language, 'unsure', {}),
        buttons: officer,
        reason: { ...notice, score: 0, unsure: about ?? mostSaid(turn) },
        patch: { failures: conversation.failures + 1 },
      };
    }
  }
}

/** @returns the same buttons; whoever waits for a person already is offered to leave the queue instead of to join it. */
export function fittingButtons({ state, language }: Conversation, buttons: Button[]): Button[] {
  if (state !== 'queued') return buttons;
  return [...buttons.filter(({ id }) => id !== 'cmd:officer').slice(0, 2), cancelButton(language)];
}

/** Two questions in one message: both texts, each with its own source line; an overdue second one is left to be asked again. */
function bothTexts(desk: DeskContext, answer: Answer, also: Answer | undefined): { text: string; buttons: Button[] } {
  const first = answerText(desk, answer);
  if (also === undefined || isOverdue(also, desk.clock.now())) return first;
  const second = answerText(desk, also);
  // Two buttons "legal basis" would look alike, one would be that of the first only.
  const links = [...first.buttons, ...second.buttons].filter(({ id }) => !id.startsWith(LEGAL_OF));
  const officer = links.filter(({ id }) => id === 'cmd:officer').slice(0, 1);
  const others = links.filter(({ id }, at) => id !== 'cmd:officer' && links.findIndex((each) => each.id === id) === at);
  return { text: `${first.text}\n\n${second.text}`, buttons: [...others.slice(0, 3 - officer.length), ...officer] };
}

function command(
  desk: DeskContext,
  conversation: Conversation,
  { command: name, intent }: Extract<Decision, { kind: 'command' }>,
  place: QueuePlace | null,
): Reply {
  const { language } = conversation;
  const queued = conversation.state === 'queued';
  const buttons = queued ? queueButtons(language) : [officerButton(language)];
  if (name === 'legal') {
    const text = legalText(desk, intent ?? conversation.topic, language) ?? say(language, 'noLegal', {});
    return { text, buttons, reason: notice };
  }
  if (name === 'cancel' && queued) {
    const text = say(language, 'queueCancelled', {});
    return { text, buttons: [officerButton(language)], reason: notice, patch: toBot(conversation) };
  }
  if (place !== null) {
    const told = { placeTold: place.ahead, placeToldAt: desk.clock.now() };
    return { text: placeText(conversation, place), buttons, reason: notice, patch: told };
  }
  return { text: say(language, 'notQueued', {}), buttons, reason: notice };
}

/** @returns the plan that stores this reply and covers the turn with it. */
export function oneReply(desk: DeskContext, { current, conversation, turn }: Turn, reply: Reply): Plan {
  const last = turn[turn.length - 1];
  const said = opening(conversation, turn, reply.text);
  const longest = desk.channel(conversation.channel)?.capabilities.maxTextLength ?? Number.POSITIVE_INFINITY;
  const texts = said.text.length > longest ? splitText(said.text, longest) : [said.text];
  // The last piece has the buttons and covers the turn: it is answered once everything is written.
  const messages = texts.map((text, at) =>
    botMessage({
      ...reply,
      text,
      buttons: at === texts.length - 1 ? reply.buttons : [],
      ruleId: at === texts.length - 1 ? 'reply' : `reply-${at + 1}`,
      ...(last && { inReplyTo: last.id }),
    }),
  );
  const after = { ...conversation, ...reply.patch };
  // While queued the citizen waits for a person: the bot's answer in between does not end that.
  const silence =
    after.state === 'queued'
      ? withTimers(after, { reply: undefined })
      : { ...withTimers(after, { reply: undefined, idle: idleAfter(desk.clock.now(), desk.office()) }), waitingSince: null };
  return {
    patch: {
      ...(current.state === 'closed' ? toBot(current) : {}),
      ...reply.patch,
      ...said.patch,
      ...silence,
      language: conversation.language,
    },
    messages,
    cover: { ids: turn.map((one) => one.id), by: messages[messages.length - 1]?.id ?? 'none' },
  };
}

const notice: BotReason = { intent: null, score: 1, decision: 'notice' };
