// Asks other systems about files somebody asks for, in the background and within bounds. What they answered last stays, with its age.
//
// Secrecy: a number is looked at when it is recognised, long before anybody is answered, with the same work whether a file is stored or
// not; only stored files are asked for, so strangers' guesses reach no other system; and nothing a citizen reads before the proof waits
// for it. After the proof the words say that the file exists, so waiting a moment for fresher news tells nothing more.
import { isFinal, type PermitEvent, type PermitFile } from '../contract/permit.ts';
import type { ConnectorView } from '../contract/permitImport.ts';
import { newId } from './ids.ts';
import { createBreaker } from './permitBreaker.ts';
import { ConnectorFault, type PermitConnector } from './permitConnectorPort.ts';
import { findNumbers } from './permitNumbers.ts';
import type { PermitReport } from './permitPort.ts';
import type { PermitState } from './permitState.ts';
import type { Clock, DeskLog, Store } from './ports.ts';
import { createTokenBuckets } from './tokenBucket.ts';

export interface PermitPulls {
  /** A number was recognised: what is stored under it is asked for, if its connector may be. Returns at once, never throws. */
  ask(number: string): void;
  /** Asks about files somebody waits for news of, a few at a time, from where it stopped. Called at every sweep. */
  askWatched(): Promise<void>;
  /** What is known of a file that may be shown, after a moment's patience for news: its connector is asked, if it may be. */
  refresh(known: Known): Promise<Known>;
  /** How the system answers that is asked for this file; null: none is. */
  stateFor(file: PermitFile): ConnectorView['state'] | null;
  views(): ConnectorView[];
  /** Lets nothing new begin and ends what is under way. */
  stop(): Promise<void>;
}

const minuteMs = 60_000;
const TRY_MS = 4000;
const TRIES = 3;
/** Waits between tries are drawn from 0 to this, doubled each time ("full jitter"), so that many do not come back at once. */
const BACKOFF_MS = 300;
const PATIENCE_MS = 1500;
const MOST_AT_ONCE = 4;
/** Of these at once so many may be about files that are only watched, each once in this time. */
const WATCHED_AT_ONCE = 2;
const WATCHED_MS = 60 * minuteMs;
const WATCHED_PAGE = 100;
/** A number is looked at once in this time, whoever writes it. */
const AGAIN_MS = 30_000;
const MOST_NUMBERS = 5000;

export interface Known {
  file: PermitFile;
  events: PermitEvent[];
}

interface Parts {
  store: Store;
  clock: Clock;
  log: DeskLog;
  permits: PermitState;
  connectors?: PermitConnector[];
  /** How much of a wait is waited, 0..1; a test's. */
  jitter?: () => number;
}

export function createPermitPulls({ store, clock, log, permits, connectors = [], jitter = Math.random }: Parts): PermitPulls {
  const pulls = new Map(connectors.map((connector) => [connector.name, createPull(connector)]));
  const underWay = new Map<string, Promise<void>>();
  const looks = new Set<Promise<void>>();
  const seen = new Map<string, number>();
  const buckets = createTokenBuckets({ burst: MOST_AT_ONCE, everyMs: minuteMs, keys: 1 });
  const ending = new AbortController();
  let lastWatched: string | null = null;

  function createPull(connector: PermitConnector) {
    const breaker = createBreaker({ failures: 5, openMs: 30_000, mostOpenMs: 15 * minuteMs });
    const view: ConnectorView = {
      ...{ name: connector.name, system: connector.system, state: 'ready', goodAt: null, failedAt: null, problem: null },
      ...{ asked: 0, answered: 0 },
    };
    return { connector, breaker, view };
  }
  type Pull = ReturnType<typeof createPull>;

  async function look(number: string): Promise<void> {
    for (const file of await store.permits.find(number)) begin(file);
  }

  function begin(file: PermitFile): void {
    const pull = pullFor(file);
    if (pull === null || underWay.has(file.id) || underWay.size >= MOST_AT_ONCE || !mayAsk(file, pull)) return;
    const work = update(pull, file.number).catch(noted);
    underWay.set(
      file.id,
      work.finally(() => underWay.delete(file.id)),
    );
  }

  const noted = (error: unknown) =>
    log.warn({ cause: error instanceof Error ? error.name : typeof error }, 'news of a permit file could not be stored');

  function pullFor({ number, system }: PermitFile): Pull | null {
    const { patterns, routes } = permits.settings();
    const kind = findNumbers(number, patterns).found[0]?.kind;
    const name = kind === undefined ? undefined : routes[kind];
    const pull = name === undefined || name === 'none' ? undefined : pulls.get(name);
    return pull?.connector.system === system ? pull : null;
  }

  function mayAsk({ fetchedAt }: PermitFile, { breaker }: Pull): boolean {
    const { freshMinutes, pullsPerMinute } = permits.settings();
    const now = clock.now();
    if (ending.signal.aborted || now - fetchedAt < freshMinutes * minuteMs) return false;
    // The bucket counts minutes; this many calls take one.
    return breaker.isOpen() ? breaker.mayCall(now) : buckets.take('all', now * pullsPerMinute);
  }

  async function update({ connector, breaker, view }: Pull, number: string): Promise<void> {
    view.asked += 1;
    let report: PermitReport | null;
    try {
      report = await askInTries(connector, number);
    } catch (error) {
      if (ending.signal.aborted) return;
      const kind = error instanceof ConnectorFault ? error.kind : 'failed';
      breaker.failed(clock.now(), kind === 'denied');
      Object.assign(view, { state: breaker.isOpen() ? 'open' : 'failing', failedAt: clock.now(), problem: kind });
      log.warn({ connector: connector.name, kind }, 'a permit system did not answer: what is known stays');
      return;
    }
    breaker.succeeded();
    Object.assign(view, { state: 'ready', goodAt: clock.now(), problem: null, answered: view.answered + 1 });
    if (report !== null) await store.permits.put([{ id: newId('f'), report }], null);
  }

  async function askInTries(connector: PermitConnector, number: string): Promise<PermitReport | null> {
    for (let attempt = 1; ; attempt++) {
      try {
        const signal = AbortSignal.any([AbortSignal.timeout(TRY_MS), ending.signal]);
        return await connector.lookup(number, signal);
      } catch (error) {
        if (!(error instanceof ConnectorFault && error.passes) || attempt === TRIES || ending.signal.aborted) throw error;
        await pause(jitter() * BACKOFF_MS * 2 ** attempt);
      }
    }
  }

  return {
    ask(number) {
      const now = clock.now();
      if (pulls.size === 0 || ending.signal.aborted || now - (seen.get(number) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return;
      seen.delete(number);
      seen.set(number, now);
      if (seen.size > MOST_NUMBERS) seen.delete(seen.keys().next().value ?? '');
      const work = look(number)
        .catch(noted)
        .finally(() => looks.delete(work));
      looks.add(work);
    },
    async askWatched() {
      if (pulls.size === 0 || ending.signal.aborted) return;
      const page = await store.permitWatches.watched(lastWatched, WATCHED_PAGE);
      for (const { id, file } of page) {
        if (underWay.size >= WATCHED_AT_ONCE) return;
        lastWatched = id;
        if (!isFinal(file.status.stage) && clock.now() - file.fetchedAt >= WATCHED_MS) begin(file);
      }
      if (page.length < WATCHED_PAGE) lastWatched = null;
    },
    async refresh(known) {
      begin(known.file);
      const news = underWay.get(known.file.id);
      if (news === undefined) return known;
      await Promise.race([news, pause(PATIENCE_MS)]);
      return (await store.permits.get(known.file.id)) ?? known;
    },
    stateFor: (file) => pullFor(file)?.view.state ?? null,
    views: () => [...pulls.values()].map(({ view }) => ({ ...view })),
    async stop() {
      ending.abort();
      await Promise.all([...looks, ...underWay.values()]);
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
