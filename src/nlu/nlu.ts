// The matcher as the desk knows it: opens the knowledge, learns it in a thread or takes it from the cache, and swaps it when files change.
import { type FSWatcher, watch } from 'node:fs';
import { LoketError } from '../contract/errors.ts';
import type { Nlu } from '../desk/ports.ts';
import type { Embedder } from './embedder.ts';
import { type IntentFolder, type IntentSources, parseIntents, readSources } from './intentFiles.ts';
import { answerOf, createMatcher, type Matcher } from './knowledge.ts';
import { createKnowledgeCache, keepVersion, versionOf } from './knowledgeFiles.ts';
import { learnInThread } from './trainer.ts';
import { type Learned, learn } from './training.ts';

/** An editor writes a file in several steps: changes are looked at once nothing has changed for so long. */
const settleMs = 400;

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
  /** null until it has learned. */
  understand: Matcher | null;
}

/**
 * Reads intents/ and is ready at once when it was learned before. A broken folder starts with the last knowledge that was whole.
 * @throws LoketError `invalid` naming every problem, when the folder is broken and nothing was kept
 */
export function openNlu(options: NluOptions): OpenNlu {
  const { embedder, onChange = () => {} } = options;
  const cache = createKnowledgeCache(options.cacheDir, embedder?.name ?? '', options.shippedDir);
  let problems: string[] = [];
  let stopThread = () => {};
  let isStopped = false;

  const opened = (version: string, folder: IntentFolder, learned: Learned): InUse => ({
    version,
    folder,
    understand: createMatcher(folder, learned, embedder),
  });
  const keptVersion = (version: string, sources: IntentSources): void => {
    if (options.versionsDir !== undefined) keepVersion(options.versionsDir, version, sources, Date.now());
  };

  const first = (): InUse => {
    const sources = readSources(options.intentsDir);
    const version = versionOf(sources);
    const kept = cache.find(version);
    if (kept) {
      keptVersion(version, sources);
      return opened(version, kept.folder, kept.learned);
    }
    const parsed = parseIntents(sources);
    if (parsed.folder) {
      keptVersion(version, sources);
      if (!options.learnHere && embedder === undefined) return { version, folder: parsed.folder, understand: null };
      const learned = learn(parsed.folder, embedder);
      cache.keep({ version, folder: parsed.folder, learned });
      return opened(version, parsed.folder, learned);
    }
    const good = cache.newest();
    if (!good) throw new LoketError('invalid', `The intents folder has problems:\n${parsed.problems.join('\n')}`);
    problems = parsed.problems;
    return opened(good.version, good.folder, good.learned);
  };

  const learnt = async (folder: IntentFolder): Promise<Learned> => {
    if (options.learnHere || embedder !== undefined) return learn(folder, embedder);
    const thread = learnInThread(folder);
    stopThread = thread.stop;
    return thread.learned;
  };

  let current = first();

  const start = async (): Promise<void> => {
    if (current.understand !== null) return;
    const { version, folder } = current;
    const learned = await learnt(folder);
    cache.keep({ version, folder, learned });
    current = opened(version, folder, learned);
  };
  const ready = start();
  // Whoever waits for it hears of the failure; nobody has to wait.
  ready.catch((error: unknown) => {
    if (!isStopped) problems = [`learning failed: ${String(error)}`];
    if (!isStopped) onChange({ version: current.version, problems });
  });

  const takeUp = async (): Promise<void> => {
    const sources = readSources(options.intentsDir);
    const version = versionOf(sources);
    if (version === current.version && current.understand !== null) {
      if (problems.length > 0) onChange({ version, problems: [] });
      problems = [];
      return;
    }
    const kept = cache.find(version);
    const parsed = kept ? { folder: kept.folder, problems: [] } : parseIntents(sources);
    if (!parsed.folder) {
      problems = parsed.problems;
      onChange({ version: current.version, problems });
      return;
    }
    const learned = kept?.learned ?? (await learnt(parsed.folder));
    if (isStopped) return;
    if (!kept) cache.keep({ version, folder: parsed.folder, learned });
    keptVersion(version, sources);
    current = opened(version, parsed.folder, learned);
    problems = [];
    onChange({ version, problems });
  };
  /** One after the other: a change during learning is looked at after it. */
  let line: Promise<void> = ready.catch(() => {});
  const reload = (): Promise<void> => {
    line = line.then(takeUp).catch((error: unknown) => {
      if (isStopped) return;
      problems = [`the changed knowledge could not be taken up: ${String(error)}`];
      onChange({ version: current.version, problems });
    });
    return line;
  };
  const watchers = options.watch ? watchFolder(options.intentsDir, () => void reload()) : null;

  return {
    ready,
    reload,
    isReady: () => current.understand !== null,
    understand(text, context) {
      if (current.understand === null) throw new Error('The matcher has not learned yet.');
      return current.understand(text, context);
    },
    answer: (id, language) => answerOf(current.folder, id, language),
    label: (id, language) => current.folder.intents.get(id)?.label?.[language === 'en' ? 'en' : 'id'] ?? null,
    facts: () => current.folder.office,
    version: () => current.version,
    problems: () => [...problems],
    reviews: () =>
      [...current.folder.intents].map(([intent, { title, source }]) => ({ intent, title, reviewBy: source?.reviewBy ?? null })),
    stop() {
      isStopped = true;
      watchers?.close();
      stopThread();
    },
  };
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
