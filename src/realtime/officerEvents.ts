// The events of a console, one line each: schema, then the one desk verb.
import { z } from 'zod';
import {
  type OfficerClientEvents,
  officerConversationSchema,
  officerDutySchema,
  officerSendSchema,
  officerSinceSchema,
} from '../contract/events.ts';
import { presenceSchema } from '../contract/workplace.ts';
import { mayRead } from '../desk/access.ts';
import type { ConversationStore } from '../desk/storePort.ts';
import type { OfficerVerbs, Result } from '../desk/verbs.ts';
import type { Presence } from './presence.ts';
import type { OfficerSocket } from './server.ts';

type Answer = (socket: OfficerSocket, payload: unknown) => Promise<Result<object>>;

/** @returns for each event of the contract: what to do with whatever a socket sent under that name */
export function createOfficerEvents({
  desk,
  conversations,
  presence,
}: {
  desk: OfficerVerbs;
  conversations: Pick<ConversationStore, 'get'>;
  presence: Presence;
}): Record<keyof OfficerClientEvents, Answer> {
  return {
    'message:send': on(officerSendSchema, ({ data }, message) => desk.send(data.officer, message)),
    'history:since': on(officerSinceSchema, ({ data }, { conversationId, rev }) => desk.since(data.officer, conversationId, rev)),
    'conversation:watch': on(officerSinceSchema, async (socket, { conversationId, rev }) => {
      // The room first, then the past: what happens in between comes twice rather than never.
      const found = await conversations.get(conversationId);
      if (found === null || !mayRead(socket.data.officer, found.conversation)) return { ok: false, code: 'not-found' };
      await socket.join(`conversation:${conversationId}`);
      return desk.since(socket.data.officer, conversationId, rev);
    }),
    'conversation:unwatch': on(officerConversationSchema, async (socket, { conversationId }) => {
      presence.gone(socket);
      await socket.leave(`conversation:${conversationId}`);
      return { ok: true };
    }),
    typing: on(officerConversationSchema, async ({ data }, { conversationId }) => {
      await desk.typing(data.officer, conversationId);
      return { ok: true };
    }),
    'presence:here': on(presenceSchema, async (socket, { conversationId, state }) => {
      presence.here(socket, conversationId, state);
      return { ok: true };
    }),
    'presence:input': on(z.unknown(), async ({ data }) => {
      await desk.touched(data.officer);
      return { ok: true };
    }),
    'duty:set': on(officerDutySchema, ({ data }, { duty }) => desk.setDuty(data.officer, duty)),
  };
}

function on<S extends z.ZodType>(
  schema: S,
  handle: (socket: OfficerSocket, payload: z.output<S>) => Promise<Result<object>>,
): Answer {
  return async (socket, payload) => {
    const parsed = schema.safeParse(payload);
    return parsed.success ? handle(socket, parsed.data) : { ok: false, code: 'invalid' };
  };
}
