// One call of the Bot API as JSON over a kept connection. telegraf's own way (node-fetch) costs three times the CPU.
import http from 'node:http';
import https from 'node:https';

/** Idle connections are given up before Telegram's side does it (nginx: 75 s), so that a send never meets a dying one. */
export const IDLE_MS = 30_000;

/** An answer that says no, in the shape of telegraf's `TelegramError`: the words of Telegram, nothing of the request. */
class Refusal extends Error {
  readonly response: unknown;
  constructor(response: unknown) {
    super('Telegram refused the call.');
    this.response = response;
  }
}

/**
 * @param base the Bot API with the bot's own path; http only for stand-ins
 * @returns posts to a method; resolves with Telegram's `result`, rejects with a `Refusal`, a network error or an `AbortError`
 */
export function createPost(base: string): (method: string, payload: object, signal: AbortSignal) => Promise<unknown> {
  const isPlain = base.startsWith('http:');
  const { request } = isPlain ? http : https;
  const agent = new (isPlain ? http : https).Agent({ keepAlive: true, timeout: IDLE_MS });
  const { hostname, port, pathname } = new URL(base);
  const to = { hostname, ...(port !== '' && { port }), method: 'POST', agent };

  return (method, payload, signal) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(payload);
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const sent = request({ ...to, path: `${pathname}/${method}`, headers, signal }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('error', reject);
        response.on('end', () => {
          try {
            resolve(resultOf(response, text));
          } catch (error) {
            reject(error);
          }
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
}

/** The body of a 500 or above is a gateway's as often as Telegram's: it is not read. */
function resultOf({ statusCode = 0, statusMessage }: http.IncomingMessage, text: string): unknown {
  if (statusCode >= 500) throw new Refusal({ error_code: statusCode, description: statusMessage });
  const answer = JSON.parse(text) as { ok?: unknown; result?: unknown } | null;
  if (answer?.ok !== true) throw new Refusal(answer);
  return answer.result;
}
