// What is kept of each version of the knowledge that nodes handed each other; see sharedKnowledge.ts.
import type { SharedVersion } from '../../desk/sharedKnowledge.ts';

/** `_id`: its number, so that only one node can put the next. `sources`, `learned`: keys of the files. */
export interface SharedDoc extends Omit<SharedVersion, 'number'> {
  _id: number;
  sources: string;
  learned: string;
  at: number;
}

export const sharedFields = { folder: String, version: String, code: String, sources: String, learned: String, at: Number };
