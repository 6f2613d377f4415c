// Opens everything a node needs of MongoDB: the store, the files, and what nodes share. Loaded only where MONGODB_URI is set.
import { randomBytes } from 'node:crypto';
import { LoketError } from '../../contract/errors.ts';
import type { Hints, Leases, Peers } from '../../desk/nodes.ts';
import type { DeskLog, Files, Store } from '../../desk/ports.ts';
import type { SharedKnowledge } from '../../desk/sharedKnowledge.ts';
import { KEY_CHECK } from '../copy/copyPort.ts';
import type { DataKey } from '../dataKeys.ts';
import { createFieldCrypto, type FieldCrypto } from '../fieldCrypto.ts';
import { connect, type MongoConnection, type MongoOptions } from './connection.ts';
import { createGridFiles } from './gridFiles.ts';
import { createHints } from './hints.ts';
import { createLeases } from './leases.ts';
import { type Migrated, migrate } from './migrate.ts';
import { createMongoStore } from './mongoStore.ts';
import { createPeers } from './peers.ts';
import { createSharedKnowledge } from './sharedKnowledge.ts';

export interface OpenMongoOptions extends Omit<MongoOptions, 'fields'> {
  keys: readonly DataKey[];
  /** Names this node to the others. */
  nodeId: string;
  log: DeskLog;
}

/** @throws LoketError with one sentence for the operator: see `createMongoStore`; `failed` when another node has other keys */
export async function openMongo({ keys, nodeId, log, ...options }: OpenMongoOptions): Promise<{
  store: Store;
  files: Files;
  nodes: { leases: Leases; hints: Hints; peers: Peers; knowledge: SharedKnowledge };
  close: () => Promise<void>;
}> {
  const { store, connection } = await openChecked(keys, options);
  const peers = await createPeers(connection, nodeId, log).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const leases = createLeases(connection, nodeId, log, peers);
  const hints = createHints(connection, nodeId);
  return {
    store,
    files: createGridFiles(connection),
    nodes: { leases, hints, peers, knowledge: createSharedKnowledge(connection) },
    async close() {
      await Promise.all([leases.stop(), hints.stop(), peers.stop()]);
      await store.close();
    },
  };
}

/**
 * Opens the store for a command beside running nodes: it does not beat, and holds nothing.
 * @throws LoketError as `openMongo` does
 */
export async function openMongoTool({ keys, ...options }: Omit<OpenMongoOptions, 'nodeId' | 'log'>): Promise<{
  store: Store;
  files: Files;
  close: () => Promise<void>;
}> {
  const { store, connection } = await openChecked(keys, options);
  return { store, files: createGridFiles(connection), close: store.close };
}

/**
 * Brings the database to the shape a node wants, and does nothing else: any key will do, and none is sealed in.
 * @throws LoketError as `createMongoStore` does
 */
export async function migrateMongo(uri: string): Promise<Migrated> {
  const connection = await connect({ uri, fields: createFieldCrypto([{ id: 'unused', key: randomBytes(32) }]) });
  return migrate(connection).finally(connection.close);
}

/** @throws LoketError as `openMongo` does */
export async function openChecked(keys: readonly DataKey[], options: Omit<MongoOptions, 'fields'>) {
  const fields = createFieldCrypto(keys);
  const opened = await createMongoStore({ ...options, fields });
  try {
    await checkKeys(opened.connection, fields);
    return opened;
  } catch (error) {
    await opened.store.close();
    throw error;
  }
}

/** The first node seals a word; whoever cannot open it has other keys, and would not find or read anybody. */
export async function checkKeys({ models, run }: MongoConnection, fields: FieldCrypto): Promise<void> {
  const _id = KEY_CHECK;
  const word = { value: JSON.stringify(fields.encrypt('loket')), version: 1 };
  await run(() => models.settings.updateOne({ _id }, { $setOnInsert: word }, { upsert: true })).catch(() => undefined);
  const known = await run(() => models.settings.findById(_id).lean());
  try {
    if (known !== null && fields.decrypt(JSON.parse(known.value) as string) === 'loket') return;
  } catch {
    // Said below.
  }
  throw new LoketError('failed', 'This database was written with other keys: give every node the same DATA_KEYS.');
}
