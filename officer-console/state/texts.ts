// What the officer types: drafts and messages on their way, as signals over `logic/keep` and `logic/outbox`.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Message } from '../../src/contract/message.ts';
import { createKeep, type Kind, type Shelf, type Unsent } from '../logic/keep.ts';
import { createOutbox, type Delivered, type Echo } from '../logic/outbox.ts';

export interface Texts {
  echoes: ReadonlySignal<Echo[]>;
  draft(kind: Kind, conversationId: string): string;
  setDraft(kind: Kind, conversationId: string, text: string): void;
  send(kind: Kind, conversationId: string, text: string): void;
  resend(echo: Echo): void;
  /** A refused message goes back in front of what is typed in its own conversation. */
  takeBack(echo: Echo): void;
  settle(messages: Message[]): void;
  /** After a reconnect. */
  resume(): void;
  /** Whether something typed has not been sent. */
  hasRest(): boolean;
  /** Throws away what is kept of this officer in this browser. */
  forget(): void;
}

/** Older unsent messages wait for a click: the talk may have moved on. */
const RESUME_MS = 10 * 60_000;

/**
 * @param shelf where the texts survive a reload
 * @param deliver sends one message; never rejects
 * @param delivered gets the server's copy
 */
export function createTexts(options: {
  shelf: Shelf;
  officerId: string;
  deliver: (entry: Unsent) => Promise<Delivered>;
  delivered: (message: Message) => void;
}): Texts {
  const { shelf, officerId, deliver, delivered } = options;
  const keep = createKeep(shelf, officerId);
  const drafts = signal(0);
  const echoes = signal<Echo[]>([]);
  const outbox = createOutbox({
    keep,
    deliver,
    delivered,
    changed: () => {
      echoes.value = outbox.echoes();
    },
    newId: () => crypto.randomUUID(),
    now: Date.now,
  });
  echoes.value = outbox.echoes();

  const draft = (kind: Kind, conversationId: string) => {
    // Subscribes the reader: the texts themselves are no signals.
    drafts.value;
    return keep.draft(kind, conversationId);
  };
  const setDraft = (kind: Kind, conversationId: string, text: string) => {
    keep.setDraft(kind, conversationId, text);
    drafts.value++;
  };
  return {
    echoes,
    draft,
    setDraft,
    send: (kind, conversationId, text) => outbox.send({ kind, conversationId, text }),
    resend: (echo) => outbox.retry(echo.conversationId, echo.kind),
    takeBack: (echo) => {
      const text = outbox.takeBack(echo.clientMessageId);
      if (text === null) return;
      const typed = keep.draft(echo.kind, echo.conversationId);
      setDraft(echo.kind, echo.conversationId, typed === '' ? text : `${text}\n${typed}`);
    },
    settle: (messages) => outbox.settle(messages),
    resume: () => outbox.resume(RESUME_MS),
    hasRest: () => !keep.isEmpty(),
    forget: () => keep.clear(),
  };
}
