// When a channel has been away for a while, the officers of those who wait on it are told in the conversation itself: a reply they write
// now will not arrive before it is back.
import type { Alarm } from '../contract/alarms.ts';
import type { ConversationRow } from '../contract/conversation.ts';
import { type ChannelName, channelNames } from '../contract/message.ts';
import { change } from './change.ts';
import type { DeskContext } from './context.ts';
import { describeMoment } from './hours.ts';
import { newId } from './ids.ts';
import type { NewMessage } from './storePort.ts';

const PAGE = 100;

/** @returns call it with the alarms that hold: for each channel that went away it writes one note into every conversation a person owes an answer */
export function createChannelNotes(desk: DeskContext): (alarms: readonly Alarm[]) => Promise<void> {
  let told = new Set<string>();
  return async (alarms) => {
    const away = alarms.filter(({ kind }) => kind === 'channel');
    const fresh = away.filter(({ id }) => !told.has(id));
    told = new Set(away.map(({ id }) => id));
    for (const alarm of fresh) await tellAll(desk, alarm);
  };
}

async function tellAll(desk: DeskContext, alarm: Alarm): Promise<void> {
  const channel = channelNames.find((name) => name === alarm.subject);
  if (channel === undefined) return;
  let cursor: string | null = null;
  do {
    const request = { view: 'all' as const, officerId: '', teamIds: null, filter: { channel }, cursor, limit: PAGE };
    const page: { rows: ConversationRow[]; cursor: string | null } = await desk.store.conversations.list(request);
    for (const { id, state } of page.rows) if (state === 'queued' || state === 'officer') await tellOne(desk, id, channel, alarm);
    cursor = page.cursor;
  } while (cursor !== null);
}

function tellOne(desk: DeskContext, conversationId: string, channel: ChannelName, alarm: Alarm): Promise<unknown> {
  return desk.serial.run(conversationId, async () => {
    const seat = await desk.store.conversations.get(conversationId);
    if (seat === null) return;
    // The key makes telling it again harmless.
    const note = { ...noteOf(desk, alarm), clientMessageId: `away:${channel}:${alarm.since}` };
    await change(desk, seat.conversation, seat.contact, (current) =>
      current.state === 'queued' || current.state === 'officer' ? { messages: [note] } : null,
    );
  });
}

function noteOf(desk: DeskContext, alarm: Alarm): Omit<NewMessage, 'clientMessageId'> {
  const now = desk.clock.now();
  const since = describeMoment(now - alarm.value * 1000, 'id', now, desk.timeZone);
  const text = `Kanal ini tidak tersambung sejak ${since}. Balasan tersimpan dan terkirim setelah tersambung lagi. ${alarm.detail ?? ''}`;
  return {
    ...{ id: newId('m'), direction: 'note', author: { kind: 'bot', id: null, name: null }, kind: 'text', text: text.trim() },
    ...{ buttons: [], attachments: [], state: 'noted', inReplyTo: null, ruleId: null, reason: null },
  };
}
