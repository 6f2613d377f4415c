// What an officer writes: replies to the citizen and notes for colleagues, each exactly once per clientMessageId.
import type { Contact, Conversation, Officer } from '../contract/conversation.ts';
import type { Message } from '../contract/message.ts';
import { mayRead } from './access.ts';
import { change } from './change.ts';
import { officerMessage } from './compose.ts';
import type { DeskContext } from './context.ts';
import { idleAfter, withTimers } from './conversation.ts';
import { maskPersonal } from './identifiers.ts';
import { splitText } from './splitText.ts';
import type { NewMessage } from './storePort.ts';
import type { Refused, Result, Written } from './verbs.ts';
import { canWriteNow } from './window.ts';

/**
 * Stores a reply of the officer who holds the conversation; the outbox delivers it. Covers everything the citizen wrote before.
 * @returns the stored message (the first part of a long one); `not-owner`, `closed`, `unreachable`, `window-closed` when it may not be sent;
 *   `conflict` when a colleague answered after what the officer had read
 */
export function replyAsOfficer(desk: DeskContext, by: Officer, written: Written): Promise<Result<{ message: Message }>> {
  return answerAs(desk, by, written, (contact) => {
    const maxLength = desk.channel(contact.channel)?.capabilities.maxTextLength ?? 4000;
    return splitText(maskPersonal(written.text.trim()), maxLength).map((text, i) =>
      officerMessage(by, { text, clientMessageId: i === 0 ? written.clientMessageId : `${written.clientMessageId}.${i}` }),
    );
  });
}

/** Stores what `make` writes, by the rules every answer to the citizen keeps. `needsWindow` false: a template, taken at any time. */
export function answerAs(
  desk: DeskContext,
  by: Officer,
  written: Omit<Written, 'text'>,
  make: (contact: Contact) => NewMessage[],
  { needsWindow = true } = {},
): Promise<Result<{ message: Message }>> {
  return desk.serial.run(written.conversationId, async () => {
    const seat = await desk.store.conversations.get(written.conversationId);
    if (seat === null || !mayRead(by, seat.conversation)) return { ok: false, code: 'not-found' };
    const uncovered = () => desk.store.messages.uncovered(written.conversationId);
    const answered = (await uncovered()).map((message) => message.id);
    const messages = make(seat.contact);
    const first = messages[0];
    if (first === undefined) return { ok: false, code: 'invalid' };

    let refused: Refused | null = null;
    const changed = await change(desk, seat.conversation, seat.contact, async (current) => {
      refused =
        refusalOf(current, seat.contact, by) ??
        (needsWindow ? windowRefusal(desk, current, seat.contact) : null) ??
        (await colleagueFirst(desk, current, by, written.seen));
      if (refused !== null) return null;
      // What came in while this was being stored was not answered by it: it waits on.
      const isNew = current.rev !== seat.conversation.rev;
      const left = isNew ? (await uncovered()).filter((message) => !answered.includes(message.id)) : [];
      const idle = idleAfter(desk.clock.now(), desk.office());
      return {
        patch: { ...withTimers(current, { idle }), waitingSince: left[0]?.createdAt ?? null },
        messages,
        cover: { ids: answered, by: first.id },
      };
    });
    return outcome(desk, changed, refused, written);
  });
}

function refusalOf(current: Conversation, contact: Contact, by: Officer): Refused | null {
  if (current.state === 'closed') return { ok: false, code: 'closed' };
  if (current.state !== 'officer' || current.officerId !== by.id) return { ok: false, code: 'not-owner' };
  return contact.unreachable ? { ok: false, code: 'unreachable' } : null;
}

/** Nothing is stored that the channel would not take: the text stays in the officer's box. */
function windowRefusal(desk: DeskContext, current: Conversation, contact: Contact): Refused | null {
  const capabilities = desk.channel(contact.channel)?.capabilities;
  return canWriteNow(capabilities, current, desk.clock.now()) ? null : { ok: false, code: 'window-closed' };
}

/** Messages read at once: all since are looked through, however many the citizen wrote in between. */
const PAGE = 200;
/** What a colleague wrote, as much of it as is shown. Messages. */
const NEWS = 50;

/** A colleague answered since this officer read: the officer is asked before the citizen hears it twice. */
async function colleagueFirst(
  desk: DeskContext,
  current: Conversation,
  by: Officer,
  seen: number | undefined,
): Promise<Refused | null> {
  if (seen === undefined || current.seq <= seen) return null;
  const news: Message[] = [];
  const isTheirs = ({ direction, author }: Message) => direction === 'out' && author.kind === 'officer' && author.id !== by.id;
  let page: Message[];
  let from = seen;
  do {
    page = await desk.store.messages.after(current.id, from, PAGE);
    news.push(...page.filter(isTheirs));
    from = page.at(-1)?.seq ?? from;
  } while (page.length === PAGE);
  const last = news.at(-1);
  if (last === undefined) return null;
  return {
    ok: false,
    code: 'conflict',
    message: `${last.author.name ?? 'Petugas lain'} sudah membalas. Tetap kirim?`,
    news: news.slice(-NEWS),
  };
}

/** Stores a note that only officers see; every officer who may read the conversation may write one. */
export function note(desk: DeskContext, by: Officer, written: Written): Promise<Result<{ message: Message }>> {
  return desk.serial.run(written.conversationId, async () => {
    const seat = await desk.store.conversations.get(written.conversationId);
    if (seat === null || !mayRead(by, seat.conversation)) return { ok: false, code: 'not-found' };
    const message = officerMessage(by, {
      text: maskPersonal(written.text.trim()),
      clientMessageId: written.clientMessageId,
      note: true,
    });
    const changed = await change(desk, seat.conversation, seat.contact, () => ({ messages: [message] }));
    return outcome(desk, changed, null, written);
  });
}

/** A repeat finds the stored message even when the conversation has moved on since. */
async function outcome(
  desk: DeskContext,
  changed: Awaited<ReturnType<typeof change>>,
  refused: Refused | null,
  written: Omit<Written, 'text'>,
): Promise<Result<{ message: Message }>> {
  if (changed.kind === 'duplicate') return { ok: true, message: changed.message };
  if (changed.kind === 'gone') return { ok: false, code: 'not-found' };
  if (refused !== null) {
    const stored = await desk.store.messages.byClientId(written.conversationId, written.clientMessageId);
    return stored === null ? refused : { ok: true, message: stored };
  }
  const message = changed.kind === 'ok' ? changed.messages[0] : undefined;
  return message === undefined ? { ok: false, code: 'failed' } : { ok: true, message };
}
