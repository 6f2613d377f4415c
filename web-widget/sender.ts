// Empties the outgoing line: one message at a time, in order, again under the same id until the server has answered.
import type { ErrorCode } from '../src/contract/errors.ts';
import type { Outgoing, OutgoingLine } from './outgoing.ts';

/**
 * `away`: no connection (the next connect flushes) · `silent`: no answer in time, it may or may not be stored · `cancelled`: the
 * visitor called it off · `lost`: the file's bytes are not on this phone any more.
 */
export type SendAnswer =
  | { ok: true; message: { seq: number } }
  | { ok: false; code: ErrorCode | 'away' | 'silent' | 'cancelled' | 'lost' };

/** Repeating these cannot help: the visitor sees the message as not sent. */
const final = new Set<string>([
  'invalid',
  'too-large',
  'forbidden',
  'not-found',
  'conflict',
  'not-owner',
  'closed',
  'unreachable',
  'cancelled',
  'lost',
]);
/** A code without a known cure is tried this often before it stops holding up the messages behind it. */
const maxUnknown = 5;

/**
 * @param options `send` one attempt, never rejects; `changed` the line changed; `later` runs a function after so many ms
 * @returns `flush`, safe to call at any time and as often as wanted
 */
export function createSender(options: {
  outgoing: OutgoingLine;
  send: (entry: Outgoing) => Promise<SendAnswer>;
  changed: () => void;
  later: (ms: number, run: () => void) => void;
}): { flush: () => Promise<void> } {
  const { outgoing } = options;
  let isRunning = false;
  let failures = 0;
  let unknown = 0;

  /** @returns whether to go on with the next message */
  function settle(entry: Outgoing, answer: SendAnswer): boolean {
    if (answer.ok) {
      failures = 0;
      unknown = 0;
      outgoing.accepted(entry.clientMessageId, answer.message.seq);
      return true;
    }
    if (answer.code === 'failed') unknown += 1;
    if (final.has(answer.code) || unknown >= maxUnknown) {
      unknown = 0;
      outgoing.refused(entry.clientMessageId, answer.code);
      return true;
    }
    if (answer.code !== 'away') {
      options.later(Math.min(30_000, 1_000 * 2 ** failures), () => void flush());
      failures += 1;
    }
    return false;
  }

  async function flush(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    try {
      for (let entry = outgoing.next(); entry !== undefined; entry = outgoing.next()) {
        const goOn = settle(entry, await options.send(entry));
        options.changed();
        if (!goOn) return;
      }
    } finally {
      isRunning = false;
    }
  }

  return { flush };
}
