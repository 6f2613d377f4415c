// The queue: places, estimates, and telling the citizens who wait, on every channel.
import type { Contact, Conversation, Officer } from '../contract/conversation.ts';
import type { QueuePlace } from '../contract/events.ts';
import type { Button, Language } from '../contract/message.ts';
import { mayRead } from './access.ts';
import { change } from './change.ts';
import { botMessage } from './compose.ts';
import type { DeskContext } from './context.ts';
import { withTimers } from './conversation.ts';
import { say } from './phrases.ts';

/** Officers count as within reach while a console of theirs was connected this recently. */
const SEEN_MS = 2 * 60_000;

/** @returns whether an officer is *Bertugas* and connected. */
export function isWithinReach(officer: Officer, now: number): boolean {
  return !officer.disabled && officer.duty === 'on' && now - officer.lastSeenAt < SEEN_MS;
}

/**
 * The range an honest estimate gives: from the middle half of recent handling times, and only from enough of them.
 * @param ahead people before this one · @param officers on duty · @param handling recent handling times, ms
 * @returns whole minutes, rounded up to 5; null when there is too little to say anything
 */
export function estimate(ahead: number, officers: number, handling: number[], minChats: number): QueuePlace['estimate'] {
  if (officers < 1 || handling.length < minChats) return null;
  const sorted = [...handling].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0) / 60_000;
  const roundUp = (minutes: number) => Math.max(5, Math.ceil(minutes / 5) * 5);
  const fromMinutes = roundUp((ahead / officers) * at(0.25));
  const toMinutes = Math.max(fromMinutes + 5, roundUp(((ahead + 1) / officers) * at(0.75)));
  return { fromMinutes, toMinutes };
}

/** So many places are shown before messages get a turn. */
const CHUNK = 200;

/** Who serves the queue, and how long that takes. */
interface Service {
  onDuty: Officer[];
  handling: number[];
}
export interface QueueNow extends Service {
  waiting: Conversation[];
}

async function serviceNow(desk: DeskContext): Promise<Service> {
  const minChats = desk.office().rules.estimateMinChats;
  const now = desk.clock.now();
  const [officers, facts] = await Promise.all([
    desk.store.officers.list(),
    desk.store.messages.facts('handling', Math.max(minChats, 50)),
  ]);
  const onDuty = officers.filter((officer) => isWithinReach(officer, now));
  return { onDuty, handling: facts.map((fact) => fact.value) };
}

/** @returns all that every place is computed from, as it is now: the queue is read once for all of it. */
export async function queueNow(desk: DeskContext): Promise<QueueNow> {
  const [waiting, service] = await Promise.all([desk.store.conversations.queue(), serviceNow(desk)]);
  return { waiting, ...service };
}

/** @returns the place of a queued conversation among those that wait for the same people (no team, or the same team). */
export async function placeOf(desk: DeskContext, { teamId, queuedAt, number }: Conversation): Promise<QueuePlace> {
  const key = { teamId, number, queuedAt: queuedAt ?? desk.clock.now() };
  const [ahead, service] = await Promise.all([desk.store.queue.ahead(key), serviceNow(desk)]);
  return placeBehind(desk, ahead, officersFor(teamId, service), service);
}

const officersFor = (teamId: string | null, { onDuty }: Service): number =>
  onDuty.filter((officer) => mayRead(officer, { teamId, officerId: null })).length;

function placeBehind(desk: DeskContext, ahead: number, officersOnDuty: number, { handling }: Service): QueuePlace {
  return { ahead, estimate: estimate(ahead, officersOnDuty, handling, desk.office().rules.estimateMinChats), officersOnDuty };
}

/** Every waiting conversation with its place, in one walk along the queue: each team has a count of its own. */
export function* placesIn(desk: DeskContext, queue: QueueNow): Generator<{ conversation: Conversation; place: QueuePlace }> {
  const lines = new Map<string | null, { ahead: number; officersOnDuty: number }>();
  for (const conversation of queue.waiting) {
    const { teamId } = conversation;
    const line = lines.get(teamId) ?? { ahead: 0, officersOnDuty: officersFor(teamId, queue) };
    lines.set(teamId, line);
    yield { conversation, place: placeBehind(desk, line.ahead, line.officersOnDuty, queue) };
    line.ahead += 1;
  }
}

/** Computes every place again: widgets see it at once, other channels get a message when it is worth one. */
export async function tellPlaces(desk: DeskContext): Promise<void> {
  const queue = await queueNow(desk);
  let shown = 0;
  for (const { conversation, place } of placesIn(desk, queue)) {
    shown += 1;
    if (shown % CHUNK === 0) await new Promise((resolve) => setImmediate(resolve));
    desk.realtime.place(conversation, place);
    if (!isWorthTelling(conversation, place)) continue;
    await desk.serial.run(conversation.id, async () => {
      const seat = await desk.store.conversations.get(conversation.id);
      if (seat) await tellPlace(desk, seat.conversation, seat.contact, place);
    });
  }
}

/** ≤ 2, or halved since it was last told; the same place is never told twice. */
function isWorthTelling(conversation: Conversation, place: QueuePlace): boolean {
  const told = conversation.placeTold;
  return told !== null && place.ahead < told && (place.ahead <= 2 || place.ahead <= told / 2);
}

async function tellPlace(desk: DeskContext, conversation: Conversation, contact: Contact, place: QueuePlace): Promise<void> {
  const now = desk.clock.now();
  const interval = desk.office().rules.placeMinIntervalMinutes * 60_000;
  await change(desk, conversation, contact, (current) => {
    if (current.state !== 'queued' || !isWorthTelling(current, place)) return null;
    const nextAllowed = (current.placeToldAt ?? 0) + interval;
    if (now < nextAllowed)
      return current.timers.place === nextAllowed ? null : { patch: withTimers(current, { place: nextAllowed }) };
    return {
      patch: { ...withTimers(current, { place: undefined }), placeTold: place.ahead, placeToldAt: now },
      messages: [botMessage({ text: placeText(current, place), buttons: queueButtons(current.language), ruleId: 'place' })],
    };
  });
}

/** @returns the place in words, with an estimate only when there is one. */
export function placeText(conversation: Conversation, place: QueuePlace): string {
  return say(conversation.language, 'queuePlace', {
    ahead: place.ahead,
    estimate: place.estimate,
    officersOnDuty: place.officersOnDuty,
  });
}

export const cancelButton = (language: Language): Button => ({ id: 'cmd:cancel', label: say(language, 'labelCancel', {}) });

/** Under everything that tells of the queue: ask again, or leave it. */
export const queueButtons = (language: Language): Button[] => [
  { id: 'cmd:place', label: say(language, 'labelPlace', {}) },
  cancelButton(language),
];
