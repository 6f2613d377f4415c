// Backup beside the running server: a consistent copy of the database and the files, checked, with a manifest. The keys are not in it.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import SqliteDatabase from 'better-sqlite3';
import { z } from 'zod';
import { LoketError } from '../../contract/errors.ts';

export const manifestName = 'manifest.json';
export const databaseName = 'loket.db';

export const manifestSchema = z.object({
  format: z.literal(1),
  /** Epoch ms. */
  madeAt: z.number(),
  /** Shape of the database (PRAGMA user_version). */
  version: z.number().int().positive(),
  counts: z.object({ contacts: z.number(), conversations: z.number(), messages: z.number() }),
  files: z.array(
    z.object({
      // Where the files of a backup may lie; nothing else is ever written by a restore.
      path: z.string().regex(/^(loket\.db|files\/[0-9a-f]{2}\/[0-9a-f]{32})$/),
      size: z.number().int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});
export type Manifest = z.infer<typeof manifestSchema>;

/**
 * Copies `dataDir` into the new folder `to`. The server may run and write meanwhile.
 * @param now epoch ms, for the manifest
 * @throws LoketError `conflict` when `to` exists, `not-found` when there is no database, `failed` when the copy is not sound
 */
export async function backUp({ dataDir, to, now }: { dataDir: string; to: string; now: number }): Promise<Manifest> {
  const database = path.join(dataDir, databaseName);
  if (!existsSync(database)) throw new LoketError('not-found', `There is no database in ${dataDir}.`);
  if (existsSync(to)) throw new LoketError('conflict', `${to} exists already: name a new folder.`);
  const aside = `${to}.part`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true, mode: 0o700 });
  try {
    await copyDatabase(database, path.join(aside, databaseName));
    const checked = checkDatabase(path.join(aside, databaseName));
    // After the database: a file is on the disk before a message names it, so every named one is there.
    const kept = await copyFiles(path.join(dataDir, 'files'), path.join(aside, 'files'));
    const files: Manifest['files'] = [];
    for (const name of [databaseName, ...kept]) files.push(await describeFile(aside, name));
    const manifest: Manifest = { format: 1, madeAt: now, ...checked, files };
    await writeFile(path.join(aside, manifestName), JSON.stringify(manifest, null, 1), { flush: true });
    await rename(aside, to);
    return manifest;
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw error;
  }
}

async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new SqliteDatabase(from, { readonly: true, fileMustExist: true, timeout: 5000 });
  try {
    // All pages in one step after the first: a writer in another process would make small steps begin anew again and again.
    await source.backup(to, { progress: ({ remainingPages }) => remainingPages + 1 });
  } finally {
    source.close();
  }
}

/**
 * @returns shape and counts of a database
 * @throws LoketError `failed` when SQLite finds it damaged
 */
export function checkDatabase(file: string): Pick<Manifest, 'version' | 'counts'> {
  const db = new SqliteDatabase(file, { fileMustExist: true });
  try {
    // One file, without a log beside it.
    db.pragma('journal_mode = DELETE');
    const found = String(db.pragma('integrity_check', { simple: true }));
    if (found !== 'ok') throw new LoketError('failed', `The database ${file} is damaged: ${found}`);
    const count = (table: string) => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
    return {
      version: Number(db.pragma('user_version', { simple: true })),
      counts: { contacts: count('contacts'), conversations: count('conversations'), messages: count('messages') },
    };
  } finally {
    db.close();
  }
}

/** @returns the copied files, as paths within the backup; half-written ones are left out. */
async function copyFiles(from: string, to: string): Promise<string[]> {
  if (!existsSync(from)) return [];
  const copied: string[] = [];
  for (const shard of await readdir(from)) {
    for (const name of await readdir(path.join(from, shard))) {
      if (!/^[0-9a-f]{32}$/.test(name)) continue;
      await mkdir(path.join(to, shard), { recursive: true });
      const isThere = await copyFile(path.join(from, shard, name), path.join(to, shard, name)).then(
        () => true,
        // Erased while we copied.
        (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? false : Promise.reject(error)),
      );
      if (isThere) copied.push(`files/${shard}/${name}`);
    }
  }
  return copied;
}

/** @returns size and SHA-256 of a file of a backup. */
export async function describeFile(folder: string, name: string): Promise<Manifest['files'][number]> {
  const file = path.join(folder, name);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return { path: name, size: (await stat(file)).size, sha256: hash.digest('hex') };
}
