// Rows and messages for the console's tests: only what a test names differs from these.
import type { Shelf } from '../../officer-console/logic/keep.ts';
import type { ConversationRow } from '../../src/contract/conversation.ts';
import type { Message } from '../../src/contract/message.ts';

export const makeRow = (own: Partial<ConversationRow>): ConversationRow => ({
  id: 'c1',
  number: 4821,
  channel: 'telegram',
  accountId: 'bot',
  contactId: 'p1',
  state: 'queued',
  officerId: null,
  teamId: null,
  seq: 1,
  rev: 1,
  language: 'id',
  topic: null,
  handoffReason: null,
  failures: 0,
  introduced: true,
  openedAt: 0,
  lastInboundAt: 1000,
  waitingSince: null,
  queuedAt: null,
  claimedAt: null,
  closedAt: null,
  placeTold: null,
  placeToldAt: null,
  tags: [],
  permit: null,
  timers: {},
  dueAt: null,
  contactName: 'Rina',
  contactPhone: null,
  contactUnreachable: false,
  preview: 'halo',
  ...own,
});

export const makeMessage = (own: Partial<Message>): Message => ({
  id: 'm1',
  conversationId: 'c1',
  seq: 1,
  rev: 1,
  direction: 'in',
  author: { kind: 'contact', id: null, name: null },
  kind: 'text',
  text: 'halo',
  buttons: [],
  attachments: [],
  state: 'received',
  stateReason: null,
  externalId: null,
  clientMessageId: null,
  inReplyTo: null,
  ruleId: null,
  coveredBy: null,
  button: null,
  reason: null,
  attempt: 0,
  createdAt: 0,
  sentAt: null,
  editedAt: null,
  deleted: false,
  ...own,
});

/** A `localStorage` in memory. */
export function makeShelf(): Shelf & { content: Map<string, string> } {
  const content = new Map<string, string>();
  return {
    content,
    get length() {
      return content.size;
    },
    key: (index) => [...content.keys()][index] ?? null,
    getItem: (key) => content.get(key) ?? null,
    setItem: (key, value) => void content.set(key, value),
    removeItem: (key) => void content.delete(key),
  };
}
