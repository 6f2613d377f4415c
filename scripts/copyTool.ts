// A copy between a folder (SQLite) and MongoDB, as `store:copy` makes it, and `backup` and `restore` where MONGODB_URI is set.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CopyEnd } from '../src/store/copy/copyPort.ts';
import { copyStore } from '../src/store/copy/copyStore.ts';
import { type DataKey, loadDataKeys } from '../src/store/dataKeys.ts';
import { openMongoEnd } from '../src/store/mongo/copyEnd.ts';
import { openSqliteEnd } from '../src/store/sqlite/copyEnd.ts';

/**
 * Everything, resumable, checked by counts and hashes. Nobody may write meanwhile.
 * @param from `sqlite:FOLDER` or `mongodb://…`; `to` is the other kind
 * @throws LoketError with one sentence
 */
export async function runCopy(from: string, to: string): Promise<void> {
  const ends = [from, to];
  const folder = path.resolve(ends.find((end) => end.startsWith('sqlite:'))?.slice('sqlite:'.length) ?? '');
  // Made anew, they would fit neither end, and lie in the folder as if they did.
  if (!process.env.DATA_KEYS && !existsSync(path.join(folder, 'keys')))
    throw new Error('Set DATA_KEYS as the nodes have it: the copy is checked with it.');
  // The same keys on both ends: encrypted fields go over as they are.
  const keys = loadDataKeys({ dataDir: folder, env: process.env });
  const source = await open(from, keys);
  try {
    const target = await open(to, keys);
    try {
      // Without what follows the scheme of a MongoDB address: it may hold a password.
      const name = from.startsWith('sqlite:') ? `sqlite:${folder}` : 'mongodb';
      await copyStore({ from: source, to: target, source: name, tell: (line) => console.log(line) });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function open(end: string, keys: readonly DataKey[]): Promise<CopyEnd> {
  return end.startsWith('sqlite:') ? openSqliteEnd(path.resolve(end.slice('sqlite:'.length)), keys) : openMongoEnd(end, keys);
}
