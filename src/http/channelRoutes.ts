// The routes of running the channels. The desk says who may which.
import { z } from 'zod';
import { pairBody } from '../contract/channels.ts';
import type { HttpOptions } from './options.ts';
import { type Route, route } from './route.ts';

const nothing = z.object({});

/** @returns these routes, in the order of the documentation */
export function createChannelRoutes({ desk: { channels: desk } }: HttpOptions): Route[] {
  return [
    route('get', '/channels/logins', 'officer', 'How the channels stand, with QR and code (admin)', nothing, ({ by }) =>
      desk.channelLogins(by),
    ),
    route('post', '/channels/:id/restart', 'officer', 'Start it anew (admin)', nothing, ({ by, id }) =>
      desk.restartChannel(by, id),
    ),
    route('post', '/channels/:id/logout', 'officer', 'End its login (admin)', nothing, ({ by, id }) =>
      desk.logoutChannel(by, id),
    ),
    route('post', '/channels/:id/pair', 'officer', 'Ask for a code instead of the QR (admin)', pairBody, ({ by, id, input }) =>
      desk.pairChannel(by, id, input.phone),
    ),
  ];
}
