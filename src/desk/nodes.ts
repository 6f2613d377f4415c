// What the desk and its channels need where several nodes work on one store. Owned here, implemented by the store, wired in main.ts.
import type { Duty } from '../contract/conversation.ts';
import type { QueuePlace } from '../contract/events.ts';
import type { Channel, ChannelHealth, Intake } from './ports.ts';

/** Work that only one node may do at a time. */
export interface Leases {
  /**
   * Asks for `name` until it is released. `begin` runs when this node got it, `end` before another node may get it: after a
   * release, or when the store was out of reach for too long. A node that dies is replaced within 10 s.
   * @param work `fence` rises with every change of hands
   * @returns releases it, once `end` is over
   */
  hold(name: string, work: { begin(fence: number): Promise<void>; end(): Promise<void> }): () => Promise<void>;
}

/** Which other nodes live. */
export interface Peers {
  /**
   * @param react called, on every node that is left, within 7 s after another one died or stopped; again until it resolves. What that
   *   node held may be taken from it: it is told of the loss when it was only slow. Harmless when called twice.
   */
  onDeath(react: (nodeId: string) => Promise<void>): void;
}

/** What nodes tell each other for their browsers: ids only, the rest is read from the store. */
export type Hint =
  | { kind: 'changed'; conversationId: string; afterRev: number }
  | { kind: 'status'; conversationId: string; messageIds: string[] }
  | { kind: 'place'; conversationId: string; place: QueuePlace | null }
  | { kind: 'typing'; conversationId: string; officer: { id: string; name: string } | null }
  | { kind: 'duty'; officerId: string; duty: Duty }
  | { kind: 'cut'; officerId: string };

/** Best effort, as everything that goes to browsers: a lost hint loses nothing. */
export interface Hints {
  /** To all other nodes. Never throws, never waits. */
  tell(hint: Hint): void;
  listen(react: (hint: Hint) => void): void;
}

/**
 * A channel that one node at a time may receive on, such as long polling; every node sends.
 * @param make makes the channel; a new one each time this node gets the lease
 */
export function onOneNode(make: () => Channel, leases: Leases): Channel {
  const sender = make();
  let receiver: Channel | null = null;
  let release = async () => {};
  // Another node receives, and says how that goes.
  const standby: ChannelHealth = { state: 'ready', since: Date.now(), detail: null };
  return {
    ...sender,
    async start(intake: Intake) {
      release = leases.hold(`channel:${sender.name}:${sender.accountId}`, {
        async begin() {
          receiver = make();
          await receiver.start(intake);
        },
        async end() {
          const last = receiver;
          receiver = null;
          await last?.stop();
        },
      });
    },
    async stop() {
      await release();
      await sender.stop();
    },
    health: () => receiver?.health() ?? standby,
  };
}
