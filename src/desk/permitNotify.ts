// "Tell me when it moves": one message a move, written under a key of its own before it is noted as told, so that no crash repeats it.
import type { Conversation } from '../contract/conversation.ts';
import { isFinal } from '../contract/permit.ts';
import { change } from './change.ts';
import { botMessage } from './compose.ts';
import type { DeskContext } from './context.ts';
import { newId } from './ids.ts';
import { sayPermit } from './permitPhrases.ts';
import { type DueWatch, isWithdrawal } from './permitPort.ts';
import { frameOf, statusButtons } from './permitReply.ts';
import { statusText } from './permitText.ts';
import { safely } from './sweep.ts';
import { canWriteNow } from './window.ts';

const CHUNK = 200;

/**
 * Writes what is due. It waits in the office's quiet hours, while an officer holds the conversation, and where the channel's window is
 * over until the citizen writes again.
 */
export async function tellMoves(desk: DeskContext): Promise<void> {
  if (isQuiet(desk)) return;
  let after: string | null = null;
  for (;;) {
    const due: DueWatch[] = await desk.store.permitWatches.due(after, CHUNK);
    for (const watch of due) await safely(desk, watch.contactId, () => tellOne(desk, watch));
    if (due.length < CHUNK) return;
    after = due[due.length - 1]?.id ?? null;
  }
}

async function tellOne(desk: DeskContext, { id, contactId, event, file }: DueWatch): Promise<void> {
  const contact = await desk.store.contacts.get(contactId);
  if (contact === null || contact.unreachable) return;
  const { channel, accountId, externalId } = contact;
  // Asked for before groups were told to write privately.
  if (desk.channel(channel)?.isGroup?.(externalId)) return void (await desk.store.permitWatches.unwatch(contactId, null));
  const opened = await desk.store.conversations.open({
    contact: { channel, accountId, externalId, name: null, phone: null },
    newContactId: newId('p'),
    newConversationId: newId('c'),
    reuseClosedSince: 0,
    now: desk.clock.now(),
  });
  const capabilities = desk.channel(channel)?.capabilities;
  const canWrite = (current: Conversation) => canWriteNow(capabilities, current, desk.clock.now());
  await desk.serial.run(opened.conversation.id, async () => {
    const changed = await change(desk, opened.conversation, contact, (current) => {
      if (current.state === 'officer' || !canWrite(current)) return null;
      const moved = { ...file, status: event, fetchedAt: event.fetchedAt };
      const status = statusText(frameOf(desk, current.language), moved);
      const text = sayPermit(current.language, isWithdrawal(event) ? 'corrected' : 'moved', { number: file.number, status });
      const message = botMessage({ text, buttons: statusButtons(current.language, []), ruleId: 'notice:permit' });
      return { messages: [{ ...message, clientMessageId: `permit-${id}-${event.n}` }] };
    });
    if (changed.kind === 'ok' || changed.kind === 'duplicate')
      await desk.store.permitWatches.told(id, event.n, isFinal(event.stage) ? desk.clock.now() : null);
  });
}

function isQuiet(desk: DeskContext): boolean {
  const { from, to } = desk.permits.settings().quietHours;
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: desk.timeZone, hour: '2-digit', minute: '2-digit' });
  const now = format.format(desk.clock.now());
  return from <= to ? from <= now && now < to : now >= from || now < to;
}
