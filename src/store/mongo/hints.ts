// Hints between nodes: each is one small document that a change stream shows to the others, forgotten after a minute.
import type { Hint, Hints } from '../../desk/nodes.ts';
import type { DeskLog } from '../../desk/ports.ts';
import type { MongoConnection } from './connection.ts';

/** Until the stream is opened again after it broke; doubled up to the longest. Milliseconds. */
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 3000;

/**
 * @param node names this node: its own hints are not shown to it
 * @returns the hints, and what ends listening
 */
export function createHints(
  { models, order }: MongoConnection,
  node: string,
  log: Pick<DeskLog, 'warn'>,
): Hints & { stop(): Promise<void> } {
  const listeners: Parameters<Hints['listen']>[0][] = [];
  let isStopped = false;
  let stream: { close(): Promise<void> } | null = null;
  let waiting: NodeJS.Timeout | undefined;
  let waitMs = FIRST_WAIT_MS;

  function open(): void {
    if (isStopped) return;
    const changes = models.hints.collection.watch([{ $match: { operationType: 'insert' } }]);
    stream = changes;
    changes.on('change', (change) => {
      waitMs = FIRST_WAIT_MS;
      if (change.operationType !== 'insert' || change.fullDocument.node === node) return;
      for (const react of listeners) react(change.fullDocument.hint as Hint, String(change.fullDocument.node));
    });
    changes.once('error', (error) => {
      if (isStopped) return;
      log.warn({ cause: error instanceof Error ? error.name : '' }, 'hints of other nodes are not heard; trying again');
      changes.close().catch(() => undefined);
      waiting = setTimeout(open, waitMs);
      waiting.unref();
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    });
  }

  return {
    tell(hint) {
      if (isStopped) return;
      models.hints
        .insertMany([{ _id: `${node}:${order()}`, node, hint, at: new Date() }], { lean: true })
        .catch((error: unknown) => log.warn({ cause: error instanceof Error ? error.name : '' }, 'hint not told'));
    },
    listen(react) {
      listeners.push(react);
      if (stream === null) open();
    },
    async stop() {
      isStopped = true;
      clearTimeout(waiting);
      await stream?.close().catch(() => undefined);
    },
  };
}
