// Files in memory, for the desk's tests; bytes that begin with 0 are refused.
import type { Files } from '../../src/desk/ports.ts';

export function memoryFiles(): Files & { kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    async save(bytes) {
      if (bytes[0] === 0) return 'refused';
      const key = `k${kept.size + 1}`;
      kept.set(key, bytes);
      return { key, mime: 'application/pdf', size: bytes.byteLength };
    },
    read: async (key) => kept.get(key) ?? null,
    remove: async (key) => void kept.delete(key),
    prune: async () => 0,
  };
}
