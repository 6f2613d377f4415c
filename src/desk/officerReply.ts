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
import type { Result } from './verbs.ts';

interface Written {
  conversationId: string;
  clientMessageId: string;
  text: string;
}

/**
 * Stores a reply of the officer who holds the conversation; the outbox delivers it. Covers everything the citizen wrote before.
 * @returns the stored message (the first part of a long one); `not-owner`, `closed`, `unreachable` when it may not be sent
 */
export function replyAsOfficer(desk: DeskContext, by: Officer, written: Written): Promise<Result<{ message: Message }>> {
  return desk.serial.run(written.conversationId, async () => {
    const seat = await desk.store.conversations.get(written.conversationId);
    if (seat === null || !mayRead(by, seat.conversation)) return { ok: false, code: 'not-found' };
    const uncovered = () => desk.store.messages.uncovered(written.conversationId);
    const answered = (await uncovered()).map((message) => message.id);
    const maxLength = desk.channel(seat.contact.channel)?.capabilities.maxTextLength ?? 4000;
    const messages = splitText(maskPersonal(written.text.trim()), maxLength).map((text, i) =>
      officerMessage(by, { text, clientMessageId: i === 0 ? written.clientMessageId : `${written.clientMessageId}.${i}` }),
    );
    const first = messages[0];
    if (first === undefined) return { ok: false, code: 'invalid' };

    let refused: Refusal | null = null;
    const changed = await change(desk, seat.conversation, seat.contact, async (current) => {
      refused = refusalOf(current, seat.contact, by);
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

type Refusal = 'not-owner' | 'closed' | 'unreachable';

function refusalOf(current: Conversation, contact: Contact, by: Officer): Refusal | null {
  if (current.state === 'closed') return 'closed';
  if (current.state !== 'officer' || current.officerId !== by.id) return 'not-owner';
  return contact.unreachable ? 'unreachable' : null;
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
  refused: Refusal | null,
  written: Written,
): Promise<Result<{ message: Message }>> {
  if (changed.kind === 'duplicate') return { ok: true, message: changed.message };
  if (changed.kind === 'gone') return { ok: false, code: 'not-found' };
  if (refused !== null) {
    const stored = await desk.store.messages.byClientId(written.conversationId, written.clientMessageId);
    return stored === null ? { ok: false, code: refused } : { ok: true, message: stored };
  }
  const message = changed.kind === 'ok' ? changed.messages[0] : undefined;
  return message === undefined ? { ok: false, code: 'failed' } : { ok: true, message };
}
