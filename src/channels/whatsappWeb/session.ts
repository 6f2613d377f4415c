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
/** Of one chat so many messages are looked at after a time away. */
const BACKLOG = 1000;
const KNOWN = 20_000;
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
  /** Tells again what came in since then, with `withUnread` also what nobody has read yet. @param since epoch ms */
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
  function heard(raw: unknown): Promise<void> {
    const told = readMessage(raw);
    if (told === null) {
      say({ kind: 'note', detail: 'a message could not be read' });
      return Promise.resolve();
    }
    return isForUs(told) ? lanes.run(told.from, () => tell(told)) : Promise.resolve();
  }
  function changed(raw: unknown, deleted: boolean, before?: unknown): void {
    const told = readMessage(raw);
    if (told === null || told.id.fromMe || !isPersonal(told.from)) return;
    // A withdrawal may come as a message of its own; what it withdraws is named inside or in the copy from before.
    const id = told.protocolMessageKey?.id ?? readMessage(before)?.id.id ?? told.id.id;
    const at = told.latestEditSenderTimestampMs ?? Date.now();
    const text = deleted ? '' : told.body.slice(0, 70_000);
    void lanes.run(told.from, async () => say({ kind: 'edit', chat: await addressOf(told.from), id, text, deleted, at }));
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
  client.on('ready', () => {
    if (!isBound) return;
    held ??= [];
    // Whatever becomes of the look back, nothing waits for ever.
    setTimeout(letGo, HOLD_MS).unref();
    say({ kind: 'ready', number: client.info?.wid?.user ?? null });
  });
  client.on('message', (raw: unknown) => inOrder(() => void heard(raw)));
  client.on('message_create', (raw: unknown) => {
    const told = readMessage(raw);
    if (told?.id.fromMe) for (const listener of listeners) listener(told);
  });
  client.on('message_edit', (raw: unknown) => inOrder(() => changed(raw, false)));
  client.on('message_revoke_everyone', (raw: unknown, before: unknown) => inOrder(() => changed(raw, true, before)));
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

  async function lookBack(since: number, withUnread: boolean): Promise<void> {
    const unreadOf = (chat: LibraryChat) => (withUnread ? chat.unreadCount : 0);
    const chats = (await within(LIST_MS, 'chats', client.getChats())).filter(
      (chat) => !chat.isGroup && isPersonal(chat.id._serialized) && (unreadOf(chat) > 0 || (chat.timestamp ?? 0) * 1000 >= since),
    );
    let messages = 0;
    for (const chat of chats) {
      try {
        const limit = Math.min(BACKLOG, Math.max(50, unreadOf(chat)));
        // First loaded, then asked for in order.
        await within(LIST_MS, 'messages', chat.fetchMessages({ limit, fromMe: false }));
        const all = (await within(LIST_MS, 'messages', chat.fetchMessages({ fromMe: false }))).slice(-limit);
        const unread = all.length - unreadOf(chat);
        const wanted = all.filter((raw, at) => at >= unread || (readMessage(raw)?.timestamp ?? 0) * 1000 >= since);
        messages += wanted.length;
        await Promise.all(wanted.map(heard));
      } catch (error) {
        say({ kind: 'note', detail: `a chat was not looked through: ${wordsOf(error)}` });
      }
    }
    say({ kind: 'reconciled', chats: chats.length, messages });
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

    reconcile: (since, withUnread) => lookBack(since, withUnread).finally(letGo),
  };
}

/** Makes room for one more: the oldest is forgotten. */
function remember(known: { size: number; keys(): IterableIterator<string>; delete(key: string): unknown }, limit: number): void {
  const first = known.size >= limit ? known.keys().next().value : undefined;
  if (first !== undefined) known.delete(first);
}
