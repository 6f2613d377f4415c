// The plain HTTP door: files both ways, erasing, and, where no socket gets through, messages and history.
import type { LinkApp } from '../src/contract/http.ts';
import type { HistoryAnswer } from './catchUp.ts';
import type { Connection, LinkCode } from './chat.ts';
import type { Outgoing } from './outgoing.ts';
import type { SendAnswer } from './sender.ts';

/** How long a small request may take before the network counts as gone, ms. */
const answerMs = 15_000;
/** An upload without any progress for this long is begun again, ms. */
const stalledMs = 45_000;

export interface Door extends Pick<Connection, 'send' | 'since' | 'fetchFile' | 'apps' | 'link'> {
  /** Uploads one file; `progress` 0..1. Resolves with `cancelled` when `signal` was pulled. */
  upload(entry: Outgoing, blob: Blob, progress: (part: number) => void, signal: { cancel?: () => void }): Promise<SendAnswer>;
  erase(): Promise<boolean>;
}

/**
 * Nothing here rejects: no network is `away`, no answer in time `silent`.
 * @param options `base` the address the widget is served from; `token` the visitor's, at the time of the call
 */
export function createDoor({ base, token }: { base: URL; token: () => string }): Door {
  const addressOf = (path: string): string => new URL(`../api/widget/${path}`, base).href;
  const authorization = (): string => `Bearer ${token()}`;

  async function call(method: string, path: string, body?: object): Promise<Response | null> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), answerMs);
    const headers = { authorization: authorization(), ...(body !== undefined && { 'content-type': 'application/json' }) };
    try {
      const text = body === undefined ? {} : { body: JSON.stringify(body) };
      return await fetch(addressOf(path), { method, headers, signal: abort.signal, ...text });
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** @returns the answer with `ok`, or the server's refusal */
  async function read<T>(response: Response | null): Promise<({ ok: true } & T) | Refusal> {
    if (response === null) return { ok: false, code: 'away' };
    try {
      const body = await response.json();
      return response.ok ? { ok: true, ...body } : { ok: false, code: body.code };
    } catch {
      return { ok: false, code: 'silent' };
    }
  }

  return {
    send: async (payload) => read(await call('POST', 'messages', payload)),
    since: async (rev) => read(await call('GET', `history?rev=${rev}`)),
    erase: async () => (await call('DELETE', 'conversation'))?.ok === true,
    async apps() {
      const answer = await read<{ apps: LinkApp[] }>(await call('GET', 'links'));
      return answer.ok ? answer.apps : [];
    },
    async link(app) {
      const answer = await read<LinkCode>(await call('POST', 'links', { app }));
      return answer.ok ? answer : null;
    },
    async fetchFile(attachmentId) {
      const response = await fetch(addressOf(`files/${encodeURIComponent(attachmentId)}`), {
        headers: { authorization: authorization() },
      }).catch(() => null);
      if (response?.ok !== true) return null;
      return response.blob().catch(() => null);
    },
    upload: (entry, blob, progress, signal) =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest(); // fetch cannot tell how far an upload is
        let timer: ReturnType<typeof setTimeout>;
        const patience = (): void => {
          clearTimeout(timer);
          timer = setTimeout(() => request.abort(), stalledMs);
        };
        const end = (answer: SendAnswer): void => {
          clearTimeout(timer);
          resolve(answer);
        };
        signal.cancel = () => {
          end({ ok: false, code: 'cancelled' });
          request.abort();
        };
        request.open('POST', addressOf('files'));
        request.setRequestHeader('authorization', authorization());
        request.setRequestHeader('content-type', 'application/octet-stream');
        request.setRequestHeader('x-message-id', entry.clientMessageId);
        request.setRequestHeader('x-file-name', encodeURIComponent(entry.file?.name ?? 'berkas'));
        request.setRequestHeader('x-file-kind', entry.file?.isVoice === true ? 'voice' : 'file');
        request.upload.onprogress = (event) => {
          patience();
          if (event.lengthComputable) progress(event.loaded / event.total);
        };
        request.onload = () => end(answerOf(request));
        request.onerror = () => end({ ok: false, code: 'away' });
        request.onabort = () => end({ ok: false, code: 'silent' });
        patience();
        request.send(blob);
      }),
  };
}

type Refusal = Extract<HistoryAnswer, { ok: false }>;

function answerOf({ status, responseText }: XMLHttpRequest): SendAnswer {
  try {
    const body = JSON.parse(responseText);
    return status === 200 ? { ok: true, message: body.message } : { ok: false, code: body.code };
  } catch {
    return { ok: false, code: 'silent' };
  }
}
