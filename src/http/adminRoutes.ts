// The routes of running the office: people, teams, invitations, sessions, trail. The desk says who may which.
import { z } from 'zod';
import { linkBody } from '../contract/contacts.ts';
import {
  acceptBody,
  auditQuery,
  blockBody,
  eraseBody,
  invitationBody,
  officerBody,
  officerPatchBody,
  teamBody,
  teamPatchBody,
  tokenQuery,
} from '../contract/http.ts';
import type { HttpOptions } from './options.ts';
import { type Route, route } from './route.ts';
import type { createSessionHandlers } from './sessionHandlers.ts';

const nothing = z.object({});

/** @returns these routes, in the order of the documentation */
export function createAdminRoutes(parts: HttpOptions, session: ReturnType<typeof createSessionHandlers>): Route[] {
  const { admin, contacts, entry, officer: desk, watch } = parts.desk;
  const { auth, passwords } = parts;

  return [
    route('get', '/officers', 'officer', 'All officers', nothing, async ({ by }) => ({ officers: await desk.officers(by) })),
    route('post', '/officers', 'officer', 'Add an officer (admin)', officerBody, ({ by, input: { password, ...officer } }) =>
      admin.addOfficer(by, officer, () => passwords.hash(password)),
    ),
    route('patch', '/officers/:id', 'officer', 'Change an officer (admin)', officerPatchBody, ({ by, id, input }) =>
      admin.changeOfficer(by, id, input),
    ),
    route('get', '/officers/:id/sessions', 'officer', "An officer's sessions (admin)", nothing, ({ by, id }) =>
      admin.sessionsOf(by, id),
    ),
    route('delete', '/officers/:id/sessions/:sessionId', 'officer', 'End one (admin)', nothing, ({ by, id, sessionId }) =>
      admin.endSession(by, id, sessionId),
    ),
    route('get', '/teams', 'officer', 'All teams', nothing, async ({ by }) => ({ teams: await desk.teams(by) })),
    route('post', '/teams', 'officer', 'Add a team (admin)', teamBody, ({ by, input }) => admin.addTeam(by, input)),
    route('patch', '/teams/:id', 'officer', 'Rename, set members (admin)', teamPatchBody, ({ by, id, input }) =>
      admin.changeTeam(by, id, input),
    ),
    route('get', '/invitations', 'officer', 'Open invitations (admin)', nothing, ({ by }) => admin.invitations(by)),
    route('post', '/invitations', 'officer', 'Invite by a one-time link (admin)', invitationBody, ({ by, input }) =>
      admin.invite(by, input),
    ),
    route('delete', '/invitations/:id', 'officer', 'Withdraw (admin)', nothing, ({ by, id }) => admin.withdraw(by, id)),
    route('get', '/invitation', 'public', 'Whom an invitation is for', tokenQuery, ({ input }) => entry.look(input.token)),
    route('post', '/invitation', 'public', 'Accept it with a name and a password', acceptBody, session.accept),
    route('get', '/sessions', 'officer', "One's own sessions", nothing, ({ by, req }) =>
      admin.mySessions(by, auth.sessionHash(req.headers.cookie)),
    ),
    route('delete', '/sessions/:sessionId', 'officer', "End one of one's own", nothing, ({ by, sessionId }) =>
      admin.endMySession(by, sessionId),
    ),
    route('get', '/contacts/:id', 'officer', 'A person, masked, with channels and conversations', nothing, ({ by, id }) =>
      contacts.contact(by, id),
    ),
    route('put', '/contacts/:id/link', 'officer', 'Put two contacts together as one person', linkBody, ({ by, id, input }) =>
      contacts.link(by, id, input.with),
    ),
    route('delete', '/contacts/:id/link', 'officer', 'Take the contact out again', nothing, ({ by, id }) =>
      contacts.unlink(by, id),
    ),
    route('put', '/contacts/:id/block', 'officer', 'Block or let in again (supervisor)', blockBody, ({ by, id, input }) =>
      contacts.block(by, id, input.blocked),
    ),
    route('get', '/contacts/:id/footprint', 'officer', 'What erasing would take away (admin)', nothing, ({ by, id }) =>
      contacts.erasePreview(by, id),
    ),
    route(
      'delete',
      '/contacts/:id',
      'officer',
      'Erase a person with everything about them (admin)',
      eraseBody,
      ({ by, id, input }) => contacts.erase(by, id, input.confirm),
    ),
    route('get', '/alarms', 'officer', 'What needs a person who runs the desk', nothing, ({ by }) => watch.alarms(by)),
    route('get', '/audit', 'officer', 'Who did what (supervisor)', auditQuery, ({ by, input }) => admin.audit(by, input.limit)),
  ];
}
