// The sub-port of names: each is a keyed hash that leads to one contact, so that the collection tells no number.
import type { Alias, IdentityStore } from '../../desk/identityPort.ts';
import { aliasText } from '../aliasText.ts';
import type { MongoConnection } from './connection.ts';
import { contactKey } from './contactRows.ts';
import { oneOf } from './filters.ts';
import { toContact } from './records.ts';
import { createTrail } from './trail.ts';

/** @returns the names of the port. */
export function createIdentities(connection: MongoConnection): IdentityStore {
  const { models, fields, run, atomic } = connection;
  const { identities, contacts } = models;
  const trail = createTrail(connection);
  const hashesOf = (name: Alias): string[] => fields.blindIndexes(aliasText(name));

  return {
    find: (names) =>
      run(async () => {
        const asked = names.map((name) => ({ name, hashes: hashesOf(name) }));
        const found = await identities.find({ _id: oneOf(asked.flatMap(({ hashes }) => hashes)) }).lean();
        return asked.flatMap(({ name, hashes }) => {
          const known = found.find(({ _id }) => hashes.includes(_id));
          return known === undefined ? [] : { ...name, contactId: known.contactId };
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
