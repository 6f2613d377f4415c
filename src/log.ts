// The log: pino to standard error, ids and codes only. What must never be in a log is removed here even when somebody forgets.
import pino from 'pino';

/** Keys whose values are never written, at the top or one level down. */
export const redacted = ['text', 'name', 'phone', 'email', 'password', 'token', 'secret', 'cookie', 'authorization', 'body'];

/** @param level as in LOG_LEVEL @returns a logger; `child` adds fields */
export function createLog(level: string): pino.Logger {
  return pino(
    { level, base: null, redact: { paths: redacted.flatMap((key) => [key, `*.${key}`]), censor: '[removed]' } },
    pino.destination({ dest: 2, sync: false }),
  );
}
export type Log = pino.Logger;
