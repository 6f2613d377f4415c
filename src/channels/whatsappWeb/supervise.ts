// The supervisor's rules: what to do when the child, the clock or an admin says something. Pure: a state and an event in, the next
// state and what to do out. Each rule answers a failure that whatsapp-web.js leaves to its user.
import type { EndReason, FromChild, ToChild } from './protocol.ts';

/**
 * `off` stopped by us · `starting` no word yet · `login` shows a QR or code · `syncing` logged in, not ready · `ready` ·
 * `ending` on its way out · `paused` before the next try · `asleep` nobody scanned: waits to be asked · `broken` cannot start here.
 */
export type Phase = 'off' | 'starting' | 'login' | 'syncing' | 'ready' | 'ending' | 'paused' | 'asleep' | 'broken';
export type Trouble = EndReason | 'no-answer' | 'no-start' | 'no-ready' | 'no-connection' | 'killed';

export interface State {
  phase: Phase;
  /** When this phase must be over; epoch ms, null for no limit. */
  until: number | null;
  /** Since when it is (not) ready; epoch ms. */
  since: number;
  isReady: boolean;
  trouble: Trouble | null;
  failures: number;
  /** A child process is alive. */
  isAlive: boolean;
  /** What follows once the child is gone. */
  next: 'off' | 'start' | 'asleep' | 'judge';
  qr: { text: string; until: number } | null;
  code: { code: string; until: number } | null;
  /** How often in a row a QR ran out with nobody scanning it. */
  qrRounds: number;
  /** How often it was told what it may have missed, since the login. */
  nudges: number;
  pingAt: number;
  /** A ping has been out since then; null when it was answered. */
  askedAt: number | null;
  offlineSince: number | null;
  startedAt: number;
  memoryMb: number | null;
  number: string | null;
}

export type Event =
  | { kind: 'start' | 'stop' | 'restart' | 'logout' | 'gone' }
  | { kind: 'pair'; phone: string }
  /** `quiet`: nobody is likely to write now · `busy`: a message is on its way out. */
  | { kind: 'tick'; quiet: boolean; busy: boolean }
  | { kind: 'said'; word: FromChild };
export type Effect = { do: 'spawn' | 'kill' | 'reconcile' } | { do: 'post'; order: ToChild };
export interface Next {
  state: State;
  effects: Effect[];
}

/** Milliseconds, and MB. */
export interface Limits {
  start: number;
  qr: number;
  code: number;
  /** Ready must come within this after the login, and again after each nudge. */
  sync: number;
  ping: number;
  pong: number;
  end: number;
  logout: number;
  offline: number;
  stable: number;
  conflict: number;
  longestPause: number;
  /** Younger children are not restarted at night. */
  nightly: number;
  memoryMb: number;
}
export const usualLimits: Limits = {
  start: 90_000,
  qr: 60_000,
  code: 180_000,
  sync: 20_000,
  ping: 30_000,
  pong: 15_000,
  end: 8_000,
  logout: 25_000,
  offline: 300_000,
  stable: 600_000,
  conflict: 60_000,
  longestPause: 300_000,
  nightly: 6 * 3_600_000,
  memoryMb: 1200,
};
/** A browser that shows a QR to nobody costs memory all night: after so many it waits to be asked. */
const QR_ROUNDS = 3;
/** A nudge does nothing to a page that is still syncing, which may take minutes for a large account. */
const NUDGES = 5;

export const initial = (now: number): State => ({
  phase: 'off',
  until: null,
  since: now,
  isReady: false,
  trouble: null,
  failures: 0,
  isAlive: false,
  next: 'judge',
  qr: null,
  code: null,
  qrRounds: 0,
  nudges: 0,
  pingAt: 0,
  askedAt: null,
  offlineSince: null,
  startedAt: 0,
  memoryMb: null,
  number: null,
});

/** @param random 0..1, for the jitter of pauses */
export function step(state: State, event: Event, now: number, limits: Limits, random: number): Next {
  switch (event.kind) {
    case 'start':
      return state.phase === 'off' && !state.isAlive ? spawn(state, now, limits) : keep(state);
    case 'stop':
      return state.isAlive
        ? ask(state, { kind: 'stop' }, 'off', now, limits.end)
        : keep({ ...unready(state, now), phase: 'off' });
    case 'restart':
      return restart({ ...state, failures: 0, qrRounds: 0 }, now, limits);
    case 'logout':
      if (!['login', 'syncing', 'ready'].includes(state.phase)) return keep(state);
      return ask({ ...state, qrRounds: 0 }, { kind: 'logout' }, 'start', now, limits.logout);
    case 'pair':
      if (state.phase !== 'login') return keep(state);
      return {
        state: { ...state, until: now + limits.code },
        effects: [{ do: 'post', order: { kind: 'pair', phone: event.phone } }],
      };
    case 'gone':
      return gone({ ...state, isAlive: false, memoryMb: null }, now, limits, random);
    case 'said':
      return said(state, event.word, now, limits);
    case 'tick':
      return tick(state, event, now, limits);
  }
}

const keep = (state: State): Next => ({ state, effects: [] });

function unready(state: State, now: number): State {
  return { ...state, isReady: false, since: state.isReady ? now : state.since, qr: null, code: null };
}

function spawn(state: State, now: number, limits: Limits): Next {
  const fresh = { nudges: 0, askedAt: null, pingAt: now + limits.ping, offlineSince: null, memoryMb: null, startedAt: now };
  const begun = { ...unready(state, now), ...fresh, phase: 'starting' as const, until: now + limits.start };
  return { state: { ...begun, isAlive: true, next: 'judge' }, effects: [{ do: 'spawn' }] };
}

/** Asks the child to end itself; it is killed when it does not. */
function ask(state: State, order: ToChild, next: State['next'], now: number, ms: number): Next {
  return { state: { ...unready(state, now), phase: 'ending', next, until: now + ms }, effects: [{ do: 'post', order }] };
}

/** It does not do what it should: no asking. What follows is judged when it is gone. */
function fail(state: State, trouble: Trouble, now: number): Next {
  return { state: { ...unready(state, now), phase: 'ending', next: 'judge', trouble, until: null }, effects: [{ do: 'kill' }] };
}

function restart(state: State, now: number, limits: Limits): Next {
  if (state.phase === 'off') return keep(state);
  return state.isAlive ? ask(state, { kind: 'stop' }, 'start', now, limits.end) : spawn(state, now, limits);
}

function gone(state: State, now: number, limits: Limits, random: number): Next {
  const down = unready(state, now);
  if (state.next === 'off') return keep({ ...down, phase: 'off', until: null });
  if (state.next === 'asleep') return keep({ ...down, phase: 'asleep', until: null });
  if (state.next === 'start') return spawn({ ...down, trouble: null }, now, limits);
  // It ended by itself, or was killed for a reason that is written down.
  const trouble = state.phase === 'ending' ? (state.trouble ?? 'killed') : 'killed';
  if (trouble === 'logged-out') return spawn({ ...down, trouble: null, failures: 0, qrRounds: 0 }, now, limits);
  if (trouble === 'no-library' || trouble === 'no-browser') return keep({ ...down, phase: 'broken', until: null });
  const failures = state.failures + 1;
  const backOff = Math.min(1000 * 2 ** failures, limits.longestPause) * (0.75 + random / 2);
  const pause = trouble === 'conflict' ? Math.max(limits.conflict, backOff) : backOff;
  return keep({ ...down, phase: 'paused', trouble, failures, until: now + pause });
}

function said(state: State, word: FromChild, now: number, limits: Limits): Next {
  if (word.kind === 'ended') {
    const trouble = state.phase === 'ending' ? state.trouble : word.reason;
    return keep({ ...unready(state, now), phase: 'ending', trouble, until: now + limits.end });
  }
  if (state.phase === 'ending' || !state.isAlive) return keep(state);
  switch (word.kind) {
    case 'qr': {
      // The page goes on turning its QR while a code is being typed into the phone.
      const code = state.code !== null && now < state.code.until ? state.code : null;
      const until = Math.max(now + limits.qr, code?.until ?? 0);
      return keep({ ...unready(state, now), phase: 'login', qr: { text: word.text, until: now + limits.qr }, code, until });
    }
    case 'code':
      return keep({ ...state, phase: 'login', code: { code: word.code, until: now + limits.code }, until: now + limits.code });
    case 'opened':
    case 'authenticated':
      if (state.phase === 'ready' || state.phase === 'syncing') return keep(state);
      return keep({ ...state, phase: 'syncing', qr: null, code: null, until: now + limits.sync });
    case 'ready': {
      const since = state.isReady ? state.since : now;
      const up = { phase: 'ready' as const, isReady: true, since, until: null, trouble: null, qr: null, code: null, qrRounds: 0 };
      return { state: { ...state, ...up, number: word.number, offlineSince: null, pingAt: now }, effects: [{ do: 'reconcile' }] };
    }
    case 'pong': {
      const isConnected = word.state === 'CONNECTED';
      const offlineSince = isConnected ? null : (state.offlineSince ?? now);
      const heard = { ...state, askedAt: null, memoryMb: word.memoryMb, offlineSince };
      // Logged in, and the library has missed it: as if it had said so.
      return state.phase === 'login' && isConnected ? said(heard, { kind: 'authenticated' }, now, limits) : keep(heard);
    }
    default:
      return keep(state);
  }
}

function tick(state: State, { quiet, busy }: { quiet: boolean; busy: boolean }, now: number, limits: Limits): Next {
  if (state.until !== null && now >= state.until) return late(state, now, limits);
  if (!['login', 'syncing', 'ready'].includes(state.phase)) return keep(state);
  // A crashed page says nothing and lets every call hang: only an answer proves life.
  if (state.askedAt !== null && now - state.askedAt >= limits.pong) return fail(state, 'no-answer', now);
  if (state.phase === 'ready') {
    if (state.offlineSince !== null && now - state.offlineSince >= limits.offline) return fail(state, 'no-connection', now);
    const isFat = (state.memoryMb ?? 0) > limits.memoryMb;
    const isOld = quiet && now - state.startedAt >= limits.nightly;
    if (!busy && (isFat || isOld)) return ask(state, { kind: 'stop' }, 'start', now, limits.end);
  }
  const failures = state.phase === 'ready' && now - state.since >= limits.stable ? 0 : state.failures;
  if (state.askedAt !== null || now < state.pingAt) return keep({ ...state, failures });
  const asked = { ...state, failures, askedAt: now, pingAt: now + limits.ping };
  return { state: asked, effects: [{ do: 'post', order: { kind: 'ping' } }] };
}

/** The phase lasted longer than it may. */
function late(state: State, now: number, limits: Limits): Next {
  switch (state.phase) {
    case 'starting':
      return fail(state, 'no-start', now);
    case 'syncing':
      if (state.nudges >= NUDGES) return fail(state, 'no-ready', now);
      return {
        state: { ...state, nudges: state.nudges + 1, until: now + limits.sync },
        effects: [{ do: 'post', order: { kind: 'nudge' } }],
      };
    case 'login': {
      const qrRounds = state.qrRounds + 1;
      return ask({ ...state, qrRounds }, { kind: 'stop' }, qrRounds < QR_ROUNDS ? 'start' : 'asleep', now, limits.end);
    }
    case 'paused':
      return spawn(state, now, limits);
    case 'ending':
      return { state: { ...state, until: null }, effects: [{ do: 'kill' }] };
    default:
      return keep({ ...state, until: null });
  }
}
