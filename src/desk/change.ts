// The one way a conversation changes: compute a plan from the current record, commit it, try again on a conflict, then tell the world.
import type { Contact, Conversation } from '../contract/conversation.ts';
import { LoketError } from '../contract/errors.ts';
import type { Message } from '../contract/message.ts';
import type { DeskContext } from './context.ts';
import type { Asked } from './knowledgePort.ts';
import type { News } from './permitPort.ts';
import type { AuditEntry, Commit, ConversationPatch, Fact, NewMessage } from './storePort.ts';
import { canWriteNow } from './window.ts';

/** What shall change; everything left out stays. */
export interface Plan {
  patch?: ConversationPatch;
  messages?: NewMessage[];
  cover?: Commit['cover'];
  facts?: Fact[];
  audit?: AuditEntry[];
  asked?: Asked;
  news?: News;
}

export type Changed =
  | { kind: 'ok'; conversation: Conversation; messages: Message[] }
  /** The plan said that nothing is to be done. */
  | { kind: 'none'; conversation: Conversation }
  | { kind: 'duplicate'; message: Message }
  | { kind: 'gone' };

const TRIES = 50;

/**
 * Commits one change of a conversation. Call it inside `serial(conversation.id)`.
 * @param plan called with the record as it is now, again after each conflict; null = nothing to do. What it reads from the store may
 *   be newer than the record, never older: then the commit conflicts and it is called again
 * @throws LoketError `store-away` / `overloaded` from the store; `conflict` when others keep winning
 */
export async function change(
  desk: DeskContext,
  conversation: Conversation,
  contact: Contact,
  plan: (current: Conversation) => Plan | null | Promise<Plan | null>,
): Promise<Changed> {
  let current = conversation;
  for (let i = 0; i < TRIES; i++) {
    const planned = await plan(current);
    const next = planned === null ? null : withoutUnheard(desk, planned, current, contact);
    if (next === null) return { kind: 'none', conversation: current };
    assertOneOwner(current, next);
    const committed = await desk.store.conversations.commit({
      conversationId: current.id,
      expectedRev: current.rev,
      patch: next.patch ?? {},
      messages: next.messages ?? [],
      cover: next.cover ?? null,
      facts: next.facts ?? [],
      audit: next.audit ?? [],
      asked: next.asked,
      news: next.news,
      now: desk.clock.now(),
    });
    if (committed.kind === 'conflict') {
      current = committed.conversation;
      continue;
    }
    if (committed.kind === 'ok') announce(desk, committed, contact);
    return committed;
  }
  throw new LoketError('conflict', 'The conversation keeps changing; try again.');
}

/** What the bot says unasked where nobody can hear it is not written: the citizen writes first, then it answers. */
function withoutUnheard(desk: DeskContext, plan: Plan, current: Conversation, contact: Contact): Plan {
  if (plan.messages === undefined || plan.messages.length === 0) return plan;
  const lastInboundAt = plan.patch?.lastInboundAt ?? current.lastInboundAt;
  if (canWriteNow(desk.channel(contact.channel)?.capabilities, { lastInboundAt }, desk.clock.now())) return plan;
  const { news: _, ...rest } = plan;
  return { ...rest, messages: plan.messages.filter((m) => m.author.kind !== 'bot' || m.inReplyTo !== null) };
}

/** Once an officer owns a conversation the bot is silent; what it may still say are notices about the hand-over itself. */
function assertOneOwner(current: Conversation, next: Plan): void {
  const owner = next.patch?.state ?? current.state;
  const speaks = (next.messages ?? []).some(
    (m) => m.direction === 'out' && m.author.kind === 'bot' && !m.ruleId?.startsWith('notice:'),
  );
  if (owner === 'officer' && speaks)
    throw new LoketError('not-owner', 'The bot may not speak while an officer owns the conversation.');
}

function announce(desk: DeskContext, committed: { conversation: Conversation; messages: Message[] }, contact: Contact): void {
  desk.realtime.changed({ ...committed, contact });
  for (const message of committed.messages) desk.meter.message(committed.conversation.channel, message.direction, message.state);
  if (committed.messages.some((message) => message.state === 'pending')) desk.wakeOutbox();
  if (committed.conversation.dueAt !== null) desk.wakeAt(committed.conversation.id, committed.conversation.dueAt);
}
