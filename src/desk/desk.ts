// The desk: puts the verbs together over the ports, and runs what has to happen by itself: delivery, due times, sweeps.

import { guardVerbs } from './access.ts';
import { createAlarms } from './alarms.ts';
import { createChannelNotes } from './channelNotes.ts';
import { createChannelVerbs } from './channelVerbs.ts';
import { createContactVerbs } from './contacts.ts';
import type { DeskContext, DeskParts } from './context.ts';
import { sweepDuty } from './duty.ts';
import { createFloodGuard, createLoopGuard } from './flood.ts';
import { createIntake } from './intake.ts';
import { createKnowledgeVerbs } from './knowledge.ts';
import { createNightly } from './nightly.ts';
import { createOfficerVerbs } from './officerVerbs.ts';
import { createOfficeState } from './officeState.ts';
import { oneAtATime } from './oneAtATime.ts';
import { createOutbox } from './outbox.ts';
import { createAdminVerbs, createEntryVerbs } from './people.ts';
import { createPermitPulls } from './permitConnectors.ts';
import { createPermitVerbs } from './permitDesk.ts';
import { createPermitImports, type PermitImportVerbs } from './permitImports.ts';
import { tellMoves } from './permitNotify.ts';
import { createPermitOffice } from './permitOffice.ts';
import { createPermitState } from './permitState.ts';
import { tellPlaces } from './queue.ts';
import type { PaceKeeper } from './receive.ts';
import { indexContacts, indexMessages } from './searchIndex.ts';
import { createSerial } from './serial.ts';
import { cleanLogins } from './sessionVerbs.ts';
import { look, sweepConversations, tellUntold } from './sweep.ts';
import type { Desk, WatchVerbs } from './verbs.ts';
import { createVisitorVerbs } from './visitorVerbs.ts';

const SWEEP_MS = 60_000;
/** How often pending messages whose time came are looked for; new ones are sent at once. */
const OUTBOX_POLL_MS = 1000;
const INDEX_MS = 2000;
/** What officers set on another node holds here within this. */
const FRESH_MS = 3000;
/** A beginning alarm is heard of within this. */
const ALARM_MS = 15_000;
/** Sessions and invitations that are over open nothing; forgetting them can wait. */
const CLEAN_MS = 3_600_000;
/** Many changes of the queue in a moment are told as one. */
const QUEUE_SETTLE_MS = 300;
/** Due times further off than this are left to the sweep. */
const NEAR_MS = SWEEP_MS;
/** Timers may fire a little early; a due time must have passed when it is looked at. */
const TIMER_SLACK_MS = 5;

/**
 * Builds the desk over its ports. Nothing runs before `start()`.
 * @returns the verbs; `sweep` runs once what is done every minute, `idle` resolves when no conversation is being worked on
 */
export function createDesk(parts: DeskParts): Desk & { sweep(atStart?: boolean): Promise<void>; idle(): Promise<void> } {
  const office = createOfficeState(parts);
  const timers = new Set<NodeJS.Timeout>();
  /** One look ahead per conversation: the latest due time that was heard of. */
  const looks = new Map<string, NodeJS.Timeout>();
  let isStopped = false;
  let startedAt = parts.clock.now();
  /** `again`: it moved while places were being told. */
  let queueMove: { again: boolean } | null = null;

  const permits = createPermitState(parts);
  const desk: DeskContext = {
    ...parts,
    serial: createSerial(),
    office: office.current,
    permits,
    pulls: createPermitPulls({ ...parts, permits }),
    channel: (name) => parts.channels.find((channel) => channel.name === name),
    wakeOutbox: () => outbox.wake(),
    wakeAt(conversationId, at) {
      const wait = at - parts.clock.now();
      if (wait >= NEAR_MS) return;
      cancel(looks.get(conversationId));
      const timer = later(Math.max(wait, 0) + TIMER_SLACK_MS, () => {
        looks.delete(conversationId);
        return look(desk, conversationId);
      });
      looks.set(conversationId, timer);
    },
    queueChanged() {
      if (queueMove !== null) {
        queueMove.again = true;
        return;
      }
      const move = { again: false };
      queueMove = move;
      later(QUEUE_SETTLE_MS, async () => {
        move.again = false;
        await tellPlaces(desk).finally(() => {
          queueMove = null;
          if (move.again) desk.queueChanged();
        });
      });
    },
  };
  const outbox = createOutbox(desk);
  const paceOf = createPace(desk);
  const nightly = createNightly(desk);

  /** Runs something once, later; a failure is logged and left to the sweep. */
  function later(ms: number, work: () => Promise<unknown>): NodeJS.Timeout {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!isStopped) run(work);
    }, ms);
    timer.unref();
    timers.add(timer);
    return timer;
  }
  function cancel(timer: NodeJS.Timeout | undefined): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    timers.delete(timer);
  }
  function every(ms: number, work: () => Promise<unknown>): void {
    const timer = setInterval(() => run(work), ms);
    timer.unref();
    timers.add(timer);
  }
  function run(work: () => Promise<unknown>): void {
    work().catch((error: unknown) => parts.log.error({ cause: String(error) }, 'background work failed; it will be tried again'));
  }

  async function mend(atStart: boolean): Promise<void> {
    await outbox.recover(atStart);
    await sweepDuty(desk, startedAt);
    await sweepConversations(desk, atStart);
    await desk.pulls.askWatched();
    await tellMoves(desk);
  }
  /** What a dead node was sending, what it took in and did not answer, and an import it was in the middle of. */
  async function takeOver(nodeId: string): Promise<void> {
    if (isStopped) throw new Error('this node stops: the others take over');
    await outbox.recoverFrom(nodeId);
    await sweepConversations(desk, true);
    run(mendImports);
  }
  /** A long queue is told in one go, however many sweeps pass meanwhile. */
  const tellAll = oneAtATime(() => tellUntold(desk));
  async function sweep(atStart = false): Promise<void> {
    await desk.permits.load();
    await mend(atStart);
    // After it: who was given back to the queue is told the place at once.
    await tellAll();
    await nightly();
  }

  async function status() {
    const [{ queued, oldest }, depth] = await Promise.all([parts.store.queue.size(), parts.store.outbox.depth()]);
    const now = parts.clock.now();
    return {
      queued,
      oldestWaitSeconds: Math.max(0, Math.round((now - (oldest ?? now)) / 1000)),
      outbox: depth,
      channels: parts.channels.map(({ name, accountId, health }) => ({ name, accountId, health: health() })),
    };
  }

  const alarms = createAlarms(desk, status);
  const noteAway = createChannelNotes(desk);
  const visitor = createVisitorVerbs(desk, paceOf);
  const intake = createIntake(desk, paceOf, visitor);
  const { mend: mendImports, stop: stopImports, ...permitImports } = createPermitImports(desk);
  return {
    intake,
    officer: guardVerbs(createOfficerVerbs(desk)),
    visitor,
    admin: guardVerbs(createAdminVerbs(desk)),
    entry: createEntryVerbs(desk),
    contacts: guardVerbs(createContactVerbs(desk)),
    permits: guardVerbs(createPermitVerbs(desk)),
    channels: guardVerbs(createChannelVerbs(desk)),
    watch: guardVerbs<WatchVerbs>({ alarms: async () => ({ ok: true, alarms: await alarms.look() }) }),
    office: { get: office.get, ...guardVerbs({ put: office.put, readHolidays: office.readHolidays }) },
    knowledge: guardVerbs(createKnowledgeVerbs(desk)),
    permitImports: guardVerbs<PermitImportVerbs>(permitImports),
    permitOffice: guardVerbs(createPermitOffice(desk)),
    sweep,
    idle: () => desk.serial.idle(),

    status: async () => ({ ...(await status()), alarms: alarms.current() }),

    async start() {
      startedAt = parts.clock.now();
      await office.load();
      await desk.permits.load();
      // What a dead node's open transaction still holds, for up to a minute, keeps no other node's doors closed: it is mended beside them.
      for (const work of [() => mend(true), mendImports]) {
        if (parts.isOnlyNode) await work();
        else run(work);
      }
      // However long the queue is, the doors open first.
      run(tellAll);
      for (const channel of parts.channels) await channel.start(intake);
      run(() => alarms.look());
      parts.peers?.onDeath(takeOver);
      every(SWEEP_MS, () => sweep());
      every(OUTBOX_POLL_MS, async () => outbox.wake());
      if (!parts.isOnlyNode) every(FRESH_MS, () => Promise.all([office.load(), desk.permits.load()]));
      every(ALARM_MS, async () => noteAway(await alarms.look()));
      every(CLEAN_MS, () => cleanLogins(desk));
      for (const index of [indexMessages, indexContacts]) {
        const work = oneAtATime(() => index(desk, () => isStopped));
        every(INDEX_MS, work);
      }
    },

    async stop(graceMs) {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
      const grace = new Promise((resolve) => setTimeout(resolve, graceMs).unref());
      const finish = async () => {
        await Promise.all(parts.channels.map((channel) => channel.stop()));
        await Promise.all([stopImports(), desk.pulls.stop()]);
        await desk.serial.idle();
        await outbox.stop();
      };
      await Promise.race([finish(), grace]);
    },
  };
}

/** Senders and conversations remembered by the guards; the longest unheard are forgotten first. */
const GUARD_KEYS = 20_000;

function createPace(desk: DeskContext): PaceKeeper {
  const { now } = desk.clock;
  const flood = createFloodGuard({ perMinute: () => desk.office().rules.floodPerMinute, maxKeys: GUARD_KEYS, now });
  // At the rate one sender may write, the bot's replies are a person's doing: only half as many again look like two bots.
  const maxReplies = () => 1.5 * desk.office().rules.floodPerMinute;
  const loop = createLoopGuard({ maxReplies, maxKeys: GUARD_KEYS, now });
  return (contactId, conversationId, text) => {
    const verdicts = [loop.inbound(conversationId, text), loop.reply(conversationId)];
    if (verdicts.includes('stop')) return 'loop';
    const pace = flood.take(contactId);
    return pace === 'ok' && verdicts.includes('quiet') ? 'quiet' : pace;
  };
}
