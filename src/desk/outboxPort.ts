// The outbox half of the Store port: leases of messages to send, what became of them, and what a channel reports later. Charter: storePort.ts.
import type { Contact } from '../contract/conversation.ts';
import type { ChannelName, Message } from '../contract/message.ts';
import type { Page } from './page.ts';

/** A message leased for sending, with the address it goes to. */
export interface Delivery {
  message: Message;
  contact: Contact;
}

export type Outcome =
  | { state: 'sent'; externalId: string | null }
  /** Try again at `notBefore`; the provider did not take it. */
  | { state: 'pending'; notBefore: number; reason: string }
  | { state: 'failed'; reason: string; unreachable: boolean }
  | { state: 'uncertain'; reason: string };

/** What a provider says later about a message it took. */
export interface DeliveryReport {
  channel: ChannelName;
  accountId: string;
  externalId: string;
  /** Our own id of the message, where the provider hands it back: finds what was sent without an answer. */
  messageId?: string | null;
  state: 'sent' | 'delivered' | 'read' | 'failed';
  reason: string | null;
}

export interface OutboxStore {
  /**
   * Leases messages that are `pending` with `notBefore ≤ now` on one of `channels`, lowest `seq` first, one per conversation, and only
   * when no earlier message of that conversation is `pending` or `sending`; raises `attempt`. Leases of one message never overlap.
   */
  claim(request: { owner: string; channels: ChannelName[]; now: number; leaseUntil: number; limit: number }): Promise<Delivery[]>;
  /** Ends a lease. A settle by somebody who lost the lease changes nothing and is left out of the answer. `unreachable` marks the contact. */
  settle(results: { messageId: string; owner: string; attempt: number; outcome: Outcome; now: number }[]): Promise<Message[]>;
  /**
   * Messages still `sending` whose lease ended before `leasesBefore` (default `now`): back to `pending` on the `repeatable` channels,
   * else `uncertain`.
   */
  expire(now: number, repeatable: ChannelName[], leasesBefore?: number): Promise<Message[]>;
  /** The same for every message that `owner` is sending, however long its leases are: for a node that is known to be dead. */
  expireOwner(owner: string, now: number, repeatable: ChannelName[]): Promise<Message[]>;
  /**
   * A delivery report by the channel, found by its id, else by `messageId`, else by our id in place of its; states only move up
   * sent < delivered < read, and settle `uncertain`. One by our id also ends a lease (`sending`): it may overtake the answer to the
   * send. @returns null when nothing changed.
   */
  report(report: DeliveryReport & { now: number }): Promise<Message | null>;
  /** Sets a `failed` or `uncertain` message back to `pending`, attempt 0. @returns null when it is in another state. */
  retry(messageId: string, now: number): Promise<Message | null>;
  /** `failed` and `uncertain` messages, newest first. */
  dead(cursor: string | null, limit: number): Promise<Page<Message>>;
  depth(): Promise<{ pending: number; sending: number; failed: number; uncertain: number }>;
}
