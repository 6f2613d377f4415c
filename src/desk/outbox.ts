// Outbound delivery: leases pending messages, hands each to its channel, marks what became of it. The message row is the queue.
import type { Attachment, Message } from '../contract/message.ts';
import type { DeskContext } from './context.ts';
import { type Capabilities, type Channel, SendError } from './ports.ts';
import type { Delivery, Outcome } from './storePort.ts';
import { canWriteNow } from './window.ts';

export interface Outbox {
  /** There may be something to send. Cheap; calls of one event-loop turn become one claim. */
  wake(): void;
  /** Ends leases nobody will settle any more (a crash), then looks for work. `atStart`: an only node need not wait for them to run out. */
  recover(atStart: boolean): Promise<void>;
  /** Ends the leases of a node that is dead, then looks for work. */
  recoverFrom(nodeId: string): Promise<void>;
  /** Takes no new work and waits for what is in flight. */
  stop(): Promise<void>;
}

const LEASE_MS = 60_000;
const MAX_IN_FLIGHT = 64;

/** @returns the outbox of this process. `desk.nodeId` names it in leases. */
export function createOutbox(desk: DeskContext): Outbox {
  const inFlight = new Set<Promise<void>>();
  let isScheduled = false;
  let isStopped = false;
  let claiming: Promise<void> | null = null;
  let wokenMeanwhile = false;

  function wake(): void {
    wokenMeanwhile = true;
    if (isScheduled || isStopped) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      claiming ??= pump()
        .catch((error: unknown) => desk.log.error({ cause: String(error) }, 'outbox could not claim; the sweep will try again'))
        .finally(() => {
          claiming = null;
        });
    });
  }

  async function pump(): Promise<void> {
    while (wokenMeanwhile && inFlight.size < MAX_IN_FLIGHT && !isStopped) {
      wokenMeanwhile = false;
      const now = desk.clock.now();
      const channels = desk.channels.filter(takesNow).map((channel) => channel.name);
      const limit = MAX_IN_FLIGHT - inFlight.size;
      const deliveries = await desk.store.outbox.claim({
        owner: desk.nodeId,
        channels,
        now,
        leaseUntil: now + LEASE_MS,
        limit,
      });
      if (deliveries.length === limit) wokenMeanwhile = true;
      for (const delivery of deliveries) track(deliver(desk, delivery));
    }
  }

  function track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => desk.log.error({ cause: String(error) }, 'delivery could not be settled; its lease will end'))
      .finally(() => {
        inFlight.delete(tracked);
        wake();
      });
    inFlight.add(tracked);
  }

  const repeatable = () => desk.channels.filter(({ capabilities }) => capabilities.repeatable).map(({ name }) => name);

  function recovered(changed: Message[]): void {
    if (changed.length > 0) {
      desk.log.warn({ count: changed.length }, 'ended leases of a process that died');
      desk.realtime.status(changed);
    }
    wake();
  }

  return {
    wake,
    async recover(atStart) {
      const now = desk.clock.now();
      const leasesBefore = atStart && desk.isOnlyNode ? Number.MAX_SAFE_INTEGER : now;
      recovered(await desk.store.outbox.expire(now, repeatable(), leasesBefore));
    },
    async recoverFrom(nodeId) {
      recovered(await desk.store.outbox.expireOwner(nodeId, desk.clock.now(), repeatable()));
    },
    async stop() {
      isStopped = true;
      // What is being leased at this moment is sent as well: a lease nobody settles would make it uncertain.
      await claiming;
      await Promise.all(inFlight);
    },
  };
}

/** A message that nobody can take now waits; it is not tried until it has failed for good. */
function takesNow({ health, capabilities }: Channel): boolean {
  const { state } = health();
  return state === 'ready' || (state !== 'needs-login' && capabilities.needsConnection !== true);
}

async function deliver(desk: DeskContext, { message, contact }: Delivery): Promise<void> {
  const began = desk.clock.now();
  const outcome = await send(desk, { message, contact });
  const now = desk.clock.now();
  const settled = await desk.store.outbox.settle([
    { messageId: message.id, owner: desk.nodeId, attempt: message.attempt, outcome, now },
  ]);
  desk.meter.delivered(contact.channel, (now - began) / 1000);
  desk.meter.message(contact.channel, 'out', outcome.state);
  if (outcome.state !== 'sent') {
    desk.log.warn(
      { messageId: message.id, channel: contact.channel, state: outcome.state, reason: outcome.reason },
      'not delivered',
    );
  }
  desk.realtime.status(settled);
}

async function send(desk: DeskContext, { message, contact }: Delivery): Promise<Outcome> {
  const channel = desk.channel(contact.channel);
  if (channel === undefined) return { state: 'failed', reason: 'Kanal ini tidak aktif.', unreachable: false };
  try {
    if (!(await unsent(isInTime(desk, channel.capabilities, message))))
      return { state: 'failed', reason: 'Waktu balas di kanal ini habis sebelum pesan terkirim.', unreachable: false };
    const { externalId } = await channel.send({ message, contact, bytesOf: (file) => bytesOf(desk, file) });
    return { state: 'sent', externalId };
  } catch (error) {
    return outcomeOf(desk, error, message.attempt);
  }
}

/** A text that waited too long would be refused for good; only channels with a window cost a look at the conversation. */
async function isInTime(desk: DeskContext, capabilities: Capabilities, message: Message): Promise<boolean> {
  if (!capabilities.window || message.template) return true;
  const seat = await desk.store.conversations.get(message.conversationId);
  return seat === null || canWriteNow(capabilities, seat.conversation, desk.clock.now());
}

async function bytesOf(desk: DeskContext, file: Attachment): Promise<Uint8Array> {
  const bytes = file.key === null ? null : await unsent(desk.files.read(file.key));
  if (bytes === null) throw new SendError('rejected', 'Berkasnya tidak tersedia lagi.');
  return bytes;
}

/** What our own store could not read: nothing has gone out, so there is no doubt. */
function unsent<T>(work: Promise<T>): Promise<T> {
  return work.catch(() => {
    throw new SendError('retry', 'Belum dapat dibaca dari penyimpanan.');
  });
}

/** Only a provider's clear "not taken" is repeated; anything ambiguous stays `uncertain` until a person or a report settles it. */
function outcomeOf(desk: DeskContext, error: unknown, attempt: number): Outcome {
  if (!(error instanceof SendError)) return { state: 'uncertain', reason: 'Tidak ada kepastian dari kanal.' };
  const reason = error.message;
  switch (error.verdict) {
    case 'rejected':
      return { state: 'failed', reason, unreachable: false };
    case 'unreachable':
      return { state: 'failed', reason, unreachable: true };
    case 'uncertain':
      return { state: 'uncertain', reason };
    case 'retry':
      if (attempt >= desk.office().rules.maxAttempts) return { state: 'failed', reason, unreachable: false };
      return { state: 'pending', reason, notBefore: desk.clock.now() + Math.max(error.retryAfterMs, backOff(attempt)) };
  }
}

/** 1 s, 2 s, 4 s … at most 10 minutes, with ± 25 % jitter so that many do not come back together. */
function backOff(attempt: number): number {
  const base = Math.min(1000 * 2 ** (attempt - 1), 600_000);
  return base * (0.75 + Math.random() / 2);
}
