// The visitor's session: one token, kept on the widget's own origin where scripts of the host page cannot read it.
import type { KeyValue } from './storage.ts';

const key = 'loket.token';

/** Answers that mean "this token is no good", as against "try again later". */
const refusals = [400, 401, 403, 404];

export interface Session {
  token: string;
  /** Largest file the server takes, bytes; null when it does not say. */
  uploadMaxBytes: number | null;
  /** The stored token was no good any more: what was known under it is gone. */
  isAnew: boolean;
}

/**
 * Goes on with the stored session, or starts one.
 * @param options `base` the address the widget is served from
 * @returns the token to connect with
 * @throws when the server could not be reached or is busy: try again later
 */
export async function openSession(options: { base: URL; storage: KeyValue }): Promise<Session> {
  const stored = options.storage.get(key);
  let answer = await post(options.base, stored === null ? {} : { token: stored });
  if (stored !== null && refusals.includes(answer.status)) answer = await post(options.base, {});
  if (!answer.ok) throw new Error(`session: status ${answer.status}`);
  const body: { token?: unknown; uploadMaxBytes?: unknown } = await answer.json();
  if (typeof body.token !== 'string') throw new Error('session: no token in the answer');
  options.storage.set(key, body.token);
  const uploadMaxBytes = typeof body.uploadMaxBytes === 'number' ? body.uploadMaxBytes : null;
  return { token: body.token, uploadMaxBytes, isAnew: stored !== null && visitorOf(stored) !== visitorOf(body.token) };
}

/** The server refused this token: the next session starts anew, unless another tab has begun one already. */
export function forgetSession(storage: KeyValue, token: string): void {
  if (storage.get(key) === token) storage.remove(key);
}

const post = (base: URL, body: { token?: string }): Promise<Response> =>
  fetch(new URL('../api/widget/session', base), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** The server may sign the same visitor anew, under a changed key. */
export const visitorOf = (token: string): string => token.split('.')[0] ?? '';
