// Personal data at rest: AES-256-GCM for single fields, and a keyed index that finds a field without revealing it.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { LoketError } from '../contract/errors.ts';
import { type DataKey, deriveKeys } from './dataKeys.ts';

export interface FieldCrypto {
  /** @returns `keyId:base64url` of nonce, tag and cipher text, under the first key. */
  encrypt(text: string): string;
  encrypt(text: string | null): string | null;
  /** @throws LoketError `failed` when the field was changed or its key is missing. */
  decrypt(field: string | null): string | null;
  /** Always opens the field, past what is remembered: for look-ups whose time must not tell what was looked at before. */
  decryptAnew(field: string): string;
  /** @returns whether a field was written under the first key; nothing to write anew for null. */
  isCurrent(field: string | null): boolean;
  /** @returns HMAC-SHA256 of the text under each key, first key first: store the first, look for all. */
  blindIndexes(text: string): string[];
}

const cacheSize = 2000;

/** @param keys master keys, 32 bytes each; encrypts with the first, decrypts with the one a field names */
export function createFieldCrypto(keys: readonly DataKey[]): FieldCrypto {
  const [first, ...others] = deriveKeys(keys, 'fields');
  if (first === undefined) throw new LoketError('invalid', 'There is no data key.');
  const fieldKeys = new Map([first, ...others].map(({ id, key }) => [id, key]));
  const indexKeys = deriveKeys(keys, 'blind-index');
  // The same few contacts are read with every message of theirs; this saves a third of what receiving one costs.
  const cache = new Map<string, string>();

  function encrypt(text: string): string;
  function encrypt(text: string | null): string | null;
  function encrypt(text: string | null): string | null {
    if (text === null || first === undefined) return null;
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', first.key, nonce);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `${first.id}:${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  function decrypt(field: string | null): string | null {
    if (field === null) return null;
    const known = cache.get(field);
    if (known !== undefined) return known;
    const text = open(field);
    const oldest = cache.size >= cacheSize ? cache.keys().next().value : undefined;
    if (oldest !== undefined) cache.delete(oldest);
    cache.set(field, text);
    return text;
  }

  function open(field: string): string {
    const [id = '', packed = ''] = field.split(':');
    const key = fieldKeys.get(id);
    if (key === undefined) throw new LoketError('failed', `The data key "${id}" is missing: put it back into DATA_KEYS.`);
    const bytes = Buffer.from(packed, 'base64url');
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
      decipher.setAuthTag(bytes.subarray(12, 28));
      return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
    } catch (cause) {
      throw new LoketError('failed', `A field does not fit the data key "${id}": it is not the key it was written with.`, {
        cause,
      });
    }
  }

  return {
    encrypt,
    decrypt,
    decryptAnew: open,
    isCurrent: (field) => field === null || field.startsWith(`${first.id}:`),
    blindIndexes: (text) => indexKeys.map(({ key }) => createHmac('sha256', key).update(text).digest('base64url')),
  };
}
