// The sub-port of contacts: looking people up, and forgetting them.
import type { ClientSession } from 'mongoose';
import type { ContactStore, ErasedContact } from '../../desk/storePort.ts';
import { readCursor, toPage } from '../sqlite/cursor.ts';
import type { MongoConnection } from './connection.ts';
import { createContactIndex } from './contactIndex.ts';
import { contactKey, toContactFields } from './contactRows.ts';
import { isSet, lt, oneOf } from './filters.ts';
import { createRows } from './lists.ts';
import type { ContactDoc } from './models.ts';
import { given, toContact } from './records.ts';
import { areOver } from './retention.ts';
import { createTrail } from './trail.ts';

/** @returns the contacts of the port. */
export function createContacts(connection: MongoConnection): ContactStore {
  const { models, fields, run, atomic } = connection;
  const { contacts, conversations, messages } = models;
  const rowsOf = createRows(connection);
  const trail = createTrail(connection);
  const shown = (doc: ContactDoc | null) => (doc === null ? null : toContact(doc, fields));

  async function footprint(contactId: string, session?: ClientSession): Promise<ErasedContact & { ids: string[] }> {
    const options = session === undefined ? {} : { session };
    const ids = (await conversations.find({ contactId }, { _id: 1 }, options).lean()).map(({ _id }) => _id);
    const said = await messages.find({ conversationId: oneOf(ids) }, { attachments: 1, tokens: 1 }, options).lean();
    const files = said.flatMap(({ attachments }) => attachments);
    return {
      ...{ ids, conversations: ids.length, messages: said.length, attachments: files.length },
      tokens: said.reduce((sum, { tokens }) => sum + tokens.length, 0),
      fileKeys: files.flatMap(({ key }) => key ?? []),
    };
  }

  return {
    ...createContactIndex(connection),
    get: (id) => run(async () => shown(await contacts.findById(id).lean())),
    find: (key) => run(async () => shown(await contacts.findOne({ key: contactKey(key) }).lean())),
    findByPhone: (phone) =>
      run(async () => {
        const found = await contacts.find({ phoneIndex: oneOf(fields.blindIndexes(phone)) }).lean();
        return found.sort((a, b) => a.n - b.n).map((doc) => toContact(doc, fields));
      }),
    conversations: (contactId, cursor, limit) =>
      run(async () => {
        const [before = 0] = readCursor(cursor, [Number.MAX_SAFE_INTEGER]);
        const found = await conversations
          .find({ contactId, number: lt(before), lastInboundAt: isSet() })
          .sort({ number: -1 })
          .limit(limit + 1)
          .lean();
        return toPage(await rowsOf(found), limit, (row) => [row.number]);
      }),
    footprint: (id) =>
      run(async () => {
        if ((await contacts.findById(id, { _id: 1 }).lean()) === null) return null;
        const { fileKeys: _, ids: __, ...sum } = await footprint(id);
        return sum;
      }),
    update: (id, patch, audit) =>
      atomic(async (session) => {
        const doc = await contacts.findById(id, null, { session }).lean();
        if (doc === null) return null;
        const next = { ...toContact(doc, fields), ...given(patch) };
        await contacts.updateOne({ _id: id }, { $set: toContactFields(next, fields) }, { session });
        await trail.audit([audit], session);
        return next;
      }),
    erase: (id, audit, closedBefore = null) =>
      atomic(async (session) => {
        if (closedBefore !== null && !(await areOver(connection, id, closedBefore, session))) return null;
        // The deletion of the contact first: whoever writes to it meanwhile collides with this.
        if ((await contacts.deleteOne({ _id: id }, { session })).deletedCount === 0) return null;
        const { ids, ...erased } = await footprint(id, session);
        const said = await messages.find({ conversationId: oneOf(ids) }, { _id: 1 }, { session }).lean();
        await models.labels.deleteMany({ _id: oneOf(said.map(({ _id }) => _id)) }, { session });
        await messages.deleteMany({ conversationId: oneOf(ids) }, { session });
        await conversations.deleteMany({ contactId: id }, { session });
        await models.permitWatches.deleteMany({ contactId: id }, { session });
        await models.identities.deleteMany({ contactId: id }, { session });
        await models.persons.deleteOne({ _id: id }, { session });
        await models.linkCodes.deleteMany({ contactId: id }, { session });
        await models.linkTries.deleteOne({ _id: id }, { session });
        await trail.audit([audit], session);
        return erased;
      }),
  };
}
