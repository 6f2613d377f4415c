// After a time away the page is asked for what came in meanwhile, and asked again while it could not read all of it: the mark of what is
// stored (watermark.ts) must not pass a message that nobody has seen.
import type { DeskLog } from '../../desk/ports.ts';

export interface CatchUp {
  /** The number is ready, for the first time or again. */
  begin(): void;
  /** The page has looked. @param found `left`: chats of which something could not be read yet */
  looked(found: { chats: number; messages: number; left: number }): void;
  /** Not all of it has been told. */
  isRunning(): boolean;
  /** No more asking. What was left stays left: the mark is not moved. */
  stop(): void;
}

const AGAIN_MS = 5000;
/** What cannot be read after so many looks never will be; the others must not wait for it. */
const MAX_LOOKS = 6;

/** @param parts `ask` the page to look back · `done` all of it has been told, or never will be · `againMs` until the second look, then doubled */
export function createCatchUp(parts: { ask: () => void; done: () => void; log: DeskLog; againMs?: number }): CatchUp {
  const { ask, done, log, againMs = AGAIN_MS } = parts;
  const channel = 'whatsappWeb';
  let isRunning = false;
  let looks = 0;
  let again: NodeJS.Timeout | undefined;

  return {
    begin() {
      clearTimeout(again);
      isRunning = true;
      looks = 0;
      ask();
    },
    looked({ chats, messages, left }) {
      if (!isRunning) return;
      looks += 1;
      log.info({ channel, chats, messages, left }, 'looked for messages of the time away');
      if (left > 0 && looks < MAX_LOOKS) {
        clearTimeout(again);
        again = setTimeout(ask, againMs * 2 ** (looks - 1)).unref();
        return;
      }
      if (left > 0) log.error({ channel, left }, 'some messages of the time away cannot be read');
      isRunning = false;
      done();
    },
    isRunning: () => isRunning,
    stop: () => clearTimeout(again),
  };
}
