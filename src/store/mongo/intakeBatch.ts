// One batch of openings and inbound messages: reads what it needs, works it out in memory, writes it with three bulk writes.
// What was read is guarded: a contact and a message by their unique keys, a conversation by its `rev` and its slot.
import type { ClientSession } from 'mongoose';
import type { Contact, Conversation } from '../../contract/conversation.ts';
import type { NewInbound, Opened, OpenRequest, Received } from '../../desk/storePort.ts';
import { previewOf } from '../../desk/views.ts';
import { newConversation, newInbound } from '../blank.ts';
import type { MongoConnection } from './connection.ts';
import { contactKey, newContactDoc, toContactFields } from './contactRows.ts';
import { Overtaken } from './errors.ts';
import { gte, oneOf } from './filters.ts';
import type { ContactDoc, ConversationDoc, MessageDoc } from './models.ts';
import { clientKey, derived, receivedKey, sourceOf, toContact, toConversation, toMessage, toMessageDoc } from './records.ts';

/** `message` is null for an opening. */
export type IntakeRequest = OpenRequest & { message: NewInbound | null };

/** Everything a batch knows, read or made by an earlier row of it. */
interface Known {
  contacts: Map<string, { doc: ContactDoc; isNew: boolean; isChanged: boolean }>;
  /** By conversation id; `from` is the `rev` it was read with, null for a new one. */
  conversations: Map<string, { doc: ConversationDoc; from: number | null; isChanged: boolean }>;
  /** The open conversation of a contact, by contact id. */
  open: Map<string, string>;
  /** By unique key. */
  messages: Map<string, MessageDoc>;
  added: MessageDoc[];
}

type WriteBatch = (
  requests: IntakeRequest[],
  numbers: Map<string, number>,
  session: ClientSession,
) => Promise<(Received | Opened)[]>;

/** @returns writes a batch; `numbers` keeps consultation numbers over repetitions, so that none is skipped. */
export function createIntakeBatch(connection: MongoConnection): WriteBatch {
  const { models, fields, order, take } = connection;

  async function read(requests: IntakeRequest[]): Promise<Known> {
    const found = await models.contacts.find({ key: oneOf(requests.map(({ contact }) => contactKey(contact))) }).lean();
    const contacts = new Map(found.map((doc) => [doc.key, { doc: doc as ContactDoc, isNew: false, isChanged: false }]));
    const opened = await models.conversations.find({ slot: oneOf(found.map(({ _id }) => _id)) }).lean();
    const open = new Map(opened.map((doc) => [doc.contactId, doc._id]));
    const known: Known = { contacts, conversations: new Map(), open, messages: new Map(), added: [] };
    for (const doc of opened) addConversation(known, doc);
    const keys = requests.flatMap(({ contact, message }) => {
      if (message === null) return [];
      const conversationId = open.get(contacts.get(contactKey(contact))?.doc._id ?? '');
      const byClient = conversationId !== undefined && message.clientMessageId !== null;
      return [
        receivedKey(sourceOf(contact), message.externalId),
        ...(byClient ? [clientKey(conversationId, message.clientMessageId ?? '')] : []),
      ];
    });
    if (keys.length > 0) for (const doc of await models.messages.find({ keys: oneOf(keys) }).lean()) addMessage(known, doc);
    return known;
  }

  /** The contact's open conversation, else the latest closed one that is recent enough. */
  async function current(known: Known, contactId: string, { reuseClosedSince, message }: IntakeRequest): Promise<string | null> {
    const open = known.open.get(contactId);
    if (open !== undefined) return open;
    const doc = await models.conversations
      .findOne({ contactId, state: 'closed', place: gte(reuseClosedSince) })
      .sort({ place: -1, number: -1 })
      .lean();
    if (doc === null) return null;
    addConversation(known, doc);
    const key = message?.clientMessageId == null ? null : clientKey(doc._id, message.clientMessageId);
    const stored = key === null ? null : await models.messages.findOne({ keys: key }).lean();
    if (stored !== null) addMessage(known, stored);
    return doc._id;
  }

  async function begin(known: Known, request: IntakeRequest, contact: Contact, numbers: Map<string, number>): Promise<string> {
    const id = request.newConversationId;
    const number = numbers.get(id) ?? (await take('conversations'));
    numbers.set(id, number);
    const { id: _id, ...made } = newConversation(id, number, contact, request.now);
    const doc = { _id, ...made, ...derived({ id, ...made }), sendAt: null, uncoveredSince: null, preview: '' };
    known.conversations.set(id, { doc, from: null, isChanged: true });
    known.open.set(contact.id, id);
    return id;
  }

  function learn(known: Known, request: OpenRequest): Contact {
    const key = contactKey(request.contact);
    const entry = known.contacts.get(key);
    if (entry === undefined) {
      const doc = newContactDoc(request, fields, order());
      known.contacts.set(key, { doc, isNew: true, isChanged: true });
      return toContact(doc, fields);
    }
    const before = toContact(entry.doc, fields);
    const learnt = { ...before, name: request.contact.name ?? before.name, phone: request.contact.phone ?? before.phone };
    if (learnt.name !== before.name || learnt.phone !== before.phone) {
      Object.assign(entry.doc, toContactFields(learnt, fields));
      entry.isChanged = true;
    }
    return learnt;
  }

  async function duplicate(known: Known, stored: MessageDoc): Promise<Received> {
    const { conversationId } = stored;
    const doc = known.conversations.get(conversationId)?.doc ?? (await models.conversations.findById(conversationId).lean());
    if (doc === null) throw new Overtaken();
    const kept = [...known.contacts.values()].find((one) => one.doc._id === doc.contactId)?.doc;
    const contact = kept ?? (await models.contacts.findById(doc.contactId).lean());
    if (contact === null) throw new Overtaken();
    return {
      ...{ kind: 'duplicate', message: toMessage(stored), contact: toContact(contact as ContactDoc, fields) },
      conversation: toConversation(doc),
    };
  }

  async function one(known: Known, request: IntakeRequest, numbers: Map<string, number>): Promise<Received | Opened> {
    const { message, now } = request;
    const contactId = known.contacts.get(contactKey(request.contact))?.doc._id;
    const target = contactId === undefined ? null : await current(known, contactId, request);
    if (message !== null) {
      const byClient = target !== null && message.clientMessageId !== null ? clientKey(target, message.clientMessageId) : '';
      const stored =
        known.messages.get(receivedKey(sourceOf(request.contact), message.externalId)) ?? known.messages.get(byClient);
      if (stored !== undefined) return duplicate(known, stored);
    }
    const contact = learn(known, request);
    const entry = known.conversations.get(target ?? (await begin(known, request, contact, numbers)));
    if (entry === undefined) throw new Overtaken();
    if (message === null) return { contact, conversation: toConversation(entry.doc) };
    const { doc } = entry;
    const conversation: Conversation = { ...toConversation(doc), seq: doc.seq + 1, rev: doc.rev + 1, lastInboundAt: now };
    conversation.waitingSince ??= now;
    const { id: conversationId, seq, rev } = conversation;
    const stored = newInbound(message, { conversationId, seq, rev }, now);
    const uncoveredSince = Math.min(doc.uncoveredSince ?? now, now);
    Object.assign(doc, conversation, derived(conversation), { uncoveredSince, preview: previewOf(stored) });
    entry.isChanged = true;
    const added = toMessageDoc(stored, conversation, order());
    known.added.push(added);
    addMessage(known, added);
    return { kind: 'stored', contact, message: stored, conversation };
  }

  async function save({ contacts, conversations, added }: Known, session: ClientSession): Promise<void> {
    const people = [...contacts.values()].filter(({ isChanged }) => isChanged);
    if (people.length > 0) await models.contacts.bulkWrite(people.map(writeOf), { session });
    const changed = [...conversations.values()].filter(({ isChanged }) => isChanged);
    if (changed.length > 0) {
      const { insertedCount, matchedCount } = await models.conversations.bulkWrite(changed.map(writeOfConversation), { session });
      if (insertedCount + matchedCount !== changed.length) throw new Overtaken();
    }
    if (added.length > 0) await models.messages.insertMany(added, { session, lean: true, ordered: false });
  }

  return async (requests, numbers, session) => {
    const known = await read(requests);
    const answers: (Received | Opened)[] = [];
    for (const request of requests) answers.push(await one(known, request, numbers));
    await save(known, session);
    return answers;
  };
}

function addConversation(known: Known, doc: ConversationDoc): void {
  if (!known.conversations.has(doc._id)) known.conversations.set(doc._id, { doc, from: doc.rev, isChanged: false });
}

function addMessage(known: Known, doc: MessageDoc): void {
  for (const key of doc.keys) known.messages.set(key, doc);
}

function writeOf({ doc, isNew }: { doc: ContactDoc; isNew: boolean }) {
  if (isNew) return { insertOne: { document: doc } };
  const { _id, name, phone, phoneIndex, tokens, tokensVersion } = doc;
  return { updateOne: { filter: { _id }, update: { $set: { name, phone, phoneIndex, tokens, tokensVersion } } } };
}

function writeOfConversation({ doc, from }: { doc: ConversationDoc; from: number | null }) {
  if (from === null) return { insertOne: { document: doc } };
  const { _id, seq, rev, lastInboundAt, waitingSince, uncoveredSince, preview, place } = doc;
  const update = { $set: { seq, rev, lastInboundAt, waitingSince, uncoveredSince, preview, place } };
  return { updateOne: { filter: { _id, rev: from }, update } };
}
