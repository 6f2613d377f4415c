// The permit half of the Store port, and what connectors hand inward. Charter: storePort.ts; rules live beside this file, never in a store.
import type { PermitEvent, PermitFile, PermitPerson, PermitStatus, PermitSystem } from '../contract/permit.ts';
import type { Page } from './page.ts';
import type { AuditEntry } from './peoplePort.ts';

/** What a source told about one file. */
export interface PermitReport {
  system: PermitSystem;
  /** Canonical, see permitNumbers.ts; with `system` it names the file. */
  number: string;
  otherNumbers: string[];
  service: string | null;
  /** Null members leave what is known alone. */
  person: PermitPerson;
  status: PermitStatus;
  /** Free text for officers. */
  note: string | null;
  submittedAt: number | null;
  /** When the source was asked or the export was made; epoch ms. */
  fetchedAt: number;
}

export interface PutResult {
  id: string;
  /** `changed`: its position or what is known of it · `same`: only heard of again · `older`: we know something newer and missed nothing, nothing was written. */
  outcome: 'added' | 'changed' | 'same' | 'older';
}

/** One import: what became of its rows. Names of files are not kept, they may hold a person's name. */
export interface PermitBatch {
  id: string;
  at: number;
  /** Officer id, or `system`. */
  by: string;
  system: PermitSystem | null;
  rows: number;
  added: number;
  changed: number;
  refused: number;
  /** `stopped`: it ended before the file did. */
  state: 'running' | 'stopped' | 'done' | 'undone';
}

/** No look-up returns more files of one number than this, and every look-up opens exactly so many sealed fields. */
export const FILES_PER_NUMBER = 5;

/** An entry that `undo` wrote to tell an old position again comes from this batch: what was told before it was withdrawn. */
export const undoOf = (batch: string): string => `undo:${batch}`;
export const isWithdrawal = ({ batch }: PermitEvent): boolean => batch?.startsWith('undo:') ?? false;

export interface FoundPermit {
  file: PermitFile;
  events: PermitEvent[];
  /** Keyed hash of whose file it is (see `holderOf`): changes with the registered phone. */
  holder: string;
}

export interface PermitStore {
  /** Up to 200 reports in one command, in order. Doing it again changes nothing. A new position is added to the file's history; watches of a file that names somebody else now end. */
  put(reports: { id: string; report: PermitReport }[], batch: string | null): Promise<PutResult[]>;
  /** Files known by this number, newest first. Does the same work whether there are any or not. */
  find(number: string): Promise<PermitFile[]>;
  /** @param look written to the audit trail first, when a person looks */
  get(id: string, look?: AuditEntry): Promise<FoundPermit | null>;
  /** Files that wait for their applicant, longest first. */
  waiting(cursor: string | null, limit: number): Promise<Page<PermitFile>>;
  isEmpty(): Promise<boolean>;
  /** Makes or changes an import's record, with an audit entry. */
  putBatch(batch: PermitBatch, audit: AuditEntry | null): Promise<void>;
  /** Newest first. */
  batches(limit: number): Promise<PermitBatch[]>;
  /**
   * Takes back up to `limit` entries an import brought, newest first; a file that came with it goes. Watches that rest on what is withdrawn
   * end, see `PermitWatchStore.ended`. @returns how many
   */
  undo(batch: string, limit: number): Promise<number>;
  /** Deletes up to `limit` files that ended before `endedBefore` or were last heard of before `heardBefore`. @returns how many */
  purge(endedBefore: number, heardBefore: number, limit: number): Promise<number>;
  /** Writes up to `limit` files after `after` anew under the first key. @returns the last place, null at the end */
  rekey(after: number, limit: number): Promise<number | null>;
}

/** Somebody asked to be told when a file moves. */
export interface Watch {
  id: string;
  permitId: string;
  contactId: string;
  /** When they asked: the consent. */
  at: number;
}

export interface DueWatch extends Watch {
  /** The next move they have not been told of. */
  event: PermitEvent;
  file: PermitFile;
}

/** A watch whose proof holds no more: its file was withdrawn, or names somebody else now. It ends with the message that says so. */
export interface EndedWatch {
  id: string;
  contactId: string;
  number: string;
  /** What was told of the file was withdrawn. */
  isWrong: boolean;
}

/** What one message tells of a watch: its next move, or (null) that it ended. */
export interface News {
  watchId: string;
  event: Pick<PermitEvent, 'n' | 'batch'> | null;
  /** Epoch ms when the watch is over with it; null: it goes on. */
  overAt: number | null;
}

export interface PermitWatchStore {
  /**
   * Counts one try under every key, or under none when one of them has reached its limit.
   * @param keys with the most tries until `until` (epoch ms); kept only as keyed hashes
   * @returns the place of the limit that was reached, or null: counted
   */
  spend(keys: { key: string; limit: number; until: number }[], now: number): Promise<number | null>;
  /** @returns tries counted under a key that still count at `now` (epoch ms) */
  tries(key: string, now: number): Promise<number>;
  /** Makes a watch from the file's present position on; a second one of the same contact changes nothing. */
  watch(watch: Watch): Promise<void>;
  watches(contactId: string): Promise<Watch[]>;
  /** Ends this contact's watches: of one file, or all. @returns how many */
  unwatch(contactId: string, permitId: string | null): Promise<number>;
  /** Watches with a move that was not told yet, oldest first, after `after` (a watch id). */
  due(after: string | null, limit: number): Promise<DueWatch[]>;
  /** Watches that ended without their doing and were not told so, after `after` (a watch id), in the order of their ids. */
  ended(after: string | null, limit: number): Promise<EndedWatch[]>;
  /** Watches after `after` (a watch id) with the file each is about, in the order of their ids. */
  watched(after: string | null, limit: number): Promise<{ id: string; file: PermitFile }[]>;
  /**
   * The move was written to them. A watch that ended with it is no longer listed, nor is anything due; it goes on only when `undo` takes
   * that very move back.
   * @param overAt epoch ms when it ended; null: it goes on
   */
  told(watchId: string, event: number, overAt: number | null): Promise<void>;
  /** Forgets counters that ended by `now`, and watches that were over before `overBefore`; one that could not be told of its end is over from the first time on. */
  prune(now: number, overBefore: number): Promise<void>;
}
