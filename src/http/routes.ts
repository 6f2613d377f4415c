// The whole API on one screen: method, path, who may, what it does, what it takes, and the one desk verb behind it.
import { z } from 'zod';
import {
  calendarBody,
  cursorQuery,
  dutyBody,
  listQuery,
  messagesQuery,
  noteBody,
  passwordBody,
  revQuery,
  searchQuery,
  sendBody,
  sessionBody,
  settingsBody,
  setupBody,
  transferBody,
  widgetLinkBody,
  widgetMessageBody,
  widgetSessionBody,
} from '../contract/http.ts';
import { sendTemplateBody, templatesBody } from '../contract/templates.ts';
import { cannedBody, earlierQuery, tagsBody, topicsQuery } from '../contract/workplace.ts';
import { createAdminRoutes } from './adminRoutes.ts';
import { createChannelRoutes } from './channelRoutes.ts';
import { sendFile } from './files.ts';
import { createKnowledgeRoutes } from './knowledgeRoutes.ts';
import { createOfficerFiles } from './officerFiles.ts';
import type { HttpOptions } from './options.ts';
import { createPermitImportRoutes } from './permitImportRoutes.ts';
import { createPermitRoutes } from './permitRoutes.ts';
import { type Route, route } from './route.ts';
import { createSessionHandlers } from './sessionHandlers.ts';
import { createVisitorHandlers } from './visitors.ts';

const nothing = z.object({});

/** @returns every route below /api, in the order of the documentation */
export function createRoutes(parts: HttpOptions): Route[] {
  const { officer: desk, office } = parts.desk;
  const session = createSessionHandlers(parts);
  const visitor = createVisitorHandlers(parts);
  const officerFiles = createOfficerFiles(parts);

  return [
    route('post', '/session', 'public', 'Sign in', sessionBody, session.login),
    route('get', '/session', 'officer', 'Who is signed in', nothing, async ({ by }) => ({ officer: by })),
    route('delete', '/session', 'public', 'Sign out', nothing, session.logout),
    route('post', '/setup', 'public', 'Make the first admin with the one-time token', setupBody, session.setUp),
    route('post', '/password', 'officer', "Change one's own password", passwordBody, session.changePassword),

    route('get', '/conversations', 'officer', 'List a view', listQuery, ({ by, input }) =>
      desk.list(by, {
        view: input.view,
        filter: { channel: input.channel ?? null, teamId: input.team ?? null, tag: input.tag ?? null },
        cursor: input.cursor ?? null,
        limit: input.limit,
      }),
    ),
    route('get', '/conversations/search', 'officer', 'Find conversations by words', searchQuery, ({ by, input }) =>
      desk.search(by, { q: input.q, cursor: input.cursor ?? null }),
    ),
    route('get', '/conversations/:id/messages', 'officer', 'Messages after a seq', messagesQuery, ({ by, id, input }) =>
      desk.messages(by, id, input.after, input.limit),
    ),
    route('post', '/conversations/:id/messages', 'officer', 'Answer the citizen', sendBody, ({ by, id, input }) =>
      desk.send(by, { conversationId: id, ...input }),
    ),
    route('post', '/conversations/:id/notes', 'officer', 'Write a note for colleagues', noteBody, ({ by, id, input }) =>
      desk.note(by, { conversationId: id, ...input }),
    ),
    route('post', '/conversations/:id/claim', 'officer', 'Take the conversation', nothing, ({ by, id }) => desk.claim(by, id)),
    route('post', '/conversations/:id/release', 'officer', 'Back to the queue', nothing, ({ by, id }) => desk.release(by, id)),
    route('post', '/conversations/:id/transfer', 'officer', 'Hand on', transferBody, ({ by, id, input }) =>
      desk.transfer(by, id, input),
    ),
    route('post', '/conversations/:id/close', 'officer', 'Close', nothing, ({ by, id }) => desk.close(by, id)),
    route('put', '/conversations/:id/tags', 'officer', 'File under tags', tagsBody, ({ by, id, input }) =>
      desk.setTags(by, id, input.tags),
    ),
    route('get', '/conversations/:id/earlier', 'officer', "The contact's earlier conversations", earlierQuery, (call) =>
      desk.earlier(call.by, call.id, call.input.cursor ?? null),
    ),
    route('get', '/conversations/:id/suggestions', 'officer', "The bot's guesses, as drafts", nothing, ({ by, id }) =>
      desk.suggest(by, id),
    ),
    route('post', '/conversations/:id/template', 'officer', 'Send an approved text', sendTemplateBody, ({ by, id, input }) =>
      desk.sendTemplate(by, { conversationId: id, ...input }),
    ),
    route('post', '/conversations/:id/files', 'officer', 'Send a file: the body is the file', nothing, officerFiles.upload),
    route('get', '/conversations/:id/files/:attachmentId', 'officer', 'Bytes of a file', nothing, async (call) =>
      sendFile(call.res, await desk.file(call.by, call.id, call.attachmentId)),
    ),
    route('get', '/messages/dead', 'officer', 'Messages not delivered', cursorQuery, ({ by, input }) =>
      desk.deadLetters(by, input.cursor ?? null),
    ),
    route('post', '/messages/:id/retry', 'officer', 'Send again', nothing, ({ by, id }) => desk.retry(by, id)),

    route('get', '/topics', 'officer', 'What intents are called', topicsQuery, async ({ by, input }) => ({
      titles: await desk.topics(by, input.ids),
    })),
    route('get', '/canned', 'officer', 'Canned replies and tags', nothing, ({ by }) => desk.canned(by)),
    route('put', '/canned', 'officer', 'Replace them (supervisors and admins)', cannedBody, ({ by, input }) =>
      desk.putCanned(by, input.canned, input.version),
    ),

    route('get', '/channels', 'officer', 'What each channel in use can do', nothing, ({ by }) => desk.channels(by)),
    route('get', '/templates', 'officer', 'Texts approved by a provider', nothing, ({ by }) => desk.templates(by)),
    route('put', '/templates', 'officer', 'Replace them (admin)', templatesBody, ({ by, input }) =>
      desk.putTemplates(by, input.templates, input.version),
    ),

    route('put', '/duty', 'officer', 'On duty, on a break, off', dutyBody, ({ by, input }) => desk.setDuty(by, input.duty)),
    ...createAdminRoutes(parts, session),
    ...createChannelRoutes(parts),
    ...createKnowledgeRoutes(parts),
    route('get', '/settings', 'officer', "The office's facts and rules", nothing, async () => office.get()),
    route('put', '/settings', 'officer', 'Replace them (admin)', settingsBody, ({ by, input }) =>
      office.put(by, input.office, input.version),
    ),
    route('post', '/settings/holidays', 'officer', 'What a calendar file would add (admin)', calendarBody, ({ by, input }) =>
      office.readHolidays(by, input.text),
    ),
    ...createPermitImportRoutes(parts),
    ...createPermitRoutes(parts),

    route('post', '/widget/session', 'widget', 'Begin or go on as a visitor', widgetSessionBody, visitor.begin),
    route('post', '/widget/messages', 'visitor', 'Write to the office', widgetMessageBody, visitor.send),
    route('post', '/widget/files', 'visitor', 'Send a file: the body is the file', nothing, visitor.upload),
    route('get', '/widget/files/:attachmentId', 'visitor', "Bytes of a file of one's own conversation", nothing, async (call) =>
      sendFile(call.res, await visitor.file(call)),
    ),
    route('get', '/widget/links', 'visitor', 'Apps in which the visitor may go on now', nothing, visitor.apps),
    route('post', '/widget/links', 'visitor', 'A code that links another app with this chat', widgetLinkBody, visitor.link),
    route('delete', '/widget/conversation', 'visitor', 'Erase everything about oneself', nothing, visitor.erase),
    route('get', '/widget/history', 'visitor', 'What happened after a rev', revQuery, visitor.history),
  ];
}
