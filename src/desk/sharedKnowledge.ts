// What one node's knowledge is to the others where several work on one store: owned here, kept by the store, used by src/nlu, wired in main.ts.
// Which folder wins: docs/decisions/0011-knowledge-of-many-nodes.md.

/** Knowledge that a node has put for all. */
export interface SharedVersion {
  /** Rises by one with each; the highest is in use. */
  number: number;
  /** Names the folder it came from; not always `version`: what else had changed meanwhile is kept. */
  folder: string;
  /** Names the knowledge by its content. */
  version: string;
  /** Names the code that learned it: what it learned is of no use to another. */
  code: string;
}

export interface SharedContent {
  /** The files. */
  sources: Uint8Array;
  /** What was learned from them. */
  learned: Uint8Array;
}

/** Every method rejects with LoketError `store-away` when the store cannot be reached. */
export interface SharedKnowledge {
  /** The one in use; null before the first. Asked every other second. */
  latest(): Promise<SharedVersion | null>;
  /** Whether one was ever put from this folder. */
  isKnown(folder: string): Promise<boolean>;
  /** @returns null when it is no longer kept: a later one is in use */
  read(number: number, part: keyof SharedContent): Promise<Uint8Array | null>;
  /** Durable when it resolves. @returns `conflict` when that number is taken: another node was quicker */
  put(version: SharedVersion, content: SharedContent): Promise<'ok' | 'conflict'>;
}
