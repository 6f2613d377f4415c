// The connection to MongoDB as this house needs it: majority-durable writes, short waits, one way to read and two to write.
import mongoose, { type ClientSession, type Connection } from 'mongoose';
import { LoketError } from '../../contract/errors.ts';
import { createSerial } from '../../desk/serial.ts';
import { within } from '../../desk/within.ts';
import type { FieldCrypto } from '../fieldCrypto.ts';
import { checkServer, checkUri } from './checks.ts';
import { isPassing, isUnknownCommit, toPortError } from './errors.ts';
import { createModels, type Models } from './models.ts';

export interface MongoOptions {
  uri: string;
  fields: FieldCrypto;
  /** Atomic commands that may be in hand at a time. */
  maxQueue?: number | undefined;
  /** For fault tests: called around every commit. */
  onCommit?: ((when: 'before' | 'after') => void) | undefined;
  /** For fault tests: instead of `ANSWER_MS`. */
  answerMs?: number | undefined;
}

export interface MongoConnection {
  connection: Connection;
  models: Models;
  fields: FieldCrypto;
  maxQueue: number;
  /** Runs queries, or one write of one document. @param ms the longest wait, when ten seconds are too few @throws LoketError `store-away` */
  run<T>(work: () => Promise<T>, ms?: number): Promise<T>;
  /**
   * Runs a command over several documents in a transaction, again from the start when somebody else was quicker. Reads that
   * decide what is written take the session, or are guarded by a unique key or a `rev` in the filter of the write.
   * @param command takes the session, and how often it was overtaken before
   * @param line commands of this node under the same name run in the order they came, so that they do not collide with each other
   * @throws LoketError `overloaded`, `store-away` (then nothing may be acknowledged: it may or may not be stored)
   */
  atomic<T>(command: (session: ClientSession, attempt: number) => Promise<T>, line?: string): Promise<T>;
  /** The latest sessions that run transactions, hexadecimal: what to end should this node die in the midst of one. */
  sessions(): string[];
  /** `publish` is waited for before a session runs its first transaction, so that the others know it by then. */
  onNewSession(publish: () => Promise<void>): void;
  /** Ends sessions of a node that is dead; the transactions it left open would hold what they touched for a minute. */
  endSessions(ids: string[]): Promise<void>;
  /** @returns a number that rises with time, never twice the same on this node. */
  order(): number;
  /** Gives out `count` numbers of a series. @returns the first of them */
  take(series: string, count?: number): Promise<number>;
  close(): Promise<void>;
}

const writeConcern = { w: 'majority', journal: true } as const;
const transaction = {
  readConcern: { level: 'snapshot' },
  readPreference: 'primary',
  writeConcern: { w: 'majority', j: true },
} as const;
/** A command gives up after this and the caller is told to come again. Milliseconds. */
const PATIENCE_MS = 8000;
/**
 * Nothing is waited for longer, in milliseconds. The driver (7.8) waits for ever when it writes to a socket that the server's death has just
 * closed: `write` says "wait for drain", and a closed socket never drains. Its connection is lost to the pool; the caller must not be:
 * it is told that the store is away, and what was asked may or may not have happened.
 */
const ANSWER_MS = 10_000;
/** The driver uses a session again as soon as it can: this is many more than run side by side. */
const MAX_SESSIONS = 200;
/** Numbers of one millisecond in `order`. */
const PER_MS = 2048;

/**
 * Connects and checks what it is connected to.
 * @throws LoketError `invalid` or `failed` with one sentence when the address or the server will not do, `store-away` when none answers
 */
export async function connect({
  uri,
  fields,
  maxQueue = 10_000,
  onCommit,
  answerMs = ANSWER_MS,
}: MongoOptions): Promise<MongoConnection> {
  checkUri(uri);
  const connection = mongoose.createConnection(uri, {
    ...{ writeConcern, readConcern: { level: 'majority' }, readPreference: 'primary', retryWrites: true },
    ...{ bufferCommands: false, autoIndex: false, autoCreate: false, maxPoolSize: 50, appName: 'loket' },
    // A store that is away is told within seconds; the driver itself goes on looking, every half second while nobody answers.
    ...{ serverSelectionTimeoutMS: 2000, connectTimeoutMS: 2000, socketTimeoutMS: 10_000, waitQueueTimeoutMS: 5000 },
    heartbeatFrequencyMS: 2000,
  });
  // Told where it matters: every command rejects while the store is away.
  connection.on('error', () => {});
  try {
    await connection.asPromise();
    await checkServer(connection);
  } catch (cause) {
    await connection.close().catch(() => {});
    if (cause instanceof LoketError) throw cause;
    throw new LoketError('store-away', 'MongoDB does not answer at MONGODB_URI: start it, or correct the address.', { cause });
  }
  const models = createModels(connection);
  const lines = createSerial();
  const sessions = new Set<string>();
  let publish = async () => {};
  let inHand = 0;
  let last = 0;

  async function run<T>(work: () => Promise<T>, ms = answerMs): Promise<T> {
    try {
      return await within(ms, 'The store', work());
    } catch (error) {
      throw toPortError(error);
    }
  }

  async function remember({ id }: ClientSession): Promise<void> {
    const hex = id?.id.toString('hex');
    if (hex === undefined) return;
    const isNew = !sessions.delete(hex);
    sessions.add(hex);
    if (isNew) await publish();
    for (const oldest of sessions) {
      if (sessions.size <= MAX_SESSIONS) break;
      sessions.delete(oldest);
    }
  }

  async function once<T>(command: (session: ClientSession) => Promise<T>, until: number): Promise<T> {
    const session = await connection.startSession();
    try {
      await remember(session);
      session.startTransaction(transaction);
      const result = await command(session);
      onCommit?.('before');
      await commit(session, until);
      onCommit?.('after');
      return result;
    } catch (error) {
      if (session.inTransaction()) await session.abortTransaction().catch(() => {});
      throw error;
    } finally {
      await session.endSession().catch(() => {});
    }
  }

  function atomic<T>(command: (session: ClientSession, attempt: number) => Promise<T>, line?: string): Promise<T> {
    return line === undefined ? persist(command) : lines.run(line, () => persist(command));
  }

  async function persist<T>(command: (session: ClientSession, attempt: number) => Promise<T>): Promise<T> {
    if (inHand >= maxQueue) throw new LoketError('overloaded', 'Too many writes are waiting; try again.');
    inHand += 1;
    try {
      return await within(answerMs, 'The store', untilDone(command));
    } catch (error) {
      throw toPortError(error);
    } finally {
      inHand -= 1;
    }
  }

  async function untilDone<T>(command: (session: ClientSession, attempt: number) => Promise<T>): Promise<T> {
    const until = Date.now() + PATIENCE_MS;
    for (let attempt = 0; ; attempt++) {
      try {
        return await once((session) => command(session, attempt), until);
      } catch (error) {
        if (!isPassing(error) || Date.now() > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(5 * 2 ** attempt, 200)));
      }
    }
  }

  return {
    ...{ connection, models, fields, maxQueue, run, atomic },
    sessions: () => [...sessions],
    onNewSession(given) {
      publish = given;
    },
    async endSessions(ids) {
      const killSessions = ids.map((hex) => ({
        id: new mongoose.mongo.Binary(Buffer.from(hex, 'hex'), mongoose.mongo.Binary.SUBTYPE_UUID),
      }));
      if (killSessions.length > 0) await run(async () => connection.db?.admin().command({ killSessions }));
    },
    order() {
      last = Math.max(last + 1, Date.now() * PER_MS);
      return last;
    },
    async take(series, count = 1) {
      const found = await models.counters
        .findOneAndUpdate({ _id: series }, { $inc: { value: count } }, { upsert: true, returnDocument: 'after' })
        .lean();
      return (found?.value ?? count) - count + 1;
    },
    close: () => connection.close(),
  };
}

/** A commit whose answer was lost is asked for again: the server does it once, however often it is asked. */
async function commit(session: ClientSession, until: number): Promise<void> {
  for (;;) {
    try {
      return await session.commitTransaction();
    } catch (error) {
      if (!isUnknownCommit(error) || Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
