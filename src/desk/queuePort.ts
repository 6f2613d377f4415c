// The part of the Store port that counts the queue. Charter: storePort.ts.

/** Where somebody stands, or would stand, among those queued for the same team (null: for everybody). */
export interface QueueKey {
  teamId: string | null;
  queuedAt: number;
  number: number;
}

/** Counts over the queue, so that one place does not cost reading all of it. */
export interface QueueStore {
  /** How many queued conversations of this team come before the key, by `queuedAt`, then `number`. */
  ahead(key: QueueKey): Promise<number>;
  /** How many are queued, whatever their team, and the earliest `queuedAt`; null when nobody is. */
  size(): Promise<{ queued: number; oldest: number | null }>;
}
