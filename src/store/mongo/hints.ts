// Hints between nodes: Socket.IO's MongoDB adapter carries them, as events of a server that no browser connects to. Each is a document
// that a change stream shows to the others, forgotten after a minute. Why no packets: docs/decisions/0012-nodes-on-mongodb.md.
import { createAdapter } from '@socket.io/mongo-adapter';
import type { mongo } from 'mongoose';
import { type DefaultEventsMap, Server } from 'socket.io';
import type { Hint, Hints } from '../../desk/nodes.ts';
import type { MongoConnection } from './connection.ts';

interface NodeEvents {
  hint: (hint: Hint, node: string) => void;
}

/**
 * @param node names this node to the others; its own hints are not shown to it
 * @returns the hints, and what ends listening. A stream that breaks is opened again by the adapter after a second, where it had been
 */
export function createHints({ connection }: MongoConnection, node: string): Hints & { stop(): Promise<void> } {
  const { db } = connection;
  if (db === undefined) throw new Error('Connect first.');
  const adapter = createAdapter(withOneStream(db.collection('hints')), { addCreatedAtField: true });
  const bus = new Server<DefaultEventsMap, DefaultEventsMap, NodeEvents>({ adapter });
  let isStopped = false;
  return {
    tell(hint) {
      if (!isStopped) bus.serverSideEmit('hint', hint, node);
    },
    listen(react) {
      bus.on('hint', react);
    },
    async stop() {
      isStopped = true;
      await bus.close().catch(() => undefined);
    },
  };
}

/** After a break the adapter (0.4.0) opens a stream, also where the driver has mended the old one: with each outage hints would come once more. */
function withOneStream(collection: mongo.Collection): mongo.Collection {
  let open: mongo.ChangeStream | null = null;
  const watch: typeof collection.watch = (...how) => {
    open?.removeAllListeners().on('error', () => undefined);
    open?.close().catch(() => undefined);
    const stream = collection.watch(...how);
    open = stream as unknown as mongo.ChangeStream;
    return stream as never;
  };
  return Object.assign(Object.create(collection) as mongo.Collection, { watch });
}
