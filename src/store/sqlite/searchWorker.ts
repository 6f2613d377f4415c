// The thread in which searches run: its own connection that only reads, so that no search ever holds up a message.
import { parentPort, workerData } from 'node:worker_threads';
import SqliteDatabase from 'better-sqlite3';
import { type ContactQuery, createFinder, type MessageQuery } from './finder.ts';

export type Question = { id: number } & ({ ask: 'messages'; query: MessageQuery } | { ask: 'contacts'; query: ContactQuery });
export type Reply = { id: number } & ({ found: unknown } | { cause: string });

const db = new SqliteDatabase((workerData as { file: string }).file, { readonly: true, timeout: 1000 });
// The index of some 200,000 messages fits: what a search reads once it finds in memory the next time. KiB.
db.pragma('cache_size = -65536');
const finder = createFinder(db);

parentPort?.on('message', ({ id, ask, query }: Question) => {
  let reply: Reply;
  try {
    reply = { id, found: ask === 'messages' ? finder.messages(query) : finder.contacts(query) };
  } catch (error) {
    reply = { id, cause: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(reply);
});
