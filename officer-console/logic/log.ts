// One conversation's messages in the browser: merged by `rev`, ordered as the citizen saw them, complete up to `rev`. No DOM.
import type { Message } from '../../src/contract/message.ts';

export interface Log {
  messages: Message[];
  /** Everything up to here has been read: the next catch-up starts from it. */
  rev: number;
  /** A catch-up is on its way: events are shown, but `rev` waits for the pages. */
  behind: boolean;
  /** The highest revision an event brought while behind. */
  ahead: number;
}

export const emptyLog: Log = { messages: [], rev: 0, behind: true, ahead: 0 };

/** A catch-up from `log.rev` begins. */
export function beginCatchUp(log: Log): Log {
  return { ...log, behind: true, ahead: 0 };
}

/** One page of a catch-up. The room was joined before the page was read, so after the last page nothing is missing up to `ahead`. */
export function addPage(log: Log, page: { rev: number; messages: Message[]; more: boolean }): Log {
  const messages = mergeMessages(log.messages, page.messages);
  if (page.more) return { ...log, messages, rev: Math.max(log.rev, page.rev) };
  return { messages, rev: Math.max(log.rev, page.rev, log.ahead), behind: false, ahead: 0 };
}

/**
 * Messages an event brought.
 * @returns `gap`: revisions in between were not seen, read them from the server (the event itself is a hint)
 */
export function addEvent(log: Log, event: { rev: number; messages: Message[] }): { log: Log; gap: boolean } {
  const messages = mergeMessages(log.messages, event.messages);
  if (log.behind) return { log: { ...log, messages, ahead: Math.max(log.ahead, event.rev) }, gap: false };
  if (event.rev <= log.rev) return { log: { ...log, messages }, gap: false };
  const lowest = Math.min(event.rev, ...event.messages.map((message) => message.rev));
  const gap = event.messages.length === 0 || lowest > log.rev + 1;
  return { log: gap ? { ...log, messages } : { ...log, messages, rev: event.rev }, gap };
}

/** Messages our own request brought back: shown at once, `rev` untouched. */
export function addOwn(log: Log, messages: Message[]): Log {
  return { ...log, messages: mergeMessages(log.messages, messages) };
}

/** @returns both lists as one, the copy with the higher `rev` kept, ordered by `seq`; a note stands behind what was there when it was made. */
export function mergeMessages(known: Message[], more: Message[]): Message[] {
  if (more.length === 0) return known;
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of more) {
    const old = byId.get(message.id);
    if (old === undefined || old.rev <= message.rev) byId.set(message.id, message);
  }
  return ordered([...byId.values()]);
}

function ordered(messages: Message[]): Message[] {
  const numbered = messages.filter((message) => message.seq !== null).sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
  const notes = messages.filter((message) => message.seq === null).sort((a, b) => a.createdAt - b.createdAt);
  const result: Message[] = [];
  let next = 0;
  for (const message of numbered) {
    for (let note = notes[next]; note !== undefined && note.createdAt < message.createdAt; note = notes[next]) {
      result.push(note);
      next++;
    }
    result.push(message);
  }
  return [...result, ...notes.slice(next)];
}
