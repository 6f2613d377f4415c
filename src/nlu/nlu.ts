// The matcher as the desk knows it: opens the knowledge, learns it in a thread or takes it from the cache, and swaps it when files change.
import { type FSWatcher, watch } from 'node:fs';
import { LoketError } from '../contract/errors.ts';
import type { Nlu } from '../desk/ports.ts';
import type { Embedder } from './embedder.ts';
import type { Candidate, Exchange } from './exchange.ts';
import { type IntentFolder, type IntentSources, parseIntents, readSources } from './intentFiles.ts';
import { answerOf, createMatcher, type Matcher } from './knowledge.ts';
import { createKnowledgeCache, keepVersion, versionOf } from './knowledgeFiles.ts';
import { lessonsOf, teachTheSame } from './lessons.ts';
import { learnInThread } from './trainer.ts';
import { type Learned, learn } from './training.ts';

/** An editor writes a file in several steps: changes are looked at once nothing has changed for so long. */
const settleMs = 400;
/** What another node has put is in use here so much later, and the moment it takes to read it. */
const askMs = 2000;
/** What could not be learned is tried again after so long, then after twice as long each time, up to the longest. Until then people answer. */
const retryMs = 5000;
const longestRetryMs = 300_000;

export interface NluOptions {
  /** The folder intents/. */
  intentsDir: string;
  /** Where what was learned is kept. */
  cacheDir: string;
  /** Where the build kept what it has learned; only read. */
  shippedDir?: string;
  /** Where the versions of the knowledge are kept; without it none are. */
  versionsDir?: string;
  /** Learn in this thread, before `openNlu` returns: for commands and tests. */
  learnHere?: boolean;
  /** Take up changed files by itself. */
  watch?: boolean;
  /** How long the first try after failed learning waits; milliseconds. */
  retryMs?: number;
  /** What other nodes know, where there are any. */
  exchange?: Exchange | null;
  /** Vectors of the site's own; learning then happens in this thread. */
  embedder?: Embedder;
  /** Told of every change: `problems` is empty when the new knowledge is in use. */
  onChange?: (change: { version: string; problems: string[] }) => void;
}

export interface OpenNlu extends Nlu {
  /** Resolves once messages can be understood. Rejects when learning failed. */
  ready: Promise<void>;
  /** Looks at the folder again; resolves when what is there is in use, or refused. */
  reload(): Promise<void>;
  stop(): void;
}

interface InUse {
  version: string;
  folder: IntentFolder;
  /** Both null until it has learned. */
  learned: Learned | null;
  understand: Matcher | null;
}

/**
 * Reads intents/ and is ready at once when it was learned before. A broken folder starts with the last knowledge that was whole.
 * @throws LoketError `invalid` naming every problem, when the folder is broken and nothing was kept
 */
export function openNlu(options: NluOptions): OpenNlu {
  const { embedder, exchange = null, onChange = () => {} } = options;
  const cache = createKnowledgeCache(options.cacheDir, embedder?.name ?? '', options.shippedDir);
  let problems: string[] = [];
  let stopThread = () => {};
  let isStopped = false;

  const inUse = (version: string, folder: IntentFolder, learned: Learned | null): InUse => ({
    ...{ version, folder, learned },
    understand: learned && createMatcher(folder, learned, embedder),
  });
  const keptVersion = (version: string, sources: IntentSources): void => {
    if (options.versionsDir !== undefined) keepVersion(options.versionsDir, version, sources, Date.now());
  };

  /** The best knowledge that is whole, and why a better one is not; null when none is. */
  const choose = (now: InUse | null) => {
    let refused: string[] = [];
    for (const candidate of exchange?.candidates() ?? [ownFolder(options.intentsDir)]) {
      const kept = candidate.version === now?.version ? now : cache.find(candidate.version);
      const parsed = kept ? { folder: kept.folder, problems: [] } : parseIntents(candidate.sources);
      if (parsed.folder) return { found: { candidate, folder: parsed.folder, learned: kept?.learned ?? null }, refused };
      if (refused.length === 0) refused = parsed.problems;
    }
    return { found: null, refused };
  };

  const first = (): InUse => {
    const { found, refused } = choose(null);
    problems = refused;
    if (found) {
      const { candidate, folder, learned } = found;
      const { version, sources } = candidate;
      keptVersion(version, sources);
      if (learned !== null || (!options.learnHere && embedder === undefined)) return inUse(version, folder, learned);
      const here = learn(folder, embedder);
      cache.keep({ version, folder, learned: here });
      return inUse(version, folder, here);
    }
    const good = cache.newest();
    if (!good) throw new LoketError('invalid', `The intents folder has problems:\n${problems.join('\n')}`);
    return inUse(good.version, good.folder, good.learned);
  };
  let using = first();

  const learnt = async (candidate: Candidate, folder: IntentFolder): Promise<Learned> => {
    if (using.learned !== null && teachTheSame(folder, using.folder)) return using.learned;
    const theirs = await exchange?.learned(candidate, cache.code).catch(() => null);
    if (theirs) return theirs.learned;
    if (options.learnHere || embedder !== undefined) return learn(folder, embedder);
    const thread = learnInThread(lessonsOf(folder));
    stopThread = thread.stop;
    return thread.learned;
  };

  const report = (found: string[], isNew = false): void => {
    const isSame = found.join('\n') === problems.join('\n');
    problems = found;
    if ((isNew || !isSame) && !isStopped) onChange({ version: using.version, problems });
  };

  const takeUp = async (): Promise<void> => {
    // While the store is away, by what was known of it.
    await exchange?.refresh().catch(() => false);
    const { found, refused } = choose(using);
    if (!found) return report(refused);
    const { candidate, folder } = found;
    const { version, sources } = candidate;
    const learned = found.learned ?? (await learnt(candidate, folder));
    if (isStopped) return;
    const isNew = version !== using.version;
    if (isNew || using.learned === null) {
      cache.keep({ version, folder, learned });
      keptVersion(version, sources);
      using = inUse(version, folder, learned);
    }
    const untold = await exchange?.put(candidate, { version, folder, learned }, cache.code).then(
      () => [],
      (error: unknown) => [`the other nodes do not have the changed knowledge yet: ${String(error)}`],
    );
    report([...refused, ...(untold ?? [])], isNew);
  };
  const ready = using.learned === null || exchange ? takeUp() : Promise.resolve();
  /** One after the other: a change during learning is looked at after it. Whoever waits for `ready` hears of a failure, too. */
  let line: Promise<void> = ready.catch((error: unknown) => report([`learning failed: ${String(error)}`]));
  const reload = (): Promise<void> => {
    line = line.then(takeUp).catch((error: unknown) => report([`the changed knowledge could not be taken up: ${String(error)}`]));
    return line;
  };
  let retrying: NodeJS.Timeout | undefined;
  const retry = (waitMs: number): void => {
    if (isStopped || using.learned !== null) return;
    retrying = setTimeout(() => void reload().then(() => retry(Math.min(2 * waitMs, longestRetryMs))), waitMs).unref();
  };
  void line.then(() => retry(options.retryMs ?? retryMs));
  const watchers = options.watch ? watchFolder(options.intentsDir, () => void reload()) : null;
  const look = async (): Promise<void> => {
    try {
      if (await exchange?.refresh()) await reload();
    } catch (error) {
      // A store that is away is told of elsewhere.
      if (!(error instanceof LoketError)) report([`the knowledge of the other nodes cannot be read: ${String(error)}`]);
    }
  };
  const asking = exchange && askAgain(look);

  return {
    ready,
    reload,
    isReady: () => using.understand !== null,
    understand(text, context) {
      if (using.understand === null) throw new Error('The matcher has not learned yet.');
      return using.understand(text, context);
    },
    answer: (id, language) => answerOf(using.folder, id, language),
    label: (id, language) => using.folder.intents.get(id)?.label?.[language === 'en' ? 'en' : 'id'] ?? null,
    facts: () => using.folder.office,
    version: () => using.version,
    problems: () => [...problems],
    reviews: () =>
      [...using.folder.intents].map(([intent, { title, source }]) => ({ intent, title, reviewBy: source?.reviewBy ?? null })),
    stop() {
      isStopped = true;
      watchers?.close();
      clearInterval(asking ?? undefined);
      clearTimeout(retrying);
      stopThread();
    },
  };
}

/** Where there is one node, its folder is all there is. */
function ownFolder(dir: string): Candidate {
  const sources = readSources(dir);
  return { version: versionOf(sources), sources, news: null, shared: null };
}

/** Every now and then, when the last time is over. @param work never rejects */
function askAgain(work: () => Promise<void>): NodeJS.Timeout {
  let isAsking = false;
  const ask = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    await work();
    isAsking = false;
  };
  return setInterval(() => void ask(), askMs).unref();
}

/** Calls back once after a burst of changes in the folder or its lexicon. */
function watchFolder(dir: string, react: () => void): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(react, settleMs).unref();
  };
  const watchers: FSWatcher[] = [dir, `${dir}/lexicon`].flatMap((each) => {
    try {
      return [watch(each, { persistent: false }, changed).on('error', changed)];
    } catch {
      return [];
    }
  });
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
