// The safety net: at start and every minute, whatever a crash, a failure or time itself left undone is looked at again.
import type { Conversation } from '../contract/conversation.ts';
import { change } from './change.ts';
import { botMessage, numberOf } from './compose.ts';
import type { DeskContext } from './context.ts';
import { toClosed, withTimers } from './conversation.ts';
import { nobodyText } from './handoff.ts';
import { newId } from './ids.ts';
import { say } from './phrases.ts';
import { cancelButton, placeOf, placeText } from './queue.ts';
import { takeTurn } from './turn.ts';

/** An inbound message without a reply for this long was forgotten by a crash, not merely in work. */
const FORGOTTEN_MS = 15_000;
const CHUNK = 200;
/** A sweep ends even when looking does not help; the next one goes on. */
const MAX_CHUNKS = 50;

/** Looks at every conversation that is due or forgotten. @param atStart nobody works on anything yet: what has no reply is forgotten */
export async function sweepConversations(desk: DeskContext, atStart: boolean): Promise<void> {
  for (let chunk = 0; chunk < MAX_CHUNKS; chunk++) {
    const now = desk.clock.now();
    const due = await desk.store.conversations.due(now, atStart ? now + 1 : now - FORGOTTEN_MS, CHUNK);
    await Promise.all(due.map(({ id }) => lookSafely(desk, id)));
    if (due.length < CHUNK) break;
  }
  await tellUntold(desk);
}

async function lookSafely(desk: DeskContext, conversationId: string): Promise<void> {
  try {
    await look(desk, conversationId);
  } catch (error) {
    desk.log.error({ conversationId, cause: String(error) }, 'could not look at a due conversation');
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
    const isWaiting = conversation.timers.reply !== undefined && conversation.timers.reply > now;
    if (!isWaiting) await takeTurn(desk, seat, { final: true });
  });
}

/** Silence for the set time since the last word of either side ends a conversation; a waiting citizen is never closed on. */
async function closeIfIdle(desk: DeskContext, conversation: Conversation, contact: Parameters<typeof change>[2]): Promise<void> {
  await change(desk, conversation, contact, (current) => {
    const now = desk.clock.now();
    const idleMs = desk.office().rules.idleCloseHours * 3_600_000;
    const last = current.lastInboundAt ?? current.openedAt;
    if (current.state === 'closed' || current.state === 'queued') return { patch: withTimers(current, { idle: undefined }) };
    if (current.waitingSince !== null || last + idleMs > now)
      return { patch: withTimers(current, { idle: Math.max(last, now) + idleMs }) };
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

/** Somebody was queued and the process died before the place was told. */
async function tellUntold(desk: DeskContext): Promise<void> {
  const untold = (await desk.store.conversations.queue()).filter((conversation) => conversation.placeTold === null);
  for (const { id } of untold) {
    await desk.serial.run(id, async () => {
      const seat = await desk.store.conversations.get(id);
      if (seat === null || seat.conversation.state !== 'queued') return;
      const place = await placeOf(desk, seat.conversation);
      await change(desk, seat.conversation, seat.contact, (current) => {
        if (current.state !== 'queued' || current.placeTold !== null) return null;
        const text = place.officersOnDuty > 0 ? placeText(current, place) : nobodyText(desk, current);
        return {
          patch: { placeTold: place.ahead, placeToldAt: desk.clock.now() },
          messages: [botMessage({ text, buttons: cancelButton(current), ruleId: 'notice:place' })],
        };
      });
    });
  }
}
