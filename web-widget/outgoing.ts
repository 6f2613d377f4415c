// The visitor's own messages until the server shows its copy: written down before they are sent, kept over a reload.
import type { KeyValue } from './storage.ts';

/** What is known of a file before the server has it; its bytes lie in the blob store under the message's id. */
export interface OutgoingFile {
  name: string;
  mime: string;
  /** Bytes. */
  size: number;
  isVoice: boolean;
}

export interface Outgoing {
  clientMessageId: string;
  /** Empty for a file. */
  text: string;
  file?: OutgoingFile;
  /** Id of the pressed quick reply. */
  button?: string;
  /** Place in the line: epoch ms, made to rise. */
  order: number;
  /** `sent`: the server has it, its copy is not here yet · `failed`: the server refused it. */
  state: 'waiting' | 'sent' | 'failed';
  /** Given by the server with the acknowledgement. */
  seq: number | null;
  /** Why it is `failed`: the refusal's code. */
  reason?: string;
}

/** One key for each message, so that two tabs never overwrite each other's line. */
const prefix = 'loket.out.';

export type OutgoingLine = ReturnType<typeof createOutgoing>;

/**
 * @param options `storage` for what is not yet acknowledged; `now` epoch ms; `newId` makes a `clientMessageId`
 */
export function createOutgoing(options: { storage: KeyValue; now: () => number; newId: () => string }) {
  const { storage } = options;
  const entries = new Map<string, Outgoing>(load(storage).map((entry) => [entry.clientMessageId, entry]));

  const list = (): Outgoing[] => [...entries.values()].sort((a, b) => a.order - b.order);
  const nextOrder = (): number => Math.max(options.now(), ...list().map((entry) => entry.order + 1));
  const put = (entry: Outgoing): void => {
    storage.set(prefix + entry.clientMessageId, JSON.stringify(entry));
    entries.set(entry.clientMessageId, entry);
  };
  const drop = (clientMessageId: string): void => {
    storage.remove(prefix + clientMessageId);
    entries.delete(clientMessageId);
  };

  return {
    list,
    /** @returns the message whose turn it is: the oldest one that waits */
    next: (): Outgoing | undefined => list().find((entry) => entry.state === 'waiting'),
    add(text: string, button?: string): Outgoing {
      const entry: Outgoing = { clientMessageId: options.newId(), text, order: nextOrder(), state: 'waiting', seq: null };
      if (button !== undefined) entry.button = button;
      put(entry);
      return entry;
    },
    /** A file whose bytes are kept under this id already. */
    addFile(clientMessageId: string, file: OutgoingFile): void {
      put({ clientMessageId, text: '', file, order: nextOrder(), state: 'waiting', seq: null });
    },
    /** The server has stored it durably. It stays in view, no longer on disk, until the server's copy arrives. */
    accepted(clientMessageId: string, seq: number): void {
      const entry = entries.get(clientMessageId);
      storage.remove(prefix + clientMessageId);
      if (entry !== undefined) entries.set(clientMessageId, { ...entry, state: 'sent', seq });
    },
    /** The server refused it; the visitor decides. */
    refused(clientMessageId: string, reason: string): void {
      const entry = entries.get(clientMessageId);
      if (entry !== undefined) put({ ...entry, state: 'failed', reason });
    },
    /** Back to the end of the line under the same id. */
    retry(clientMessageId: string): void {
      const entry = entries.get(clientMessageId);
      if (entry?.state !== 'failed') return;
      const { reason: _, ...again } = entry;
      put({ ...again, state: 'waiting', order: nextOrder() });
    },
    /** The server's copy is here, or the visitor deleted a refused one. */
    drop,
    /** The visitor deletes everything. */
    clear(): void {
      for (const clientMessageId of [...entries.keys()]) drop(clientMessageId);
    },
  };
}

function load(storage: KeyValue): Outgoing[] {
  const found: Outgoing[] = [];
  for (const key of storage.keys()) {
    if (!key.startsWith(prefix)) continue;
    const entry = parse(storage.get(key));
    if (entry === null) storage.remove(key);
    else found.push(entry);
  }
  return found;
}

function parse(raw: string | null): Outgoing | null {
  try {
    const value: Partial<Outgoing> | null = JSON.parse(raw ?? 'null');
    if (value === null || typeof value !== 'object') return null;
    const { clientMessageId, text, button, order, state, file, reason } = value;
    if (typeof clientMessageId !== 'string' || typeof text !== 'string' || typeof order !== 'number') return null;
    const entry: Outgoing = { clientMessageId, text, order, state: state === 'failed' ? 'failed' : 'waiting', seq: null };
    if (typeof button === 'string') entry.button = button;
    if (typeof file?.name === 'string') entry.file = file;
    if (typeof reason === 'string') entry.reason = reason;
    return entry;
  } catch {
    return null;
  }
}
