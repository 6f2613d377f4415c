// The widget's one state: joins the connection, the outgoing line and the log, and tells the view when something changed.
import type { WidgetClientEvents, WidgetConversation, WidgetServerEvents } from '../src/contract/events.ts';
import { createCatchUp, type HistoryAnswer } from './catchUp.ts';
import { createOutgoing, type Outgoing } from './outgoing.ts';
import { createSender, type SendAnswer } from './sender.ts';
import type { KeyValue } from './storage.ts';
import { emptyTimeline, type LogItem, merge, mergeStatus, nextChapter, toItems } from './timeline.ts';

type ConnectionState = 'connecting' | 'online' | 'offline';

/** What the connection tells the chat. */
export interface ConnectionEvents extends WidgetServerEvents {
  connection: (state: ConnectionState) => void;
}

/** What the chat asks of the connection. Neither promise ever rejects. */
export interface Connection {
  send(payload: Parameters<WidgetClientEvents['message:send']>[0]): Promise<SendAnswer>;
  since(rev: number): Promise<HistoryAnswer>;
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

/**
 * @param options `connect` opens the connection and reports through the events it is given; `now` epoch ms;
 *   `later` runs a function after so many ms; `newId` makes a `clientMessageId`
 */
export function createChat(options: {
  storage: KeyValue;
  connect: (events: ConnectionEvents) => Connection;
  now: () => number;
  later: (ms: number, run: () => void) => void;
  newId: () => string;
}) {
  const { later } = options;
  const listeners = new Set<() => void>();
  const outgoing = createOutgoing(options);
  let timeline = emptyTimeline;
  let typingUntil = 0;
  let view: ChatView = { connection: 'connecting', isLoaded: false, conversation: null, items: [], typing: null };

  function change(part: Partial<ChatView> = {}): void {
    for (const { message } of timeline.placed.values())
      if (message.clientMessageId !== null) outgoing.drop(message.clientMessageId);
    view = { ...view, ...part, items: toItems(timeline, outgoing.list()) };
    for (const listener of listeners) listener();
  }

  const sender = createSender({
    outgoing,
    send: ({ clientMessageId, text, button }: Outgoing) =>
      connection.send(button === undefined ? { clientMessageId, text } : { clientMessageId, text, button }),
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

  const connection = options.connect({
    connection(state) {
      change({ connection: state, typing: null });
      if (state !== 'online') return;
      void catchUp.run();
      void sender.flush();
    },
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
      typingUntil = options.now() + typingMs;
      change({ typing: who });
      later(typingMs, () => {
        if (view.typing !== null && options.now() >= typingUntil) change({ typing: null });
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
      outgoing.add(text, button);
      change();
      void sender.flush();
    },
    retry(clientMessageId: string): void {
      outgoing.retry(clientMessageId);
      change();
      void sender.flush();
    },
    discard(clientMessageId: string): void {
      outgoing.drop(clientMessageId);
      change();
    },
  };
}
