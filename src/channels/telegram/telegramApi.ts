// Calls the Bot API, each with a time limit: what is JSON goes over a connection of our own, files go through telegraf. telegraf is
// loaded at the first file, so whoever sends none does not pay for it.
import https from 'node:https';
import type { Telegram } from 'telegraf';
import { createPost, IDLE_MS } from './telegramPost.ts';

type Method = Parameters<Telegram['callApi']>[0];

interface CallOptions {
  /** Default 15 s. */
  timeoutMs?: number | undefined;
  /** Ends the call early. */
  signal?: AbortSignal;
}

export interface TelegramApi {
  /**
   * @param payload what goes out as JSON
   * @returns Telegram's `result`, unparsed
   * @throws a refusal, a network error, or an `AbortError` after `timeoutMs`; read it with `readTrouble`, never log it
   */
  call(method: Method, payload: object, options?: CallOptions): Promise<unknown>;
  /** The same for a payload with a file, which goes out as multipart. */
  upload(method: Method, payload: object, options?: CallOptions): Promise<unknown>;
}

const CALL_TIMEOUT_MS = 15_000;

/** @param options `apiRoot` without a trailing slash; http only for stand-ins */
export function createTelegramApi({ token, apiRoot }: { token: string; apiRoot: string }): TelegramApi {
  const post = createPost(`${apiRoot}/bot${token}`);
  let loading: Promise<Telegram> | undefined;
  const load = () => {
    loading ??= import('telegraf').then(
      (telegraf) =>
        new telegraf.Telegram(token, {
          apiRoot,
          agent: new https.Agent({ keepAlive: true, timeout: IDLE_MS }),
          webhookReply: false,
        }),
    );
    return loading;
  };

  return {
    call: (method, payload, options) => within(options, (signal) => post(method, payload, signal)),
    upload: (method, payload, options) =>
      within(options, async (signal) => {
        const telegram = await load();
        // telegraf's types end at Bot API 7.1 and know a polyfilled signal only; payloads are typed where they are made.
        return telegram.callApi(method, payload as never, { signal: signal as never });
      }),
  };
}

async function within(
  { timeoutMs = CALL_TIMEOUT_MS, signal }: CallOptions = {},
  work: (signal: AbortSignal) => Promise<unknown>,
): Promise<unknown> {
  signal?.throwIfAborted();
  const limit = new AbortController();
  const abort = () => limit.abort();
  const timer = setTimeout(abort, timeoutMs);
  signal?.addEventListener('abort', abort);
  try {
    return await work(limit.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
