// Makes search tokens for messages in the background, and again for all of them when their version changes.
import type { DeskContext } from './context.ts';
import { searchTokens, TOKENS_VERSION } from './tokens.ts';

const CHUNK = 200;

/** Indexes what is not indexed at this version, in chunks that yield to the hot path. @returns how many messages. */
export async function indexMessages(desk: DeskContext, isStopped: () => boolean): Promise<number> {
  let done = 0;
  while (!isStopped()) {
    const stale = await desk.store.messages.stale(TOKENS_VERSION, CHUNK);
    if (stale.length > 0) {
      await desk.store.messages.index(stale.map(({ id, text }) => ({ id, version: TOKENS_VERSION, tokens: searchTokens(text) })));
    }
    done += stale.length;
    if (stale.length < CHUNK) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return done;
}
