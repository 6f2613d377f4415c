// "Tell me when it moves": one message a move, written and noted as told in one write, so that no crash repeats it and no undo overtakes it.
import type { Conversation } from '../contract/conversation.ts';
import type { Language } from '../contract/message.ts';
import { isFinal } from '../contract/permit.ts';
import { change } from './change.ts';
import { botMessage } from './compose.ts';
import type { DeskContext } from './context.ts';
import { newId } from './ids.ts';
import { sayPermit } from './permitPhrases.ts';
import { type DueWatch, type EndedWatch, isWithdrawal, type News } from './permitPort.ts';
import { frameOf, statusButtons } from './permitReply.ts';
import { statusText } from './permitText.ts';
import { safely } from './sweep.ts';
import { canWriteNow } from './window.ts';

const CHUNK = 200;

/** One message to one who watches: `key` names it for good, `news` is what it tells. */
interface Notice {
  contactId: string;
  key: string;
  news: News;
  text(language: Language): string;
}

/**
 * Writes what is due. It waits in the office's quiet hours, while an officer holds the conversation, and where the channel's window is
 * over until the citizen writes again.
 */
export async function tellMoves(desk: DeskContext): Promise<void> {
  if (isQuiet(desk)) return;
  const { due, ended } = desk.store.permitWatches;
  await tellAll(desk, ended, endOf);
  await tellAll(desk, due, (watch) => moveOf(desk, watch));
}

async function tellAll<T extends { id: string }>(
  desk: DeskContext,
  list: (after: string | null, limit: number) => Promise<T[]>,
  noticeOf: (watch: T) => Notice,
): Promise<void> {
  let after: string | null = null;
  for (;;) {
    const watches: T[] = await list(after, CHUNK);
    for (const watch of watches) {
      const notice = noticeOf(watch);
      await safely(desk, notice.contactId, () => tellOne(desk, notice));
    }
    if (watches.length < CHUNK) return;
    after = watches.at(-1)?.id ?? null;
  }
}

function moveOf(desk: DeskContext, { id, contactId, event, file }: DueWatch): Notice {
  const moved = { ...file, status: event, fetchedAt: event.fetchedAt };
  const key = isWithdrawal(event) ? 'corrected' : 'moved';
  return {
    ...{ contactId, key: `permit-${id}-${event.n}` },
    news: { watchId: id, event, overAt: isFinal(event.stage) ? desk.clock.now() : null },
    text: (language) => sayPermit(language, key, { number: file.number, status: statusText(frameOf(desk, language), moved) }),
  };
}

/** The proof it rested on holds no more, so nothing that is known now is told: they send the number again and prove it anew. */
function endOf({ id, contactId, number, isWrong }: EndedWatch): Notice {
  return {
    ...{ contactId, key: `permit-${id}-ended`, news: { watchId: id, event: null, overAt: null } },
    text: (language) => sayPermit(language, isWrong ? 'withdrawn' : 'proofOver', { number }),
  };
}

/** Whether it still stands is decided by the write that stores it; what was taken back meanwhile is not told. */
async function tellOne(desk: DeskContext, { contactId, key, news, text }: Notice): Promise<void> {
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
      const { state, language } = current;
      if (state === 'officer' || !canWrite(current)) return null;
      const message = botMessage({ text: text(language), buttons: statusButtons(language, []), ruleId: 'notice:permit' });
      // With its watch the proof of the last minutes is over.
      const patch = news.event === null && current.permit?.step === 'shown' ? { permit: null } : {};
      return { patch, messages: [{ ...message, clientMessageId: key }], news };
    });
    // Written by an older program that died before it noted so.
    if (changed.kind === 'duplicate' && news.event !== null)
      await desk.store.permitWatches.told(news.watchId, news.event.n, news.overAt);
  });
}

function isQuiet(desk: DeskContext): boolean {
  const { from, to } = desk.permits.settings().quietHours;
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: desk.timeZone, hour: '2-digit', minute: '2-digit' });
  const now = format.format(desk.clock.now());
  return from <= to ? from <= now && now < to : now >= from || now < to;
}
