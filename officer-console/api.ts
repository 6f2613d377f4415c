// The console's HTTP requests: JSON with the same-origin session cookie, every failure as a value with one of our codes.
import type { Conversation, ConversationRow, ConversationView, Duty, Officer, Team } from '../src/contract/conversation.ts';
import type { Message } from '../src/contract/message.ts';
import type { ChannelNews, Template } from '../src/contract/templates.ts';
import type { Canned, Suggestion } from '../src/contract/workplace.ts';
import { createAdminApi } from './adminApi.ts';
import type { Answer } from './answer.ts';
import { createKnowledgeApi } from './knowledgeApi.ts';
import type { Trouble } from './logic/outbox.ts';
import type { Filter } from './logic/route.ts';
import { troubleTexts } from './logic/words.ts';
import { createPermitApi } from './permitApi.ts';
import type { Upload } from './upload.ts';

export type RowPage = { rows: ConversationRow[]; cursor: string | null };
export type TransferTo = { note: string } & ({ officerId: string } | { teamId: string });

export type Api = ReturnType<typeof createApi>;

/**
 * @param options `fetch` the browser's; `upload` sends a file
 *   `signedOut` called when a request finds the session dead (not by sign-in itself)
 */
export function createApi(options: { fetch: typeof fetch; upload: Upload; signedOut: () => void }) {
  async function ask<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const answer = await answerOf<T>(() => request(options.fetch, method, path, body));
    if (!answer.ok && answer.code === 'unauthorized' && path !== '/api/session' && path !== '/api/password') options.signedOut();
    return answer;
  }
  /** The body is the file itself. @param progress told the share that has gone out, 0..1 */
  async function send<T>(
    path: string,
    file: File,
    more: Record<string, string>,
    progress: (share: number) => void,
  ): Promise<Answer<T>> {
    const about = { 'Content-Type': 'application/octet-stream', 'X-File-Name': encodeURIComponent(file.name.slice(0, 200)) };
    const answer = await answerOf<T>(() => options.upload(path, file, { ...own, ...about, ...more }, progress));
    if (!answer.ok && answer.code === 'unauthorized') options.signedOut();
    return answer;
  }
  const conversation = (id: string, verb: string) => `/api/conversations/${encodeURIComponent(id)}/${verb}`;
  const search = (path: string, query: Record<string, string | null>) =>
    `${path}?${new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))}`;

  return {
    admin: createAdminApi(ask),
    permits: createPermitApi(ask, send),
    knowledge: createKnowledgeApi(ask),
    setup: (first: { token: string; name: string; email: string; password: string }) => ask<object>('POST', '/api/setup', first),
    signIn: (who: { email: string; password: string }) => ask<object>('POST', '/api/session', who),
    session: () => ask<{ officer: Officer }>('GET', '/api/session'),
    signOut: () => ask<object>('DELETE', '/api/session'),
    changePassword: (passwords: { current: string; next: string }) => ask<object>('POST', '/api/password', passwords),

    list: (view: ConversationView, filter: Filter, cursor: string | null) => {
      const { channel, teamId: team, tag } = filter;
      return ask<RowPage>('GET', search('/api/conversations', { view, channel, team, tag, cursor, limit: '100' }));
    },
    search: (q: string) => ask<RowPage>('GET', search('/api/conversations/search', { q })),
    messages: (id: string, after: number) =>
      ask<{ messages: Message[] }>('GET', search(conversation(id, 'messages'), { after: String(after), limit: '200' })),
    earlier: (id: string, cursor: string | null) => ask<RowPage>('GET', search(conversation(id, 'earlier'), { cursor })),
    suggestions: (id: string) => ask<{ suggestions: Suggestion[] }>('GET', conversation(id, 'suggestions')),
    topics: (ids: string[]) => ask<{ titles: Record<string, string> }>('GET', search('/api/topics', { ids: ids.join() })),
    setTags: (id: string, tags: string[]) => ask<{ conversation: Conversation }>('PUT', conversation(id, 'tags'), { tags }),
    channels: () => ask<{ channels: ChannelNews[] }>('GET', '/api/channels'),
    templates: () => ask<{ templates: Template[]; version: number }>('GET', '/api/templates'),
    saveTemplates: (whole: { templates: Omit<Template, 'approvedBy' | 'approvedAt'>[]; version: number }) =>
      ask<{ templates: Template[]; version: number }>('PUT', '/api/templates', whole),
    sendTemplate: (id: string, choice: { clientMessageId: string; templateId: string; variables: string[] }) =>
      ask<{ message: Message }>('POST', conversation(id, 'template'), choice),
    canned: () => ask<{ canned: Canned; version: number }>('GET', '/api/canned'),
    saveCanned: (whole: { canned: Canned; version: number }) =>
      ask<{ canned: Canned; version: number }>('PUT', '/api/canned', whole),
    sendFile: (
      id: string,
      file: File,
      about: { clientMessageId: string; seen: number | null },
      progress: (share: number) => void,
    ) => {
      const headers = { 'X-Message-Id': about.clientMessageId, ...(about.seen !== null && { 'X-Seen': String(about.seen) }) };
      return send<{ message: Message }>(conversation(id, 'files'), file, headers, progress);
    },
    claim: (id: string) => ask<{ conversation: Conversation }>('POST', conversation(id, 'claim'), {}),
    release: (id: string) => ask<{ conversation: Conversation }>('POST', conversation(id, 'release'), {}),
    transfer: (id: string, to: TransferTo) => ask<{ conversation: Conversation }>('POST', conversation(id, 'transfer'), to),
    close: (id: string) => ask<{ conversation: Conversation }>('POST', conversation(id, 'close'), {}),
    note: (id: string, note: { clientMessageId: string; text: string }) =>
      ask<{ message: Message }>('POST', conversation(id, 'notes'), note),
    retry: (messageId: string) => ask<{ message: Message }>('POST', `/api/messages/${encodeURIComponent(messageId)}/retry`, {}),
    undelivered: (cursor: string | null) =>
      ask<{ rows: Message[]; conversations: ConversationRow[]; cursor: string | null }>(
        'GET',
        search('/api/messages/dead', { cursor }),
      ),

    officers: () => ask<{ officers: Officer[] }>('GET', '/api/officers'),
    teams: () => ask<{ teams: Team[] }>('GET', '/api/teams'),
    setDuty: (duty: Duty) => ask<{ duty: Duty }>('PUT', '/api/duty', { duty }),
    settings: () => ask<{ office: unknown; version: number }>('GET', '/api/settings'),
    saveSettings: (settings: { office: unknown; version: number }) =>
      ask<{ office: unknown; version: number }>('PUT', '/api/settings', settings),
  };
}

/** Until a request without an answer is given up. Milliseconds. */
const ANSWER_MS = 15_000;
/** The header that a foreign page cannot send: the server's guard against forged requests. */
const own = { 'X-Loket': '1' };

interface Reply {
  status: number;
  text: string;
}

async function request(fetching: typeof fetch, method: string, path: string, body: unknown): Promise<Reply> {
  const response = await fetching(path, {
    method,
    credentials: 'same-origin',
    headers: { ...own, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  return { status: response.status, text: await response.text() };
}

async function answerOf<T>(ask: () => Promise<Reply>): Promise<Answer<T>> {
  try {
    const { status, text } = await ask();
    const json: unknown = text === '' ? {} : JSON.parse(text);
    return status >= 200 && status < 300 ? { ...(json as T), ok: true } : refusal(status, json);
  } catch {
    return { ok: false, code: 'no-answer', message: troubleTexts['no-answer'] };
  }
}

/** The server's own sentence says what exactly is wrong; ours stands in when the answer is not the server's (a proxy's error page). */
function refusal(status: number, json: unknown): { ok: false; code: Trouble; message: string } {
  const { code, message } = (typeof json === 'object' && json !== null ? json : {}) as { code?: unknown; message?: unknown };
  const isKnown = typeof code === 'string' && code in troubleTexts;
  const known: Trouble = isKnown ? (code as Trouble) : status === 401 ? 'unauthorized' : 'failed';
  return { ok: false, code: known, message: isKnown && typeof message === 'string' ? message : troubleTexts[known] };
}
