// Officers' duty: Bertugas, Istirahat, Selesai. Only *Bertugas* counts; who is gone gives back the chats in which a citizen waits.
import type { Duty, Officer } from '../contract/conversation.ts';
import { change } from './change.ts';
import { botMessage, numberOf } from './compose.ts';
import type { DeskContext } from './context.ts';
import { toQueue } from './conversation.ts';
import { newId } from './ids.ts';
import { say } from './phrases.ts';
import { safely } from './sweep.ts';

/** Sets an officer's duty and tells every console. */
export async function setDuty(
  desk: Pick<DeskContext, 'store' | 'clock' | 'realtime' | 'queueChanged'>,
  officerId: string,
  duty: Duty,
): Promise<void> {
  const now = desk.clock.now();
  // Going on duty is itself input: else the next sweep would send the officer on a break.
  const seen = duty === 'on' ? { lastInputAt: now, lastSeenAt: now } : {};
  await desk.store.officers.update(officerId, { duty, ...seen });
  desk.realtime.duty(officerId, duty);
  desk.queueChanged();
}

/**
 * *Bertugas* without input becomes *Istirahat*; an officer whose console is gone becomes *Selesai* and gives chats back.
 * @param startedAt when this process began: nobody could be seen before that
 */
export async function sweepDuty(desk: DeskContext, startedAt: number): Promise<void> {
  const now = desk.clock.now();
  const { officerIdleMinutes, officerGoneMinutes } = desk.office().rules;
  const isOver = (at: number, minutes: number) => now - Math.max(at, startedAt) >= minutes * 60_000;
  for (const officer of await desk.store.officers.list()) {
    const isGone = officer.disabled || isOver(officer.lastSeenAt, officerGoneMinutes);
    if (isGone && officer.duty !== 'off') await setDuty(desk, officer.id, 'off');
    else if (officer.duty === 'on' && isOver(officer.lastInputAt, officerIdleMinutes)) await setDuty(desk, officer.id, 'break');
    // A console left open on a desk nobody sits at is no person within reach.
    const isAway = officer.duty !== 'on' && isOver(officer.lastInputAt, officerGoneMinutes);
    if (isGone || isAway) await giveBack(desk, officer);
  }
}

/** Chats in which the citizen waits go back to the queue with their original queue time; the others stay for the officer's return. */
async function giveBack(desk: DeskContext, officer: Officer): Promise<void> {
  for (const { id, waitingSince } of await desk.store.conversations.heldBy(officer.id)) {
    if (waitingSince !== null) await safely(desk, id, () => desk.serial.run(id, () => giveBackOne(desk, id, officer.id)));
  }
}

async function giveBackOne(desk: DeskContext, conversationId: string, officerId: string): Promise<void> {
  const seat = await desk.store.conversations.get(conversationId);
  if (seat === null) return;
  const changed = await change(desk, seat.conversation, seat.contact, (current) => {
    if (current.state !== 'officer' || current.officerId !== officerId || current.waitingSince === null) return null;
    const now = desk.clock.now();
    const text = say(current.language, 'backInQueue', { number: numberOf(current) });
    return {
      patch: { ...toQueue(current, now), queuedAt: current.queuedAt ?? current.waitingSince },
      messages: [botMessage({ text, ruleId: 'notice:backInQueue' })],
      audit: [{ id: newId('a'), at: now, actor: 'system', action: 'give-back', subject: current.id, detail: officerId }],
    };
  });
  if (changed.kind === 'ok') desk.queueChanged();
}
