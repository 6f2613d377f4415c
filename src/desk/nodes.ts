// What the desk and its channels need where several nodes work on one store. Owned here, implemented by the store, wired in main.ts.
import type { Duty } from '../contract/conversation.ts';
import { LoketError } from '../contract/errors.ts';
import type { QueuePlace } from '../contract/events.ts';
import type { Present } from '../contract/workplace.ts';
import { type Channel, type ChannelHealth, type Intake, SendError } from './ports.ts';

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

/** What nodes tell each other for their browsers: ids, the rest is read from the store; and what is kept nowhere: who is where, who types. */
export type Hint =
  | { kind: 'changed'; conversationId: string; afterRev: number }
  | { kind: 'status'; conversationId: string; messageIds: string[] }
  | { kind: 'place'; conversationId: string; place: QueuePlace | null }
  | { kind: 'typing'; conversationId: string; officer: { id: string; name: string } | null }
  | { kind: 'presence'; places: { conversationId: string; present: Present[] }[] }
  | { kind: 'duty'; officerId: string; duty: Duty }
  | { kind: 'cut'; officerId: string };

/** Best effort, as everything that goes to browsers: a lost hint loses nothing. */
export interface Hints {
  /** To all other nodes. Never throws, never waits. */
  tell(hint: Hint): void;
  /** @param react called with each hint and the id of the node that told it; several may listen */
  listen(react: (hint: Hint, nodeId: string) => void): void;
}

/**
 * A channel that one node at a time may receive on, such as long polling; every node sends.
 * @param make makes the channel; a new one each time this node gets the lease
 */
export function onOneNode(make: () => Channel, leases: Leases): Channel {
  const sender = make();
  const holder = createHolder(make, sender, leases);
  // Another node receives, and says how that goes.
  const standby: ChannelHealth = { state: 'ready', since: Date.now(), detail: null };
  return {
    ...sender,
    start: holder.start,
    async stop() {
      await holder.stop();
      await sender.stop();
    },
    health: () => holder.current()?.health() ?? standby,
    ...(sender.invite && { invite: holder.invite }),
  };
}

/**
 * A channel that may run on one node at a time altogether, such as a browser with a login; its messages wait for that node.
 * @param make makes the channel; a new one each time this node gets the lease. What is made must do nothing before `start`
 */
export function wholeOnOneNode(make: () => Channel, leases: Leases): Channel {
  const { name, accountId, capabilities, invite } = make();
  const holder = createHolder(make, { name, accountId }, leases);
  const standby: ChannelHealth = { state: 'standby', since: Date.now(), detail: 'Dijalankan oleh node lain.' };
  const elsewhere = () => new SendError('retry', 'Dijalankan oleh node lain.');
  const none = { qr: null, code: null, isAsleep: false, number: null, memoryMb: null, startedAt: null, lastMessageAt: null };
  return {
    ...{ name, accountId, capabilities, start: holder.start, stop: holder.stop },
    async send(out) {
      const channel = holder.current();
      if (channel === null) throw elsewhere();
      return channel.send(out);
    },
    async fetchFile(ref, maxBytes) {
      const channel = holder.current();
      if (channel?.fetchFile === undefined) throw elsewhere();
      return channel.fetchFile(ref, maxBytes);
    },
    typing: async (contact) => holder.current()?.typing?.(contact),
    health: () => holder.current()?.health() ?? standby,
    ...(invite && { invite: holder.invite }),
    control: {
      login: () => holder.current()?.control?.login() ?? none,
      restart: () => holder.current()?.control?.restart(),
      logout: () => holder.current()?.control?.logout(),
      pair: (phone) => holder.current()?.control?.pair(phone),
    },
  };
}

/**
 * Does a piece of work that only one node may do at a time, when its turn comes.
 * @param signal ends the wait
 * @param lost called when the lease is lost before the work is over; it then has to end soon
 * Rejects as `work` does, and with LoketError `failed` when `signal` came before its turn.
 */
export async function inTurn(
  leases: Leases,
  name: string,
  { signal, lost }: { signal: AbortSignal; lost(): void },
  work: () => Promise<void>,
): Promise<void> {
  let doing: Promise<void> | null = null;
  let isOver = false;
  let release = async () => {};
  let giveUp = () => {};
  const done = new Promise<void>((resolve, reject) => {
    giveUp = () => {
      if (doing === null) reject(new LoketError('failed', 'Dihentikan sebelum mulai.'));
    };
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
    release = leases.hold(name, {
      // Begun, not waited for: the lease beats on while its work is done.
      async begin() {
        if (signal.aborted) return;
        doing = work().finally(() => {
          isOver = true;
        });
        doing.then(resolve, reject);
      },
      async end() {
        if (!isOver) lost();
        await doing?.catch(() => {});
      },
    });
  });
  await done.finally(() => {
    signal.removeEventListener('abort', giveUp);
    return release();
  });
}

/** Runs a channel while this node has its lease. `current` is null on the others. */
function createHolder(make: () => Channel, { name, accountId }: Pick<Channel, 'name' | 'accountId'>, leases: Leases) {
  let current: Channel | null = null;
  let release = async () => {};
  return {
    current: () => current,
    /** Only the one that runs has learned our address there. */
    invite: (code: string) => current?.invite?.(code) ?? null,
    async start(intake: Intake): Promise<void> {
      release = leases.hold(`channel:${name}:${accountId}`, {
        async begin() {
          current = make();
          await current.start(intake);
        },
        async end() {
          const last = current;
          current = null;
          await last?.stop();
        },
      });
    },
    stop: () => release(),
  };
}
