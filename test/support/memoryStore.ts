// An in-memory model of the whole Store port: simple and obviously right, for the desk's unit tests and the model check. It never ships.
import type { Contact, Conversation, ConversationRow, ConversationView } from '../../src/contract/conversation.ts';
import { LoketError } from '../../src/contract/errors.ts';
import type { Message } from '../../src/contract/message.ts';
import { maskPhone } from '../../src/desk/identifiers.ts';
import type { Asked } from '../../src/desk/knowledgePort.ts';
import type { AuditEntry, ContactKey, Fact, ListRequest, NewMessage, OpenRequest, Store } from '../../src/desk/storePort.ts';
import { previewOf } from '../../src/desk/views.ts';
import { newConversation, newInbound, newOutbound } from '../../src/store/blank.ts';
import { createMemoryContacts } from './memoryContacts.ts';
import { createMemoryIdentities } from './memoryIdentities.ts';
import { createMemoryKnowledge } from './memoryKnowledge.ts';
import { addOnce, copy, createMemoryOffice, defined } from './memoryOffice.ts';
import { createMemoryOutbox, type Kept } from './memoryOutbox.ts';
import { type Key, page, sorted } from './memoryPage.ts';
import { createMemoryPermits } from './memoryPermits.ts';
import { createMemoryRetention } from './memoryRetention.ts';

type Place = Pick<Message, 'conversationId' | 'seq' | 'rev'>;

const queuePlace = (c: Conversation) => [c.queuedAt ?? 0, c.number];

/** @returns an empty store. Every method works at once and resolves in the same turn. */
export function createMemoryStore(): Store {
  let contacts: Contact[] = [];
  let conversations: Conversation[] = [];
  let messages: Kept[] = [];
  const facts: Fact[] = [];
  const audit: AuditEntry[] = [];
  const { noteNews, permits, permitWatches } = createMemoryPermits(audit, (id) => contacts.some((c) => c.id === id));
  const asked: Asked[] = [];
  const contactIndex = new Map<string, { version: number; tokens: string[] }>();
  let number = 1000;
  let order = 0;

  const conversationOf = (id: string) => conversations.find((c) => c.id === id);
  const contactOf = (conversation: Conversation) => contacts.find((c) => c.id === conversation.contactId)!;
  const inConversation = (id: string) => messages.filter((m) => m.conversationId === id);
  const findContact = (key: ContactKey) =>
    contacts.find((c) => c.channel === key.channel && c.accountId === key.accountId && c.externalId === key.externalId);
  const out = (kept: Kept): Message => {
    const { order, pos, notBefore, owner, leaseUntil, version, tokens, ...message } = kept;
    return copy(message);
  };
  const uncovered = (id: string) => inConversation(id).filter((m) => m.direction === 'in' && m.coveredBy === null);
  /** The one way a stored message changes: both revisions rise. */
  const touch = (message: Kept, change: Partial<Kept>) => {
    const conversation = conversationOf(message.conversationId)!;
    Object.assign(message, change, { rev: ++conversation.rev });
    return out(message);
  };
  /** Gives a message the next place in its conversation and keeps it. */
  const keep = (conversation: Conversation, isNote: boolean, now: number, make: (place: Place) => Message) => {
    const seq = isNote ? null : ++conversation.seq;
    const message = make({ conversationId: conversation.id, seq, rev: ++conversation.rev });
    const hidden = { order: ++order, pos: conversation.seq, notBefore: now, owner: null, leaseUntil: 0, version: 0, tokens: [] };
    messages.push({ ...copy(message), ...hidden });
    return copy(message);
  };
  const row = (conversation: Conversation): ConversationRow => {
    const contact = contactOf(conversation);
    const last = inConversation(conversation.id).find((m) => m.seq === conversation.seq);
    return {
      ...conversation,
      contactName: contact.name,
      contactPhone: maskPhone(contact.phone),
      contactUnreachable: contact.unreachable,
      preview: last ? previewOf(last) : '',
    };
  };
  const mayList = (c: Conversation, teamIds: string[] | null) =>
    c.lastInboundAt !== null && (teamIds === null || c.teamId === null || teamIds.includes(c.teamId));
  const isChosen = (c: Conversation, { channel, teamId, tag }: NonNullable<ListRequest['filter']> = {}) =>
    (channel ?? c.channel) === c.channel && (teamId ?? c.teamId) === c.teamId && (tag == null || c.tags.includes(tag));
  const current = (contact: Contact | undefined, reuseClosedSince: number) => {
    const theirs = conversations.filter((c) => c.contactId === contact?.id);
    const closed = theirs.filter((c) => c.state === 'closed' && (c.closedAt ?? 0) >= reuseClosedSince);
    const latest = closed.sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0) || b.number - a.number)[0];
    return theirs.find((c) => c.state !== 'closed') ?? latest;
  };
  const openFor = (request: OpenRequest) => {
    const { name, phone, channel, accountId, externalId } = request.contact;
    let contact = findContact(request.contact);
    if (contact === undefined) {
      const key = { id: request.newContactId, channel, accountId, externalId };
      contact = { ...key, name, phone, unreachable: false, blocked: false, createdAt: request.now };
      contacts.push(contact);
    }
    if ((name ?? contact.name) !== contact.name || (phone ?? contact.phone) !== contact.phone) contactIndex.delete(contact.id);
    contact.name = name ?? contact.name;
    contact.phone = phone ?? contact.phone;
    let conversation = current(contact, request.reuseClosedSince);
    if (conversation === undefined) {
      conversation = newConversation(request.newConversationId, ++number, contact, request.now);
      conversations.push(conversation);
    }
    return { contact, conversation };
  };
  const byClient = (conversationId: string | undefined, key: string | null) =>
    key === null ? undefined : messages.find((m) => m.conversationId === conversationId && m.clientMessageId === key);
  const byRule = ({ inReplyTo, ruleId }: NewMessage) =>
    inReplyTo === null || ruleId === null ? undefined : messages.find((m) => m.inReplyTo === inReplyTo && m.ruleId === ruleId);

  const isIdle = (contactId: string, before: number) =>
    contacts.some((c) => c.id === contactId && c.createdAt < before) &&
    conversations.every((c) => c.contactId !== contactId || (c.state === 'closed' && (c.closedAt ?? c.openedAt) < before));

  const kernel = {
    all: () => messages,
    conversations: () => conversations,
    conversationOf: (message: Kept) => conversationOf(message.conversationId)!,
    ...{ contactOf, touch, out },
  };

  return {
    conversations: {
      open: async (request) => copy(openFor(request)),
      async receive(request) {
        const { message, contact: key } = request;
        const target = current(findContact(key), request.reuseClosedSince);
        const received = messages.find((m) => {
          const { channel, accountId } = conversationOf(m.conversationId)!;
          const isHere = channel === key.channel && accountId === key.accountId;
          return isHere && m.direction === 'in' && m.externalId === message.externalId;
        });
        const stored = received ?? byClient(target?.id, message.clientMessageId);
        if (stored !== undefined) {
          const conversation = conversationOf(stored.conversationId)!;
          return { kind: 'duplicate', message: out(stored), ...copy({ contact: contactOf(conversation), conversation }) };
        }
        const { contact, conversation } = openFor(request);
        conversation.lastInboundAt = request.now;
        conversation.waitingSince ??= request.now;
        const written = keep(conversation, false, request.now, (place) => newInbound(message, place, request.now));
        return { kind: 'stored', message: written, ...copy({ contact, conversation }) };
      },
      async commit({ conversationId, expectedRev, patch, messages: added, cover, now, ...records }) {
        const conversation = conversationOf(conversationId);
        if (conversation === undefined) return { kind: 'gone' };
        const known = added.map((m) => byClient(conversationId, m.clientMessageId) ?? byRule(m)).find((m) => m !== undefined);
        if (known !== undefined) return { kind: 'duplicate', message: out(known) };
        if (conversation.rev !== expectedRev) return { kind: 'conflict', conversation: copy(conversation) };
        const others = conversations.filter((c) => c !== conversation && c.contactId === conversation.contactId);
        if ((patch.state ?? 'closed') !== 'closed' && others.some((c) => c.state !== 'closed'))
          throw new LoketError('conflict', 'This contact has another open conversation.');
        if (records.news && !noteNews(records.news)) return { kind: 'gone' };
        Object.assign(conversation, defined(patch));
        for (const id of cover?.ids ?? [])
          for (const m of uncovered(conversationId)) if (m.id === id) touch(m, { coveredBy: cover!.by });
        const written = added.map((m) => keep(conversation, m.direction === 'note', now, (place) => newOutbound(m, place, now)));
        if (conversation.rev === expectedRev) conversation.rev += 1;
        addOnce(facts, records.facts);
        addOnce(audit, records.audit);
        if (records.asked) asked.push(copy(records.asked));
        return { kind: 'ok', conversation: copy(conversation), messages: written };
      },
      async revise({ find, ...change }) {
        const message = messages.find((m) => {
          if ('id' in find) return m.id === find.id;
          const { channel, accountId } = conversationOf(m.conversationId)!;
          const here = channel === find.channel && accountId === find.accountId;
          return here && m.direction === 'in' && m.externalId === find.externalId;
        });
        if (message === undefined) return null;
        const conversation = conversationOf(message.conversationId)!;
        const wanted = defined(change);
        const isOld = (change.editedAt ?? Number.POSITIVE_INFINITY) < (message.editedAt ?? 0);
        const isNew = Object.entries(wanted).some(([k, v]) => JSON.stringify(v) !== JSON.stringify(message[k as keyof Kept]));
        if (isNew && !isOld) touch(message, { ...wanted, version: 0 });
        return { message: out(message), conversation: copy(conversation) };
      },
      async get(id) {
        const conversation = conversationOf(id);
        return conversation === undefined ? null : copy({ conversation, contact: contactOf(conversation) });
      },
      async row(id) {
        const conversation = conversationOf(id);
        return conversation === undefined ? null : copy(row(conversation));
      },
      async list({ view, officerId, teamIds, filter, cursor, limit }) {
        const waits = (c: Conversation) => c.waitingSince ?? Number.MAX_SAFE_INTEGER;
        const views: Record<ConversationView, [(c: Conversation) => boolean, Key<Conversation>]> = {
          queue: [(c) => c.state === 'queued', queuePlace],
          mine: [(c) => c.state === 'officer' && c.officerId === officerId, (c) => [waits(c), -(c.lastInboundAt ?? 0), c.number]],
          all: [(c) => c.state !== 'closed', (c) => [-(c.lastInboundAt ?? 0), -c.number]],
          closed: [(c) => c.state === 'closed', (c) => [-(c.closedAt ?? 0), -c.number]],
        };
        const [isShown, key] = views[view];
        const found = page(
          conversations.filter((c) => mayList(c, teamIds) && isShown(c) && isChosen(c, filter)),
          key,
          cursor,
          limit,
        );
        return { ...found, rows: found.rows.map(row) };
      },
      async due(now, uncoveredBefore, limit) {
        const dueSince = (c: Conversation) => {
          const waits = c.state === 'bot' || c.state === 'closed' ? uncovered(c.id).map((m) => m.createdAt) : [];
          const timers = c.dueAt !== null && c.dueAt <= now ? [c.dueAt] : [];
          return Math.min(...timers, ...waits.filter((at) => at <= uncoveredBefore));
        };
        const due = conversations.filter((c) => Number.isFinite(dueSince(c)));
        return copy(sorted(due, (c) => [dueSince(c), c.number]).slice(0, limit));
      },
      queue: async () => {
        const queued = conversations.filter((c) => c.state === 'queued');
        return copy(sorted(queued, queuePlace));
      },
      heldBy: async (officerId) => copy(conversations.filter((c) => c.state === 'officer' && c.officerId === officerId)),
    },
    queue: {
      async ahead({ teamId, queuedAt, number }) {
        const isBefore = (c: Conversation) => (c.queuedAt ?? 0) < queuedAt || (c.queuedAt === queuedAt && c.number < number);
        return conversations.filter((c) => c.state === 'queued' && c.teamId === teamId && isBefore(c)).length;
      },
      async size() {
        const times = conversations.filter((c) => c.state === 'queued').map((c) => c.queuedAt ?? 0);
        return { queued: times.length, oldest: times.length === 0 ? null : Math.min(...times) };
      },
    },
    messages: {
      get: async (id) => messages.filter((m) => m.id === id).map(out)[0] ?? null,
      byClientId: async (id, key) =>
        inConversation(id)
          .filter((m) => m.clientMessageId === key)
          .map(out)[0] ?? null,
      async byAttachment(id, attachmentId) {
        const found = inConversation(id).find((m) => m.attachments.some((file) => file.id === attachmentId));
        return found === undefined ? null : out(found);
      },
      async since(id, rev, limit) {
        const newer = inConversation(id).filter((m) => m.rev > rev);
        return sorted(newer, (m) => [m.rev])
          .slice(0, limit)
          .map(out);
      },
      async after(id, seq, limit) {
        const isShown = (m: Kept) => (m.seq === null ? m.pos >= seq && m.pos < seq + limit : m.pos > seq && m.pos <= seq + limit);
        return sorted(inConversation(id).filter(isShown), (m) => [m.pos, m.seq === null ? m.order : 0]).map(out);
      },
      uncovered: async (id) => uncovered(id).map(out),
      async facts(kind, limit) {
        const ofKind = facts.filter((fact) => fact.kind === kind);
        return copy(sorted(ofKind, (fact) => [-fact.at, -facts.indexOf(fact)]).slice(0, limit));
      },
      async stale(version, limit) {
        const old = messages.filter((m) => m.version < version && m.author.kind !== 'bot');
        const oldest = sorted(old, (m) => [m.version, m.order]).slice(0, limit);
        return oldest.map((m) => ({ id: m.id, text: m.deleted ? '' : m.text }));
      },
      async index(rows) {
        for (const { id, ...tokens } of rows) Object.assign(messages.find((m) => m.id === id) ?? {}, copy(tokens));
      },
      async search({ tokens, prefix, number: wanted, teamIds, cursor, limit }) {
        const words = [...tokens, ...(prefix === null ? [] : [prefix])];
        const has = (m: Kept, word: string) =>
          m.tokens.some((token) => (word === prefix ? token.startsWith(word) : token === word));
        const hits = messages.filter((m) => !m.deleted && words.length > 0 && words.every((word) => has(m, word)));
        const hitsOf = (c: Conversation) => hits.filter((m) => m.conversationId === c.id);
        const found = conversations.filter((c) => mayList(c, teamIds) && hitsOf(c).length > 0);
        const rows = page(found, (c) => [-Math.max(...hitsOf(c).map((m) => m.order))], cursor, limit);
        const first = conversations.find((c) => c.number === wanted && mayList(c, teamIds) && !found.includes(c));
        const all = first !== undefined && cursor === null ? [first, ...rows.rows] : rows.rows;
        const newest = (c: Conversation) => sorted(hitsOf(c), (m) => [-m.pos, m.seq === null ? -m.order : 0]).slice(0, 3);
        const shown = (m: Kept) => ({ id: m.id, seq: m.seq, direction: m.direction, createdAt: m.createdAt, text: m.text });
        return { ...rows, rows: all.map((c) => ({ row: row(c), hits: newest(c).map(shown) })) };
      },
    },
    attachments: {
      async keys(cursor, limit) {
        const withFiles = messages.filter((m) => m.attachments.length > 0);
        const found = page(withFiles, (m) => [m.order], cursor, limit);
        return { ...found, rows: found.rows.flatMap((m) => m.attachments.flatMap(({ key }) => key ?? [])) };
      },
    },
    outbox: createMemoryOutbox(kernel),
    contacts: createMemoryContacts({
      ...kernel,
      ...{ contacts: () => contacts, index: contactIndex, audit, row, mayList, findContact, isIdle },
      forget(contactId, theirs) {
        messages = messages.filter((m) => !theirs.includes(m.conversationId));
        conversations = conversations.filter((c) => c.contactId !== contactId);
        contacts = contacts.filter((c) => c.id !== contactId);
      },
    }),
    retention: createMemoryRetention({ ids: () => contacts.map(({ id }) => id), isIdle, audit }),
    identities: createMemoryIdentities({ contacts: () => contacts, audit }),
    ...createMemoryOffice(audit),
    knowledge: createMemoryKnowledge({ ...kernel, audit, asked }),
    permits,
    permitWatches,
    ping: async () => {},
    close: async () => {},
  };
}
