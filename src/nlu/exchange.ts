// Knowledge that several nodes share: whether this node's own folder or what was put for all is to be in use here.
// The rule: docs/decisions/0011-knowledge-of-many-nodes.md. Beside `ready`, nothing here reads or waits by itself.
import { LoketError } from '../contract/errors.ts';
import type { SharedKnowledge, SharedVersion } from '../desk/sharedKnowledge.ts';
import { type IntentSources, readSources, withChanges } from './intentFiles.ts';
import { type Kept, packKept, packSources, unpackKept, unpackSources, versionOf } from './knowledgeFiles.ts';

/** Files that may be taken up. */
export interface Candidate {
  version: string;
  sources: IntentSources;
  /** Set when the others do not have them: the folder they come from, and the number they will have. */
  news: { own: IntentSources; folder: string; number: number } | null;
  /** Set when they come from others. */
  shared: SharedVersion | null;
}

export interface Exchange {
  /** Asks what holds now. @returns whether there is something to take up or to put. Rejects with LoketError `store-away`, or when what others put cannot be read */
  refresh(): Promise<boolean>;
  /** Reads the folder. @returns what may be in use, the best first: the next is for when one does not parse */
  candidates(): Candidate[];
  /** @param code names the code that is to use it @returns null when others have not learned it, or with other code */
  learned(candidate: Candidate, code: string): Promise<Kept | null>;
  /** Gives news to the others; when another node was quicker, `refresh` says that there is something to do. Rejects as `refresh` */
  put(candidate: Candidate, kept: Kept, code: string): Promise<void>;
}

/**
 * @param intentsDir this node's own folder
 * @returns once it knows what holds, so that no answer is given from a folder that is out of date
 * Rejects with LoketError `store-away`.
 */
export async function openExchange(shared: SharedKnowledge, intentsDir: string): Promise<Exchange> {
  let latest: { of: SharedVersion; sources: IntentSources } | null = null;
  /** The folder as it was when it was last no news. */
  let own: IntentSources | null = null;
  /** Only asked for at the start: what changes under a running node is news. */
  const known = new Set<string>();
  let isWaiting = false;

  async function refresh(): Promise<boolean> {
    if (own === null) {
      const folder = versionOf(readSources(intentsDir));
      if (!known.has(folder) && (await shared.isKnown(folder))) known.add(folder);
    }
    const of = await shared.latest();
    if (of === null || of.number === latest?.of.number) return isWaiting;
    const packed = await shared.read(of.number, 'sources');
    // A later one is in use by now: heard of next time.
    if (packed === null) return isWaiting;
    const sources = unpackSources(packed);
    if (versionOf(sources) !== of.version) throw new Error(`shared knowledge ${of.number} is not what its name says`);
    latest = { of, sources };
    return true;
  }

  const exchange: Exchange = {
    refresh,
    candidates() {
      const folder = readSources(intentsDir);
      const name = versionOf(folder);
      const mine: Candidate = { version: name, sources: folder, news: null, shared: null };
      const theirs =
        latest === null ? [] : [{ version: latest.of.version, sources: latest.sources, news: null, shared: latest.of }];
      if (own === null ? known.has(name) : versionOf(own) === name) {
        own = folder;
        isWaiting = false;
        return [...theirs, mine];
      }
      const sources = own === null || latest === null ? folder : withChanges(latest.sources, own, folder);
      const news = { own: folder, folder: name, number: (latest?.of.number ?? 0) + 1 };
      return [{ version: versionOf(sources), sources, news, shared: null }, ...theirs];
    },
    async learned({ shared: of }, code) {
      if (of === null || of.code !== code) return null;
      const packed = await shared.read(of.number, 'learned');
      return packed === null ? null : unpackKept(packed);
    },
    async put({ version, sources, news }, kept, code) {
      if (news === null) return;
      isWaiting = true;
      const of = { number: news.number, folder: news.folder, version, code };
      const content = { sources: await packSources(sources), learned: await packKept(kept) };
      if ((await shared.put(of, content)) === 'conflict') return;
      latest = { of, sources };
      own = news.own;
      isWaiting = false;
    },
  };
  await refresh().catch((error: unknown) => {
    // What cannot be read does not keep this node from starting with its own folder.
    if (error instanceof LoketError) throw error;
  });
  return exchange;
}
