// Who holds a conversation: claim, release, transfer, close. Each is one atomic step in the conversation's line.
import type { Conversation, Officer } from '../contract/conversation.ts';
import { may, mayRead } from './access.ts';
import { change, type Plan } from './change.ts';
import { botMessage, numberOf, officerMessage } from './compose.ts';
import type { DeskContext } from './context.ts';
import { idleAfter, toClosed, toOfficer, toQueue } from './conversation.ts';
import { maskPersonal } from './identifiers.ts';
import { newId } from './ids.ts';
import { type PhraseKey, type PhraseParams, say } from './phrases.ts';
import { isWithinReach } from './queue.ts';
import type { AuditEntry, Fact, NewMessage } from './storePort.ts';
import type { Result } from './verbs.ts';

type Verdict = Plan | { refuse: 'conflict' | 'not-owner' | 'closed' } | 'as-is';

/** Runs one step on a conversation the officer may see; the step judges the record as it is at the moment of writing. */
async function step(
  desk: DeskContext,
  by: Officer,
  conversationId: string,
  judge: (current: Conversation) => Verdict | Promise<Verdict>,
): Promise<Result<{ conversation: Conversation }>> {
  return desk.serial.run(conversationId, async () => {
    const seat = await desk.store.conversations.get(conversationId);
    if (seat === null || !mayRead(by, seat.conversation)) return { ok: false, code: 'not-found' };
    let refused: 'conflict' | 'not-owner' | 'closed' | null = null;
    const changed = await change(desk, seat.conversation, seat.contact, async (current) => {
      const verdict = await judge(current);
      refused = verdict !== 'as-is' && 'refuse' in verdict ? verdict.refuse : null;
      return verdict === 'as-is' || 'refuse' in verdict ? null : verdict;
    });
    if (refused !== null) return { ok: false, code: refused };
    if (changed.kind === 'gone' || changed.kind === 'duplicate') return { ok: false, code: 'not-found' };
    if (changed.kind === 'ok') desk.queueChanged();
    return { ok: true, conversation: changed.conversation };
  });
}

/** Takes a conversation from the queue or the bot. 40 at once: one winner, 39 × `conflict`. */
export function claim(desk: DeskContext, by: Officer, conversationId: string): Promise<Result<{ conversation: Conversation }>> {
  return step(desk, by, conversationId, (current) => {
    if (current.state === 'closed') return { refuse: 'closed' };
    if (current.state === 'officer') return current.officerId === by.id ? 'as-is' : { refuse: 'conflict' };
    const now = desk.clock.now();
    const waited: Fact[] =
      current.queuedAt === null
        ? []
        : [{ id: `wait:${current.id}:${current.queuedAt}`, kind: 'wait', at: now, value: now - current.queuedAt }];
    return {
      patch: toOfficer(current, by.id, now, idleAfter(now, desk.office())),
      messages: [joined(current, by)],
      facts: waited,
      audit: [entry(by, 'claim', current, now, null)],
    };
  });
}

/** Gives a conversation back to the queue, at its original place. */
export function release(desk: DeskContext, by: Officer, conversationId: string): Promise<Result<{ conversation: Conversation }>> {
  return step(desk, by, conversationId, (current) => {
    if (current.state === 'closed') return { refuse: 'closed' };
    if (current.state !== 'officer' || !mayAssign(by, current)) return { refuse: 'not-owner' };
    const now = desk.clock.now();
    return {
      patch: { ...toQueue(current, now), waitingSince: current.waitingSince ?? now },
      messages: [notice(current, 'backInQueue', { number: numberOf(current) })],
      audit: [entry(by, 'release', current, now, null)],
    };
  });
}

/** Hands a conversation to a colleague or a team, with a note only officers see. */
export async function transfer(
  desk: DeskContext,
  by: Officer,
  conversationId: string,
  to: { officerId?: string | undefined; teamId?: string | undefined; note: string },
): Promise<Result<{ conversation: Conversation }>> {
  const officer = to.officerId === undefined ? null : await desk.store.officers.get(to.officerId);
  const team = (await desk.store.officers.teams()).find(({ id }) => id === to.teamId);
  if (officer?.disabled || (officer === null && team === undefined)) return { ok: false, code: 'not-found' };

  const note: NewMessage[] =
    to.note === '' ? [] : [officerMessage(by, { text: maskPersonal(to.note), clientMessageId: null, note: true })];
  return step(desk, by, conversationId, (current) => {
    if (current.state === 'closed') return { refuse: 'closed' };
    if (!mayAssign(by, current)) return { refuse: 'not-owner' };
    const now = desk.clock.now();
    const audit = [entry(by, 'transfer', current, now, officer?.id ?? team?.id ?? null)];
    // Whoever is handed on waits for the next person, also when the last one had answered everything.
    const waitingSince = current.waitingSince ?? now;
    if (officer === null) {
      const queued = toQueue(current, now, { teamId: team?.id ?? null, handoffReason: 'dialihkan' });
      const moved = { number: numberOf(current), team: team?.name ?? '', keepsPlace: current.queuedAt !== null };
      return { patch: { ...queued, waitingSince }, messages: [...note, notice(current, 'toTeam', moved)], audit };
    }
    if (current.officerId === officer.id) return note.length === 0 ? 'as-is' : { messages: note };
    const told = isWithinReach(officer, now) ? joined(current, officer) : awaited(current, officer);
    const patch = { ...toOfficer(current, officer.id, now, idleAfter(now, desk.office())), waitingSince };
    return { patch, messages: [...note, told], audit };
  });
}

/** Ends a conversation. What the citizen wrote and nobody answered is covered by the closing message. */
export function close(desk: DeskContext, by: Officer, conversationId: string): Promise<Result<{ conversation: Conversation }>> {
  let unanswered: string[] | null = null;
  return step(desk, by, conversationId, async (current) => {
    if (current.state === 'closed') return 'as-is';
    if (!mayAssign(by, current)) return { refuse: 'not-owner' };
    // Only what was there as the officer closed: a message that arrives in this very moment is a new question.
    unanswered ??= (await desk.store.messages.uncovered(conversationId)).map((message) => message.id);
    const now = desk.clock.now();
    const message = notice(current, 'closed', { number: numberOf(current) });
    const handled: Fact[] =
      current.claimedAt === null
        ? []
        : [{ id: `handling:${current.id}:${current.claimedAt}`, kind: 'handling', at: now, value: now - current.claimedAt }];
    return {
      patch: toClosed(current, now),
      messages: [message],
      cover: { ids: unanswered, by: message.id },
      facts: handled,
      audit: [entry(by, 'close', current, now, null)],
    };
  });
}

/** Files a conversation under these tags and no others; every officer who sees it may. */
export function setTags(
  desk: DeskContext,
  by: Officer,
  conversationId: string,
  tags: string[],
): Promise<Result<{ conversation: Conversation }>> {
  const wanted = [...new Set(tags)].sort();
  return step(desk, by, conversationId, (current) =>
    wanted.join() === current.tags.join() ? 'as-is' : { patch: { tags: wanted } },
  );
}

/** The holder, or who may move others' chats; a conversation nobody holds may be moved by every officer who sees it. */
const mayAssign = (by: Officer, current: Conversation): boolean =>
  current.state !== 'officer' || current.officerId === by.id || may(by, 'moveOthers');

const joined = (current: Conversation, { name }: Officer) => notice(current, 'joined', { name });
const awaited = (current: Conversation, { name }: Officer) => notice(current, 'toAbsent', { number: numberOf(current), name });

const notice = <K extends PhraseKey>({ language }: Conversation, key: K, params: PhraseParams[K]): NewMessage =>
  botMessage({ text: say(language, key, params), ruleId: `notice:${key}` });

function entry(by: Officer, action: string, current: Conversation, now: number, detail: string | null): AuditEntry {
  return { id: newId('a'), at: now, actor: by.id, action, subject: current.id, detail };
}
