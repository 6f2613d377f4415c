// The words for trouble that cross a boundary: one code per kind, mapped to HTTP in one place (http/errors.ts).

/** Every code a client can see. Expected outcomes inside the desk are values, not exceptions. */
export const errorCodes = [
  'invalid', // the input does not fit its schema
  'unauthorized', // no session, a dead session, or a bad secret
  'forbidden', // signed in, but not allowed
  'not-found',
  'conflict', // somebody else changed it first
  'gone', // it was there once: a file that was deleted
  'not-owner', // only the officer who holds the conversation may do this
  'closed', // the conversation is closed
  'window-closed', // the channel takes free texts only for a time after the citizen's last message, and that is over
  'unreachable', // the citizen blocked the bot, or the channel refuses
  'too-many', // rate limited
  'too-large',
  'overloaded', // the write queue is full: try again
  'store-away', // the store cannot write: try again
  'failed', // anything unforeseen; the log has the cause under the request id
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An error with a code for machines, one plain sentence for people, and the cause for the log. */
export class LoketError extends Error {
  readonly code: ErrorCode;

  /**
   * @param code which kind of trouble
   * @param message one sentence that says what to do; may be shown to an officer
   * @param options `cause` is logged, never shown
   */
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'LoketError';
    this.code = code;
  }
}

/** @returns the code of any thrown value; `failed` when it is not one of ours. */
export function codeOf(error: unknown): ErrorCode {
  return error instanceof LoketError ? error.code : 'failed';
}
