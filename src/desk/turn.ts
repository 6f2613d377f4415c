// Who answers a turn, and with what: the bot's side of a conversation, run in the conversation's line.
import type { Conversation } from '../contract/conversation.ts';
import type { QueuePlace } from '../contract/events.ts';
import type { Message } from '../contract/message.ts';
import { type Changed, change, type Plan } from './change.ts';
import type { DeskContext, Seat } from './context.ts';
import { toBot, waitingAfter, withTimers } from './conversation.ts';
import { type Decided, decide } from './decide.ts';
import { placeOf } from './queue.ts';
import { apologyPlan, floodPlan, handOffOf, loopPlan, replyPlan } from './reply.ts';

/** A turn that keeps coming in pieces is answered at the latest after this. */
const LONGEST_WAIT_MS = 10_000;

/** How fast this sender writes: `notice` tells so once, `quiet` lets several messages share a reply, `loop` looks like two bots. */
export type Pace = 'ok' | 'notice' | 'quiet' | 'loop';

export interface TurnOptions {
  /** The message that was just stored, when that is what woke the turn. */
  fresh?: { message: Message; isBot: boolean; pace: Pace };
  /** The waiting time is over. */
  final?: boolean;
}

/** Answers everything in the conversation that no reply covers yet, or decides to wait or keep quiet. Safe to run again at any time. */
export async function takeTurn(desk: DeskContext, seat: Seat, options: TurnOptions = {}): Promise<void> {
  const turn = await uncoveredOf(desk, seat.conversation, options.fresh?.message);
  if (turn.length === 0) return;
  const decideNow = (current: Conversation) => decideSafely(desk, turn, current, options.final === true);
  const first = decideNow(seat.conversation);
  const place =
    options.fresh?.pace === 'loop' || needsPlace(first, seat.conversation) ? await placeOf(desk, seat.conversation) : null;

  const changed = await change(desk, seat.conversation, seat.contact, (current) => {
    if (options.fresh?.isBot) return coverWithNothing(current, turn);
    if (current.state === 'bot' && options.fresh?.pace === 'notice') return floodPlan(desk, current, turn);
    if (current.state === 'bot' && options.fresh?.pace === 'loop') return loopPlan(desk, current, turn, place);
    const decided = current.rev === seat.conversation.rev ? first : decideNow(current);
    return planTurn(desk, { current, turn, decided, place, slow: options.fresh?.pace === 'quiet' });
  });
  afterTurn(desk, seat.conversation, turn, changed);
}

interface Turn {
  current: Conversation;
  turn: Message[];
  /** Null when the matcher failed. */
  decided: Decided | null;
  place: QueuePlace | null;
  /** The sender floods: several messages share one reply. */
  slow: boolean;
}

function planTurn(desk: DeskContext, { current, turn, decided, place, slow }: Turn): Plan | null {
  const isClosed = current.state === 'closed';
  const reopened: Conversation = isClosed ? { ...current, ...toBot(current) } : current;
  if (decided === null) return reopened.state === 'bot' ? apologyPlan(desk, reopened, turn, place) : null;
  const { kind } = decided.decision;
  if (kind === 'leave') return null;
  if (kind === 'nothing') return coverWithNothing(current, turn);
  if ((kind === 'wait' || slow) && reopened.state === 'bot') return waitPlan(desk, current, reopened, turn);
  return replyPlan(desk, { current, reopened, turn, decided, place });
}

/** Waits for the rest of the turn, durably: the due time is stored, a restart goes on with it. */
function waitPlan(desk: DeskContext, current: Conversation, reopened: Conversation, turn: Message[]): Plan {
  const now = desk.clock.now();
  const began = turn[0]?.createdAt ?? now;
  const reply = Math.min(now + desk.office().rules.greetingWaitMs, began + LONGEST_WAIT_MS);
  const state = current.state === 'closed' ? toBot(current) : {};
  return { patch: { ...state, ...withTimers(reopened, { reply }) } };
}

const coverWithNothing = (current: Conversation, turn: Message[]): Plan => ({
  cover: { ids: turn.map((message) => message.id), by: 'none' },
  patch: { waitingSince: waitingAfter(current, turn) },
});

function decideSafely(desk: DeskContext, turn: Message[], current: Conversation, final: boolean): Decided | null {
  try {
    return decide(turn, current, desk.nlu, final);
  } catch (error) {
    desk.log.error({ conversationId: current.id, cause: String(error) }, 'matcher failed');
    return null;
  }
}

function needsPlace(decided: Decided | null, conversation: Conversation): boolean {
  if (decided === null) return true;
  const { decision } = decided;
  return (decision.kind === 'command' && decision.command === 'place') || handOffOf(decision, conversation) !== null;
}

/** The store's answer tells when this message is the only one that waits; only otherwise is it asked for the others. */
async function uncoveredOf(desk: DeskContext, conversation: Conversation, fresh: Message | undefined): Promise<Message[]> {
  if (fresh !== undefined && conversation.waitingSince === fresh.createdAt && fresh.rev === conversation.rev) return [fresh];
  return desk.store.messages.uncovered(conversation.id);
}

function afterTurn(desk: DeskContext, before: Conversation, turn: Message[], changed: Changed): void {
  if (changed.kind !== 'ok') return;
  const first = turn[0];
  if (changed.messages.length > 0 && first !== undefined) desk.meter.answered((desk.clock.now() - first.createdAt) / 1000);
  if ((before.state === 'queued') !== (changed.conversation.state === 'queued')) desk.queueChanged();
}
