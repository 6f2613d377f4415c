// Numbers for the people who run the desk (GET /metrics, Prometheus text): counts and times by channel and state, nothing personal.
import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { alarmKinds } from '../contract/alarms.ts';
import type { Meter } from '../desk/ports.ts';
import type { DeskStatus } from '../desk/verbs.ts';

/** The `Meter` port, and the page that shows what it counted. */
export interface ServedMeter extends Meter {
  /** @returns the handler of /metrics; what the desk can say about itself now is asked at each look. */
  handler(status: () => Promise<DeskStatus>): RequestHandler;
}

/** @returns a meter with its own registry: two desks in one process (tests) do not share numbers. */
export function createMeter(): ServedMeter {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry }); // process, memory, event-loop lag

  const messages = new Counter({
    name: 'loket_messages_total',
    help: 'Messages by what happened to them.',
    labelNames: ['channel', 'direction', 'state'] as const,
    registers,
  });
  const answers = new Histogram({
    name: 'loket_answer_seconds',
    help: "From an inbound message's write to the bot's reply being stored.",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const deliveries = new Histogram({
    name: 'loket_delivery_seconds',
    help: 'How long a send took.',
    labelNames: ['channel'] as const,
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const queue = new Gauge({ name: 'loket_queue_length', help: 'Citizens waiting for an officer.', registers });
  const oldest = new Gauge({
    name: 'loket_queue_oldest_wait_seconds',
    help: 'How long the first of them has waited.',
    registers,
  });
  const outbox = new Gauge({
    name: 'loket_outbox_messages',
    help: 'Messages on their way out, by state.',
    labelNames: ['state'] as const,
    registers,
  });
  const ready = new Gauge({
    name: 'loket_channel_ready',
    help: '1 when the channel can deliver.',
    labelNames: ['channel', 'account'] as const,
    registers,
  });

  const alarms = new Gauge({
    name: 'loket_alarms',
    help: 'Alarms that hold now, by kind; 0 is well.',
    labelNames: ['kind'] as const,
    registers,
  });

  function show(status: DeskStatus): void {
    queue.set(status.queued);
    oldest.set(status.oldestWaitSeconds);
    for (const [state, count] of Object.entries(status.outbox)) outbox.set({ state }, count);
    for (const kind of alarmKinds) alarms.set({ kind }, status.alarms.filter((one) => one.kind === kind).length);
    for (const { name, accountId, health } of status.channels)
      ready.set({ channel: name, account: accountId }, health.state === 'ready' ? 1 : 0);
  }

  return {
    message: (channel, direction, state) => messages.inc({ channel, direction, state }),
    answered: (seconds) => answers.observe(seconds),
    delivered: (channel, seconds) => deliveries.observe({ channel }, seconds),
    handler: (status) => async (_req, res) => {
      show(await status());
      res.set({ 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' }).send(await registry.metrics());
    },
  };
}
