// What must be hidden of an inbound message before its first write: personal numbers always, the second fact while one is expected.
import type { Conversation } from '../contract/conversation.ts';
import type { InboundMessage } from '../contract/message.ts';
import type { DeskContext } from './context.ts';
import { maskPersonal } from './identifiers.ts';
import { type Fact, hideFact, isFactOnly, mayHoldFact, readFact, standsBeside } from './permitFact.ts';
import { findNumbers } from './permitNumbers.ts';
import { plainDigits } from './plainDigits.ts';
import type { ContactKey, Opened } from './storePort.ts';

/** Digits in this form may be a second fact that nobody has asked for yet. */
const beside = /\b(?:hp|telp|telepon|nomor hp|wa|nik|angka|digit|phone|terakhir|last)\b/i;
/** A dialogue that has just ended may still get its late answer. */
const LATE_MS = 30 * 60_000;

/**
 * @param open finds or makes the contact's open conversation; called only when the text may be a second fact
 * @returns the text to store, and the second fact as it was written: it lives in memory only, for this one turn
 */
export async function readPrivately(
  desk: DeskContext,
  given: InboundMessage,
  open: () => Promise<Opened>,
): Promise<{ text: string; fact: Fact | null }> {
  const inbound = { ...given, text: plainDigits(given.text) };
  const text = maskPersonal(given.text);
  if (inbound.button !== null || !mayHoldFact(inbound.text)) return { text, fact: null };
  const numbers = findNumbers(inbound.text, desk.permits.settings().patterns);
  const contact = { ...inbound.from, channel: inbound.channel, accountId: inbound.accountId };
  const hasNumber = numbers.found.length > 0;
  const isExpected =
    (hasNumber && (beside.test(inbound.text) || standsBeside(inbound.text, numbers))) ||
    desk.permits.sawNumberLately(contact) ||
    (await isAsked(desk, contact, open, numbers.doubts.length === 0 && isFactOnly(inbound.text, numbers)));
  if (hasNumber) desk.permits.sawNumber(contact);
  if (!isExpected) return { text, fact: null };
  const hidden = hideFact(inbound.text, numbers);
  return { text: hidden === inbound.text ? text : maskPersonal(hidden), fact: readFact(inbound.text, numbers) };
}

/** @returns an edit's text; one that is nothing but digits is hidden, because it may correct a second fact. */
export const hideEditedFact = (given: string): string => {
  const text = plainDigits(given);
  const numbers = findNumbers(text);
  return isFactOnly(text, numbers) ? hideFact(text, numbers) : given;
};

async function isAsked(desk: DeskContext, contact: ContactKey, open: () => Promise<Opened>, isOnly: boolean): Promise<boolean> {
  if (!desk.permits.isOpen() || (await desk.store.contacts.find(contact)) === null) return false;
  return expectsFact((await open()).conversation, desk.clock.now(), isOnly);
}

/** @param isOnly nothing but digits: where the status was told they are the same ones once more */
const expectsFact = ({ permit }: Conversation, now: number, isOnly: boolean): boolean =>
  permit !== null &&
  (permit.step === 'fact' || permit.step === 'answering' || permit.step === 'confirm' || (permit.step === 'shown' && isOnly)) &&
  now < permit.until + LATE_MS;
