// The sub-port of names: each is a keyed hash that leads to one contact, so that the collection tells no number.
import type { ClientSession } from 'mongoose';
import type { Alias, IdentityStore } from '../../desk/identityPort.ts';
import { aliasText } from '../aliasText.ts';
import type { MongoConnection } from './connection.ts';
import { contactKey } from './contactRows.ts';
import { oneOf } from './filters.ts';
import { createLinkCodes } from './linkCodes.ts';
import { toContact } from './records.ts';
import { createTrail } from './trail.ts';

/** @returns the names of the port. */
export function createIdentities(connection: MongoConnection): IdentityStore {
  const { models, fields, run, atomic } = connection;
  const { identities, contacts, persons } = models;
  const trail = createTrail(connection);
  const hashesOf = (name: Alias): string[] => fields.blindIndexes(aliasText(name));

  async function othersOf(contactId: string, session?: ClientSession): Promise<string[]> {
    const options = session === undefined ? {} : { session };
    const own = await persons.findById(contactId, null, options).lean();
    const group = own === null ? [] : await persons.find({ personId: own.personId }, { _id: 1 }, options).lean();
    return group
      .map(({ _id }) => _id)
      .filter((id) => id !== contactId)
      .sort();
  }

  async function together(contactId: string, otherId: string, session: ClientSession): Promise<void> {
    const known = await persons.find({ _id: oneOf([contactId, otherId]) }, null, { session }).lean();
    const personOf = (id: string) => known.find(({ _id }) => _id === id)?.personId;
    // A person is named by the contact it began with.
    const personId = personOf(contactId) ?? contactId;
    const before = personOf(otherId);
    if (before !== undefined) await persons.updateMany({ personId: before }, { $set: { personId } }, { session });
    for (const _id of [contactId, otherId]) await persons.updateOne({ _id }, { $set: { personId } }, { session, upsert: true });
  }

  return {
    ...createLinkCodes(connection, together),
    find: (names) =>
      run(async () => {
        const asked = names.map((name) => ({ name, hashes: hashesOf(name) }));
        const found = await identities.find({ _id: oneOf(asked.flatMap(({ hashes }) => hashes)) }).lean();
        return asked.flatMap(({ name, hashes }) => {
          const known = found.find(({ _id }) => hashes.includes(_id));
          if (known === undefined) return [];
          return { ...name, contactId: known.contactId, ...(known._id !== hashes[0] && { isOld: true as const }) };
        });
      }),
    kindsOf: (contactId) =>
      run(async () => [...new Set((await identities.find({ contactId }, { kind: 1 }).lean()).map(({ kind }) => kind))].sort()),
    give: (contactId, names) =>
      atomic(async (session) => {
        if ((await contacts.exists({ _id: contactId }).session(session)) === null) return;
        const given = names.map((name) => ({ kind: name.kind, hashes: hashesOf(name) }));
        await identities.deleteMany({ _id: oneOf(given.flatMap(({ hashes }) => hashes)) }, { session });
        const docs = given.map(({ kind, hashes }) => ({ _id: hashes[0] ?? '', kind, contactId }));
        await identities.insertMany(docs, { session, lean: true });
      }),
    linked: (contactId) => run(() => othersOf(contactId)),
    link: (contactId, otherId, audit) =>
      atomic(async (session) => {
        const there = await contacts.find({ _id: oneOf([contactId, otherId]) }, { _id: 1 }, { session }).lean();
        if (there.length < 2) return false;
        await together(contactId, otherId, session);
        await trail.audit([audit], session);
        return true;
      }),
    unlink: (contactId, audit) =>
      atomic(async (session) => {
        const others = await othersOf(contactId, session);
        const [heir] = others;
        if (heir === undefined) return false;
        await persons.deleteOne({ _id: contactId }, { session });
        // The name stays with those who remain.
        await persons.updateMany({ personId: contactId }, { $set: { personId: heir } }, { session });
        await trail.audit([audit], session);
        return true;
      }),
    move: (contactId, externalId, audit) =>
      atomic(async (session) => {
        const doc = await contacts.findById(contactId, null, { session }).lean();
        if (doc === null) return null;
        const contact = toContact(doc, fields);
        const key = contactKey({ ...contact, externalId });
        if (key === doc.key) return contact;
        if ((await contacts.exists({ key }).session(session)) !== null) return 'taken' as const;
        await contacts.updateOne({ _id: contactId }, { $set: { key, externalId } }, { session });
        await trail.audit([audit], session);
        return { ...contact, externalId };
      }),
  };
}
