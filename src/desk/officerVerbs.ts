// The verbs of a signed-in officer, gathered; reading is checked here, moving and writing in assign.ts and officerReply.ts.
import type { ConversationRow, Officer } from '../contract/conversation.ts';
import { may, mayRead } from './access.ts';
import { claim, close, release, setTags, transfer } from './assign.ts';
import { fetchFile } from './attachments.ts';
import { createCanned } from './canned.ts';
import type { DeskContext } from './context.ts';
import { setDuty } from './duty.ts';
import { find } from './find.ts';
import { linkedConversations } from './links.ts';
import { listConversations } from './lists.ts';
import { sendFile } from './officerFile.ts';
import { note, replyAsOfficer } from './officerReply.ts';
import { suggest, topicTitles } from './suggest.ts';
import { createTemplateVerbs } from './templates.ts';
import type { OfficerVerbs } from './verbs.ts';

const HISTORY_PAGE = 200;
const LIST_PAGE = 50;
const EARLIER_PAGE = 20;
/** A console reports input at most this often; what comes faster is not worth a write. */
const INPUT_MS = 30_000;

/** @returns every verb of the console. */
export function createOfficerVerbs(desk: DeskContext): OfficerVerbs {
  const { store } = desk;

  /** The conversation, if this officer may see it. */
  async function visible(by: Officer, conversationId: string) {
    const seat = await store.conversations.get(conversationId);
    return seat !== null && mayRead(by, seat.conversation) ? seat : null;
  }

  return {
    ...createCanned(desk),
    ...createTemplateVerbs(desk),
    list: (by, request) => listConversations(desk, by, request),

    search: (by, request) => find(desk, by, request),

    async since(by, conversationId, rev) {
      const row = await store.conversations.row(conversationId);
      if (row === null || !mayRead(by, row)) return { ok: false, code: 'not-found' };
      const messages = await store.messages.since(conversationId, rev, HISTORY_PAGE);
      const more = messages.length === HISTORY_PAGE;
      return { ok: true, messages, conversation: row, more, rev: more ? (messages[messages.length - 1]?.rev ?? rev) : row.rev };
    },

    async messages(by, conversationId, afterSeq, limit) {
      if ((await visible(by, conversationId)) === null) return { ok: false, code: 'not-found' };
      return { ok: true, messages: await store.messages.after(conversationId, afterSeq, limit) };
    },

    async earlier(by, conversationId, cursor) {
      const seat = await visible(by, conversationId);
      if (seat === null) return { ok: false, code: 'not-found' };
      const page = await store.contacts.conversations(seat.contact.id, cursor, EARLIER_PAGE);
      const rows = page.rows.filter((row) => row.number < seat.conversation.number && mayRead(by, row));
      // Of the same person on other channels: with the first page, all at once.
      const elsewhere = cursor === null ? await linkedConversations(desk, by, seat.contact.id) : [];
      return { ok: true, rows: [...elsewhere, ...rows].sort((a, b) => b.number - a.number), cursor: page.cursor };
    },
    async suggest(by, conversationId) {
      const seat = await visible(by, conversationId);
      if (seat === null) return { ok: false, code: 'not-found' };
      return { ok: true, suggestions: await suggest(desk, seat.conversation) };
    },
    topics: async (_by, intents) => topicTitles(desk, intents),
    send: (by, message) => replyAsOfficer(desk, by, message),
    sendFile: (by, file) => sendFile(desk, by, file),
    setTags: (by, id, tags) => setTags(desk, by, id, tags),
    note: (by, written) => note(desk, by, written),
    claim: (by, id) => claim(desk, by, id),
    release: (by, id) => release(desk, by, id),
    transfer: (by, id, to) => transfer(desk, by, id, to),
    close: (by, id) => close(desk, by, id),

    async setDuty(by, duty) {
      await setDuty(desk, by.id, duty);
      return { ok: true, duty };
    },
    async touched(by) {
      const now = desk.clock.now();
      const officer = await store.officers.get(by.id);
      if (officer !== null && now - officer.lastInputAt >= INPUT_MS)
        await store.officers.update(by.id, { lastInputAt: now, lastSeenAt: now });
    },
    async seen(by) {
      await store.officers.update(by.id, { lastSeenAt: desk.clock.now() });
    },
    async typing(by, conversationId) {
      const seat = await visible(by, conversationId);
      if (seat === null || seat.conversation.officerId !== by.id) return;
      desk.realtime.typing(seat.conversation, { id: by.id, name: by.name });
      await desk.channel(seat.contact.channel)?.typing?.(seat.contact);
    },

    async deadLetters(by, cursor) {
      const page = await store.outbox.dead(cursor, LIST_PAGE);
      const conversations: ConversationRow[] = [];
      for (const id of new Set(page.rows.map((message) => message.conversationId))) {
        const row = await store.conversations.row(id);
        const isTheirs = row !== null && (may(by, 'everyDeadLetter') ? mayRead(by, row) : row.officerId === by.id);
        if (isTheirs) conversations.push(row);
      }
      const rows = page.rows.filter((message) => conversations.some((row) => row.id === message.conversationId));
      return { ok: true, rows, conversations, cursor: page.cursor };
    },
    async retry(by, messageId) {
      const message = await store.messages.get(messageId);
      if (message === null || (await visible(by, message.conversationId)) === null) return { ok: false, code: 'not-found' };
      const retried = await store.outbox.retry(messageId, desk.clock.now());
      if (retried === null) return { ok: false, code: 'conflict' };
      desk.realtime.status([retried]);
      desk.wakeOutbox();
      return { ok: true, message: retried };
    },

    async file(by, conversationId, attachmentId) {
      const seat = await visible(by, conversationId);
      if (seat === null) return { ok: false, code: 'not-found' };
      const message = await store.messages.byAttachment(conversationId, attachmentId);
      const file = message && (await fetchFile(desk, { ...seat, message }, attachmentId));
      if (!file || file.key === null) return { ok: false, code: 'not-found' };
      const bytes = await desk.files.read(file.key);
      return bytes === null ? { ok: false, code: 'gone' } : { ok: true, bytes, mime: file.mime, name: file.name };
    },

    officers: () => store.officers.list(),
    teams: () => store.officers.teams(),
  };
}
