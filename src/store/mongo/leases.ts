// Leases on MongoDB. No clock of one machine is compared with another's: a holder beats, and whoever has watched a beat stand still
// for long enough, by its own monotonic clock, may take over. Every change is a compare-and-set on fence and beat.
import type { Leases } from '../../desk/nodes.ts';
import type { DeskLog } from '../../desk/ports.ts';
import type { MongoConnection } from './connection.ts';
import type { Beats } from './peers.ts';

const BEAT_MS = 1500;
/** A beat that stands still for so long belongs to the dead. */
const DEAD_MS = 6000;
/** A holder that could not beat for so long stops by itself, before anybody may take over. */
const GIVE_UP_MS = 4000;

/** The store is asked no longer than this for a beat, so that a holder that hears nothing stops in time. */
const ANSWER_MS = BEAT_MS;

/**
 * @param owner names this node
 * @param beats what this node has seen of the beats before it wanted the lease
 * @returns the leases, and what stops asking for them
 */
export function createLeases(
  { models, run }: MongoConnection,
  owner: string,
  log: Pick<DeskLog, 'info' | 'warn'>,
  beats: Beats,
): Leases & { stop(): Promise<void> } {
  const { leases } = models;
  const releases = new Set<() => Promise<void>>();

  /** Takes the lease as it was seen. @returns whether nobody was quicker */
  async function take(name: string, seen: { fence: number; beat: number } | null): Promise<boolean> {
    if (seen === null) {
      const made = { _id: name, owner, fence: 1, beat: 0 };
      return run(() => leases.insertMany([made], { lean: true })).then(
        () => true,
        () => false,
      );
    }
    const set = { owner, fence: seen.fence + 1, beat: 0 };
    const filter = { _id: name, fence: seen.fence, beat: seen.beat };
    return (await run(() => leases.updateOne(filter, { $set: set }))).matchedCount === 1;
  }

  function hold(name: string, work: Parameters<Leases['hold']>[1]): () => Promise<void> {
    let held: { fence: number; beatAt: number } | null = null;
    /** The beat of another holder, and since when it stands still. */
    let watched = { fence: 0, beat: -1, since: 0 };
    let isReleased = false;
    let ticking: Promise<void> = Promise.resolve();

    async function lose(reason: string): Promise<void> {
      held = null;
      log.warn({ lease: name, reason }, 'lease lost');
      await work.end();
    }

    async function beat(mine: { fence: number; beatAt: number }): Promise<void> {
      const now = performance.now();
      try {
        const filter = { _id: name, owner, fence: mine.fence };
        const beaten = await run(() => leases.updateOne(filter, { $inc: { beat: 1 } }), ANSWER_MS);
        if (beaten.matchedCount === 1) mine.beatAt = now;
        else await lose('taken over');
      } catch {
        if (performance.now() - mine.beatAt > GIVE_UP_MS) await lose('the store is away');
      }
    }

    async function look(): Promise<void> {
      const seen = await run(() => leases.findById(name).lean());
      const now = performance.now();
      if (seen !== null && seen.owner !== '') {
        if (seen.fence !== watched.fence || seen.beat !== watched.beat)
          watched = { fence: seen.fence, beat: seen.beat, since: beats.stillSince(name, seen.fence, seen.beat) ?? now };
        if (now - watched.since < DEAD_MS) return;
      }
      if (!(await take(name, seen)) || isReleased) return;
      held = { fence: (seen?.fence ?? 0) + 1, beatAt: now };
      log.info({ lease: name, fence: held.fence }, 'lease taken');
      try {
        await work.begin(held.fence);
      } catch (error) {
        // Who cannot begin must not keep others from it.
        log.warn({ lease: name, cause: String(error) }, 'lease given back: the work could not begin');
        const { fence } = held;
        held = null;
        await giveBack(fence);
      }
    }

    /** Nobody has to wait for it to stand still. */
    async function giveBack(fence: number): Promise<void> {
      await run(() => leases.updateOne({ _id: name, owner, fence }, { $set: { owner: '' } })).catch(() => undefined);
    }

    const tick = () => {
      ticking = ticking.then(() => (isReleased ? undefined : held === null ? look() : beat(held))).catch(() => undefined);
    };
    const timer = setInterval(tick, BEAT_MS);
    tick();

    const release = async () => {
      if (isReleased) return;
      isReleased = true;
      releases.delete(release);
      clearInterval(timer);
      await ticking;
      const mine = held;
      if (mine === null) return;
      await work.end();
      await giveBack(mine.fence);
    };
    releases.add(release);
    return release;
  }

  return {
    hold,
    async stop() {
      await Promise.all([...releases].map((release) => release()));
    },
  };
}
