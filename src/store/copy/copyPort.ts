// What a copy between two stores moves: every record as the document MongoDB keeps, so that both ends can be counted and hashed alike.
import type { CollectionName } from '../mongo/models.ts';

/** In the order of writing: what others point at comes first. Hints, leases and the pulse are of the moment and stay. */
export const copied = [
  ...([
    'teams',
    'officers',
    'sessions',
    'invitations',
    'settings',
    'contacts',
    'identities',
    'persons',
    'linkCodes',
    'linkTries',
    'conversations',
    'messages',
  ] as const),
  ...(['facts', 'audit', 'asked', 'labels', 'permits', 'permitEvents', 'permitBatches', 'permitWatches', 'permitTries'] as const),
] satisfies CollectionName[];
export type Copied = (typeof copied)[number];

export type Doc = { _id: string | number } & Record<string, unknown>;

/** One end of a copy. Documents are read and written by `_id`, ascending, so that a broken copy goes on after the last one. */
export interface CopyEnd {
  count(name: Copied): Promise<number>;
  /** Up to `limit` documents after this `_id`; null: from the beginning. */
  read(name: Copied, after: Doc['_id'] | null, limit: number): Promise<Doc[]>;
  /** The last `_id` there is. */
  last(name: Copied): Promise<Doc['_id'] | null>;
  /** Documents that are not there yet, durably, all of a call or none. */
  write(name: Copied, docs: Doc[]): Promise<void>;
  /** Keys of files after this one, ascending. */
  files(after: string | null, limit: number): Promise<string[]>;
  readFile(key: string): Promise<Uint8Array | null>;
  writeFile(key: string, bytes: Uint8Array): Promise<void>;
  /** A note for the time of the copy: where it comes from. `null` takes it away. */
  mark(from: string | null): Promise<void>;
  marked(): Promise<string | null>;
  /** Numbers given out next follow those that were copied. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** Not copied: notes of the one database they are in. */
export const KEY_CHECK = 'key-check';
export const COPY_MARK = 'copy-from';
export const REKEY_PLACE = 'rekey-place';
