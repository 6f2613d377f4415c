// Copies everything from one store to another: goes on where it was broken off, and believes nothing before counts and hashes are equal.
import { createHash } from 'node:crypto';
import { LoketError } from '../../contract/errors.ts';
import { type Copied, type CopyEnd, copied, type Doc } from './copyPort.ts';

const CHUNK = 500;

export interface Sum {
  count: number;
  /** SHA-256 over the documents in the order of their ids. */
  hash: string;
}
export type Sums = Record<Copied | 'files', Sum>;

/**
 * @param source names the source in the target for the time of the copy, so that only the same copy is gone on with
 * @param tell progress, one line each
 * @returns what is there now, the same on both ends
 * @throws LoketError `conflict` when the target holds other data, `failed` when the two are not equal in the end
 */
export async function copyStore(options: {
  from: CopyEnd;
  to: CopyEnd;
  source: string;
  tell: (line: string) => void;
}): Promise<Sums> {
  const { from, to, source, tell } = options;
  const marked = await to.marked();
  const isEmpty = (await Promise.all(copied.map((name) => to.count(name)))).every((count) => count === 0);
  if (!isEmpty && marked !== source)
    throw new LoketError('conflict', 'The target holds data already: name an empty one, or empty it first.');
  await to.mark(source);
  for (const name of copied) await copyCollection(name, options);
  const files = await copyFiles(options);
  tell(`files: ${files} copied now`);
  await to.finish();
  const [wanted, found] = [await sumsOf(from), await sumsOf(to)];
  for (const name of Object.keys(wanted) as (keyof Sums)[]) {
    const [a, b] = [wanted[name], found[name]];
    if (a.count !== b.count || a.hash !== b.hash)
      throw new LoketError(
        'failed',
        `${name} differ: ${a.count} in the source, ${b.count} in the target. Was somebody writing? Empty the target and begin again.`,
      );
    tell(`${name}: ${a.count} equal, sha256 ${a.hash.slice(0, 12)}`);
  }
  await to.mark(null);
  return found;
}

async function copyCollection(name: Copied, { from, to, tell }: { from: CopyEnd; to: CopyEnd; tell: (line: string) => void }) {
  const total = await from.count(name);
  let done = await to.count(name);
  if (done > 0 && done < total) tell(`${name}: going on after ${done} of ${total}`);
  for (let last = await to.last(name); ; ) {
    const docs = await from.read(name, last, CHUNK);
    if (docs.length === 0) break;
    await to.write(name, docs);
    done += docs.length;
    last = docs.at(-1)?._id ?? null;
    tell(`${name}: ${done} of ${total}`);
  }
}

async function copyFiles({ from, to }: { from: CopyEnd; to: CopyEnd }): Promise<number> {
  let copiedNow = 0;
  for (let after: string | null = null; ; ) {
    const keys: string[] = await from.files(after, CHUNK);
    for (const key of keys) {
      if ((await to.readFile(key)) !== null) continue;
      const bytes = await from.readFile(key);
      if (bytes === null) continue;
      await to.writeFile(key, bytes);
      copiedNow += 1;
    }
    if (keys.length < CHUNK) return copiedNow;
    after = keys.at(-1) ?? null;
  }
}

/** @returns counts and hashes of everything one end holds */
export async function sumsOf(end: CopyEnd): Promise<Sums> {
  const sums: Partial<Sums> = {};
  for (const name of copied) {
    const hash = createHash('sha256');
    let count = 0;
    for (let last: Doc['_id'] | null = null; ; ) {
      const docs: Doc[] = await end.read(name, last, CHUNK);
      for (const doc of docs) hash.update(canonical(doc));
      count += docs.length;
      last = docs.at(-1)?._id ?? null;
      if (docs.length === 0) break;
    }
    sums[name] = { count, hash: hash.digest('hex') };
  }
  const hash = createHash('sha256');
  let count = 0;
  for (let after: string | null = null; ; ) {
    const keys: string[] = await end.files(after, CHUNK);
    for (const key of keys) hash.update(key).update((await end.readFile(key)) ?? '');
    count += keys.length;
    after = keys.at(-1) ?? null;
    if (keys.length < CHUNK) break;
  }
  return { ...sums, files: { count, hash: hash.digest('hex') } } as Sums;
}

/** The same text for the same content: members by name, sets of hashes and words by value, what is missing as null. */
function canonical(value: unknown, name = ''): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item));
    return `[${(name === 'tokens' || name === 'numbers' || name === 'keys' ? items.sort() : items).join()}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null);
  const sorted = members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner, key)}`).join()}}`;
}
