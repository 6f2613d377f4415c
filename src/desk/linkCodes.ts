// Linking by a code: a visitor asks for one in the widget and sends it from WhatsApp or Telegram. Who holds both ends is one person.
import type { InboundMessage, Language, Message } from '../contract/message.ts';
import { change } from './change.ts';
import { botMessage } from './compose.ts';
import type { DeskContext } from './context.ts';
import { dayOf } from './hours.ts';
import { newId } from './ids.ts';
import { findLinkCode, hideLinkCodes, newLinkCode } from './linkCodeForm.ts';
import { openRequest } from './openRequest.ts';
import { say } from './phrases.ts';
import type { Invitation } from './ports.ts';
import type { NewMessage, Opened } from './storePort.ts';
import type { VisitorVerbs } from './verbs.ts';

const LIVES_MS = 15 * 60_000;
/** Wrong codes a contact may send on one day before nothing is looked up any more. */
const MAX_WRONG = 5;
/** What became of a code is kept as the message's button, so that a sweep after a crash answers as the first try would have. */
const MARK = 'link:';
const LINKED = `${MARK}done:`;
const WRONG = `${MARK}wrong`;
const MUTED = `${MARK}muted`;

/** @returns the verbs of a visitor who wants to go on elsewhere. */
export function createLinkCodeVerbs(desk: DeskContext): Pick<VisitorVerbs, 'linkApps' | 'linkCode'> {
  /** Where a code can be sent now; of two numbers on one app, the first. */
  function invitations(code: string): Invitation[] {
    const all = desk.channels.flatMap((channel) => (channel.health().state === 'ready' && channel.invite?.(code)) || []);
    return all.filter(({ app }, n) => all.findIndex((one) => one.app === app) === n);
  }

  return {
    linkApps: () => invitations('').map(({ app }) => app),
    async linkCode(key, app) {
      const code = newLinkCode();
      const invitation = invitations(code).find((one) => one.app === app);
      const contact = await desk.store.contacts.find(key);
      if (invitation === undefined || contact === null) return away;
      const expiresAt = desk.clock.now() + LIVES_MS;
      if (!(await desk.store.identities.issueCode(contact.id, code, expiresAt))) return away;
      return { ok: true, code, url: invitation.url, expiresAt };
    },
  };
}

const away = { ok: false, code: 'not-found', message: 'Aplikasi ini sedang tidak tersambung. Coba lagi nanti.' } as const;

/**
 * Redeems a code before its message is written: a crash in between is repaired by the channel's repeat, which hears the same.
 * @param open finds or makes the contact's open conversation; called only when there is a code to look at
 * @returns the message without the code, with what became of it
 */
export async function readLinkCode(
  desk: DeskContext,
  inbound: InboundMessage,
  open: () => Promise<Opened>,
): Promise<InboundMessage> {
  // Our own marks come from nobody else.
  const button = inbound.button?.startsWith(MARK) === true ? null : inbound.button;
  const code = findLinkCode(inbound.text);
  if (code === null) return { ...inbound, button };
  const hidden = { ...inbound, text: hideLinkCodes(inbound.text), button };
  // A group is not one person, and a bot is none.
  if (inbound.from.isGroup === true || inbound.from.isBot) return hidden;
  if (desk.channel(inbound.channel)?.invite === undefined) return { ...hidden, button: WRONG };
  const { contact } = await open();
  if (contact.blocked) return { ...hidden, button: MUTED };
  const now = desk.clock.now();
  const answer = await desk.store.identities.redeemCode({
    code,
    contactId: contact.id,
    externalId: inbound.externalId,
    day: dayOf(now, desk.timeZone),
    maxTries: MAX_WRONG,
    now,
    audit: { id: newId('a'), at: now, actor: 'visitor', action: 'link', subject: contact.id, detail: null },
  });
  if (answer.kind === 'linked') return { ...hidden, button: LINKED + answer.contactId };
  return { ...hidden, button: answer.kind === 'wrong' ? WRONG : MUTED };
}

/** The message was a code and nothing for the matcher. */
export const isLinkTry = ({ button, direction }: Message): boolean => direction === 'in' && button?.startsWith(MARK) === true;

/** @returns the one answer to codes among `tries`; null when they are passed over. Covers are the caller's. */
export function linkAnswer(language: Language, tries: Message[]): NewMessage[] {
  const told = tries.findLast(({ button }) => button?.startsWith(LINKED)) ?? tries.findLast(({ button }) => button === WRONG);
  if (told === undefined) return [];
  const text = say(language, told.button === WRONG ? 'linkWrong' : 'linked', {});
  return [botMessage({ text, ruleId: 'notice:link', inReplyTo: told.id })];
}

/** The other end hears of each link too; saying it twice is harmless. */
export async function tellOtherEnd(desk: DeskContext, tries: Message[]): Promise<void> {
  for (const { id, button } of tries) {
    if (!button?.startsWith(LINKED)) continue;
    const contact = await desk.store.contacts.get(button.slice(LINKED.length));
    if (contact === null) continue;
    const { conversation } = await desk.store.conversations.open(openRequest(desk, { ...contact, name: null, phone: null }));
    const text = say(conversation.language, 'linked', {});
    const message = { ...botMessage({ text, ruleId: 'notice:linked' }), clientMessageId: `link:${id}` };
    await desk.serial.run(conversation.id, () => change(desk, conversation, contact, () => ({ messages: [message] })));
  }
}

/** @returns how many codes that had run out were forgotten */
export function forgetLinkCodes({ store, clock, timeZone }: DeskContext): Promise<number> {
  const now = clock.now();
  return store.identities.pruneCodes(now, dayOf(now, timeZone));
}
