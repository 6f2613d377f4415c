// What the bot does with one turn, pure: from the messages nobody has answered, the state and the matcher to one decision.
import type { Conversation } from '../contract/conversation.ts';
import type { Language, Message } from '../contract/message.ts';
import { LEGAL_OF } from './compose.ts';
import type { PermitAct } from './permitDialogue.ts';
import { say } from './phrases.ts';
import { type LastSaid, readPick } from './picks.ts';
import { isNod, readsAs } from './plainWords.ts';
import type { Answer, Nlu, TalkContext, Understanding } from './ports.ts';

export type Command = 'officer' | 'cancel' | 'place' | 'legal';

export type Decision =
  /** No reply is due: an "ok" after closing, another bot. */
  | { kind: 'nothing' }
  /** A person's turn; the bot keeps quiet and the message stays open for the officer. */
  | { kind: 'leave' }
  /** "Ok", "oh gitu", "iya": heard, and nothing is asked. */
  | { kind: 'nod' }
  /** A greeting or fragment: the rest of the turn may follow. */
  | { kind: 'wait' }
  /** `intent`: the answer whose legal basis is asked for; without it, the last one's. */
  | { kind: 'command'; command: Command; intent?: string }
  /** `also`: a second question of the same message; `more`: it holds others besides. */
  | { kind: 'answer'; answer: Answer; score: number; also?: Answer; more?: boolean }
  /** `about`: the earlier message that was asked, when this turn only says that a guess was wrong; `isBare`: only a name was said. */
  | { kind: 'ask'; guesses: Understanding['guesses']; about?: string; isBare?: boolean }
  | { kind: 'unsure'; about?: string }
  /** The matcher has not learned yet: the turn waits for it, stored. */
  | { kind: 'hold' }
  /** Only files, stickers, places: things the bot cannot read. */
  | { kind: 'unreadable' }
  /** Somebody called: it cannot be taken here. */
  | { kind: 'called' }
  /** The dialogue about a permit's status has this turn. */
  | { kind: 'permit'; act: PermitAct };

export interface Decided {
  decision: Decision;
  language: Language;
  /** An application named along with what goes to a person: its status can be told while they wait. */
  number?: string;
}

const commands: Record<string, Command> = {
  'cmd:officer': 'officer',
  'cmd:cancel': 'cancel',
  'cmd:place': 'place',
  'cmd:legal': 'legal',
};

/** So many messages of one turn are read together; more come only from a flood. */
const MOST_TEXTS = 8;
/** A message of at most this many words that is no confident question is taken as the beginning of a turn. */
const FRAGMENT_WORDS = 3;

/**
 * @param turn inbound messages without a reply, by `seq`; not empty
 * @param final the waiting time of the turn is over: decide with what there is
 * @param said what the bot said last, when the turn may refer to it
 */
export function decide(
  turn: Message[],
  conversation: Conversation,
  nlu: Nlu,
  final: boolean,
  said: LastSaid | null = null,
): Decided {
  const certain = decideWithoutMatcher(turn, conversation, nlu, final);
  if (certain !== null) return { decision: certain, language: conversation.language };
  const pick = said === null ? null : readPick(turn[turn.length - 1]?.text ?? '', said);
  const pressed = pick?.kind === 'button' ? decideButton(pick.id, conversation, nlu) : null;
  if (pressed !== null) return { decision: pressed, language: conversation.language };
  if (pick === null && conversation.state === 'bot' && turn.every(({ deleted, text }) => deleted || isNod(text)))
    return { decision: { kind: said?.isNod ? 'nothing' : final ? 'nod' : 'wait' }, language: conversation.language };
  if (!nlu.isReady())
    return { decision: { kind: conversation.state === 'queued' ? 'leave' : 'hold' }, language: conversation.language };
  if (pick?.kind === 'refusal' && said !== null && conversation.state !== 'queued')
    return { decision: askAgain(said, conversation, nlu), language: conversation.language };
  const texts = turn.map((message) => message.text.trim()).filter((text) => text !== '');
  const context = { topic: conversation.topic, ...(said?.isQuestion && { offered: said.intents }) };
  const best = understandTurn(texts.slice(-MOST_TEXTS), context, nlu);
  const decision = judge(best, texts.join(' '), conversation, nlu, final);
  return { decision, language: best.language };
}

/** Who owns the conversation, buttons, and the words that are commands wherever there are no buttons. */
function decideWithoutMatcher(turn: Message[], conversation: Conversation, nlu: Nlu, final: boolean): Decision | null {
  const { state } = conversation;
  // What was withdrawn before anybody answered needs no answer.
  const standing = turn.filter((message) => !message.deleted);
  const last = standing[standing.length - 1];
  if (last === undefined) return { kind: 'nothing' };
  if ((state === 'closed' || state === 'officer') && standing.every((message) => isNoMore(message, state)))
    return { kind: 'nothing' };
  if (state === 'officer') return { kind: 'leave' };
  const queued = state === 'queued';
  if (!queued && standing.some(asksForOfficer)) return { kind: 'command', command: 'officer' };

  const pressed = last.button === null ? null : decideButton(last.button, conversation, nlu);
  if (pressed !== null) return pressed;
  if (last.kind === 'call') return { kind: queued ? 'leave' : 'called' };
  if (standing.every((message) => message.text.trim() === ''))
    return queued ? { kind: 'leave' } : final ? { kind: 'unreadable' } : { kind: 'wait' };
  const word = readsAs(last.text);
  if (word === 'place' || word === 'cancel' || word === 'legal') return { kind: 'command', command: word };
  if (queued && (word === 'officer' || word === 'greeting-ping')) return { kind: 'command', command: 'place' };
  return null;
}

const asksForOfficer = (message: Message): boolean => message.button === 'cmd:officer' || readsAs(message.text) === 'officer';

/** "Bukan itu": the next likely ones for what was asked, without those refused. Never an answer: the first guess was wrong. */
function askAgain(said: LastSaid, conversation: Conversation, nlu: Nlu): Decision {
  const { topic } = conversation;
  const { zone, guesses } = nlu.understand(said.question, { topic, refused: said.intents });
  const offered = guesses.filter(({ intent }) => nlu.label(intent, conversation.language) !== null);
  const about = said.questionId === null ? {} : { about: said.questionId };
  return zone === 'none' || offered.length === 0 ? { kind: 'unsure', ...about } : { kind: 'ask', guesses: offered, ...about };
}

/** The newest message alone first; together with what came before only when that says more. */
function understandTurn(texts: string[], context: TalkContext, nlu: Nlu): Understanding {
  const newest = nlu.understand(texts[texts.length - 1] ?? '', context);
  if (texts.length === 1 || isQuestion(newest, nlu)) return newest;
  const whole = nlu.understand(texts.join('\n'), context);
  if (isQuestion(whole, nlu)) return whole;
  // An earlier message of the turn may be the question, with an afterthought behind it.
  for (const text of texts.slice(0, -1).reverse()) {
    const earlier = nlu.understand(text, context);
    if (isQuestion(earlier, nlu)) return earlier;
  }
  return newest.zone === 'none' ? whole : newest;
}

function isQuestion(understanding: Understanding, nlu: Nlu): boolean {
  const first = understanding.guesses[0];
  return (
    understanding.zone === 'answer' &&
    first !== undefined &&
    nlu.answer(first.intent, understanding.language)?.smalltalk === false
  );
}

function judge(understanding: Understanding, text: string, conversation: Conversation, nlu: Nlu, final: boolean): Decision {
  const first = understanding.guesses[0];
  const answer = first === undefined ? null : answerFor(first.intent, understanding, nlu);
  const queued = conversation.state === 'queued';

  if (understanding.zone === 'answer' && first !== undefined && answer !== null && !answer.smalltalk) {
    if (queued && answer.handoff === 'now') return { kind: 'command', command: 'place' };
    const second = understanding.also === null ? null : nlu.answer(understanding.also, understanding.language);
    const also = second !== null && second.handoff !== 'now' && !second.smalltalk ? { also: second } : {};
    return { kind: 'answer', answer, score: first.score, ...also, ...(understanding.more && { more: true }) };
  }
  if (queued) return { kind: 'leave' };
  const smalltalk = understanding.zone === 'answer' && answer !== null;
  if (!final && (smalltalk || words(text) <= FRAGMENT_WORDS)) return { kind: 'wait' };
  if (smalltalk && first !== undefined) return { kind: 'answer', answer, score: first.score };
  if (understanding.zone === 'ask')
    return { kind: 'ask', guesses: understanding.guesses, ...(understanding.isBare && { isBare: true }) };
  return { kind: 'unsure' };
}

/** The approved answer; for another agency's matter with the name of its office. */
function answerFor(intent: string, { elsewhere, language }: Understanding, nlu: Nlu): Answer | null {
  const answer = nlu.answer(intent, language);
  return answer === null || elsewhere === null ? answer : { ...answer, text: say(answer.language, 'elsewhere', elsewhere) };
}

function decideButton(button: string, conversation: Conversation, nlu: Nlu): Decision | null {
  if (button.startsWith(LEGAL_OF)) return { kind: 'command', command: 'legal', intent: button.slice(LEGAL_OF.length) };
  const command = commands[button];
  if (command === 'officer' && conversation.state === 'queued') return { kind: 'command', command: 'place' };
  if (command !== undefined) return { kind: 'command', command };
  const answer = nlu.answer(button, conversation.language);
  return answer === null ? null : { kind: 'answer', answer, score: 1 };
}

/** "Ok", a thumb, a sticker: nothing more is asked. Once it is closed there is nothing to call off either. */
function isNoMore(message: Message, state: Conversation['state']): boolean {
  if (message.button !== null) return false;
  const word = readsAs(message.text);
  return message.kind === 'sticker' || word === 'ack' || (state === 'closed' && word === 'cancel');
}

const words = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;
