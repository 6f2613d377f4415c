// Makes search tokens for messages in the background, and again for all of them when their version changes.
import type { DeskContext } from './context.ts';
import { CONTACT_TOKENS_VERSION, contactTokens, messageTokens, TOKENS_VERSION } from './tokens.ts';

const CHUNK = 200;

/** Indexes what is not indexed at this version, in chunks that yield to the hot path. @returns how many messages. */
export async function indexMessages(desk: Pick<DeskContext, 'store' | 'stem'>, isStopped: () => boolean): Promise<number> {
  let done = 0;
  while (!isStopped()) {
    const stale = await desk.store.messages.stale(TOKENS_VERSION, CHUNK);
    if (stale.length > 0) {
      await desk.store.messages.index(
        stale.map(({ id, text }) => ({ id, version: TOKENS_VERSION, tokens: messageTokens(text, desk.stem) })),
      );
    }
    done += stale.length;
    if (stale.length < CHUNK) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return done;
}

/** The same for names and numbers of contacts. @returns how many contacts. */
export async function indexContacts({ store }: Pick<DeskContext, 'store'>, isStopped: () => boolean): Promise<number> {
  let done = 0;
  while (!isStopped()) {
    const stale = await store.contacts.stale(CONTACT_TOKENS_VERSION, CHUNK);
    if (stale.length > 0) {
      const version = CONTACT_TOKENS_VERSION;
      await store.contacts.index(stale.map((contact) => ({ id: contact.id, version, tokens: contactTokens(contact) })));
    }
    done += stale.length;
    if (stale.length < CHUNK) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return done;
}
