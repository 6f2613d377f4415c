// SQLite never differs from the memory model. LOKET_MODEL_RUNS sets how many sequences, LOKET_MODEL_SEED where they begin.
import { createFieldCrypto } from '../../src/store/fieldCrypto.ts';
import { createSqliteStore } from '../../src/store/sqlite/sqliteStore.ts';
import { runSequence, steps } from '../contract/storeModel.ts';
import { testKeys } from '../support/tempStore.ts';

const runs = Number(process.env.LOKET_MODEL_RUNS ?? 300);
const firstSeed = Number(process.env.LOKET_MODEL_SEED ?? 1);

describe('model check', () => {
  it(`When ${runs} random sequences of ${steps} operations run, then SQLite and the model never differ`, async () => {
    for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
      const store = createSqliteStore({ file: ':memory:', fields: createFieldCrypto(testKeys) });
      await runSequence(seed, store, true);
      await store.close();
    }
  }, 600_000);
});
