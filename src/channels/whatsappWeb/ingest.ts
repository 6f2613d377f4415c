// Hands what the child tells to the desk: one chat's in order, each until it is stored. WhatsApp Web tells a thing once and takes no
// acknowledgement, so what is not stored yet is kept here, and told again by the page after a crash (watermark.ts).
import { codeOf } from '../../contract/errors.ts';
import type { DeskLog } from '../../desk/ports.ts';
import { createLanes } from './lanes.ts';

/** A message that fails for another reason than the store is given up after this many tries, so that others get through. */
const MAX_TRIES = 8;

export interface Ingest {
  /** @param since when it was written or told, the earlier, epoch ms @param store repeated until it resolves */
  take(chat: string, since: number, store: () => Promise<unknown>): void;
  isBusy(chat: string): boolean;
  /** The earliest `since` of what is not stored yet; null when all is. */
  oldest(): number | null;
  idle(): Promise<void>;
}

/** @param wait resolves after ms, or at once when the signal aborts: then nothing is tried again */
export function createIngest(parts: {
  log: DeskLog;
  signal: AbortSignal;
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
}): Ingest {
  const { log, signal, wait } = parts;
  const lanes = createLanes();
  const inHand = new Set<{ since: number }>();

  async function untilStored(store: () => Promise<unknown>): Promise<boolean> {
    for (let tries = 1; ; tries++) {
      try {
        await store();
        return true;
      } catch (error) {
        const code = codeOf(error);
        log.warn({ channel: 'whatsappWeb', code, tries }, 'not stored');
        if (signal.aborted) return false;
        const isStoreTrouble = code === 'store-away' || code === 'overloaded';
        if (!isStoreTrouble && tries >= MAX_TRIES) {
          log.error({ channel: 'whatsappWeb', code }, 'given up after many tries');
          return true;
        }
        await wait(Math.min(100 * 2 ** tries, 5000), signal);
      }
    }
  }

  return {
    take(chat, since, store) {
      const one = { since };
      inHand.add(one);
      void lanes.run(chat, async () => {
        // What is not stored at the end stays in hand: the watermark must not pass it.
        if (await untilStored(store)) inHand.delete(one);
      });
    },
    isBusy: lanes.isBusy,
    oldest: () => (inHand.size === 0 ? null : Math.min(...[...inHand].map(({ since }) => since))),
    idle: lanes.idle,
  };
}
