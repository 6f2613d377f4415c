// Asks the search thread: started at the first question, started again after it died, stopped with the store.
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { LoketError } from '../../contract/errors.ts';
import { type ContactQuery, createFinder, type Finder, type MessageQuery, type RawFound } from './finder.ts';
import type { Question, Reply } from './searchWorker.ts';

/** A search that takes longer than this is given up. Milliseconds. */
const PATIENCE_MS = 10_000;

export interface SearchThread {
  messages(query: MessageQuery): Promise<RawFound[]>;
  contacts(query: ContactQuery): Promise<string[]>;
  close(): Promise<void>;
}

interface Waiting {
  resolve: (found: unknown) => void;
  reject: (error: LoketError) => void;
  timer: NodeJS.Timeout;
}

/**
 * @param file the database file; a database in memory belongs to its one connection and is searched there
 * @param db that connection
 * @returns searches that reject with LoketError `store-away` when the thread cannot answer
 */
export function createSearchThread(file: string, db: Database): SearchThread {
  if (file === ':memory:') return inPlace(createFinder(db));
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let asked = 0;
  const away = (cause?: unknown) => new LoketError('store-away', 'The search cannot answer now; try again.', { cause });

  function start(): Worker {
    const started = openWorker(file);
    started.unref();
    started.on('message', (reply: Reply) => {
      const one = take(reply.id);
      if ('found' in reply) one?.resolve(reply.found);
      else one?.reject(away(reply.cause));
    });
    const died = (cause: unknown) => {
      if (worker === started) worker = null;
      for (const id of [...waiting.keys()]) take(id)?.reject(away(cause));
    };
    started.on('error', died);
    started.on('exit', died);
    return started;
  }
  function take(id: number): Waiting | undefined {
    const one = waiting.get(id);
    waiting.delete(id);
    clearTimeout(one?.timer);
    return one;
  }
  function ask(question: { ask: 'messages'; query: MessageQuery } | { ask: 'contacts'; query: ContactQuery }): Promise<unknown> {
    asked += 1;
    const id = asked;
    worker ??= start();
    const thread = worker;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        take(id)?.reject(away('too slow'));
        // Whatever it is busy with must not hold up the next question.
        void thread.terminate();
      }, PATIENCE_MS);
      waiting.set(id, { resolve, reject, timer });
      thread.postMessage({ id, ...question } satisfies Question);
    });
  }

  return {
    messages: async (query) => (await ask({ ask: 'messages', query })) as RawFound[],
    contacts: async (query) => (await ask({ ask: 'contacts', query })) as string[],
    async close() {
      await worker?.terminate();
    },
  };
}

function inPlace(finder: Finder): SearchThread {
  return {
    messages: async (query) => finder.messages(query),
    contacts: async (query) => finder.contacts(query),
    close: async () => {},
  };
}

/** The file beside this one. Not built, as in tests and scripts, the thread first needs what reads TypeScript. */
function openWorker(file: string): Worker {
  const self = fileURLToPath(import.meta.url);
  const entry = path.join(path.dirname(self), `searchWorker${path.extname(self)}`);
  if (path.extname(self) === '.js') return new Worker(entry, { workerData: { file } });
  const boot = `import('tsx/esm/api').then(({ register }) => { register(); return import(require('node:worker_threads').workerData.entry); })`;
  return new Worker(boot, { eval: true, workerData: { file, entry: pathToFileURL(entry).href } });
}
