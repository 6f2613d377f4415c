// The safety net: at start and every minute, whatever a crash, a failure or time itself left undone is looked at again.
import type { Conversation } from '../contract/conversation.ts';
import type { QueuePlace } from '../contract/events.ts';
import { change } from './change.ts';
import { botMessage, numberOf } from './compose.ts';
import type { DeskContext } from './context.ts';
import { idleAfter, toClosed, withTimers } from './conversation.ts';
import { nobodyText } from './handoff.ts';
import { newId } from './ids.ts';
import { say } from './phrases.ts';
import { placesIn, placeText, queueButtons, queueNow } from './queue.ts';
import { LONGEST_WAIT_MS, takeTurn } from './turn.ts';

/** An inbound message without a reply for this long was forgotten by a crash, not merely in work. */
const FORGOTTEN_MS = 15_000;
const CHUNK = 200;
/** A sweep ends even when looking does not help; the next one goes on. */
const MAX_CHUNKS = 50;

/** Looks at every conversation that is due or forgotten. @param atStart nobody works on anything yet: what has no reply is forgotten */
export async function sweepConversations(desk: DeskContext, atStart: boolean): Promise<void> {
  const looked = new Set<string>();
  for (let chunk = 0; chunk < MAX_CHUNKS; chunk++) {
    const now = desk.clock.now();
    const due = await desk.store.conversations.due(now, atStart ? now + 1 : now - FORGOTTEN_MS, CHUNK);
    const fresh = due.filter(({ id }) => !looked.has(id));
    await Promise.all(fresh.map(({ id }) => safely(desk, id, () => look(desk, id))));
    for (const { id } of fresh) looked.add(id);
    if (due.length < CHUNK || fresh.length === 0) break;
  }
}

/** One conversation that cannot be worked on must not keep the sweep from the others. */
export async function safely(desk: DeskContext, conversationId: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    desk.log.error({ conversationId, cause: String(error) }, 'could not work on a conversation; the next sweep tries again');
  }
}

/** One conversation whose time has come: the rest of a turn, the queue place, silence. */
export function look(desk: DeskContext, conversationId: string): Promise<void> {
  return desk.serial.run(conversationId, async () => {
    const seat = await desk.store.conversations.get(conversationId);
    if (seat === null) return;
    const { conversation, contact } = seat;
    const now = desk.clock.now();
    const isDue = (at: number | undefined) => at !== undefined && at <= now;
    if (isDue(conversation.timers.idle)) return closeIfIdle(desk, conversation, contact);
    if (isDue(conversation.timers.place)) {
      await change(desk, conversation, contact, (current) => ({ patch: withTimers(current, { place: undefined }) }));
      return desk.queueChanged();
    }
    const reply = conversation.timers.reply ?? now;
    // A due time further off than any wait comes from a clock that has gone back since.
    if (reply > now && reply <= now + LONGEST_WAIT_MS) return desk.wakeAt(conversationId, reply);
    await takeTurn(desk, seat, { final: true });
  });
}

/** Silence for the set time since the last word of either side ends a conversation; a waiting citizen is never closed on. */
async function closeIfIdle(desk: DeskContext, conversation: Conversation, contact: Parameters<typeof change>[2]): Promise<void> {
  await change(desk, conversation, contact, (current) => {
    const now = desk.clock.now();
    if (current.state === 'closed' || current.state === 'queued') return { patch: withTimers(current, { idle: undefined }) };
    const idle = idleAfter(current.waitingSince === null ? (current.lastInboundAt ?? current.openedAt) : now, desk.office());
    if (idle > now) return { patch: withTimers(current, { idle }) };
    const message =
      current.state === 'officer'
        ? [botMessage({ text: say(current.language, 'idleClosed', { number: numberOf(current) }), ruleId: 'notice:idleClosed' })]
        : [];
    return {
      patch: toClosed(current, now),
      messages: message,
      audit: [{ id: newId('a'), at: now, actor: 'system', action: 'idle-close', subject: current.id, detail: null }],
    };
  });
}

/** Somebody is queued and was not told a place there: given back, moved to a team. Read once, told a chunk at a time. */
export async function tellUntold(desk: DeskContext): Promise<void> {
  const untold = [...placesIn(desk, await queueNow(desk))].filter(({ conversation }) => conversation.placeTold === null);
  for (let from = 0; from < untold.length; from += CHUNK) {
    const chunk = untold.slice(from, from + CHUNK);
    await Promise.all(
      chunk.map(({ conversation, place }) =>
        safely(desk, conversation.id, () => desk.serial.run(conversation.id, () => tellOne(desk, conversation, place))),
      ),
    );
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function tellOne(desk: DeskContext, waiting: Conversation, place: QueuePlace): Promise<void> {
  const seat = await desk.store.conversations.get(waiting.id);
  if (seat === null) return;
  await change(desk, seat.conversation, seat.contact, (current) => {
    // Whoever has moved to another line since stands elsewhere: the next sweep tells it.
    const isThere = current.teamId === waiting.teamId && current.queuedAt === waiting.queuedAt;
    if (current.state !== 'queued' || current.placeTold !== null || !isThere) return null;
    const text = place.officersOnDuty > 0 ? placeText(current, place) : nobodyText(desk, current);
    return {
      patch: { placeTold: place.ahead, placeToldAt: desk.clock.now() },
      messages: [botMessage({ text, buttons: queueButtons(current.language), ruleId: 'notice:place' })],
    };
  });
}
