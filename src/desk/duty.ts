// Officers' duty: Bertugas, Istirahat, Selesai. Only *Bertugas* counts; who is gone gives back the chats in which a citizen waits.
import type { Duty, Officer } from '../contract/conversation.ts';
import { change } from './change.ts';
import { botMessage, numberOf } from './compose.ts';
import type { DeskContext } from './context.ts';
import { toQueue } from './conversation.ts';
import { newId } from './ids.ts';
import { say } from './phrases.ts';

/** Sets an officer's duty and tells every console. */
export async function setDuty(desk: DeskContext, officerId: string, duty: Duty): Promise<void> {
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
  const since = (at: number) => now - Math.max(at, startedAt);
  for (const officer of await desk.store.officers.list()) {
    if (officer.disabled || since(officer.lastSeenAt) >= officerGoneMinutes * 60_000) {
      if (officer.duty !== 'off') await setDuty(desk, officer.id, 'off');
      await giveBack(desk, officer);
    } else if (officer.duty === 'on' && since(officer.lastInputAt) >= officerIdleMinutes * 60_000) {
      await setDuty(desk, officer.id, 'break');
    }
  }
}

/** Chats in which the citizen waits go back to the queue with their original queue time; the others stay for the officer's return. */
async function giveBack(desk: DeskContext, officer: Officer): Promise<void> {
  for (const held of await desk.store.conversations.heldBy(officer.id)) {
    if (held.waitingSince === null) continue;
    await desk.serial.run(held.id, async () => {
      const seat = await desk.store.conversations.get(held.id);
      if (seat === null) return;
      const changed = await change(desk, seat.conversation, seat.contact, (current) => {
        if (current.state !== 'officer' || current.officerId !== officer.id || current.waitingSince === null) return null;
        const now = desk.clock.now();
        return {
          patch: { ...toQueue(current, now), queuedAt: current.queuedAt ?? current.waitingSince },
          messages: [
            botMessage({
              text: say(current.language, 'backInQueue', { number: numberOf(current) }),
              ruleId: 'notice:backInQueue',
            }),
          ],
          audit: [{ id: newId('a'), at: now, actor: 'system', action: 'give-back', subject: current.id, detail: officer.id }],
        };
      });
      if (changed.kind === 'ok') desk.queueChanged();
    });
  }
}
