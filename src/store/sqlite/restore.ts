// Restore of a backup into a data directory that nobody serves: everything is checked first, the database moves into place last.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { LoketError } from '../../contract/errors.ts';
import { checkDatabase, databaseName, describeFile, type Manifest, manifestName, manifestSchema } from './backup.ts';
import { lockDataDir } from './dataDirLock.ts';
import { migrations } from './migrations.ts';

/** What a data directory may hold and still count as empty: the keys have to be put there by hand. */
const harmless = ['keys', 'lock'];
const moved = [databaseName, `${databaseName}-wal`, `${databaseName}-shm`, 'files'];

/**
 * @param from folder made by `backUp`
 * @param force put what `dataDir` holds aside, into a folder within it, instead of refusing
 * @param now epoch ms, names that folder
 * @returns the manifest, and where the former content lies now
 * @throws LoketError `conflict` when the directory is served or not empty, `invalid` when the backup is not whole,
 *   `failed` when it is newer than this program
 */
export async function restore(options: {
  from: string;
  dataDir: string;
  force: boolean;
  now: number;
}): Promise<{ manifest: Manifest; aside: string | null }> {
  const { from, dataDir, force, now } = options;
  const manifest = await readManifest(from);
  await verify(from, manifest);
  const unlock = lockDataDir(dataDir);
  const staging = path.join(dataDir, 'restoring');
  try {
    const present = (await readdir(dataDir)).filter((name) => !harmless.includes(name) && name !== 'restoring');
    if (present.length > 0 && !force)
      throw new LoketError('conflict', `${dataDir} is not empty: add --force to put its content aside first.`);
    await rm(staging, { recursive: true, force: true });
    await copyAll(from, staging, manifest);
    await verify(staging, manifest);
    checkDatabase(path.join(staging, databaseName));
    const aside = present.length > 0 ? await putAside(dataDir, now) : null;
    await moveIn(staging, dataDir);
    return { manifest, aside };
  } finally {
    await rm(staging, { recursive: true, force: true });
    unlock();
  }
}

async function readManifest(from: string): Promise<Manifest> {
  const file = path.join(from, manifestName);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new LoketError('invalid', `${from} is not a backup: it has no ${manifestName}.`, { cause });
  });
  const parsed = manifestSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new LoketError('invalid', `${file} is not a manifest of a backup.`, { cause: parsed.error });
  if (parsed.data.version > migrations.length)
    throw new LoketError('failed', 'The backup was made by a newer Loket: restore it with that one.');
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function verify(folder: string, manifest: Manifest): Promise<void> {
  if (!manifest.files.some((file) => file.path === databaseName))
    throw new LoketError('invalid', 'The manifest of the backup names no database.');
  for (const wanted of manifest.files) {
    const found = await describeFile(folder, wanted.path).catch(() => null);
    if (found?.sha256 !== wanted.sha256)
      throw new LoketError('invalid', `The backup is not whole: ${wanted.path} is missing or was changed.`);
  }
}

async function copyAll(from: string, to: string, manifest: Manifest): Promise<void> {
  for (const { path: name } of manifest.files) {
    const target = path.join(to, name);
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    await copyFile(path.join(from, name), target);
    const handle = await open(target, 'r+');
    await handle.sync().finally(() => handle.close());
  }
}

async function putAside(dataDir: string, now: number): Promise<string> {
  const aside = path.join(dataDir, `before-restore-${now}`);
  await mkdir(aside);
  for (const name of moved)
    if (existsSync(path.join(dataDir, name))) await rename(path.join(dataDir, name), path.join(aside, name));
  return aside;
}

/** The database last: until it is there, a server that starts finds none, never half of one. */
async function moveIn(staging: string, dataDir: string): Promise<void> {
  for (const name of ['files', databaseName])
    if (existsSync(path.join(staging, name))) await rename(path.join(staging, name), path.join(dataDir, name));
  const folder = await open(dataDir, 'r');
  await folder.sync().finally(() => folder.close());
}
