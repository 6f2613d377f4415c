// Judges whether somebody belongs to a file: caps first, then the same work for an unknown number and a wrong second fact.
import { timingSafeEqual } from 'node:crypto';
import type { Contact } from '../contract/conversation.ts';
import type { PermitFile, Proved } from '../contract/permit.ts';
import type { DeskContext } from './context.ts';
import type { Fact } from './permitFact.ts';
import { FILES_PER_NUMBER, type FoundPermit } from './permitPort.ts';
import { phoneKey } from './permitReport.ts';

export interface Verdict {
  kind: 'match' | 'none' | 'capped';
  /** The proved files. */
  ids: string[];
}

/** Under this key the tries of everybody are counted, by the hour. */
const EVERYBODY = 'everybody';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** @returns the files whose registered phone is the one the channel itself has verified for this contact; nothing is counted. */
export async function proveByChannel(desk: DeskContext, contact: Contact, number: string): Promise<string[]> {
  const isVerified = desk.channel(contact.channel)?.capabilities.verifiesPhone ?? false;
  if (!isVerified || contact.phone === null) return [];
  const phone = contact.phone;
  const files = await desk.store.permits.find(number);
  return files
    .filter((file) => file.person.phone !== null && phoneKey(file.person.phone) === phoneKey(phone))
    .map(({ id }) => id);
}

/** The registered phone's own channel needs no digits: what strangers guess never closes it, even when digits were typed. */
export async function prove(
  desk: DeskContext,
  contact: Contact,
  number: string,
  fact: Extract<Fact, { kind: 'digits' }>,
): Promise<Verdict> {
  const ids = await proveByChannel(desk, contact, number);
  return ids.length > 0 ? { kind: 'match', ids } : proveByFact(desk, contact, number, fact);
}

/**
 * Counts the try, then compares. Strangers can use up the tries of a number, which only closes it to those who have nothing but digits.
 * @param fact the last four digits of the registered phone, or of the NIK when they said so
 */
export async function proveByFact(
  desk: DeskContext,
  contact: Contact,
  number: string,
  fact: Extract<Fact, { kind: 'digits' }>,
): Promise<Verdict> {
  const reached = await spendFor(desk, contact, number);
  if (reached === 2) desk.log.error({ alarm: 'permit-guessing' }, 'look-ups of permit files have reached the cap of this hour');
  if (reached !== null) return { kind: 'capped', ids: [] };
  const files = await desk.store.permits.find(number);
  const ids = compareAll(files, fact);
  return ids.length === 0 ? { kind: 'none', ids } : { kind: 'match', ids };
}

/** @returns as `spend` of the store: null when the try is counted, 2 at the cap of everybody */
async function spendFor(desk: DeskContext, contact: Contact, number: string): Promise<number | null> {
  const { perContact, perNumber, perHour } = desk.permits.settings();
  const { permits, permitWatches } = desk.store;
  const now = desk.clock.now();
  const today = endOf(now, dayMs);
  const spend = (key: string) =>
    permitWatches.spend(
      [
        { key: `contact:${contact.id}`, limit: perContact, until: today },
        { key, limit: perNumber, until: today },
        { key: EVERYBODY, limit: perHour, until: endOf(now, hourMs) },
      ],
      now,
    );
  const reached = await spend(`number:${number}`);
  if (reached !== 1) return reached;
  // Whoever is told of this file's moves has proved it before: strangers do not use up their tries.
  const watched = new Set((await permitWatches.watches(contact.id)).map(({ permitId }) => permitId));
  const isKnown = watched.size > 0 && (await permits.find(number)).some(({ id }) => watched.has(id));
  return isKnown ? spend(`number:${number} ${contact.id}`) : reached;
}

/** @returns whom each file names now, to be kept beside what was proved; one that is gone has none. */
export const holdersOf = async (desk: Pick<DeskContext, 'store'>, ids: readonly string[]): Promise<string[]> =>
  (await Promise.all(ids.map((id) => desk.store.permits.get(id)))).map((found) => found?.holder ?? '');

/** @returns those of the proved files that still name whom they named then: a proof made with a phone of before shows nothing. */
export async function stillProved(desk: Pick<DeskContext, 'store'>, { ids, holders }: Proved): Promise<FoundPermit[]> {
  const found = await Promise.all(ids.map((id) => desk.store.permits.get(id)));
  return found.flatMap((one, at) => (one !== null && one.holder === holders?.[at] ? one : []));
}

/** @returns how many look-ups were judged in this hour, once that has reached the cap of everybody; null below it */
export async function guessingAtCap(desk: Pick<DeskContext, 'store' | 'clock' | 'permits'>): Promise<number | null> {
  const judged = await desk.store.permitWatches.tries(EVERYBODY, desk.clock.now());
  return judged >= desk.permits.settings().perHour ? judged : null;
}

/** Always as many comparisons as a number can have files. */
function compareAll(files: readonly PermitFile[], fact: Extract<Fact, { kind: 'digits' }>): string[] {
  const ids: string[] = [];
  for (let i = 0; i < FILES_PER_NUMBER; i++) {
    const file = files[i];
    const registered = fact.of === 'nik' ? file?.person.nikTail : file?.person.phone?.replace(/\D/g, '').slice(-4);
    const isRight = timingSafeEqual(
      Buffer.from((registered ?? '').padEnd(4, 'x').slice(0, 4)),
      Buffer.from(fact.digits.padEnd(4).slice(0, 4)),
    );
    if (isRight && file !== undefined) ids.push(file.id);
  }
  return ids;
}

const endOf = (now: number, unit: number): number => (Math.floor(now / unit) + 1) * unit;
