// Alarms: what needs a person who runs the desk. Computed from what the desk knows of itself; consoles hear when one begins or ends.
import type { Alarm } from '../contract/alarms.ts';
import { isOverdue } from './compose.ts';
import type { DeskContext } from './context.ts';
import { isOpen } from './hours.ts';
import { confirmedHours } from './office.ts';
import { guessingAtCap } from './permitProof.ts';
import type { DeskStatus } from './verbs.ts';

/** A channel that comes back by itself within this is no alarm. Milliseconds. */
const CHANNEL_GRACE_MS = 60_000;
/** As many titles of overdue answers as one line can say. */
const TITLES = 5;

type Found = Omit<Alarm, 'since'>;
type Parts = Pick<DeskContext, 'clock' | 'office' | 'nlu' | 'realtime' | 'timeZone' | 'disk' | 'log' | 'store' | 'permits'> & {
  pulls: Pick<DeskContext['pulls'], 'views'>;
};

export interface Alarms {
  /** What holds as of the last look. */
  current(): Alarm[];
  /** Looks at everything again and tells consoles when a list of other alarms comes out. */
  look(): Promise<Alarm[]>;
}

/** @param status what the desk knows of queue, outbox and channels now */
export function createAlarms(desk: Parts, status: () => Promise<Omit<DeskStatus, 'alarms'>>): Alarms {
  let known: Alarm[] = [];

  async function find(): Promise<Found[]> {
    const now = desk.clock.now();
    const all = [
      ...(await ofStatus(await status(), now)),
      ...ofConnectors(now),
      await ofDisk(),
      ofAnswers(now),
      ofKnowledge(),
      await ofGuessing(),
    ];
    return all.filter((one): one is Found => one !== null);
  }

  async function ofStatus(state: Omit<DeskStatus, 'alarms'>, now: number): Promise<(Found | null)[]> {
    const dead = state.outbox.failed + state.outbox.uncertain;
    const limit = desk.office().rules.alarmWaitMinutes * 60;
    // Who waits over night waits for the opening, not for somebody who forgot.
    const isClosed = isOpen(confirmedHours(desk.office()), now, desk.timeZone) === false;
    return [
      ...state.channels.map(({ name, accountId, health }): Found | null => {
        const down = now - health.since;
        if (health.state === 'ready' || health.state === 'standby' || down < CHANNEL_GRACE_MS) return null;
        const { detail } = health;
        return { id: `channel:${name}:${accountId}`, kind: 'channel', value: Math.round(down / 1000), subject: name, detail };
      }),
      dead === 0 ? null : { id: 'dead-letters', kind: 'dead-letters', value: dead, subject: null, detail: null },
      state.oldestWaitSeconds <= limit || isClosed
        ? null
        : { id: 'waiting', kind: 'waiting', value: state.oldestWaitSeconds, subject: null, detail: null },
    ];
  }

  /** One that is left alone after several failures, or whose key is not accepted. */
  function ofConnectors(now: number): Found[] {
    const open = desk.pulls.views().filter(({ state }) => state === 'open');
    return open.map(({ name, goodAt, failedAt, problem }) => ({
      ...{ id: `connector:${name}`, kind: 'connector', subject: name, detail: problem },
      value: Math.round((now - (goodAt ?? failedAt ?? now)) / 1000),
    }));
  }

  async function ofDisk(): Promise<Found | null> {
    const space = await desk.disk?.().catch((error: unknown) => {
      desk.log.warn({ cause: String(error) }, 'disk space unknown');
      return undefined;
    });
    if (space === undefined || space.total === 0) return null;
    const left = (100 * space.free) / space.total;
    const isLow = left < desk.office().rules.alarmDiskPercent;
    return isLow ? { id: 'disk', kind: 'disk', value: Math.floor(left), subject: null, detail: null } : null;
  }

  function ofAnswers(now: number): Found | null {
    const overdue = desk.nlu.reviews().filter((answer) => isOverdue(answer, now));
    if (overdue.length === 0) return null;
    const subject = overdue
      .slice(0, TITLES)
      .map(({ title }) => title)
      .join(', ');
    return { id: 'overdue-answers', kind: 'overdue-answers', value: overdue.length, subject, detail: null };
  }

  /** Changed intent files that are not in use: the last good ones still answer. */
  function ofKnowledge(): Found | null {
    const problems = desk.nlu.problems();
    const [detail = null] = problems;
    return detail === null ? null : { id: 'knowledge', kind: 'knowledge', value: problems.length, subject: null, detail };
  }

  /** Nobody without a verified phone is judged before the hour is over: what the cap counts is what begins and ends this. */
  async function ofGuessing(): Promise<Found | null> {
    const judged = await guessingAtCap(desk);
    return judged === null
      ? null
      : { id: 'permit-guessing', kind: 'permit-guessing', value: judged, subject: null, detail: null };
  }

  return {
    current: () => known,
    async look() {
      const found = await find();
      const now = desk.clock.now();
      const next = found.map((one) => ({ ...one, since: known.find(({ id }) => id === one.id)?.since ?? now }));
      const isNews = idsOf(next) !== idsOf(known);
      known = next;
      if (isNews) desk.realtime.alarms(next);
      return next;
    },
  };
}

const idsOf = (alarms: Alarm[]): string =>
  alarms
    .map(({ id }) => id)
    .sort()
    .join(' ');
