// MongoDB as one end of a copy: documents as they are.
import { COPY_MARK, type Copied, type CopyEnd, type Doc, KEY_CHECK, REKEY_PLACE } from '../copy/copyPort.ts';
import type { DataKey } from '../dataKeys.ts';
import { createFieldCrypto } from '../fieldCrypto.ts';
import { createGridFiles } from './gridFiles.ts';
import { createMongoStore } from './mongoStore.ts';
import { checkKeys } from './openMongo.ts';

/** @throws LoketError as `openMongo` */
export async function openMongoEnd(uri: string, keys: readonly DataKey[]): Promise<CopyEnd> {
  const fields = createFieldCrypto(keys);
  const { store, connection } = await createMongoStore({ uri, fields });
  try {
    await checkKeys(connection, fields);
  } catch (error) {
    await store.close();
    throw error;
  }
  const { models, atomic, run } = connection;
  const files = createGridFiles(connection);
  // The driver's own collections: documents are moved, not interpreted; the filters are made here.
  const of = (name: Copied) => models[name].collection;
  const ours = (name: Copied) => (name === 'settings' ? [{ _id: { $nin: [KEY_CHECK, COPY_MARK, REKEY_PLACE] } }] : []);
  // How often an entry was touched to collide with others means nothing elsewhere.
  const content = { projection: { tells: 0 } };
  const filter = (name: Copied, after: Doc['_id'] | null) => {
    const parts = [...ours(name), ...(after === null ? [] : [{ _id: { $gt: after } }])];
    return (parts.length === 0 ? {} : { $and: parts }) as object;
  };

  async function highest(name: 'conversations' | 'permits' | 'permitEvents'): Promise<number> {
    const field = { conversations: 'number', permits: 'n', permitEvents: '_id' }[name];
    const [doc] = await of(name)
      .find({})
      .sort({ [field]: -1 })
      .limit(1)
      .toArray();
    return Number((doc as Record<string, unknown> | undefined)?.[field] ?? 0);
  }

  return {
    count: (name) => run(() => of(name).countDocuments(filter(name, null))),
    read: (name, after, limit) =>
      run(
        async () =>
          (await of(name).find(filter(name, after), content).sort({ _id: 1 }).limit(limit).toArray()) as unknown as Doc[],
      ),
    last: (name) =>
      run(async () => {
        const [doc] = await of(name)
          .find(filter(name, null), { projection: { _id: 1 } })
          .sort({ _id: -1 })
          .limit(1)
          .toArray();
        return (doc as unknown as Doc | undefined)?._id ?? null;
      }),
    write: (name, docs) => atomic(async (session) => void (await of(name).insertMany(docs as never[], { session }))),
    files: (after, limit) => files.keys(after, limit),
    readFile: files.read,
    writeFile: files.put,
    async mark(from) {
      await run(() => models.settings.deleteOne({ _id: COPY_MARK }));
      if (from !== null)
        await run(() =>
          models.settings.insertMany([{ _id: COPY_MARK, value: JSON.stringify(from), version: 1 }], { lean: true }),
        );
    },
    marked: () =>
      run(async () => {
        const doc = await models.settings.findById(COPY_MARK).lean();
        return doc === null ? null : (JSON.parse(doc.value) as string);
      }),
    async finish() {
      for (const name of ['conversations', 'permits', 'permitEvents'] as const) {
        const value = Math.max(await highest(name), name === 'conversations' ? 1000 : 0);
        await run(() => models.counters.updateOne({ _id: name }, { $set: { value } }, { upsert: true }));
      }
    },
    close: store.close,
  };
}
