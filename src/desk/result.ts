// What a verb of the desk comes to.
import type { ErrorCode } from '../contract/errors.ts';
import type { Message } from '../contract/message.ts';

/** Expected outcomes are values: `ok`, or a code that the door maps to its own language; `message` says more where there is more to say. */
export type Result<T> = ({ ok: true } & T) | Refused;
export interface Refused {
  ok: false;
  code: ErrorCode;
  message?: string;
  /** With `conflict` of a reply: what colleagues told the citizen since the officer read. */
  news?: Message[];
}
