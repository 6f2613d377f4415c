// What the officer types: drafts and messages on their way, as signals over `logic/keep` and `logic/outbox`.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Message } from '../../src/contract/message.ts';
import { createKeep, type Kind, type Shelf, type Unsent } from '../logic/keep.ts';
import { createOutbox, type Delivered, type Echo } from '../logic/outbox.ts';

export interface Texts {
  echoes: ReadonlySignal<Echo[]>;
  draft(kind: Kind, conversationId: string): string;
  /** @param seen the `seq` on the screen now */
  setDraft(kind: Kind, conversationId: string, text: string, seen: number): void;
  /** Sends what is typed there, and empties the box. */
  send(kind: Kind, conversationId: string): void;
  /** Files put into a conversation and not sent yet; in memory only, a browser keeps none over a reload. */
  chosen(conversationId: string): File[];
  /** @param seen the `seq` on the screen now; the first file's is kept until they are sent */
  choose(conversationId: string, files: File[], seen: number): void;
  /** Sends them, and nothing a second time. */
  sendFiles(conversationId: string): void;
  /** How much of a file has gone out, 0..1; null before it begins. */
  progress(clientMessageId: string): number | null;
  /** The officer has read what a colleague wrote and sends theirs all the same. */
  confirm(echo: Echo, seen: number): void;
  resend(echo: Echo): void;
  /** A refused message goes back in front of what is typed in its own conversation. */
  takeBack(echo: Echo, seen: number): void;
  settle(messages: Message[]): void;
  /** After a reconnect. */
  resume(): void;
  /** Whether something typed has not been sent. */
  hasRest(): boolean;
  /** Whether a file is chosen or still on its way: a reload would lose it. */
  hasFiles(): boolean;
  /** Throws away what is kept of this officer in this browser. */
  forget(): void;
}

/** Older unsent messages wait for a click: the talk may have moved on. */
const RESUME_MS = 10 * 60_000;

/**
 * @param shelf where the texts survive a reload
 * @param deliver sends one message, and tells how much of its file has gone out; never rejects
 * @param delivered gets the server's copy
 */
export function createTexts(options: {
  shelf: Shelf;
  officerId: string;
  deliver: (entry: Unsent, file: File | null, progress: (share: number) => void) => Promise<Delivered>;
  delivered: (message: Message) => void;
}): Texts {
  const { shelf, officerId, deliver, delivered } = options;
  const files = new Map<string, File>();
  const shares = signal<Record<string, number>>({});
  /** `seen`: the `seq` that was on the screen when the first of them was chosen. */
  const chosen = signal<Record<string, { files: File[]; seen: number }>>({});
  const keep = createKeep(shelf, officerId);
  const drafts = signal(0);
  const echoes = signal<Echo[]>([]);
  const outbox = createOutbox({
    keep,
    deliver: (entry) =>
      deliver(entry, files.get(entry.clientMessageId) ?? null, (share) => {
        shares.value = { ...shares.value, [entry.clientMessageId]: share };
      }),
    delivered: (message) => {
      forgetFile(message.clientMessageId ?? '');
      delivered(message);
    },
    changed: () => {
      echoes.value = outbox.echoes();
    },
    newId: () => crypto.randomUUID(),
    now: Date.now,
  });
  echoes.value = outbox.echoes();
  const forgetFile = (clientMessageId: string) => {
    files.delete(clientMessageId);
    const { [clientMessageId]: _, ...rest } = shares.value;
    shares.value = rest;
  };

  const draft = (kind: Kind, conversationId: string) => {
    // Subscribes the reader: the texts themselves are no signals.
    drafts.value;
    return keep.draft(kind, conversationId);
  };
  const setDraft = (kind: Kind, conversationId: string, text: string, seen: number) => {
    keep.setDraft(kind, conversationId, text, seen);
    drafts.value++;
  };
  const chosenIn = (conversationId: string) => chosen.value[conversationId]?.files ?? [];
  const choose = (conversationId: string, list: File[], seen: number) => {
    const { [conversationId]: before, ...rest } = chosen.peek();
    chosen.value = list.length === 0 ? rest : { ...rest, [conversationId]: { files: list, seen: before?.seen ?? seen } };
  };
  const hasFiles = () => files.size > 0 || Object.keys(chosen.peek()).length > 0;
  return {
    echoes,
    draft,
    setDraft,
    send: (kind, conversationId) => {
      const text = keep.draft(kind, conversationId);
      outbox.send({ kind, conversationId, text, seen: keep.seen(kind, conversationId), fileName: null });
      setDraft(kind, conversationId, '', 0);
    },
    chosen: chosenIn,
    choose,
    sendFiles: (conversationId) => {
      const { [conversationId]: leaving, ...rest } = chosen.peek();
      if (leaving === undefined) return;
      chosen.value = rest;
      for (const file of leaving.files) {
        const clientMessageId = crypto.randomUUID();
        files.set(clientMessageId, file);
        outbox.send({ kind: 'reply', conversationId, text: '', seen: leaving.seen, fileName: file.name }, clientMessageId);
      }
    },
    progress: (clientMessageId) => shares.value[clientMessageId] ?? null,
    confirm: (echo, seen) => outbox.confirm(echo.clientMessageId, seen),
    resend: (echo) => outbox.retry(echo.conversationId, echo.kind),
    takeBack: (echo, seen) => {
      const text = outbox.takeBack(echo.clientMessageId);
      forgetFile(echo.clientMessageId);
      if (text === null || text === '') return;
      const typed = keep.draft(echo.kind, echo.conversationId);
      setDraft(echo.kind, echo.conversationId, typed === '' ? text : `${text}\n${typed}`, seen);
    },
    settle: (messages) => outbox.settle(messages),
    resume: () => outbox.resume(RESUME_MS),
    hasRest: () => !keep.isEmpty() || hasFiles(),
    hasFiles,
    forget: () => keep.clear(),
  };
}
