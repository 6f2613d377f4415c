// What the log shows, worked out from the server's messages and the visitor's own that are still on their way.
import type { WidgetMessage, WidgetServerEvents } from '../src/contract/events.ts';
import type { Attachment, Button, MessageKind } from '../src/contract/message.ts';
import type { Outgoing, OutgoingFile } from './outgoing.ts';

/** One bubble. `key` stays the same when the server's copy takes the place of the local echo. */
export interface LogItem {
  key: string;
  author: 'contact' | 'bot' | 'officer';
  authorName: string | null;
  kind: MessageKind;
  text: string;
  buttons: Button[];
  attachments: Attachment[];
  createdAt: number;
  edited: boolean;
  deleted: boolean;
  /** Of the visitor's own messages; `read`: an officer has answered since. */
  delivery: 'waiting' | 'sent' | 'read' | 'failed' | null;
  /** Of the visitor's own files that have no copy of the server yet. */
  file: OutgoingFile | null;
  /** How far the upload is, 0..1; null when it has not begun. */
  progress: number | null;
  /** Why it is `failed`. */
  reason: string | null;
  /** Of the visitor's own messages that have no copy of the server yet. */
  clientMessageId: string | null;
}

/** Messages by id. `seq` begins again in every conversation: `chapter` counts the conversations seen on this page. */
export interface Timeline {
  chapter: number;
  placed: ReadonlyMap<string, { chapter: number; message: WidgetMessage }>;
}

export const emptyTimeline: Timeline = { chapter: 0, placed: new Map() };

/** @returns the timeline with these messages of the current conversation; of two versions the higher `rev` stays. */
export function merge(timeline: Timeline, messages: readonly WidgetMessage[]): Timeline {
  const placed = new Map(timeline.placed);
  for (const message of messages) {
    const known = placed.get(message.id);
    if (known !== undefined && known.message.rev > message.rev) continue;
    placed.set(message.id, { chapter: known?.chapter ?? timeline.chapter, message });
  }
  return { ...timeline, placed };
}

/** @returns the timeline with the new delivery state of one message, when that message is known. */
export function mergeStatus(timeline: Timeline, change: Parameters<WidgetServerEvents['message:status']>[0]): Timeline {
  const known = timeline.placed.get(change.id);
  if (known === undefined || known.message.rev > change.rev) return timeline;
  return merge(timeline, [{ ...known.message, rev: change.rev, state: change.state }]);
}

/** The messages so far stay above; those of the next conversation come after. */
export const nextChapter = (timeline: Timeline): Timeline => ({ ...timeline, chapter: timeline.chapter + 1 });

/**
 * @param progress how far uploads are, 0..1, by `clientMessageId`
 * @returns all bubbles from top to bottom: by conversation and `seq`, then what waits or was refused
 */
export function toItems(
  timeline: Timeline,
  outgoing: readonly Outgoing[],
  progress: ReadonlyMap<string, number> = new Map(),
): LogItem[] {
  const copies = new Set([...timeline.placed.values()].map(({ message }) => message.clientMessageId));
  const stored = [...timeline.placed.values()].map(({ chapter, message }) => ({
    at: [chapter, message.seq] as const,
    item: fromMessage(message),
  }));
  const own = outgoing
    .filter((entry) => !copies.has(entry.clientMessageId))
    .map((entry) => ({
      at: entry.seq === null ? ([Number.POSITIVE_INFINITY, entry.order] as const) : ([timeline.chapter, entry.seq] as const),
      item: fromOutgoing(entry, progress.get(entry.clientMessageId) ?? null),
    }));
  const sorted = [...stored, ...own].sort((a, b) => compare(a.at[0], b.at[0]) || compare(a.at[1], b.at[1]));
  return withRead(sorted.map(({ item }) => item));
}

/** What an officer answered, an officer has read. The assistant's answers say nothing about a person. */
function withRead(items: LogItem[]): LogItem[] {
  const answered = items.reduce((found, item, index) => (item.author === 'officer' ? index : found), -1);
  return items.map((item, index) => (index < answered && item.delivery === 'sent' ? { ...item, delivery: 'read' } : item));
}

/** Not a subtraction: infinity minus itself is no number. */
const compare = (a: number, b: number): number => (a < b ? -1 : Number(a > b));

function fromMessage(message: WidgetMessage): LogItem {
  const isOwn = message.direction === 'in';
  return {
    key: (isOwn ? message.clientMessageId : null) ?? message.id,
    author: isOwn ? 'contact' : message.author,
    authorName: message.authorName,
    kind: message.kind,
    text: message.text,
    buttons: message.buttons,
    attachments: message.attachments,
    createdAt: message.createdAt,
    edited: message.edited,
    deleted: message.deleted,
    delivery: isOwn ? 'sent' : null,
    file: null,
    progress: null,
    reason: null,
    clientMessageId: null,
  };
}

function fromOutgoing(entry: Outgoing, progress: number | null): LogItem {
  return {
    key: entry.clientMessageId,
    author: 'contact',
    authorName: null,
    kind: kindOf(entry.file),
    text: entry.text,
    buttons: [],
    attachments: [],
    createdAt: entry.order,
    edited: false,
    deleted: false,
    delivery: entry.state,
    file: entry.file ?? null,
    progress: entry.state === 'waiting' ? progress : null,
    reason: entry.reason ?? null,
    clientMessageId: entry.clientMessageId,
  };
}

function kindOf(file: OutgoingFile | undefined): MessageKind {
  if (file === undefined) return 'text';
  if (file.isVoice) return 'voice';
  const kinds = { image: 'image', audio: 'audio', video: 'video' } as const;
  return kinds[file.mime.split('/')[0] as keyof typeof kinds] ?? 'document';
}
