// MongoDB passes the store contract, and every query the contract makes runs on an index.
import { wantedIndexes } from '../../src/store/mongo/models.ts';
import { createSharedKnowledge } from '../../src/store/mongo/sharedKnowledge.ts';
import { describeSharedKnowledge } from '../contract/sharedKnowledge.ts';
import { describeStore } from '../contract/storeContract.ts';
import { type MongoKit, openMongoKit } from '../support/mongoKit.ts';
import { describeMongo } from '../support/mongoServer.ts';
import { isServed, logQueries, type QueryLog, stagesOf } from '../support/queryPlans.ts';

describeMongo('with a MongoDB-wire server', () => {
  let kit: MongoKit;
  let log: QueryLog;
  beforeAll(async () => {
    kit = await openMongoKit();
    log = logQueries();
  });
  afterAll(async () => {
    log.stop();
    await kit.close();
  });

  describeStore('MongoDB', async () => {
    await kit.empty();
    return { store: kit.store, close: async () => {} };
  });

  describeSharedKnowledge('MongoDB', async () => {
    await kit.empty();
    return createSharedKnowledge(kit.connection);
  });

  it('When the contract has run, then an index serves each of its queries', async () => {
    log.stop();
    // The few that want all of a small collection, or any one of it.
    const queries = [...log.kinds()].filter(([, { filter }]) => Object.keys(filter).length > 0);
    expect(queries.length).toBeGreaterThan(70);
    const indexes = new Map(wantedIndexes().map((one) => [one.name as string, one.indexes]));
    const unserved = queries.filter(([, query]) => !isServed(query, indexes.get(query.collection) ?? []));
    expect(unserved.map(([kind]) => kind)).toEqual([]);

    // What the server says itself. The one of our own plans an index only where it holds every field of the filter,
    // so the few kinds it must get right are those; MongoDB must get all of them right.
    const isReal = process.env.MONGODB_URI !== undefined;
    const scans: string[] = [];
    for (const [kind, query] of queries)
      if ((await stagesOf(kit.connection.connection, query)).includes('COLLSCAN')) scans.push(kind);
    expect(
      isReal ? scans : scans.filter((kind) => /^\w+ \{(_id|key|keys|slot|email): (\?|\{\$in: \?\})\} sort/.test(kind)),
    ).toEqual([]);
  });

  it('When no index serves a query, then this test sees it', async () => {
    const query = { collection: 'messages', filter: { text: 'x' }, sort: undefined };
    expect(await stagesOf(kit.connection.connection, query)).toContain('COLLSCAN');
    const indexes = [{ key: { a: 1, b: 1, c: 1 } as const }];
    const served = (filter: Record<string, unknown>, sort?: Record<string, 1 | -1>) =>
      isServed({ collection: 'x', filter, sort }, indexes);
    expect([served({ a: 1 }, { b: -1, c: -1 }), served({ a: 1, b: { $gt: 1 } }), served({ a: 1, b: 2 }, { c: 1 })]).toEqual([
      true,
      true,
      true,
    ]);
    expect([
      served({ b: 1 }),
      served({ a: 1 }, { c: 1 }),
      served({ a: 1 }, { b: 1, c: -1 }),
      served({ a: { $gt: 1 } }, { b: 1 }),
    ]).toEqual([false, false, false, false]);
  });
});
