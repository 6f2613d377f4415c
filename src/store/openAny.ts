// The store a node works on: SQLite in DATA_DIR, or MongoDB where one is named; its driver is loaded only then.
import type { Hints, Leases, Peers } from '../desk/nodes.ts';
import type { DeskLog, Files, Store } from '../desk/ports.ts';
import type { SharedKnowledge } from '../desk/sharedKnowledge.ts';
import type { DataKey } from './dataKeys.ts';
import { openStore } from './openStore.ts';

export interface Opened {
  store: Store;
  files: Files;
  /** What nodes share; null where there can be only one. */
  nodes: { leases: Leases; hints: Hints; peers: Peers; knowledge: SharedKnowledge } | null;
  close(): Promise<void>;
}

/**
 * @param options `uri` of MongoDB, undefined for SQLite in `dataDir`; `nodeId` names this node to others; `onCommit` for fault tests
 * @throws LoketError with one sentence for the operator
 */
export async function openAny(options: {
  uri: string | undefined;
  dataDir: string;
  keys: readonly DataKey[];
  nodeId: string;
  log: DeskLog;
  onCommit?: ((when: 'before' | 'after') => void) | undefined;
}): Promise<Opened> {
  const { uri, dataDir, keys, nodeId, log, onCommit } = options;
  if (uri === undefined) return { ...openStore({ dataDir, keys, ...(onCommit && { onCommit }) }), nodes: null };
  const { openMongo } = await import('./mongo/openMongo.ts');
  return openMongo({ uri, keys, nodeId, log, onCommit });
}
