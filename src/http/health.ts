// GET /health: can this desk store messages now, and how are its channels? Answers load balancers and people alike.

import type { RequestHandler } from 'express';
import type { Channel } from '../desk/ports.ts';
import type { Store } from '../desk/storePort.ts';
import { within } from '../desk/within.ts';

/** A store that has not answered by then counts as away. Milliseconds. */
const patience = 2_000;

/** @returns the handler: 200 only when the store proved that it can write; channels that are down are shown but do not fail the desk. */
export function createHealth(parts: { store: Pick<Store, 'ping'>; channels: Channel[] }): RequestHandler {
  return async (_req, res) => {
    const writable = await answersInTime(parts.store.ping());
    res
      .set('Cache-Control', 'no-store')
      .status(writable ? 200 : 503)
      .json({
        status: writable ? 'ok' : 'store-away',
        store: writable ? 'ok' : 'away',
        channels: parts.channels.map((channel) => ({ name: channel.name, accountId: channel.accountId, ...channel.health() })),
      });
  };
}

const answersInTime = (ping: Promise<void>): Promise<boolean> =>
  within(patience, 'The store', ping).then(
    () => true,
    () => false,
  );
