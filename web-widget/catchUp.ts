// Keeps the log complete: live events are hints, everything after the last confirmed revision is read from the server.
import type { ErrorCode } from '../src/contract/errors.ts';
import type { WidgetHistory } from '../src/contract/events.ts';

export type HistoryAnswer = ({ ok: true } & WidgetHistory) | { ok: false; code: ErrorCode | 'away' | 'silent' };

/**
 * @param options `ask` reads once, never rejects; `apply` takes one answer; `newConversation` the next answers belong to
 *   another conversation than the ones before; `done` all that the server has is here; `later` runs after so many ms
 */
export function createCatchUp(options: {
  ask: (rev: number) => Promise<HistoryAnswer>;
  apply: (history: WidgetHistory) => void;
  newConversation: () => void;
  done: () => void;
  later: (ms: number, run: () => void) => void;
}) {
  /** Everything up to here was read from the server. Only its answers move this: one revision may carry several events. */
  let confirmed = 0;
  /** The newest revision seen in an event that followed without a gap. */
  let seen = 0;
  let conversationId: string | null = null;
  let isRunning = false;
  let runAgain = false;
  let failures = 0;
  /** Counts the forgettings: an answer asked for before one is not shown after it. */
  let era = 0;

  /** @returns false when the server could not answer */
  async function readAll(): Promise<boolean> {
    for (;;) {
      const asked = era;
      const answer = await options.ask(confirmed);
      if (asked !== era) continue;
      if (!answer.ok) {
        if (answer.code === 'not-found') return true; // nothing was ever written
        if (answer.code !== 'away') options.later(Math.min(30_000, 1_000 * 2 ** failures++), () => void run());
        return false;
      }
      if (conversationId !== null && answer.conversation.id !== conversationId) {
        const mustReadFromStart = confirmed > 0;
        conversationId = answer.conversation.id;
        confirmed = 0;
        seen = 0;
        options.newConversation();
        if (mustReadFromStart) continue;
      }
      conversationId = answer.conversation.id;
      const hasMoved = answer.rev > confirmed;
      confirmed = Math.max(confirmed, answer.rev);
      seen = Math.max(seen, confirmed);
      options.apply(answer);
      if (!answer.more || !hasMoved) return true;
    }
  }

  /** Reads what is missing. A call during a run makes that run read once more. */
  async function run(): Promise<void> {
    runAgain = true;
    if (isRunning) return;
    isRunning = true;
    try {
      while (runAgain) {
        runAgain = false;
        if (!(await readAll())) return;
      }
      failures = 0;
      options.done();
    } finally {
      isRunning = false;
    }
  }

  return {
    run,
    /** The visitor begins anew: nothing of what was read counts any more. */
    reset(): void {
      era += 1;
      confirmed = 0;
      seen = 0;
      conversationId = null;
      failures = 0;
    },
    /**
     * An event with revision `rev` arrived; a gap starts a read.
     * @param isKnown the event changes something that is already here
     * @returns whether the event may be shown at once. Not when everything up to `rev` has been read and this was not in
     *   it: then it belongs to another conversation, which the read will tell.
     */
    noted(rev: number, isKnown: boolean): boolean {
      const isForeign = rev <= confirmed && !isKnown;
      if (isForeign || rev > seen + 1) void run();
      else seen = Math.max(seen, rev);
      return !isForeign;
    },
    /** The server told the conversation's state: another id or a revision further on starts a read. */
    notedConversation(id: string, rev: number): boolean {
      const isSame = conversationId === null || conversationId === id;
      if (!isSame || rev > seen + 1) void run();
      else seen = Math.max(seen, rev);
      return isSame;
    },
  };
}
