// Files of messages on disk: random names in sharded folders, only of allowed types, on the disk before `save` resolves.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { LoketError } from '../contract/errors.ts';
import type { Files } from '../desk/ports.ts';
import { detectFileType } from './fileType.ts';

const keyPattern = /^[0-9a-f]{32}$/;
/** Nothing else in the folder is ours. */
const leftoverPattern = /^[0-9a-f]{32}(\.part)?$/;

/**
 * @param folder where the files lie; made when missing
 * @returns the file store. `save` rejects with LoketError `store-away` when the disk refuses.
 */
export function createFiles({ folder }: { folder: string }): Files & { put(key: string, bytes: Uint8Array): Promise<void> } {
  const pathOf = (key: string) => path.join(folder, key.slice(0, 2), key);
  return {
    // For a copy of a store: the key is known already.
    put: (key, bytes) => writeDurably(pathOf(key), Buffer.from(bytes)),
    async save(content) {
      const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
      const mime = detectFileType(bytes);
      if (mime === null) return 'refused';
      const key = randomBytes(16).toString('hex');
      try {
        await writeDurably(pathOf(key), bytes);
      } catch (cause) {
        throw new LoketError('store-away', 'The file cannot be stored now; try again.', { cause });
      }
      return { key, mime, size: bytes.length };
    },
    async read(key) {
      if (!keyPattern.test(key)) return null;
      try {
        return await readFile(pathOf(key));
      } catch (cause) {
        if (isMissing(cause)) return null;
        throw new LoketError('store-away', 'The file cannot be read now; try again.', { cause });
      }
    },
    async remove(key) {
      if (keyPattern.test(key)) await rm(pathOf(key), { force: true });
    },
    async prune(before, named) {
      let count = 0;
      for (const shard of await namesIn(folder)) {
        for (const name of await namesIn(path.join(folder, shard))) {
          if (!leftoverPattern.test(name) || named.has(name)) continue;
          const file = path.join(folder, shard, name);
          if ((await stat(file)).mtimeMs >= before) continue;
          await rm(file, { force: true });
          count += 1;
        }
      }
      return count;
    },
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw cause;
  }
}

const isMissing = (error: unknown) => typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

/** Written aside, synced, renamed, and the folder synced: after a crash the file is there whole or not at all. */
async function writeDurably(file: string, bytes: Buffer): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  const aside = `${file}.part`;
  const handle = await open(aside, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } catch (cause) {
    await rm(aside, { force: true });
    throw cause;
  } finally {
    await handle.close();
  }
  await rename(aside, file);
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
