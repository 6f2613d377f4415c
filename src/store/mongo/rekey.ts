// MongoDB as a store whose encrypted fields are written anew, beside running nodes; the place of a run is a setting of its own.
import { KEY_CHECK, REKEY_PLACE } from '../copy/copyPort.ts';
import type { DataKey } from '../dataKeys.ts';
import type { FieldCrypto } from '../fieldCrypto.ts';
import { placeSchema, type RekeyEnd } from '../rekey.ts';
import type { MongoConnection } from './connection.ts';
import { gt } from './filters.ts';
import type { ContactDoc } from './models.ts';
import { openChecked } from './openMongo.ts';
import { createPermitUpkeep } from './permitUpkeep.ts';

/** Counting what is left walks whole collections, once. Milliseconds. */
const PATIENCE_MS = 600_000;

/**
 * @param keys the new key first, every older one after it; the running nodes must have them in the same order
 * @throws LoketError as `openMongo` does
 */
export async function openMongoRekey(uri: string, keys: readonly DataKey[]): Promise<RekeyEnd> {
  const { store, connection } = await openChecked(keys, { uri });
  const { models, run, fields } = connection;
  const { rekey } = createPermitUpkeep(connection);
  const _id = REKEY_PLACE;
  return {
    async known() {
      const doc = await run(() => models.settings.findById(_id).lean());
      return doc === null ? null : placeSchema.parse(JSON.parse(doc.value));
    },
    async keep(place) {
      if (place === null) return void (await run(() => models.settings.deleteOne({ _id })));
      const set = { value: JSON.stringify(place), version: 1 };
      await run(() => models.settings.updateOne({ _id }, { $set: set }, { upsert: true }));
    },
    async contacts(after, limit) {
      const found = await run(() =>
        models.contacts
          .find(after === null ? {} : { _id: gt(String(after)) }, { name: 1, phone: 1, phoneIndex: 1 })
          .sort({ _id: 1 })
          .limit(limit)
          .lean<ContactDoc[]>(),
      );
      const last = found.at(-1)?._id;
      return last === undefined ? null : { last, changed: await reseal(connection, found) };
    },
    async permits(after, limit) {
      const last = await rekey(after ?? 0, limit);
      if (last === null) return null;
      const changed = await run(() => models.permits.collection.countDocuments({ n: { $gt: after ?? 0, $lte: last } }));
      return { last, changed };
    },
    async finish() {
      const word = { value: JSON.stringify(fields.encrypt('loket')), version: 1 };
      await run(() => models.settings.updateOne({ _id: KEY_CHECK }, { $set: word }, { upsert: true }));
      return countLeft(connection, fields);
    },
    close: store.close,
  };
}

/** Only what nobody changed meanwhile: a node seals what it writes itself. @returns how many */
async function reseal({ models, run, fields }: MongoConnection, found: readonly ContactDoc[]): Promise<number> {
  const old = found.filter(({ name, phone }) => !(fields.isCurrent(name) && fields.isCurrent(phone)));
  if (old.length === 0) return 0;
  const writes = old.map(({ _id, name, phone, phoneIndex }) => {
    const number = fields.decrypt(phone);
    const index = number === null ? phoneIndex : (fields.blindIndexes(number)[0] ?? null);
    const sealed = { name: fields.encrypt(fields.decrypt(name)), phone: fields.encrypt(number), phoneIndex: index };
    return { updateOne: { filter: { _id, name, phone }, update: { $set: { ...sealed, tokensVersion: 0 } } } };
  });
  return (await run(() => models.contacts.bulkWrite(writes, { ordered: false }))).matchedCount;
}

/** The driver's own collections: no query of the product, and the filters are made here. */
async function countLeft({ models, run }: MongoConnection, fields: FieldCrypto): Promise<number> {
  const probe = fields.encrypt('');
  const first = new RegExp(`^${probe.slice(0, probe.indexOf(':'))}:`);
  const { contacts, permits, permitEvents, permitWatches } = models;
  const columns = [
    ...(['name', 'phone'] as const).map((field) => [contacts.collection, field] as const),
    [permitWatches.collection, 'ended'] as const,
    ...[permits, permitEvents].flatMap(({ collection }) =>
      (['sealed', 'note'] as const).map((field) => [collection, field] as const),
    ),
  ];
  let left = 0;
  for (const [collection, field] of columns)
    left += await run(() => collection.countDocuments({ [field]: { $nin: [null, first] } }), PATIENCE_MS);
  return left;
}
