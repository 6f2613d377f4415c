// The routes about permit files. The desk says who may which; every look at a file is on record there.
import { z } from 'zod';
import { cursorQuery } from '../contract/http.ts';
import { addPermitBody, findPermitBody, movePermitBody, permitQuery } from '../contract/permitDesk.ts';
import type { HttpOptions } from './options.ts';
import { type Route, route } from './route.ts';

const nothing = z.object({});

/** @returns these routes, in the order of the documentation; after those with a word in place of the id, which would be taken for one */
export function createPermitRoutes({ desk: { permits } }: HttpOptions): Route[] {
  return [
    route('get', '/conversations/:id/permits', 'officer', 'Permit numbers the citizen wrote', nothing, ({ by, id }) =>
      permits.permitsOf(by, id),
    ),
    route('delete', '/conversations/:id/watches', 'officer', 'Tell them of no more moves', nothing, ({ by, id }) =>
      permits.endWatches(by, id),
    ),
    route('post', '/permits/find', 'officer', 'Look a number up; on record', findPermitBody, ({ by, input }) =>
      permits.findPermits(by, input),
    ),
    route('get', '/permits/waiting', 'officer', 'Files that wait for their applicant', cursorQuery, ({ by, input }) =>
      permits.waitingPermits(by, input.cursor ?? null),
    ),
    route('post', '/permits', 'officer', 'Enter a file by hand', addPermitBody, ({ by, input }) => permits.addPermit(by, input)),
    route('get', '/permits/:id', 'officer', 'One file; on record', permitQuery, ({ by, id, input }) =>
      permits.permit(by, id, input.conversationId),
    ),
    route('post', '/permits/:id/status', 'officer', 'Enter a new position by hand', movePermitBody, ({ by, id, input }) =>
      permits.movePermit(by, id, input),
    ),
  ];
}
