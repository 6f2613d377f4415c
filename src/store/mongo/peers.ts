// Which nodes live: each beats in a document of its own, and whoever has watched a beat stand still for long enough, by its own
// monotonic clock, takes that node for dead. Nobody is judged by a watcher that could not look meanwhile: when the store was away,
// nobody could beat.
import type { Peers } from '../../desk/nodes.ts';
import type { DeskLog } from '../../desk/ports.ts';
import type { MongoConnection } from './connection.ts';

const BEAT_MS = 1000;
/** A beat that stands still for so long belongs to the dead; with looking every beat that is seen within 7 s. */
const DEAD_MS = 5000;
/** Looks further apart than this begin anew. */
const GAP_MS = 3000;
const prefix = 'node:';

/** Since when the beats of nodes and of leases stand still, as this node has seen them. */
export interface Beats {
  /** @returns by this node's monotonic clock, milliseconds; null when this beat was not seen */
  stillSince(name: string, fence: number, beat: number): number | null;
}

/**
 * Beats once, then goes on beating and watching.
 * @param nodeId names this node
 * @returns the peers, and what ends beating; the last beat stays, so that the others look after what a stop left behind
 * @throws LoketError `store-away`
 */
export async function createPeers(
  { models, run, sessions, onNewSession, endSessions }: MongoConnection,
  nodeId: string,
  log: Pick<DeskLog, 'info' | 'warn'>,
): Promise<Peers & Beats & { stop(): Promise<void> }> {
  const { leases } = models;
  let react: ((nodeId: string) => Promise<void>) | null = null;
  let beats = 0;
  let lookedAt = 0;
  let watched = new Map<string, { fence: number; beat: number; since: number }>();

  async function beat(): Promise<void> {
    beats += 1;
    const set = { owner: nodeId, fence: 0, beat: beats, sessions: sessions() };
    await run(() => leases.updateOne({ _id: prefix + nodeId }, { $set: set }, { upsert: true }));
  }

  async function look(): Promise<void> {
    const all = await run(() => leases.find().lean());
    const now = performance.now();
    const isGap = now - lookedAt > GAP_MS;
    lookedAt = now;
    // Leases as well: whoever comes to want one has not to watch it from the beginning.
    watched = new Map(
      all.map(({ _id, fence, beat }) => {
        const since = isGap ? null : stillSince(_id, fence, beat);
        return [_id, { fence, beat, since: since ?? now }];
      }),
    );
    const others = all.filter(({ _id, owner }) => _id.startsWith(prefix) && owner !== nodeId);
    for (const one of others) if (now - (watched.get(one._id)?.since ?? now) >= DEAD_MS) await bury(one);
  }

  function stillSince(name: string, fence: number, beat: number): number | null {
    const seen = watched.get(name);
    return seen?.fence === fence && seen.beat === beat ? seen.since : null;
  }

  /** Every node left does it, each step harmless twice; forgotten only afterwards, so that a second death on the way loses nothing. */
  async function bury({ owner, beat, sessions: left = [] }: { owner: string; beat: number; sessions?: string[] }): Promise<void> {
    if (react === null) return;
    log.info({ node: owner }, 'a node is gone: what it held is taken over');
    // Refused to this user: then its transactions end when the server ends them.
    await endSessions(left).catch((error: unknown) => log.warn({ cause: String(error) }, 'sessions of a dead node not ended'));
    await react(owner);
    await run(() => leases.deleteOne({ _id: prefix + owner, beat }));
  }

  const complain = (error: unknown) => log.warn({ cause: String(error) }, 'no beat of this node, or no look at the others');
  await beat();
  onNewSession(beat);
  let looking: Promise<void> | null = null;
  // Beating does not wait for what is done about the dead.
  const timer = setInterval(() => {
    beat().catch(complain);
    looking ??= look()
      .catch(complain)
      .finally(() => {
        looking = null;
      });
  }, BEAT_MS);

  return {
    stillSince,
    onDeath(given) {
      react = given;
    },
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
