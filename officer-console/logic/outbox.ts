// Officers' messages on their way to the server: one at a time per conversation, in order, never doubled, never given up. No DOM.
import type { ErrorCode } from '../../src/contract/errors.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Keep, Kind, Unsent } from './keep.ts';

/** `no-answer`: the request may or may not have arrived. */
export type Trouble = ErrorCode | 'no-answer';

/** `why`: the server's own sentence, where it has one. */
export type Delivered = { ok: true; message: Message } | { ok: false; code: Trouble; why?: string };

/** A local echo as the log shows it. `waiting`: an earlier one goes first. */
export interface Echo extends Unsent {
  state: 'sending' | 'waiting' | 'failed';
  code: Trouble | null;
  why: string | null;
}

export interface Outbox {
  echoes(): Echo[];
  /** Takes a message over; from here on it is kept until the server has it. */
  send(
    message: { conversationId: string; kind: Kind; text: string; seen: number | null; fileName: string | null },
    clientMessageId?: string,
  ): void;
  /** Tries again from the first unsent one of that conversation, with the same `clientMessageId`s. */
  retry(conversationId: string, kind: Kind): void;
  /** Sends one again that was stopped because a colleague was first: the officer has read up to `seen` and wants it all the same. */
  confirm(clientMessageId: string, seen: number): void;
  /** After a reconnect: goes on where the first unsent message failed for want of an answer and is not older than `maxAge` ms. */
  resume(maxAge: number): void;
  /** Server copies that came another way: their echoes go. */
  settle(messages: Message[]): void;
  /** Gives a certainly refused message back. @returns its text; null when it may have arrived. */
  takeBack(clientMessageId: string): string | null;
}

/** After these answers the message may still be in the store, or may get there: only the same id may be sent again. */
const unsure: readonly Trouble[] = ['no-answer', 'failed', 'store-away', 'overloaded'];

/** @returns whether the server certainly did not keep the message. */
export const isRefused = (code: Trouble | null): boolean => code !== null && !unsure.includes(code);

/**
 * @param deliver sends one message; never rejects
 * @param delivered called with the server's copy
 * @param changed called after every change of `echoes()`
 */
export function createOutbox(options: {
  keep: Keep;
  deliver: (entry: Unsent) => Promise<Delivered>;
  delivered: (message: Message) => void;
  changed: () => void;
  newId: () => string;
  now: () => number;
}): Outbox {
  const { keep, deliver, delivered, changed, newId, now } = options;
  let echoes: Echo[] = keep.unsent().map((entry) => ({ ...entry, state: 'failed', code: 'no-answer', why: null }));
  const busy = new Set<string>();
  const lane = (entry: { conversationId: string; kind: Kind }) => `${entry.kind}:${entry.conversationId}`;
  const update = (next: Echo[]) => {
    echoes = next;
    changed();
  };
  const mark = (clientMessageId: string, change: Partial<Echo>) =>
    update(echoes.map((echo) => (echo.clientMessageId === clientMessageId ? { ...echo, ...change } : echo)));
  const drop = (clientMessageId: string) => {
    keep.dropUnsent(clientMessageId);
    update(echoes.filter((echo) => echo.clientMessageId !== clientMessageId));
  };

  async function flush(name: string): Promise<void> {
    if (busy.has(name)) return;
    busy.add(name);
    try {
      for (let echo = firstOf(name); echo !== undefined; echo = firstOf(name)) {
        const { state: _state, code: _code, why: _why, ...entry } = echo;
        const { clientMessageId } = entry;
        mark(clientMessageId, { state: 'sending', code: null, why: null });
        const answer = await deliver(entry);
        if (answer.ok) {
          drop(clientMessageId);
          delivered(answer.message);
        } else if (firstOf(name)?.clientMessageId === clientMessageId) {
          mark(clientMessageId, { state: 'failed', code: answer.code, why: answer.why ?? null });
          return;
        }
        // Else its server copy came while we waited for the answer: go on with the next.
      }
    } finally {
      busy.delete(name);
    }
  }
  const firstOf = (name: string) => echoes.find((echo) => lane(echo) === name);

  return {
    echoes: () => echoes,
    send: (message, clientMessageId = newId()) => {
      const entry: Unsent = { ...message, clientMessageId, at: now() };
      keep.putUnsent(entry);
      update([...echoes, { ...entry, state: 'waiting', code: null, why: null }]);
      void flush(lane(entry));
    },
    confirm: (clientMessageId, seen) => {
      mark(clientMessageId, { seen });
      const echo = echoes.find((one) => one.clientMessageId === clientMessageId);
      if (echo === undefined) return;
      const { state: _state, code: _code, why: _why, ...entry } = echo;
      keep.putUnsent(entry);
      void flush(lane(echo));
    },
    retry: (conversationId, kind) => void flush(lane({ conversationId, kind })),
    resume: (maxAge) => {
      for (const name of new Set(echoes.map(lane))) {
        const first = firstOf(name);
        if (first !== undefined && !isRefused(first.code) && now() - first.at <= maxAge) void flush(name);
      }
    },
    settle: (messages) => {
      const stored = new Set(messages.map((message) => message.clientMessageId));
      for (const echo of echoes) if (stored.has(echo.clientMessageId)) drop(echo.clientMessageId);
    },
    takeBack: (clientMessageId) => {
      const echo = echoes.find((one) => one.clientMessageId === clientMessageId);
      if (echo === undefined || echo.state !== 'failed' || !isRefused(echo.code)) return null;
      drop(clientMessageId);
      return echo.fileName === null ? echo.text : '';
    },
  };
}
