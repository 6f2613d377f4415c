// The state machine of a conversation, pure: bot → queued → officer → closed, one owner at a time. Every change of state is one of these moves.
import type { Conversation, ConversationTimers } from '../contract/conversation.ts';
import type { Office } from './office.ts';
import type { ConversationPatch } from './storePort.ts';

/** @returns a patch that sets timers and keeps `dueAt` their earliest. `undefined` in `change` clears one. */
export function withTimers(
  conversation: Conversation,
  change: { [K in keyof ConversationTimers]: number | undefined },
): ConversationPatch {
  const timers: ConversationTimers = { ...conversation.timers };
  for (const key of ['reply', 'place', 'idle'] as const) {
    if (!(key in change)) continue;
    const at = change[key];
    if (at === undefined) delete timers[key];
    else timers[key] = at;
  }
  const times = Object.values(timers) as number[];
  return { timers, dueAt: times.length === 0 ? null : Math.min(...times) };
}

/** @returns when a conversation closes if nothing is said after `last`. */
export const idleAfter = (last: number, office: Office): number => last + office.rules.idleCloseHours * 3_600_000;

/** The conversation goes to a person; a queue time it already had is kept, so that nobody loses the place. */
export function toQueue(
  conversation: Conversation,
  now: number,
  extra: { handoffReason?: string; teamId?: string | null } = {},
): ConversationPatch {
  return {
    ...extra,
    ...withTimers(conversation, { reply: undefined, idle: undefined, place: undefined }),
    state: 'queued',
    // What was judged and not told yet is the officer's now: nothing is left that would tell it.
    ...(conversation.permit?.step === 'answering' ? { permit: null } : {}),
    officerId: null,
    queuedAt: conversation.queuedAt ?? now,
    claimedAt: null,
    closedAt: null,
    failures: 0,
    placeTold: null,
    placeToldAt: null,
  };
}

/** An officer takes it. The queue time stays, in case the chat is given back. */
export function toOfficer(conversation: Conversation, officerId: string, now: number, idle: number): ConversationPatch {
  return {
    ...withTimers(conversation, { reply: undefined, place: undefined, idle }),
    state: 'officer',
    officerId,
    claimedAt: now,
    closedAt: null,
    placeTold: null,
    placeToldAt: null,
  };
}

/** Back to the bot: the citizen cancelled the queue, or writes again after closing. */
export function toBot(conversation: Conversation): ConversationPatch {
  return {
    ...withTimers(conversation, { reply: undefined, place: undefined }),
    state: 'bot',
    officerId: null,
    teamId: null,
    queuedAt: null,
    claimedAt: null,
    closedAt: null,
    handoffReason: null,
    failures: 0,
    placeTold: null,
    placeToldAt: null,
  };
}

/** The end, until the citizen's next real message. */
export function toClosed(conversation: Conversation, now: number): ConversationPatch {
  return {
    ...withTimers(conversation, { reply: undefined, place: undefined, idle: undefined }),
    state: 'closed',
    officerId: null,
    queuedAt: null,
    closedAt: now,
    waitingSince: null,
    placeTold: null,
    placeToldAt: null,
  };
}
