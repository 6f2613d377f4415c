// The widget's one state: joins the connection, the outgoing line and the log, and tells the view when something changed.
import type { WidgetClientEvents, WidgetConversation, WidgetServerEvents } from '../src/contract/events.ts';
import type { LinkApp } from '../src/contract/http.ts';
import type { BlobStore } from './blobStore.ts';
import { createCatchUp, type HistoryAnswer } from './catchUp.ts';
import { createOutgoing, type Outgoing, type OutgoingFile } from './outgoing.ts';
import { createSender, type SendAnswer } from './sender.ts';
import type { KeyValue } from './storage.ts';
import { emptyTimeline, type LogItem, merge, mergeStatus, nextChapter, toItems } from './timeline.ts';

type ConnectionState = 'connecting' | 'online' | 'offline';

/** What the connection tells the chat. */
export interface ConnectionEvents extends WidgetServerEvents {
  connection: (state: ConnectionState) => void;
  /** There may be something new to read: the beat of pages that cannot hold a socket. */
  hint: () => void;
  /** The server does not know this visitor any more: the conversation begins anew, what was not sent yet is sent there. */
  anew: () => void;
}

/** What the chat asks of the connection. No promise ever rejects. */
export interface Connection {
  send(payload: Parameters<WidgetClientEvents['message:send']>[0]): Promise<SendAnswer>;
  since(rev: number): Promise<HistoryAnswer>;
  /** `progress` 0..1; `signal.cancel` is set while it runs. */
  upload(entry: Outgoing, blob: Blob, progress: (part: number) => void, signal: { cancel?: () => void }): Promise<SendAnswer>;
  /** @returns the bytes, null when they cannot be had now */
  fetchFile(attachmentId: string): Promise<Blob | null>;
  /** @returns whether the server has erased everything; the next session is a new visitor's */
  erase(): Promise<boolean>;
  /** @returns the apps in which the visitor may go on now */
  apps(): Promise<LinkApp[]>;
  /** @returns a code for one of them, null when none can be had now */
  link(app: LinkApp): Promise<LinkCode | null>;
  typing(): void;
  seen(messageIds: string[]): void;
}

/** What links another app with this chat: the code, and the address that sends it. */
export interface LinkCode {
  code: string;
  url: string;
}

export interface ChatView {
  connection: ConnectionState;
  /** The history has been read once. */
  isLoaded: boolean;
  conversation: WidgetConversation | null;
  items: LogItem[];
  /** Who is typing; `name` null is the assistant. */
  typing: { name: string | null } | null;
}

export type Chat = ReturnType<typeof createChat>;

/** How long one typing event shows, ms. */
const typingMs = 6_000;
/** The visitor's own typing is told at most this often, ms. */
const tellTypingMs = 3_000;
const maxSeen = 50;

/**
 * @param options `connect` opens the connection and reports through the events it is given; `now` epoch ms;
 *   `later` runs a function after so many ms; `newId` makes a `clientMessageId`; `blobs` keeps files until they are sent
 */
export function createChat(options: {
  storage: KeyValue;
  blobs: BlobStore;
  connect: (events: ConnectionEvents) => Connection;
  now: () => number;
  later: (ms: number, run: () => void) => void;
  newId: () => string;
}) {
  const { later, blobs, now } = options;
  const listeners = new Set<() => void>();
  const outgoing = createOutgoing(options);
  const progress = new Map<string, number>();
  const running = new Map<string, { cancel?: () => void }>();
  const toldSeen = new Set<string>();
  let timeline = emptyTimeline;
  let typingUntil = 0;
  let toldTypingAt = Number.NEGATIVE_INFINITY;
  let view: ChatView = { connection: 'connecting', isLoaded: false, conversation: null, items: [], typing: null };

  function change(part: Partial<ChatView> = {}): void {
    for (const { message } of timeline.placed.values()) if (message.clientMessageId !== null) drop(message.clientMessageId);
    view = { ...view, ...part, items: toItems(timeline, outgoing.list(), progress) };
    for (const listener of listeners) listener();
  }

  function drop(clientMessageId: string): void {
    const entry = outgoing.list().find((one) => one.clientMessageId === clientMessageId);
    if (entry === undefined) return;
    outgoing.drop(clientMessageId);
    if (entry.file !== undefined) void blobs.remove(clientMessageId);
  }

  async function upload(entry: Outgoing): Promise<SendAnswer> {
    const id = entry.clientMessageId;
    const signal: { cancel?: () => void } = {};
    running.set(id, signal);
    const blob = await blobs.get(id);
    const tell = (part: number): void => {
      progress.set(id, part);
      change();
    };
    const answer: SendAnswer = blob === null ? { ok: false, code: 'lost' } : await connection.upload(entry, blob, tell, signal);
    running.delete(id);
    progress.delete(id);
    return answer;
  }

  const sender = createSender({
    outgoing,
    send: (entry: Outgoing) => {
      const { clientMessageId, text, button, file } = entry;
      if (file !== undefined) return upload(entry);
      return connection.send(button === undefined ? { clientMessageId, text } : { clientMessageId, text, button });
    },
    changed: change,
    later,
  });

  const catchUp = createCatchUp({
    ask: (rev) => connection.since(rev),
    apply(history) {
      timeline = merge(timeline, history.messages);
      change({ conversation: history.conversation });
    },
    newConversation() {
      timeline = nextChapter(timeline);
    },
    done: () => change({ isLoaded: true }),
    later,
  });

  function forget(): void {
    timeline = emptyTimeline;
    catchUp.reset();
    change({ conversation: null, isLoaded: false, typing: null });
  }

  const connection = options.connect({
    connection(state) {
      change(state === 'online' ? { connection: state } : { connection: state, typing: null });
      if (state !== 'online') return;
      void catchUp.run();
      void sender.flush();
    },
    hint: () => void catchUp.run(),
    anew: forget,
    'message:new'(message) {
      if (!catchUp.noted(message.rev, timeline.placed.has(message.id))) return;
      timeline = merge(timeline, [message]);
      change(message.direction === 'out' ? { typing: null } : {});
    },
    'message:status'(status) {
      catchUp.noted(status.rev, true);
      timeline = mergeStatus(timeline, status);
      change();
    },
    'queue:place'(place) {
      if (view.conversation !== null) change({ conversation: { ...view.conversation, place } });
    },
    'conversation:state'(conversation) {
      const isCurrent = catchUp.notedConversation(conversation.id, conversation.rev);
      if (isCurrent && conversation.rev >= (view.conversation?.rev ?? 0)) change({ conversation });
    },
    typing(who) {
      typingUntil = now() + typingMs;
      change({ typing: who });
      later(typingMs, () => {
        if (view.typing !== null && now() >= typingUntil) change({ typing: null });
      });
    },
  });

  change();
  return {
    view: (): ChatView => view,
    /** @returns a function that ends the subscription */
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Writes the message down, shows it, sends it when its turn comes. Blank text is ignored. */
    send(text: string, button?: string): void {
      if (text.trim() === '') return;
      toldTypingAt = Number.NEGATIVE_INFINITY;
      outgoing.add(text, button);
      change();
      void sender.flush();
    },
    /** The same for a file, under an id the caller made; resolves once its bytes are kept and it is shown. */
    async attach(clientMessageId: string, blob: Blob, file: OutgoingFile): Promise<void> {
      await blobs.put(clientMessageId, blob);
      outgoing.addFile(clientMessageId, file);
      change();
      void sender.flush();
    },
    retry(clientMessageId: string): void {
      outgoing.retry(clientMessageId);
      change();
      void sender.flush();
    },
    /** Deletes what was refused, or calls off what still waits. */
    discard(clientMessageId: string): void {
      drop(clientMessageId);
      running.get(clientMessageId)?.cancel?.();
      change();
    },
    /** The visitor is typing: told at most every few seconds. */
    typing(): void {
      if (now() - toldTypingAt < tellTypingMs) return;
      toldTypingAt = now();
      connection.typing();
    },
    /** What is in the log is in sight: officers learn that their messages were read. */
    seen(): void {
      const fresh = [...timeline.placed.values()]
        .filter(({ message: { author, state, id } }) => author === 'officer' && state === 'sent' && !toldSeen.has(id))
        .map(({ message }) => message.id)
        .slice(0, maxSeen);
      if (fresh.length === 0 || view.connection !== 'online') return;
      for (const id of fresh) toldSeen.add(id);
      connection.seen(fresh);
    },
    fetchFile: (attachmentId: string): Promise<Blob | null> => connection.fetchFile(attachmentId),
    apps: (): Promise<LinkApp[]> => connection.apps(),
    link: (app: LinkApp): Promise<LinkCode | null> => connection.link(app),
    /** Erases everything on the server and here. @returns false when the server could not be reached: nothing has changed */
    async erase(): Promise<boolean> {
      if (!(await connection.erase())) return false;
      for (const signal of running.values()) signal.cancel?.();
      outgoing.clear();
      await blobs.clear();
      forget();
      return true;
    },
  };
}
