// The master keys of this installation, and the keys derived from them for each purpose. They are never part of a backup.
import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LoketError } from '../contract/errors.ts';
import { cannotWrite, ensureDataDir } from './dataDir.ts';

export interface DataKey {
  id: string;
  key: Buffer;
}

/** What a derived key is for; one purpose's key tells nothing about another's. */
export type KeyPurpose = 'fields' | 'blind-index' | 'widget-tokens';

/**
 * @param dataDir folder that holds the file `keys`, made with a new random key when there is neither file nor variable
 * @param env `DATA_KEYS` is `id:base64,…`, 32 bytes each; the first is used for writing, all for reading
 * @throws LoketError `invalid` with one plain sentence; it never quotes the keys
 */
export function loadDataKeys({ dataDir, env }: { dataDir: string; env: { DATA_KEYS?: string | undefined } }): DataKey[] {
  if (env.DATA_KEYS) return parseKeys(env.DATA_KEYS, 'DATA_KEYS');
  return parseKeys(readOrMake(dataDir), `The file ${path.join(dataDir, 'keys')}`);
}

/** @returns for each master key, in the same order, the key for one purpose (HKDF-SHA256, RFC 5869). */
export function deriveKeys(keys: readonly DataKey[], purpose: KeyPurpose): DataKey[] {
  return keys.map(({ id, key }) => ({ id, key: Buffer.from(hkdfSync('sha256', key, '', `loket:${purpose}`, 32)) }));
}

/** @returns the key to write with for one purpose: from the first master key. */
export function deriveKey(keys: readonly DataKey[], purpose: KeyPurpose): Buffer {
  const first = deriveKeys(keys.slice(0, 1), purpose)[0];
  if (first === undefined) throw new LoketError('invalid', 'There is no data key.');
  return first.key;
}

function parseKeys(text: string, where: string): DataKey[] {
  const keys = text
    .trim()
    .split(',')
    .map((part) => {
      const [, id, base64] = /^([A-Za-z0-9_-]{1,20}):([A-Za-z0-9+/]{43}=)$/.exec(part.trim()) ?? [];
      if (id === undefined || base64 === undefined)
        throw new LoketError('invalid', `${where} must be id:base64 parts, separated by commas, with 32 bytes in each.`);
      return { id, key: Buffer.from(base64, 'base64') };
    });
  if (new Set(keys.map(({ id }) => id)).size !== keys.length) throw new LoketError('invalid', `${where} has an id twice.`);
  return keys;
}

/** Written aside and linked, so that no other process ever reads half a file and no key is ever overwritten. */
function readOrMake(dataDir: string): string {
  const file = path.join(dataDir, 'keys');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  ensureDataDir(dataDir);
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(aside, `k1:${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    linkSync(aside, file);
  } catch (cause) {
    if (!existsSync(file)) throw cannotWrite(dataDir, cause);
  } finally {
    rmSync(aside, { force: true });
  }
  return readFileSync(file, 'utf8');
}
