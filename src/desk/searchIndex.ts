// Makes search tokens for messages in the background, and again for all of them when their version changes.
import type { DeskContext } from './context.ts';
import { CONTACT_TOKENS_VERSION, contactTokens, messageTokens, TOKENS_VERSION } from './tokens.ts';

/** Few enough that a message waits no noticeable time for a chunk, also on a slow machine. */
const CHUNK = 50;

/**
 * Indexes what is not indexed at this version, in chunks.
 * @param isStopped of a desk at work, whose hot path is left half of the time; without it nobody else waits
 * @returns how many messages
 */
export const indexMessages = ({ store, stem }: Pick<DeskContext, 'store' | 'stem'>, isStopped?: () => boolean): Promise<number> =>
  inChunks(isStopped, async () => {
    const stale = await store.messages.stale(TOKENS_VERSION, CHUNK);
    const rows = stale.map(({ id, text }) => ({ id, version: TOKENS_VERSION, tokens: messageTokens(text, stem) }));
    if (rows.length > 0) await store.messages.index(rows);
    return rows.length;
  });

/** The same for names and numbers of contacts. @returns how many contacts. */
export const indexContacts = ({ store }: Pick<DeskContext, 'store'>, isStopped?: () => boolean): Promise<number> =>
  inChunks(isStopped, async () => {
    const version = CONTACT_TOKENS_VERSION;
    const stale = await store.contacts.stale(version, CHUNK);
    if (stale.length > 0) {
      await store.contacts.index(stale.map((contact) => ({ id: contact.id, version, tokens: contactTokens(contact) })));
    }
    return stale.length;
  });

async function inChunks(isStopped: (() => boolean) | undefined, one: () => Promise<number>): Promise<number> {
  let done = 0;
  while (!isStopped?.()) {
    const began = performance.now();
    const count = await one();
    done += count;
    if (count < CHUNK) break;
    const worked = performance.now() - began;
    if (isStopped !== undefined) await new Promise((resolve) => setTimeout(resolve, worked));
  }
  return done;
}
