// MongoDB never differs from the memory model; a few sequences each time, LOKET_MODEL_RUNS sets more. Writes of one turn may come in any order there.
import { runSequence, steps } from '../contract/storeModel.ts';
import { type MongoKit, openMongoKit } from '../support/mongoKit.ts';
import { describeMongo } from '../support/mongoServer.ts';

const runs = Number(process.env.LOKET_MODEL_RUNS ?? 3);
const firstSeed = Number(process.env.LOKET_MODEL_SEED ?? 1);

describeMongo('model check', () => {
  let kit: MongoKit;
  beforeAll(async () => {
    kit = await openMongoKit();
  });
  afterAll(() => kit.close());

  it(`When ${runs} random sequences of ${steps} operations run, then MongoDB and the model never differ`, async () => {
    for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
      await kit.empty();
      await runSequence(seed, kit.store, false);
    }
  }, 600_000);
});
