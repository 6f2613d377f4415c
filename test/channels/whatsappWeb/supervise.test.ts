// The supervisor's rules, each failure of the library with what must follow; no process, no clock.
import type { FromChild } from '../../../src/channels/whatsappWeb/protocol.ts';
import { type Event, initial, type State, step, usualLimits } from '../../../src/channels/whatsappWeb/supervise.ts';
import { healthOf } from '../../../src/channels/whatsappWeb/words.ts';

const limits = usualLimits;

/** A number's life: events move it, time passes only when told. */
function life() {
  let now = 1_000_000;
  let state: State = initial(now);
  const done: string[] = [];
  const tell = (event: Event) => {
    const next = step(state, event, now, limits, 0.5);
    state = next.state;
    for (const effect of next.effects) done.push(effect.do === 'post' ? effect.order.kind : effect.do);
  };
  const self = {
    tell,
    say: (word: FromChild) => tell({ kind: 'said', word }),
    /** Time passes, looked at every second; a ping is answered unless the page is dead. */
    pass(ms: number, with_: { quiet?: boolean; busy?: boolean; isDead?: boolean; memoryMb?: number; state?: string } = {}) {
      for (const end = now + ms; now < end; ) {
        now += Math.min(1000, end - now);
        const before = done.length;
        tell({ kind: 'tick', quiet: with_.quiet ?? false, busy: with_.busy ?? false });
        if (done.slice(before).includes('ping') && !with_.isDead)
          self.say({
            kind: 'pong',
            state: with_.state ?? (state.phase === 'login' ? 'UNPAIRED' : 'CONNECTED'),
            memoryMb: with_.memoryMb ?? 400,
          });
      }
    },
    ends: (reason: Extract<FromChild, { kind: 'ended' }>['reason']) => {
      self.say({ kind: 'ended', reason, detail: '' });
      tell({ kind: 'gone' });
    },
    ready() {
      tell({ kind: 'start' });
      self.say({ kind: 'opened' });
      self.say({ kind: 'ready', number: '6281' });
      return self;
    },
    /** What was done since the last look, pings left out. */
    did: () => done.splice(0).filter((one) => one !== 'ping'),
    get state() {
      return state;
    },
    health: () => healthOf(state).state,
    now: () => now,
  };
  return self;
}

describe('the supervisor of a WhatsApp Web number', () => {
  it('When it starts with a stored login, then it is ready and looks for messages of the time away', () => {
    const one = life();
    one.tell({ kind: 'start' });
    expect(one.health()).toBe('connecting');
    one.say({ kind: 'opened' });
    one.say({ kind: 'ready', number: '6281' });
    expect([one.health(), one.did()]).toEqual(['ready', ['spawn', 'reconcile']]);
  });

  it('When the page is loaded again while ready, then it looks for messages again and its since stays', () => {
    const one = life().ready();
    const { since } = one.state;
    one.pass(10_000);
    one.did();
    one.say({ kind: 'ready', number: '6281' });
    expect(one.did()).toEqual(['reconcile']);
    expect(one.state.since).toBe(since);
  });

  it.each(['browser-gone', 'page-crashed', 'fault', 'start-failed', 'profile-in-use', 'disconnected'] as const)(
    'When the child ends with %s, then it is down and started again after a pause',
    (reason) => {
      const one = life().ready();
      one.did();
      one.ends(reason);
      expect([one.health(), one.did(), one.state.phase]).toEqual(['down', [], 'paused']);
      one.pass(2500);
      expect(one.did()).toEqual(['spawn']);
    },
  );

  it('When the process is killed from outside, then the same', () => {
    const one = life().ready();
    one.did();
    one.tell({ kind: 'gone' });
    expect(one.health()).toBe('down');
    one.pass(2500);
    expect(one.did()).toEqual(['spawn']);
  });

  it('When nothing of it answers any more, then it is killed and only then started again', () => {
    const one = life().ready();
    one.did();
    one.pass(limits.ping + limits.pong + 2000, { isDead: true });
    expect([one.did(), one.state.phase]).toEqual([['kill'], 'ending']);
    one.pass(60_000);
    expect(one.did()).toEqual([]);
    one.tell({ kind: 'gone' });
    one.pass(2500);
    expect(one.did()).toEqual(['spawn']);
  });

  it('When ready does not come, then it is nudged every 20 s, and killed when that does not help for two minutes', () => {
    const one = life();
    one.tell({ kind: 'start' });
    one.say({ kind: 'opened' });
    one.pass(20_000);
    expect(one.did()).toEqual(['spawn', 'nudge']);
    // A large account syncs for minutes: it is left to it, told again and again in case it is done.
    one.pass(4 * 20_000);
    expect(one.did()).toEqual(['nudge', 'nudge', 'nudge', 'nudge']);
    one.pass(20_000);
    expect(one.did()).toEqual(['kill']);
    one.tell({ kind: 'gone' });
    expect(healthOf(one.state).detail).toContain('tidak siap');
  });

  it('When somebody scanned and the library missed it, then that is noticed and it is nudged', () => {
    const one = life();
    one.tell({ kind: 'start' });
    one.say({ kind: 'qr', text: 'qr-1' });
    one.pass(limits.ping + 1000, { state: 'CONNECTED' });
    expect([one.state.phase, one.health()]).toEqual(['syncing', 'connecting']);
    one.pass(limits.sync, { state: 'CONNECTED' });
    expect(one.did()).toEqual(['spawn', 'nudge']);
  });

  it('When the page does not open at all, then it is killed', () => {
    const one = life();
    one.tell({ kind: 'start' });
    one.pass(limits.start);
    expect(one.did()).toEqual(['spawn', 'kill']);
  });

  it('When it keeps failing, then the pauses grow to five minutes, and a stable time forgets that', () => {
    const one = life().ready();
    const pauses: number[] = [];
    for (let i = 0; i < 12; i++) {
      one.ends('browser-gone');
      pauses.push((one.state.until ?? 0) - one.now());
      one.pass(pauses[i]!);
      one.say({ kind: 'ready', number: '6281' });
      one.pass(1000);
    }
    expect(pauses.slice(0, 4)).toEqual([2000, 4000, 8000, 16_000]);
    expect(pauses[11]).toBe(limits.longestPause);
    one.pass(limits.stable + 2000);
    one.ends('browser-gone');
    expect((one.state.until ?? 0) - one.now()).toBe(2000);
  });

  it('When many fail at one moment, then they do not come back at one moment', () => {
    const alive: State = { ...initial(0), isAlive: true, phase: 'ready' };
    expect([0, 1].map((random) => step(alive, { kind: 'gone' }, 0, limits, random).state.until)).toEqual([1500, 2500]);
  });

  it('When WhatsApp Web is opened elsewhere, then it waits longer than others do and says so', () => {
    const one = life().ready();
    one.did();
    one.ends('conflict');
    expect(healthOf(one.state).detail).toContain('tempat lain');
    one.pass(limits.conflict - 1000);
    expect(one.did()).toEqual([]);
    one.pass(1000);
    expect(one.did()).toEqual(['spawn']);
  });

  it('When the phone ends the login, then a new QR is fetched at once', () => {
    const one = life().ready();
    one.did();
    one.ends('logged-out');
    expect(one.did()).toEqual(['spawn']);
    one.say({ kind: 'qr', text: 'qr-1' });
    expect([one.health(), one.state.qr?.text]).toEqual(['needs-login', 'qr-1']);
  });

  it('When no new QR comes for a minute, then the page is opened again; after three times it waits to be asked', () => {
    const one = life();
    one.tell({ kind: 'start' });
    for (let round = 1; round <= 3; round++) {
      one.say({ kind: 'qr', text: `qr-${round}` });
      one.pass(30_000);
      one.say({ kind: 'qr', text: `qr-${round}b` });
      one.pass(limits.qr - 1000);
      expect(one.state.phase).toBe('login');
      one.pass(1000);
      expect(one.did()).toEqual(['spawn', 'stop']);
      one.ends('asked');
    }
    expect([one.state.phase, one.health(), one.state.isAlive, one.did()]).toEqual(['asleep', 'needs-login', false, []]);
    one.pass(3_600_000);
    expect(one.did()).toEqual([]);
    one.tell({ kind: 'restart' });
    expect(one.did()).toEqual(['spawn']);
  });

  it('When a code is asked for, then it is shown until it runs out, whatever the QR does', () => {
    const one = life();
    one.tell({ kind: 'start' });
    one.say({ kind: 'qr', text: 'qr-1' });
    one.tell({ kind: 'pair', phone: '62811' });
    one.say({ kind: 'code', code: 'ABCD1234' });
    one.pass(20_000);
    one.say({ kind: 'qr', text: 'qr-2' });
    expect(one.state.code?.code).toBe('ABCD1234');
    one.pass(100_000);
    expect(one.state.phase).toBe('login');
    expect(one.did()).toEqual(['spawn', 'pair']);
  });

  it('When its memory grows over the ceiling, then it is restarted, but not with a message on its way', () => {
    const one = life().ready();
    one.did();
    one.pass(60_000, { memoryMb: limits.memoryMb + 1, busy: true });
    expect(one.did()).toEqual([]);
    one.pass(1000);
    expect(one.did()).toEqual(['stop']);
    one.ends('asked');
    expect([one.did(), one.state.failures]).toEqual([['spawn'], 0]);
  });

  it('When the quiet hours come, then it is restarted once', () => {
    const one = life().ready();
    one.did();
    one.pass(limits.nightly - 10_000, { quiet: true });
    expect(one.did()).toEqual([]);
    one.pass(3_600_000);
    one.pass(1000, { quiet: true, busy: true });
    expect(one.did()).toEqual([]);
    one.pass(1000, { quiet: true });
    expect(one.did()).toEqual(['stop']);
    one.ends('asked');
    one.say({ kind: 'ready', number: '6281' });
    one.did();
    one.pass(3_600_000, { quiet: true });
    expect(one.did()).toEqual([]);
  });

  it('When WhatsApp stays out of reach for five minutes, then it is started again', () => {
    const one = life().ready();
    one.did();
    one.pass(limits.offline - 60_000, { state: 'TIMEOUT' });
    expect(one.did()).toEqual([]);
    one.pass(120_000, { state: 'TIMEOUT' });
    expect(one.did()).toEqual(['kill']);
  });

  it('When library or browser are missing, then it says so once and does not try again by itself', () => {
    const one = life();
    one.tell({ kind: 'start' });
    one.ends('no-library');
    one.pass(3_600_000);
    expect([one.did(), one.health()]).toEqual([['spawn'], 'down']);
    expect(healthOf(one.state).detail).toContain('npm ci');
    one.tell({ kind: 'restart' });
    one.ends('no-browser');
    expect(healthOf(one.state).detail).toContain('PUPPETEER_EXECUTABLE_PATH');
  });

  it('When it is asked to end and does not, then it is killed; whatever is told meanwhile, there is never a second child', () => {
    const one = life().ready();
    one.did();
    one.tell({ kind: 'restart' });
    one.tell({ kind: 'start' });
    one.pass(limits.end);
    expect(one.did()).toEqual(['stop', 'kill']);
    one.pass(600_000);
    expect(one.did()).toEqual([]);
    one.tell({ kind: 'gone' });
    expect(one.did()).toEqual(['spawn']);
    one.tell({ kind: 'stop' });
    one.tell({ kind: 'gone' });
    one.pass(600_000);
    expect([one.did(), one.state.phase]).toEqual([['stop'], 'off']);
  });

  it('When it goes down and comes back in steps, then since tells when it was ready last', () => {
    const one = life().ready();
    one.pass(1000);
    const down = one.now();
    one.ends('browser-gone');
    one.pass(30_000);
    one.ends('start-failed');
    one.pass(30_000);
    expect(healthOf(one.state).since).toBe(down);
  });
});
