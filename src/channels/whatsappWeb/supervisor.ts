// Runs the rules of supervise.ts over a real child and a real clock, and carries calls to the child and their answers back.
import { randomInt } from 'node:crypto';
import type { DeskLog } from '../../desk/ports.ts';
import type { Child, SpawnChild } from './childProcess.ts';
import type { CallTrouble, ChildStart, FromChild, ToChild } from './protocol.ts';
import { type Effect, type Event, initial, type Limits, type State, step, usualLimits } from './supervise.ts';

export interface SupervisorOptions {
  start: ChildStart;
  spawn: SpawnChild;
  log: DeskLog;
  now: () => number;
  limits?: Partial<Limits>;
  /** Ms between two looks at the clock. */
  tickMs?: number;
  isQuiet(now: number): boolean;
  isBusy(): boolean;
  /** A word that is not about the child itself. */
  heard(word: FromChild): void;
  /** Ready, for the first time or again: what came in meanwhile is wanted. */
  ready(): void;
}

/** An answer to a call. `null`: the child ended with the call in its hands. */
export type Answer = { ok: true; value: string } | { ok: false; trouble: CallTrouble | null };
type Call = Extract<ToChild, { call: number }>;
/** A call to be numbered. */
export type Wish = Call extends infer C ? (C extends Call ? Omit<C, 'call'> : never) : never;

export interface Supervisor {
  state(): State;
  tell(event: Event): void;
  post(order: ToChild): void;
  /** @returns the answer; null without asking when there is no ready child */
  call(wish: Wish): Promise<Answer> | null;
  /** Resolves when the child is gone, or after `ms`: then it ends by itself, once this process has. */
  stop(ms: number): Promise<void>;
}

const TICK_MS = 1000;
/** Longer than every limit in the child: then the child itself hangs. */
const CALL_MS = 52_000;

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { log, now } = options;
  const limits = { ...usualLimits, ...options.limits };
  let state = initial(now());
  let child: Child | null = null;
  let timer: NodeJS.Timeout | undefined;
  const open = new Map<number, (answer: Answer) => void>();
  // A call of an earlier child must not be answered by a later one.
  let calls = randomInt(1, 1_000_000);

  function tell(event: Event): void {
    const before = state;
    const next = step(state, event, now(), limits, Math.random());
    state = next.state;
    if (state.phase !== before.phase) {
      log.info({ channel: 'whatsappWeb', phase: state.phase, trouble: state.trouble, failures: state.failures }, 'whatsapp web');
    }
    for (const effect of next.effects) run(effect);
  }

  function run(effect: Effect): void {
    switch (effect.do) {
      case 'spawn':
        child = launch();
        return;
      case 'kill':
        child?.kill();
        return;
      case 'reconcile':
        options.ready();
        return;
      case 'post':
        child?.post(effect.order);
        return;
    }
  }

  function launch(): Child {
    const launched: Child = options.spawn(options.start, {
      said: (word) => hear(word),
      babbled: () => log.warn({ channel: 'whatsappWeb' }, 'the child said something that is not in the protocol'),
      gone() {
        if (child !== launched) return;
        child = null;
        for (const answer of open.values()) answer({ ok: false, trouble: null });
        open.clear();
        tell({ kind: 'gone' });
      },
    });
    return launched;
  }

  function hear(word: FromChild): void {
    switch (word.kind) {
      case 'sent':
        settle(word.call, { ok: true, value: word.id });
        return;
      case 'file':
        settle(word.call, { ok: true, value: word.base64 });
        return;
      case 'trouble':
        settle(word.call, { ok: false, trouble: word.trouble });
        return;
      case 'note':
        log.warn({ channel: 'whatsappWeb', detail: word.detail }, 'whatsapp web');
        return;
      case 'ended':
        log.warn({ channel: 'whatsappWeb', reason: word.reason, detail: word.detail }, 'whatsapp web ended');
    }
    tell({ kind: 'said', word });
    options.heard(word);
  }

  function settle(call: number, answer: Answer): void {
    const done = open.get(call);
    open.delete(call);
    done?.(answer);
  }

  return {
    state: () => state,
    tell(event) {
      timer ??= setInterval(
        () => tell({ kind: 'tick', quiet: options.isQuiet(now()), busy: options.isBusy() }),
        options.tickMs ?? TICK_MS,
      ).unref();
      tell(event);
    },
    post: (order) => child?.post(order),
    call(wish) {
      const to = child;
      if (to === null || state.phase !== 'ready') return null;
      calls += 1;
      const call = calls;
      return new Promise((resolve) => {
        const late = setTimeout(() => settle(call, { ok: false, trouble: null }), CALL_MS);
        open.set(call, (answer) => {
          clearTimeout(late);
          resolve(answer);
        });
        to.post({ ...wish, call });
      });
    },
    async stop(ms) {
      tell({ kind: 'stop' });
      const end = Date.now() + ms;
      while (child !== null && Date.now() < end) await new Promise((done) => setTimeout(done, 20));
      clearInterval(timer);
      timer = undefined;
    },
  };
}
