// Two built nodes on one MongoDB-wire database under writers over webhook and widget, and what is judged when all is over.
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFieldCrypto } from '../../src/store/fieldCrypto.ts';
import type { MessageDoc } from '../../src/store/mongo/models.ts';
import { createMongoStore } from '../../src/store/mongo/mongoStore.ts';
import { faultSecret, isGone, killAll, startServer } from './faultProcess.ts';
import { type MongoServer, startMongoServer } from './mongoServer.ts';
import { startTelegramStandin } from './telegramStandin.ts';
import { testKeys } from './tempStore.ts';
import { until } from './until.ts';
import { createWebhookWriter, createWidgetWriter, type Writer } from './writers.ts';

export const DATA_KEYS = `k1:${testKeys[0]!.key.toString('base64')}`;

export interface Node {
  child: ChildProcess;
  url: string;
}

export interface NodesRig {
  server: MongoServer;
  writers: Writer[];
  acked(): number;
  /** The same name is the same `DATA_DIR`. @returns once it is ready */
  start(name: string): Promise<Node>;
  /** Every writer writes to a node of its own; with `mayMove` to the other when that one refuses, as behind a load balancer. */
  write(nodes: Node[], isOver: () => boolean, mayMove?: boolean): Promise<void>;
  /** Waits until all is answered and sent, then judges what is stored. */
  judge(): Promise<void>;
  close(): Promise<void>;
}

export async function startNodesRig(writerCount: number): Promise<NodesRig> {
  const server = await startMongoServer([], false);
  const uri = server.uri();
  const folder = mkdtempSync(path.join(tmpdir(), 'loket-nodes-'));
  const telegram = await startTelegramStandin({ token: '111:AAA', keepCalls: false });
  const writers = Array.from({ length: writerCount }, (_, n) =>
    n % 2 === 0 ? createWebhookWriter(telegram, faultSecret, n) : createWidgetWriter(n),
  );
  return {
    server,
    writers,
    acked: () => writers.reduce((sum, writer) => sum + writer.acked.size, 0),
    start: (name) => startServer(path.join(folder, name), telegram, { MONGODB_URI: uri, DATA_KEYS, LOG_LEVEL: 'silent' }),
    async write(nodes, isOver, mayMove = false) {
      await Promise.all(
        writers.map(async (writer, i) => {
          // A refused message is tried again, as a channel would.
          for (let turn = i; !isOver(); turn += mayMove ? 1 : 0) {
            const node = nodes[turn % nodes.length]!;
            const isDead = () => isGone(node.child);
            if (isDead() && !mayMove) return;
            await writer.write(node.url, () => isOver() || isDead());
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
        }),
      );
    },
    async judge() {
      const { store, connection } = await createMongoStore({ uri, fields: createFieldCrypto(testKeys) });
      const read = () => connection.models.messages.find().sort({ conversationId: 1, pos: 1, note: 1 }).lean<MessageDoc[]>();
      const isOpen = (doc: MessageDoc) =>
        doc.direction === 'in' ? doc.coveredBy === null : ['pending', 'sending'].includes(doc.state);
      // Whoever is slow to answer on a busy machine is asked again.
      const isSettled = () =>
        read().then(
          (rows) => !rows.some(isOpen),
          (error: unknown) => {
            process.stderr.write(`the database did not answer a look: ${String(error)}\n`);
            return false;
          },
        );
      await until('everything is answered and settled', isSettled, 150_000);
      const rows = await read();
      await store.close();
      const inbound = rows.filter((row) => row.direction === 'in');
      const stored = new Map<string, number>();
      for (const { text } of inbound) stored.set(text, (stored.get(text) ?? 0) + 1);
      const acked = writers.flatMap((writer) => [...writer.acked]);
      const twice = [...stored].filter(([, count]) => count > 1);
      const lost = acked.filter((text) => !stored.has(text));
      process.stderr.write(`two nodes: ${acked.length} acknowledged, ${lost.length} lost, ${twice.length} doubled\n`);
      expect(acked.length).toBeGreaterThan(0);
      expect({ lost, twice }).toEqual({ lost: [], twice: [] });
      const replies = new Set(rows.filter((row) => row.direction === 'out').map(({ _id }) => _id));
      const covers = inbound.map(({ coveredBy }) => coveredBy);
      expect(covers.filter((id) => !replies.has(id ?? ''))).toEqual([]);
      expect([...replies].filter((id) => !covers.includes(id))).toEqual([]);
      let last: MessageDoc | null = null;
      for (const row of rows) {
        expect(row.seq).toBe(last?.conversationId === row.conversationId ? (last.seq ?? 0) + 1 : 1);
        last = row;
      }
      // Telegram has no idempotency key: a reply may be lost in doubt (uncertain), never sent twice.
      const sent = telegram.sent.map(({ chatId, text }) => `${chatId} ${text}`);
      expect(sent.length).toBeLessThanOrEqual(replies.size);
    },
    async close() {
      killAll();
      await telegram.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
