// Shared knowledge in memory, for tests of several matchers in one process. It passes the contract (test/store/memory.test.ts).
import type { SharedContent, SharedKnowledge, SharedVersion } from '../../src/desk/sharedKnowledge.ts';

export interface MemoryShared extends SharedKnowledge {
  rows: (SharedVersion & SharedContent)[];
}

export function createMemoryShared(): MemoryShared {
  const rows: MemoryShared['rows'] = [];
  return {
    rows,
    async latest() {
      const last = rows.at(-1);
      return last === undefined ? null : { number: last.number, folder: last.folder, version: last.version, code: last.code };
    },
    isKnown: async (folder) => rows.some((row) => row.folder === folder),
    read: async (number, part) => rows.find((row) => row.number === number)?.[part] ?? null,
    async put(version, content) {
      if (rows.some(({ number }) => number === version.number)) return 'conflict';
      rows.push({ ...version, ...content });
      return 'ok';
    },
  };
}
