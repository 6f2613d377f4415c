// Knowledge that nodes hand each other: a small document for each version, its files and what was learned in a bucket of their own (1.2 MB
// packed; a document could hold 16).
import { randomBytes } from 'node:crypto';
import type { SharedKnowledge } from '../../desk/sharedKnowledge.ts';
import type { MongoConnection } from './connection.ts';
import { isDuplicateKey } from './errors.ts';
import { createGridFiles } from './gridFiles.ts';

/** Files of older versions that nobody reads any more; one that is just being put is younger. Milliseconds. */
const OLD_MS = 600_000;
/** For a file of a megabyte over a slow line. Milliseconds. */
const PATIENCE_MS = 30_000;

/** @returns the port over this connection */
export function createSharedKnowledge(connection: MongoConnection): SharedKnowledge {
  const { models, run } = connection;
  const { sharedKnowledge } = models;
  const files = createGridFiles(connection, 'knowledge');
  const newest = () => run(() => sharedKnowledge.findOne().sort({ _id: -1 }).lean());

  async function keep(bytes: Uint8Array): Promise<string> {
    const key = randomBytes(16).toString('hex');
    await run(() => files.put(key, bytes), PATIENCE_MS);
    return key;
  }

  /** What fails here is forgotten with the next version. */
  async function forgetOlder({ sources, learned }: { sources: string; learned: string }): Promise<void> {
    await files.prune(Date.now() - OLD_MS, new Set([sources, learned])).catch(() => 0);
  }

  return {
    async latest() {
      const doc = await newest();
      return doc === null ? null : { number: doc._id, folder: doc.folder, version: doc.version, code: doc.code };
    },
    isKnown: async (folder) => (await run(() => sharedKnowledge.findOne({ folder }, { _id: 1 }).lean())) !== null,
    async read(number, part) {
      const doc = await run(() => sharedKnowledge.findById(number).lean());
      return doc === null ? null : run(() => files.read(doc[part]), PATIENCE_MS);
    },
    async put({ number, ...version }, content) {
      const keys = { sources: await keep(content.sources), learned: await keep(content.learned) };
      const doc = { _id: number, ...version, ...keys, at: Date.now() };
      const isNext = await run(() =>
        sharedKnowledge.insertMany([doc], { lean: true }).then(
          () => true,
          (error: unknown) => {
            if (isDuplicateKey(error)) return false;
            throw error;
          },
        ),
      );
      if (isNext) await forgetOlder(keys);
      return isNext ? 'ok' : 'conflict';
    },
  };
}
