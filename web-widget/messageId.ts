// Names a message before the server knows it: the same id on every attempt is what keeps it from being stored twice.

/** @returns an id of 32–36 characters; `randomUUID` is missing on plain http and before Chrome 92. */
export function newMessageId(source: Pick<Crypto, 'getRandomValues'> & { randomUUID?: () => string }): string {
  if (typeof source.randomUUID === 'function') return source.randomUUID();
  const bytes = source.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
