// Messages in: the write that is acknowledged to a channel. All that come in one turn, and all that come while one batch is written,
// are one batch: a handful of round trips and one transaction for the lot.
import type { ClientSession } from 'mongoose';
import { LoketError } from '../../contract/errors.ts';
import type { ConversationStore, Opened, OpenRequest, Received } from '../../desk/storePort.ts';
import type { MongoConnection } from './connection.ts';
import { createIntakeBatch, type IntakeRequest } from './intakeBatch.ts';

interface Job {
  request: IntakeRequest;
  resolve: (answer: Received | Opened) => void;
  reject: (error: unknown) => void;
}

/** A batch holds its neighbours up for some tens of milliseconds at most. */
const MAX_BATCH = 100;

/** @returns `open` and `receive` of the port. */
export function createReceive(connection: MongoConnection): Pick<ConversationStore, 'open' | 'receive'> {
  const writeBatch = createIntakeBatch(connection);
  const queue: Job[] = [];
  let isWriting = false;

  function enqueue(request: IntakeRequest): Promise<Received | Opened> {
    if (queue.length >= connection.maxQueue)
      return Promise.reject(new LoketError('overloaded', 'Too many writes are waiting; try again.'));
    return new Promise((resolve, reject) => {
      queue.push({ request, resolve, reject });
      if (isWriting) return;
      isWriting = true;
      setImmediate(() => void drain());
    });
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) await write(queue.splice(0, MAX_BATCH));
    isWriting = false;
  }

  /** A batch that fails for another reason than the store being away is written one by one: only the row at fault is refused. */
  async function write(batch: Job[]): Promise<void> {
    const numbers = new Map<string, number>();
    const run = (session: ClientSession) =>
      writeBatch(
        batch.map(({ request }) => request),
        numbers,
        session,
      );
    try {
      const answers = await connection.atomic(run);
      answers.forEach((answer, i) => {
        batch[i]?.resolve(answer);
      });
    } catch (error) {
      const isAway = error instanceof LoketError && error.code === 'store-away';
      if (batch.length === 1 || isAway) for (const { reject } of batch) reject(error);
      else for (const job of batch) await write([job]);
    }
  }

  return {
    open: async (request: OpenRequest) => (await enqueue({ ...request, message: null })) as Opened,
    receive: async (request) => (await enqueue(request)) as Received,
  };
}
