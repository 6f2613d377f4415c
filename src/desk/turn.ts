// Who answers a turn, and with what: the bot's side of a conversation, run in the conversation's line.
import type { Conversation } from '../contract/conversation.ts';
import type { Message } from '../contract/message.ts';
import { change, type Plan } from './change.ts';
import type { DeskContext, Seat } from './context.ts';
import { toBot, withTimers } from './conversation.ts';
import { type Decided, decide } from './decide.ts';
import { handOffPlan } from './handoff.ts';
import { isSaidAgain, lastSaidBefore } from './lastSaid.ts';
import { isLinkTry, linkAnswer, tellOtherEnd } from './linkCodes.ts';
import type { Fact } from './permitFact.ts';
import { withReminder, withStatusAsked } from './permitQuestions.ts';
import { createOnce, type Once, permitPlan } from './permitReply.ts';
import { decideWithPermits } from './permitTurn.ts';
import type { LastSaid } from './picks.ts';
import { placeOf } from './queue.ts';
import { floodPlan, handOffOf, loopHandOff, replyPlan, troubleHandOff } from './reply.ts';
import type { NewMessage } from './storePort.ts';

/** A turn that keeps coming in pieces is answered at the latest after this. */
export const LONGEST_WAIT_MS = 10_000;

/** Until the matcher has learned, it is asked again this often; after the longest hold a person takes over. */
const HOLD_MS = 1000;
const LONGEST_HOLD_MS = 60_000;

/** How fast this sender writes: `notice` tells so once, `quiet` lets several messages share a reply, `loop` looks like two bots. */
export type Pace = 'ok' | 'notice' | 'quiet' | 'loop';

export interface TurnOptions {
  /** The message that was just stored, when that is what woke the turn. */
  fresh?: { message: Message; pace: Pace; fact?: Fact | null };
  /** The waiting time is over. */
  final?: boolean;
}

/** Answers everything in the conversation that no reply covers yet, or decides to wait or keep quiet. Safe to run again at any time. */
export async function takeTurn(desk: DeskContext, seat: Seat, options: TurnOptions = {}): Promise<void> {
  if (seat.contact.blocked) return leaveUnanswered(desk, seat);
  const before = seat.conversation;
  let turn = await uncoveredOf(desk, before, options.fresh?.message);
  const tries = turn.filter(isLinkTry);
  if (tries.length > 0) await tellOtherEnd(desk, tries);
  const once = createOnce();
  const changed = await change(desk, before, seat.contact, async (current) => {
    // After a conflict all is judged anew: another may have answered meanwhile, or more may have come.
    if (current.rev !== before.rev) turn = await desk.store.messages.uncovered(current.id);
    return planTurn(desk, { ...seat, conversation: current }, turn, options, once);
  });
  if (changed.kind === 'none' && options.fresh !== undefined) {
    // Nothing was written, so nothing proved that the record was not an old one: its owner may have changed in the line before us.
    const now = await desk.store.conversations.get(before.id);
    if (now !== null && now.conversation.state !== changed.conversation.state) return takeTurn(desk, now, options);
  }
  if (changed.kind !== 'ok') return;
  // Bots and codes were covered by themselves: what was written beside them has its own turn, now when this one was theirs.
  const { fresh } = options;
  if (turn.some(isAside)) {
    const isOthersTurn = fresh !== undefined && isAside(fresh.message);
    return isOthersTurn || turn.every(isAside)
      ? undefined
      : takeTurn(desk, { ...seat, conversation: changed.conversation }, options);
  }
  const first = turn[0];
  if (changed.messages.length > 0 && first !== undefined) desk.meter.answered((desk.clock.now() - first.createdAt) / 1000);
  // A judged status was told at its slot: what came in meanwhile is answered now.
  if (before.permit?.step === 'answering' && changed.conversation.permit?.step !== 'answering') {
    const now = await desk.store.conversations.get(before.id);
    if (now !== null) return takeTurn(desk, now, { final: true });
  }
  if ((before.state === 'queued') !== (changed.conversation.state === 'queued')) desk.queueChanged();
}

/** In the queue what the bot left is the officer's: it looks at each message once, alone, and again only at digits whose slot has come. */
function inQueue({ permit: talk }: Conversation, uncovered: Message[], fresh: Message | undefined): Message[] {
  if (fresh !== undefined) return uncovered.filter(({ id }) => id === fresh.id);
  const seq = talk?.step === 'answering' ? talk.result?.seq : undefined;
  return seq === undefined ? [] : uncovered.filter((message) => message.seq === seq);
}

/** Another bot: what it writes is stored and never answered, else two machines talk for ever. */
const isFromBot = ({ author }: Message): boolean => author.kind === 'bot';

const isAside = (message: Message): boolean => isFromBot(message) || isLinkTry(message);

/** What a blocked contact writes is stored and no more: nobody waits, no reply is due. */
async function leaveUnanswered(desk: DeskContext, { conversation, contact }: Seat): Promise<void> {
  await change(desk, conversation, contact, async (current) => {
    const uncovered = await desk.store.messages.uncovered(current.id);
    return uncovered.length === 0 ? null : coverAside(current, uncovered, uncovered);
  });
}

/** @param uncovered exactly what no reply covers at `current.rev` */
async function planTurn(
  desk: DeskContext,
  { conversation: current, contact }: Seat,
  uncovered: Message[],
  { fresh, final = false }: TurnOptions,
  once: Once,
): Promise<Plan | null> {
  const bots = uncovered.filter(isFromBot);
  if (bots.length > 0) return coverAside(current, uncovered, bots);
  const tries = uncovered.filter(isLinkTry);
  if (tries.length > 0) return coverAside(current, uncovered, tries, linkAnswer(current.language, tries));
  const turn = current.state === 'queued' ? inQueue(current, uncovered, fresh?.message) : uncovered;
  if (turn.length === 0) return current.timers.reply === undefined ? null : { patch: withTimers(current, { reply: undefined }) };

  const reopened: Conversation = current.state === 'closed' ? { ...current, ...toBot(current) } : current;
  const handOver = async (conversation: Conversation, handOff: NonNullable<ReturnType<typeof handOffOf>>) =>
    handOffPlan(desk, conversation, turn, handOff, await placeOf(desk, conversation));
  const said = current.state === 'bot' ? await lastSaidBefore(desk, current, turn) : null;
  const usual = () => decideSafely(desk, turn, current, final, said);
  const isGroup = desk.channel(contact.channel)?.isGroup?.(contact.externalId) ?? false;
  const decided = decideWithPermits(desk, turn, current, fresh?.fact ?? null, isGroup, usual);
  if (decided === null) return reopened.state === 'bot' ? handOver(reopened, troubleHandOff(reopened)) : null;

  const { decision, language } = decided;
  if (decision.kind === 'leave') return null;
  if (decision.kind === 'nothing') return coverAside(current, uncovered, turn);
  if (decision.kind === 'hold') {
    const waited = desk.clock.now() - (turn[0]?.createdAt ?? 0);
    return waited < LONGEST_HOLD_MS
      ? waitPlan(desk, current, reopened, turn, HOLD_MS)
      : handOver(reopened, troubleHandOff(reopened));
  }
  const conversation = { ...reopened, language };
  // A person is within reach however fast somebody writes.
  const handOff = handOffOf(desk, decision, conversation);
  if (handOff !== null) return handOver(conversation, withStatusAsked(desk, conversation, handOff, decided.number));

  const pace = fresh?.pace ?? 'ok';
  if (current.state === 'queued' && pace !== 'ok') return null;
  if (pace === 'loop') return handOver(conversation, loopHandOff);
  if (pace === 'notice') return floodPlan(desk, { current, conversation, turn });
  if (decision.kind === 'permit' && pace !== 'quiet')
    return permitPlan(desk, once, { current, conversation, contact, turn, act: decision.act });
  if (decision.kind === 'wait' || pace === 'quiet') return waitPlan(desk, current, reopened, turn);
  const isAboutQueue = current.state === 'queued' && decision.kind === 'command';
  const place = isAboutQueue && decision.command === 'place' ? await placeOf(desk, current) : null;
  const covers = isAboutQueue && decision.command === 'cancel' ? uncovered : turn;
  const again = language === current.language && (await isSaidAgain(desk, current, turn, decision));
  return withReminder(desk, conversation, replyPlan(desk, { current, conversation, turn: covers, decision, place, again }));
}

/**
 * Waits for the rest of the turn, durably: the due time is stored, a restart goes on with it.
 * @param holdMs look again after this, whatever the turn
 */
function waitPlan(desk: DeskContext, current: Conversation, reopened: Conversation, turn: Message[], holdMs?: number): Plan {
  const now = desk.clock.now();
  const began = turn[0]?.createdAt ?? now;
  const reply = holdMs === undefined ? Math.min(now + desk.office().rules.greetingWaitMs, began + LONGEST_WAIT_MS) : now + holdMs;
  const state = current.state === 'closed' ? toBot(current) : {};
  return { patch: { ...state, ...withTimers(reopened, { reply }) } };
}

/** These have their answer by themselves, or none is due; whoever waited before them still waits. */
function coverAside(current: Conversation, uncovered: Message[], covered: Message[], answer: NewMessage[] = []): Plan {
  const rest = uncovered.filter((message) => !covered.includes(message));
  const began = covered[0]?.createdAt ?? 0;
  const waited = current.waitingSince !== null && current.waitingSince < began;
  return {
    messages: answer,
    cover: { ids: covered.map((message) => message.id), by: answer[0]?.id ?? 'none' },
    patch: {
      ...(rest.length === 0 ? withTimers(current, { reply: undefined }) : {}),
      waitingSince: waited ? current.waitingSince : (rest[0]?.createdAt ?? null),
    },
  };
}

function decideSafely(
  desk: DeskContext,
  turn: Message[],
  current: Conversation,
  final: boolean,
  said: LastSaid | null,
): Decided | null {
  try {
    return decide(turn, current, desk.nlu, final, said);
  } catch (error) {
    desk.log.error({ conversationId: current.id, cause: String(error) }, 'matcher failed');
    return null;
  }
}

/**
 * The store's answer tells when this message is the only one that waits; only otherwise is it asked for the others. One that came in
 * the same millisecond is in the line before us and makes the commit conflict: the bot writes something about every message it has.
 */
async function uncoveredOf(desk: DeskContext, conversation: Conversation, fresh: Message | undefined): Promise<Message[]> {
  const isAlone =
    fresh !== undefined &&
    conversation.state === 'bot' &&
    fresh.rev === conversation.rev &&
    fresh.createdAt === conversation.waitingSince &&
    conversation.timers.reply === undefined;
  return isAlone ? [fresh] : desk.store.messages.uncovered(conversation.id);
}
