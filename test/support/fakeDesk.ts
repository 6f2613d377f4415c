// A Desk of a few lines over the memory store, for tests of the doors: it stores, shows and refuses, and has no rules of its own.
import type { Conversation, Officer } from '../../src/contract/conversation.ts';
import type { OfficerHistory, WidgetHistory } from '../../src/contract/events.ts';
import { guardVerbs, mayRead, teamsOf } from '../../src/desk/access.ts';
import type { ContactVerbs } from '../../src/desk/contactVerbs.ts';
import { newId } from '../../src/desk/ids.ts';
import type { Office } from '../../src/desk/office.ts';
import { createAdminVerbs, createEntryVerbs } from '../../src/desk/people.ts';
import { createPermitImports } from '../../src/desk/permitImports.ts';
import { createPermitOffice } from '../../src/desk/permitOffice.ts';
import { createPermitState } from '../../src/desk/permitState.ts';
import type { Realtime, Store } from '../../src/desk/ports.ts';
import { createSerial } from '../../src/desk/serial.ts';
import type { ContactKey, NewMessage, OpenRequest } from '../../src/desk/storePort.ts';
import type { Desk, OfficerVerbs, OfficeVerbs, Result } from '../../src/desk/verbs.ts';
import { toWidgetConversation, toWidgetMessage } from '../../src/desk/views.ts';
import { knowsNothing } from './fakeKnowledge.ts';
import { fakeChannels, fakeVisitor } from './fakeVerbs.ts';
import { noPermits } from './noPermits.ts';
import { noTemplates } from './noTemplates.ts';

export interface FakeDesk extends Desk {
  /** Every verb that was called, as `verb:subject`. */
  calls: string[];
  /** Set to make the next verbs throw. */
  trouble: Error | null;
}

const refusal = { ok: false, code: 'not-found' } as const;

export function createFakeDesk(parts: { store: Store; realtime: Realtime; now: () => number }): FakeDesk {
  const { store, realtime, now } = parts;
  const calls: string[] = [];
  const office = { hours: 'test' } as unknown as Office;
  let version = 1;

  function note(call: string): void {
    calls.push(call);
    if (desk.trouble !== null) throw desk.trouble;
  }

  const request = (contact: ContactKey): OpenRequest => ({
    contact: { ...contact, name: null, phone: null },
    newContactId: newId('p'),
    newConversationId: newId('c'),
    reuseClosedSince: 0,
    now: now(),
  });
  async function readable(by: Officer, conversationId: string) {
    const found = await store.conversations.get(conversationId);
    return found !== null && mayRead(by, found.conversation) ? found : null;
  }

  async function write(by: Officer, id: string, given: { clientMessageId: string; text: string }, direction: 'out' | 'note') {
    const found = await readable(by, id);
    if (found === null) return refusal;
    const message: NewMessage = {
      id: newId('m'),
      direction,
      author: { kind: 'officer', id: by.id, name: by.name },
      kind: 'text',
      text: given.text,
      buttons: [],
      attachments: [],
      state: direction === 'out' ? 'pending' : 'noted',
      clientMessageId: given.clientMessageId,
      inReplyTo: null,
      ruleId: null,
      reason: null,
    };
    const done = await change(found.conversation, {}, [message]);
    return done.message === undefined ? ({ ok: false, code: 'conflict' } as const) : { ok: true as const, message: done.message };
  }

  async function change(conversation: Conversation, patch: Partial<Conversation>, messages: NewMessage[] = []) {
    const done = await store.conversations.commit({
      conversationId: conversation.id,
      expectedRev: conversation.rev,
      patch,
      messages,
      cover: null,
      facts: [],
      audit: [],
      now: now(),
    });
    if (done.kind === 'duplicate') return { message: done.message, conversation };
    if (done.kind !== 'ok') throw new Error(done.kind);
    const found = await store.conversations.get(conversation.id);
    if (found !== null) realtime.changed({ ...found, messages: done.messages });
    return { message: done.messages[0], conversation: done.conversation };
  }

  async function patched(by: Officer, id: string, patch: Partial<Conversation>): Promise<Result<{ conversation: Conversation }>> {
    const found = await readable(by, id);
    if (found === null) return refusal;
    return { ok: true, conversation: (await change(found.conversation, patch)).conversation };
  }

  const officer: OfficerVerbs = {
    async list(by, { view, cursor, limit }) {
      note(`list:${view}`);
      return store.conversations.list({ view, officerId: by.id, teamIds: teamsOf(by), cursor, limit });
    },
    async search(_by, { q }) {
      note(`search:${q}`);
      return { rows: [], hits: {}, contacts: [], cursor: null };
    },
    async since(by, id, rev): Promise<Result<OfficerHistory>> {
      note(`since:${id}`);
      const found = await readable(by, id);
      const row = await store.conversations.row(id);
      if (found === null || row === null) return refusal;
      return { ok: true, rev: row.rev, messages: await store.messages.since(id, rev, 100), conversation: row, more: false };
    },
    async messages(by, id, after, limit) {
      note(`messages:${id}`);
      return (await readable(by, id)) === null ? refusal : { ok: true, messages: await store.messages.after(id, after, limit) };
    },
    async send(by, { conversationId, ...message }) {
      note(`send:${conversationId}`);
      return write(by, conversationId, message, 'out');
    },
    async sendFile(by, { conversationId, clientMessageId, name, bytes }) {
      note(`file:${name}:${bytes.byteLength}`);
      return write(by, conversationId, { clientMessageId, text: name }, 'out');
    },
    async setTags(by, id, tags) {
      note(`tags:${tags.join()}`);
      return patched(by, id, { tags });
    },
    async earlier(by, id) {
      note(`earlier:${id}`);
      return (await readable(by, id)) === null ? refusal : { ok: true, rows: [], cursor: null };
    },
    async suggest(by, id) {
      note(`suggest:${id}`);
      return (await readable(by, id)) === null ? refusal : { ok: true, suggestions: [] };
    },
    async topics(_by, intents) {
      return Object.fromEntries(intents.map((intent) => [intent, `Judul ${intent}`]));
    },
    ...noTemplates,
    async canned() {
      return { canned: { replies: [], tags: [] }, version: 0 };
    },
    async putCanned(_by, canned) {
      note('canned');
      return { ok: true, canned, version: 1 };
    },
    async note(by, { conversationId, ...message }) {
      note(`note:${conversationId}`);
      return write(by, conversationId, message, 'note');
    },
    async claim(by, id) {
      note(`claim:${id}`);
      return patched(by, id, { state: 'officer', officerId: by.id });
    },
    async release(by, id) {
      note(`release:${id}`);
      return patched(by, id, { state: 'queued', officerId: null });
    },
    async transfer(by, id, to) {
      note(`transfer:${id}`);
      return patched(by, id, { state: 'queued', officerId: null, teamId: to.teamId ?? null });
    },
    async close(by, id) {
      note(`close:${id}`);
      return patched(by, id, { state: 'closed', officerId: null });
    },
    async setDuty(by, duty) {
      note(`duty:${duty}`);
      await store.officers.update(by.id, { duty });
      realtime.duty(by.id, duty);
      return { ok: true, duty };
    },
    async touched(by) {
      note(`touched:${by.id}`);
    },
    async seen(by) {
      note(`seen:${by.id}`);
    },
    async typing(by, id) {
      note(`typing:${id}`);
      const found = await readable(by, id);
      if (found !== null) realtime.typing(found.conversation, by);
    },
    async deadLetters(_by, cursor) {
      note('dead');
      return { ok: true, ...(await store.outbox.dead(cursor, 50)), conversations: [] };
    },
    async retry(_by, id) {
      note(`retry:${id}`);
      return refusal;
    },
    async file(by, id, attachmentId) {
      note(`file:${attachmentId}`);
      if ((await readable(by, id)) === null) return refusal;
      const mime = attachmentId === 'photo' ? 'image/png' : 'image/svg+xml';
      return { ok: true, bytes: Buffer.from('<svg onload="alert(1)">'), mime, name: 'foto "rumah".svg' };
    },
    officers: () => store.officers.list(),
    teams: () => store.officers.teams(),
  };

  const settings: Pick<OfficeVerbs, 'put' | 'readHolidays'> = guardVerbs({
    async put(_by, _office, given) {
      note('settings');
      if (given !== version) return { ok: false, code: 'conflict' };
      version += 1;
      return { ok: true, office, version, titles: {} };
    },
    readHolidays: async () => ({ ok: true, holidays: [], refused: [] }),
  });
  const footprint = { conversations: 0, messages: 0, attachments: 0, tokens: 0 };
  const no = async () => refusal;
  const contacts: ContactVerbs = {
    ...{ contact: no, block: no, link: no, unlink: no },
    erasePreview: async () => ({ ok: true, footprint }),
    async erase(_by, id) {
      note(`erase:${id}`);
      return { ok: true, erased: { ...footprint, note: '' } };
    },
  };
  const clock = { now };
  const context = { store, realtime, clock, serial: createSerial(), queueChanged() {} };
  const log = { info() {}, warn() {}, error() {} };
  const permits = { store, clock, log, timeZone: 'Asia/Jakarta', isOnlyNode: true, permits: createPermitState({ store, clock }) };

  const desk: FakeDesk = {
    calls,
    trouble: null,
    officer: guardVerbs(officer),
    admin: guardVerbs(createAdminVerbs(context)),
    entry: createEntryVerbs(context),
    contacts: guardVerbs(contacts),
    permits: noPermits,
    knowledge: guardVerbs(knowsNothing),
    watch: { alarms: async () => ({ ok: true, alarms: [] }) },
    channels: fakeChannels,
    intake: {
      async message(inbound) {
        note('intake');
        const { clientMessageId, kind, text, attachments, button, sentAt, externalId } = inbound;
        const contact = { channel: inbound.channel, accountId: inbound.accountId, externalId: inbound.from.externalId };
        const author = { kind: 'contact' as const, id: null, name: null };
        const message = { id: newId('m'), externalId, clientMessageId, kind, text, attachments, button, sentAt, author };
        const received = await store.conversations.receive({ ...request(contact), message });
        if (received.kind === 'stored') realtime.changed({ ...received, messages: [received.message] });
        return { kind: received.kind, message: received.message };
      },
      edit: async () => {},
      moved: async () => {},
      report: async () => {},
      async open(contact) {
        note('open');
        return { conversationId: (await store.conversations.open(request(contact))).conversation.id };
      },
      async history(contact, rev): Promise<WidgetHistory> {
        note('history');
        const { conversation } = await store.conversations.open(request(contact));
        const isShown = <T>(message: T | null): message is T => message !== null;
        const messages = (await store.messages.since(conversation.id, rev, 100)).map(toWidgetMessage).filter(isShown);
        const shown = toWidgetConversation(conversation, { officerName: null, place: null });
        return { rev: conversation.rev, messages, conversation: shown, more: false };
      },
      knows: async (contact) => (await store.contacts.find(contact)) !== null,
      seen: async (contact, ids) => note(`seen:${contact.externalId}:${ids.join()}`),
      typing: (contact) => note(`typing:${contact.externalId}`),
    },
    visitor: fakeVisitor,
    office: {
      get: () => ({ office, version, titles: {} }),
      ...settings,
    },
    permitImports: createPermitImports(permits),
    permitOffice: createPermitOffice({ ...permits, pulls: { views: () => [] } }),
    status: async () => ({
      queued: 3,
      oldestWaitSeconds: 42,
      outbox: { pending: 1, sending: 0, failed: 2, uncertain: 0 },
      alarms: [],
      channels: [{ name: 'web', accountId: 'default', health: { state: 'ready', since: 0, detail: null } }],
    }),
    start: async () => {},
    stop: async () => {},
  };
  return desk;
}
