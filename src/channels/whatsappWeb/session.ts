// One WhatsApp Web session in the child: turns the library's events into our words and our calls into the library's.

import { within } from '../../desk/within.ts';
import { wordsOf } from './errorWords.ts';
import { createLanes } from './lanes.ts';
import type { LibraryChat, LibraryClient } from './library.ts';
import type { FromChild } from './protocol.ts';
import { isForUs, isPersonal, readCall, readMessage, readPhoneOf, type Told, toWire } from './read.ts';

const LOOKUP_MS = 5000;
const STATE_MS = 10_000;
const LIST_MS = 30_000;
/** Of one chat so many messages are looked at after a time away, at first and at most. */
const FIRST_LOOK = 50;
const BACKLOG = 1000;
const KNOWN = 20_000;
/** Receipts that came while nobody listened are read from so many chats, the newest, and of each from so many messages. */
const RECEIPT_CHATS = 100;
const RECEIPTS = 20;
/** The look back is over by then, or has failed. */
const HOLD_MS = 60_000;

export interface Session {
  /** The chat replies go to: the phone behind a `lid` where WhatsApp tells it. */
  addressOf(chat: string): Promise<string>;
  /** Did this person ever write to this number? We answer, we never begin. */
  hasWritten(chat: string): Promise<boolean>;
  /** Somebody is told of every message of ours that appears in the page. */
  onOwn(listener: (told: Told) => void): void;
  state(): Promise<string>;
  /** Tells again what came in since then, with `withUnread` also what nobody has read yet; then, how that went, and receipts. @param since epoch ms */
  reconcile(since: number, withUnread: boolean): Promise<void>;
}

/** @param say sends one word to the server, in order */
export function createSession(client: LibraryClient, say: (word: FromChild) => void): Session {
  const lanes = createLanes();
  const phones = new Map<string, string>();
  const writers = new Set<string>();
  const listeners: ((told: Told) => void)[] = [];
  /** What comes in live waits until what came before it, while we were away, has been told; null once that is over. */
  let held: (() => void)[] | null = [];
  const inOrder = (work: () => void): void => void (held === null ? work() : held.push(work));

  function letGo(): void {
    const waiting = held ?? [];
    held = null;
    for (const work of waiting) work();
  }

  async function addressOf(chat: string): Promise<string> {
    if (!chat.endsWith('@lid')) return chat;
    const known = phones.get(chat);
    if (known !== undefined) return known;
    // Best effort: WhatsApp hides numbers by design. Asked once, so that a person does not change addresses within a session.
    const phone = await within(LOOKUP_MS, 'lid', client.getContactLidAndPhone([chat])).then(readPhoneOf, () => null);
    remember(phones, KNOWN);
    phones.set(chat, phone ?? chat);
    return phone ?? chat;
  }

  /** Replies go to whichever name the desk knows the person by. */
  function mayAnswer(names: string[]): void {
    for (const name of names) {
      remember(writers, KNOWN);
      writers.add(name);
    }
  }

  async function tell(told: Told): Promise<void> {
    const chat = await addressOf(told.from);
    mayAnswer([chat, told.from]);
    say({ kind: 'message', message: toWire(told, chat) });
  }
  /** @param type instead of the one it has */
  async function heard(raw: unknown, type?: string): Promise<void> {
    const read = readMessage(raw);
    if (read === null) return say({ kind: 'note', detail: 'a message could not be read' });
    const told = type === undefined ? read : { ...read, type };
    return isForUs(told) ? lanes.run(told.from, () => tell(told)) : Promise.resolve();
  }
  async function changed(raw: unknown, deleted: boolean, before?: unknown): Promise<void> {
    const told = readMessage(raw);
    if (told === null || told.id.fromMe || !isPersonal(told.from)) return;
    // A withdrawal may come as a message of its own; what it withdraws is named inside or in the copy from before.
    const id = told.protocolMessageKey?.id ?? readMessage(before)?.id.id ?? told.id.id;
    const at = told.latestEditSenderTimestampMs ?? Date.now();
    const text = deleted ? '' : told.body.slice(0, 70_000);
    await lanes.run(told.from, async () => say({ kind: 'edit', chat: await addressOf(told.from), id, text, deleted, at }));
  }

  client.on('qr', (text: string) => say({ kind: 'qr', text }));
  client.on('code', (code: string) => say({ kind: 'code', code }));
  client.on('authenticated', () => say({ kind: 'authenticated' }));
  // Told twice that the page has synced (by the page and by our nudge), the library says `ready` while it is still being bound to the
  // page: what came in then would be heard after what comes later, or never. Only a `ready` after that counts; another one follows.
  let isBound = false;
  const bind = client.attachEventListeners.bind(client);
  client.attachEventListeners = async () => {
    isBound = false;
    await bind();
    isBound = true;
  };
  let holding: NodeJS.Timeout | undefined;
  client.on('ready', () => {
    if (!isBound) return;
    held ??= [];
    // Whatever becomes of the look back, nothing waits for ever.
    clearTimeout(holding);
    holding = setTimeout(letGo, HOLD_MS).unref();
    say({ kind: 'ready', number: client.info?.wid?.user ?? null });
  });
  client.on('message', (raw: unknown) => inOrder(() => void heard(raw)));
  client.on('message_create', (raw: unknown) => {
    const told = readMessage(raw);
    if (told?.id.fromMe) for (const listener of listeners) listener(told);
  });
  // Shown on the phone alone (a picture to be seen once): the citizen hears that it cannot be read here. Others are decrypted later.
  client.on('message_ciphertext', (raw: unknown) => {
    const told = readMessage(raw);
    if (told?._data?.subtype?.endsWith('_unavailable_fanout')) inOrder(() => void heard(raw, 'unavailable'));
  });
  client.on('message_edit', (raw: unknown) => inOrder(() => void changed(raw, false)));
  client.on('message_revoke_everyone', (raw: unknown, before: unknown) => inOrder(() => void changed(raw, true, before)));
  client.on('message_ack', (raw: unknown, ack: unknown) => {
    const told = readMessage(raw);
    if (told?.id.fromMe && typeof ack === 'number') say({ kind: 'ack', id: told.id.id, ack });
  });
  client.on('call', (raw: unknown) => {
    const call = readCall(raw);
    if (call === null) return;
    const { id, isVideo, chat } = call;
    const tellCall = async () => {
      const address = await addressOf(chat);
      // Who called may be answered in words, even without ever having written.
      mayAnswer([address, chat]);
      say({ kind: 'call-in', chat: address, id, isVideo });
    };
    inOrder(() => void lanes.run(chat, tellCall));
  });

  const timeOf = (raw: unknown): number => (readMessage(raw)?.timestamp ?? 0) * 1000;

  /** What came in from one chat since then, and the last `unread`, in order; loads as far back as that needs. */
  async function missedIn(chat: LibraryChat, since: number, unread: number): Promise<unknown[]> {
    const fetch = (limit?: number) => chat.fetchMessages({ ...(limit !== undefined && { limit }), fromMe: false });
    for (let limit = Math.max(FIRST_LOOK, unread); ; limit *= 2) {
      // First loaded, then asked for in order.
      await within(LIST_MS, 'messages', fetch(Math.min(limit, BACKLOG)));
      const all = (await within(LIST_MS, 'messages', fetch())).slice(-BACKLOG);
      if (all.length < limit || limit >= BACKLOG || timeOf(all[0]) < since)
        return all.filter((raw, at) => at >= all.length - unread || timeOf(raw) >= since);
    }
  }

  /** A message may have been edited or withdrawn while nobody listened. */
  async function hearAgain(raw: unknown): Promise<void> {
    const told = readMessage(raw);
    if (told?.type === 'revoked') return changed(raw, true);
    await heard(raw);
    if (told?.latestEditSenderTimestampMs !== undefined) await changed(raw, false);
  }

  const personalChats = async (): Promise<LibraryChat[]> =>
    (await within(LIST_MS, 'chats', client.getChats())).filter(({ isGroup, id }) => !isGroup && isPersonal(id._serialized));

  async function lookBack(all: LibraryChat[], since: number, withUnread: boolean): Promise<void> {
    const unreadOf = (chat: LibraryChat) => (withUnread ? chat.unreadCount : 0);
    const chats = all.filter((chat) => unreadOf(chat) > 0 || (chat.timestamp ?? 0) * 1000 >= since);
    let [messages, left] = [0, 0];
    for (const chat of chats) {
      try {
        const missed = await missedIn(chat, since, unreadOf(chat));
        messages += missed.length;
        await Promise.all(missed.map(hearAgain));
        if (missed.some((raw) => readMessage(raw)?.type === 'ciphertext')) left += 1;
      } catch (error) {
        left += 1;
        say({ kind: 'note', detail: `a chat was not looked through: ${wordsOf(error)}` });
      }
    }
    say({ kind: 'reconciled', chats: chats.length, messages, left });
  }

  /** What was delivered or read while nobody listened, as far as the page has it loaded: with a limit it would load whole histories. */
  async function tellReceipts(all: LibraryChat[]): Promise<void> {
    const chats = all.filter(({ timestamp }) => timestamp !== undefined);
    for (const chat of chats.sort((a, b) => (b.timestamp ?? 0) - (a.timestamp ?? 0)).slice(0, RECEIPT_CHATS)) {
      const ours = await within(LIST_MS, 'messages', chat.fetchMessages({ fromMe: true })).catch(() => []);
      for (const raw of ours.slice(-RECEIPTS)) {
        const told = readMessage(raw);
        if (told?.id.fromMe && told.ack !== undefined && told.ack > 1) say({ kind: 'ack', id: told.id.id, ack: told.ack });
      }
    }
  }

  return {
    addressOf,
    async hasWritten(chat) {
      if (writers.has(chat)) return true;
      const found = await client.getChatById(chat);
      const theirs = (await found?.fetchMessages({ limit: 1, fromMe: false })) ?? [];
      if (!theirs.some((raw) => readMessage(raw) !== null)) return false;
      writers.add(chat);
      return true;
    },
    onOwn: (listener) => void listeners.push(listener),
    state: async () => (await within(STATE_MS, 'state', client.getState())) ?? 'UNKNOWN',

    async reconcile(since, withUnread) {
      let chats: LibraryChat[] = [];
      try {
        chats = await personalChats();
        await lookBack(chats, since, withUnread);
      } catch (error) {
        say({ kind: 'note', detail: `chats were not looked through: ${wordsOf(error)}` });
        say({ kind: 'reconciled', chats: 0, messages: 0, left: 1 });
      }
      letGo();
      await tellReceipts(chats);
    },
  };
}

/** Makes room for one more: the oldest is forgotten. */
function remember(known: { size: number; keys(): IterableIterator<string>; delete(key: string): unknown }, limit: number): void {
  const first = known.size >= limit ? known.keys().next().value : undefined;
  if (first !== undefined) known.delete(first);
}
