// Long polling. Asking for a higher offset is what acknowledges updates, so the offset rises only when the whole batch is stored.
import { codeOf } from '../../contract/errors.ts';
import type { DeskLog } from '../../desk/ports.ts';
import type { TelegramApi } from './telegramApi.ts';
import type { Ingest } from './telegramIngest.ts';
import { allowedUpdates, batchSchema, updateSchema } from './telegramUpdate.ts';

const POLL_SECONDS = 50;
/** A half-open connection is noticed this long after the poll should have ended. */
const POLL_GRACE_MS = 15_000;
/** About nine minutes at the back-off below: then an update that fails for an unforeseen reason stops holding up everybody else. */
const MAX_TRIES = 20;

/** @returns ms to wait after `tries` failures in a row: 1, 2, 4 … 30 s, ± 25 % so that many do not come back together. */
export const backOff = (tries: number): number => Math.min(1000 * 2 ** (tries - 1), 30_000) * (0.75 + Math.random() / 2);

/**
 * @param parts `wait` resolves after so many ms, or at once when the signal aborts
 */
export function createPoller(parts: {
  api: TelegramApi;
  ingest: Ingest;
  log: DeskLog;
  signal: AbortSignal;
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
}) {
  const { api, ingest, log, signal, wait } = parts;
  /** The next update to ask for; kept over connection trouble. 0 = whatever is oldest. */
  let offset = 0;
  /** Updates of the batch in hand that were given up. */
  const passedOver = new Set<number>();

  /** Polls until the signal aborts. @throws what a failed getUpdates throws; call it again, nothing is lost */
  async function poll(onAnswer: () => void): Promise<void> {
    let tries = 0;
    // The first question is answered at once: it shows whether the connection works.
    let seconds = 0;
    while (!signal.aborted) {
      const batch = await ask(seconds);
      onAnswer();
      seconds = POLL_SECONDS;
      const failures = await takeAll(batch);
      const first = failures[0];
      if (first === undefined) {
        tries = 0;
        passedOver.clear();
        offset = (batch.at(-1)?.update_id ?? offset - 1) + 1;
        continue;
      }
      tries += 1;
      const isStoreTrouble = failures.some(({ code }) => code === 'store-away' || code === 'overloaded');
      log.warn({ channel: 'telegram', ...first, count: failures.length, tries }, 'updates not stored; asking again');
      // A store that is away or full is waited for without end.
      if (tries >= MAX_TRIES && !isStoreTrouble) {
        passedOver.add(first.updateId);
        log.error({ channel: 'telegram', ...first }, 'update given up after many tries');
      } else {
        await wait(backOff(tries), signal);
      }
    }
  }

  /** @returns the oldest updates not yet acknowledged, in order; asking acknowledges everything below the offset. */
  async function ask(seconds: number) {
    const request = { offset, limit: 100, timeout: seconds, allowed_updates: allowedUpdates };
    const result = await api.call('getUpdates', request, { timeoutMs: seconds * 1000 + POLL_GRACE_MS, signal });
    return batchSchema.parse(result).toSorted((a, b) => a.update_id - b.update_id);
  }

  /** Starts every update in this turn. @returns those that are not stored, in order, with the reason */
  async function takeAll(batch: { update_id: number }[]): Promise<{ updateId: number; code: string }[]> {
    const outcomes = await Promise.all(
      batch.map(async (raw) => {
        const updateId = raw.update_id;
        if (passedOver.has(updateId)) return null;
        const update = updateSchema.safeParse(raw);
        if (!update.success) {
          log.error({ channel: 'telegram', updateId }, 'update not readable; passed over');
          return null;
        }
        return ingest.take(update.data).then(
          () => null,
          (error: unknown) => ({ updateId, code: codeOf(error) }),
        );
      }),
    );
    return outcomes.filter((outcome) => outcome !== null);
  }

  return { poll };
}
