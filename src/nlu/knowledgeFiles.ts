// What the matcher keeps on disk: what it learned, by a hash of knowledge and code, and every version of the knowledge it answered from.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { gunzipSync, gzip, gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { IntentFolder, IntentSources } from './intentFiles.ts';
import type { Learned } from './training.ts';

/** Knowledge that is ready to answer. */
export interface Kept {
  version: string;
  folder: IntentFolder;
  learned: Learned;
}

/** So many are kept; an older one is learned again when it comes back. */
const mostKept = 3;
const ending = '.knowledge';
const packedSources = z.array(z.tuple([z.string(), z.string()]));

/** @returns the name of this knowledge: the same files always have the same. */
export function versionOf(sources: IntentSources): string {
  const hash = createHash('sha256');
  for (const [file, text] of sources) hash.update(`${file}\0${text}\0`);
  return hash.digest('hex').slice(0, 12);
}

export interface KnowledgeCache {
  /** Names the matcher's code and the runtime: only what the same has learned is used. */
  code: string;
  find(version: string): Kept | null;
  /** The newest of any version: what answered before the folder broke. */
  newest(): Kept | null;
  keep(kept: Kept): void;
}

/**
 * @param dir made when missing; one that cannot be written only costs learning again
 * @param embedder name of the vectors in use, '' without
 * @param shipped a second folder that is only read: what the build has learned already
 */
export function createKnowledgeCache(dir: string, embedder: string, shipped?: string): KnowledgeCache {
  const code = codeHash(embedder);
  const read = (name: string, from = dir): Kept | null => {
    try {
      return deserialize(readFileSync(join(from, name))) as Kept;
    } catch {
      return null;
    }
  };
  const names = (from = dir): string[] => {
    try {
      const age = (name: string): number => statSync(join(from, name)).mtimeMs;
      const own = readdirSync(from).filter((name) => name.endsWith(ending));
      return own
        .map((name) => [name, age(name)] as const)
        .sort((a, b) => b[1] - a[1])
        .map(([name]) => name);
    } catch {
      return [];
    }
  };
  return {
    code,
    find(version) {
      const name = `${version}-${code}${ending}`;
      return read(name) ?? (shipped === undefined ? null : read(name, shipped));
    },
    newest: () => {
      const newestIn = (from: string): Kept | null => {
        const name = names(from).find((each) => each.endsWith(`-${code}${ending}`));
        return name === undefined ? null : read(name, from);
      };
      return newestIn(dir) ?? (shipped === undefined ? null : newestIn(shipped));
    },
    keep(kept) {
      try {
        mkdirSync(dir, { recursive: true });
        const path = join(dir, `${kept.version}-${code}${ending}`);
        writeFileSync(`${path}.${process.pid}`, serialize(kept));
        renameSync(`${path}.${process.pid}`, path);
        for (const old of names().slice(mostKept)) rmSync(join(dir, old), { force: true });
      } catch {
        // Without a cache the next start learns again.
      }
    },
  };
}

/** @returns what was learned, for another node of the same code; 1.2 MB of 5.3 */
export const packKept = (kept: Kept): Promise<Uint8Array> => promisify(gzip)(serialize(kept));

/** @throws when it is not what `packKept` made */
export const unpackKept = (bytes: Uint8Array): Kept => deserialize(gunzipSync(bytes)) as Kept;

/** @returns the files, for another node of any code */
export const packSources = (sources: IntentSources): Promise<Uint8Array> => promisify(gzip)(JSON.stringify([...sources]));

/** @throws when it is not what `packSources` made */
export function unpackSources(bytes: Uint8Array): IntentSources {
  return new Map(packedSources.parse(JSON.parse(gunzipSync(bytes).toString())));
}

/** Keeps the files of a version for good, so that what an old answer said can be read again. Written once. */
export function keepVersion(dir: string, version: string, sources: IntentSources, now: number): void {
  const path = join(dir, `${version}.json.gz`);
  mkdirSync(dir, { recursive: true });
  const record = { version, since: new Date(now).toISOString(), files: Object.fromEntries(sources) };
  try {
    writeFileSync(path, gzipSync(JSON.stringify(record)), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** The matcher's own code and the runtime: what another of either has learned is not used. */
function codeHash(embedder: string): string {
  const hash = createHash('sha256').update(`${process.versions.v8} ${embedder}`);
  const here = dirname(fileURLToPath(import.meta.url));
  for (const dir of [here, join(here, 'model')]) {
    for (const file of readdirSync(dir)
      .filter((name) => /\.[jt]s$/.test(name))
      .sort())
      hash.update(readFileSync(join(dir, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
