// An empty store on the test server, again and again: one connection and one set of indexes, emptied in between.
import type { Store } from '../../src/desk/storePort.ts';
import { createFieldCrypto } from '../../src/store/fieldCrypto.ts';
import type { MongoConnection } from '../../src/store/mongo/connection.ts';
import { createMongoStore } from '../../src/store/mongo/mongoStore.ts';
import { type MongoServer, startMongoServer } from './mongoServer.ts';
import { testKeys } from './tempStore.ts';

export interface MongoKit {
  server: MongoServer;
  connection: MongoConnection;
  store: Store;
  /** Forgets everything, as if new. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

export async function openMongoKit(): Promise<MongoKit> {
  const server = await startMongoServer();
  const { store, connection } = await createMongoStore({ uri: server.uri(), fields: createFieldCrypto(testKeys) });
  const { counters, ...others } = connection.models;
  return {
    ...{ server, connection, store },
    async empty() {
      await Promise.all(Object.values(others).map((model) => model.collection.deleteMany({})));
      await counters.updateOne({ _id: 'conversations' }, { $set: { value: 1000 } });
    },
    async close() {
      await connection.connection.dropDatabase();
      await store.close();
      await server.stop();
    },
  };
}
