// Brings the database to the shape this program knows: collections, indexes, later also changes of documents. Safe with many nodes
// starting at once, because every step can be done twice and side by side.
import { createHash } from 'node:crypto';
import { LoketError } from '../../contract/errors.ts';
import type { MongoConnection } from './connection.ts';
import { lt } from './filters.ts';
import { wantedIndexes } from './models.ts';

/** The shape of this program. A released change of documents is a new step and a higher number. */
export const SHAPE = 1;
/** Indexes of a large database take their time. */
const PATIENCE_MS = 600_000;

export interface Migrated {
  /** The shape that was found; null in an empty database. */
  from: number | null;
  to: number;
  /** Whether collections and indexes had to be looked after. */
  isChanged: boolean;
}

/** @throws LoketError `failed` when a newer program wrote the database */
export async function migrate({ connection, models, run }: MongoConnection): Promise<Migrated> {
  return run(async () => {
    const known = await models.counters.findById('shape').lean();
    if (known !== null && known.value > SHAPE)
      throw new LoketError(
        'failed',
        `The database has shape ${known.value}, this program knows ${SHAPE}: start the newer Loket, or restore a backup.`,
      );
    // Written last, so that whoever finds it need not look at anything else: a busy database is not asked for indexes it has.
    const print = fingerprint();
    const made = await models.counters.findById('indexes').lean();
    if (known?.value === SHAPE && made?.value === print) return { from: known.value, to: SHAPE, isChanged: false };
    for (const { name, indexes } of wantedIndexes()) {
      const model = models[name];
      // The collection first: inside a transaction none is made. Namespace exists: another node was quicker.
      await connection.createCollection(name).catch((error: { code?: number }) => {
        if (error.code !== 48) throw error;
      });
      if (indexes.length > 0) await model.collection.createIndexes(indexes);
    }
    await models.counters.updateOne({ _id: 'conversations' }, { $setOnInsert: { value: 1000 } }, { upsert: true }).catch(isThere);
    if (known === null)
      await models.counters.updateOne({ _id: 'shape' }, { $setOnInsert: { value: SHAPE } }, { upsert: true }).catch(isThere);
    else await models.counters.updateOne({ _id: 'shape', value: lt(SHAPE) }, { $set: { value: SHAPE } });
    await models.counters.updateOne({ _id: 'indexes' }, { $set: { value: print } }, { upsert: true }).catch(isThere);
    return { from: known?.value ?? null, to: SHAPE, isChanged: true };
  }, PATIENCE_MS);
}

/** One number for all indexes there must be. */
function fingerprint(): number {
  return createHash('sha256').update(JSON.stringify(wantedIndexes())).digest().readUIntBE(0, 6);
}

/** Two upserts of one key at once: one of them is told that it is there. */
function isThere(error: { code?: number }): void {
  if (error.code !== 11000) throw error;
}
