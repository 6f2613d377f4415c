// Calls the Bot API through telegraf, with the one thing telegraf lacks: a time limit. telegraf is loaded at the first call, so a
// site without Telegram does not pay for it.
import https from 'node:https';
import type { Telegram } from 'telegraf';

type Method = Parameters<Telegram['callApi']>[0];

export interface TelegramApi {
  /**
   * @param payload what goes out as JSON
   * @param options `timeoutMs` default 15 s · `signal` ends the call early
   * @returns Telegram's `result`, unparsed
   * @throws what telegraf throws, or an `AbortError` after `timeoutMs`; read it with `readTrouble`, never log it
   */
  call(method: Method, payload: object, options?: { timeoutMs?: number | undefined; signal?: AbortSignal }): Promise<unknown>;
}

const CALL_TIMEOUT_MS = 15_000;
/** Idle connections are given up before Telegram's side does it (nginx: 75 s), so that a send never meets a dying one. */
const IDLE_MS = 30_000;

/** @param options `apiRoot` without a trailing slash; http only for stand-ins (there Node's own keep-alive agent serves) */
export function createTelegramApi({ token, apiRoot }: { token: string; apiRoot: string }): TelegramApi {
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
    async call(method, payload, { timeoutMs = CALL_TIMEOUT_MS, signal } = {}) {
      const telegram = await load();
      signal?.throwIfAborted();
      const limit = new AbortController();
      const abort = () => limit.abort();
      const timer = setTimeout(abort, timeoutMs);
      signal?.addEventListener('abort', abort);
      try {
        // telegraf's types end at Bot API 7.1 and know a polyfilled signal only; payloads are typed where they are made.
        return await telegram.callApi(method, payload as never, { signal: limit.signal as never });
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      }
    },
  };
}
