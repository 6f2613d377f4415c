// The desk's Realtime port: what changed, shown to the browsers that may see it. Hints only; clients catch up by `rev`.
// Options main.ts must pass: the two namespaces, the store's `officers` and `conversations`, the log.
import type { Conversation, ConversationRow } from '../contract/conversation.ts';
import type { QueuePlace } from '../contract/events.ts';
import type { Message } from '../contract/message.ts';
import { inboxAudiences, mayRead } from '../desk/access.ts';
import type { DeskLog, Realtime } from '../desk/ports.ts';
import type { Store } from '../desk/storePort.ts';
import { previewOf, toRow, toWidgetConversation, toWidgetMessage } from '../desk/views.ts';
import { createInboxBuffer } from './inbox.ts';
import { createRecent, type Shown } from './recent.ts';
import type { OfficerNamespace, WidgetNamespace } from './server.ts';

export interface PublisherParts {
  widget: WidgetNamespace;
  officer: OfficerNamespace;
  store: { officers: Pick<Store['officers'], 'get'>; conversations: Pick<Store['conversations'], 'row'> };
  log: DeskLog;
}

/** The port, and its end. */
export type Publisher = Realtime & { stop(): void };

export function createPublisher({ widget, officer, store, log }: PublisherParts): Publisher {
  const inbox = createInboxBuffer(officer);
  const recent = createRecent();
  const roomOf = (conversationId: string) => `conversation:${conversationId}`;
  const isWatched = (namespace: WidgetNamespace | OfficerNamespace, conversationId: string) =>
    namespace.adapter.rooms.has(roomOf(conversationId));

  /** A hint that needs the store is sent when the store has answered; a store that is away costs the hint, nothing else. */
  function later(work: Promise<void>): void {
    work.catch((error: unknown) => log.warn({ cause: error instanceof Error ? error.name : typeof error }, 'hint dropped'));
  }

  function showState(conversation: Conversation, shown: Shown): void {
    const emit = (officerName: string | null) =>
      widget
        .to(roomOf(conversation.id))
        .emit('conversation:state', toWidgetConversation(conversation, { officerName, place: shown.place }));
    if (conversation.state !== 'officer' || conversation.officerId === null) return void emit(null);

    const { officerId } = conversation;
    const state = shown.state;
    const look = async () => {
      const holder = await store.officers.get(officerId);
      if (shown.state === state) emit(holder?.name ?? null); // else a later state has been shown meanwhile
    };
    later(look());
  }

  function toCitizen(conversation: Conversation, messages: Message[], shown: Shown): void {
    const state = `${conversation.state} ${conversation.officerId} ${conversation.language}`;
    const isNewState = shown.state !== state;
    shown.state = state;
    if (!isWatched(widget, conversation.id)) return;
    for (const message of messages.map(toWidgetMessage))
      if (message !== null) widget.to(roomOf(conversation.id)).emit('message:new', message);
    if (isNewState) showState(conversation, shown);
  }

  /** Consoles that watch a conversation which has gone to a team they are not of stop hearing it. */
  function sendAway(conversation: Conversation): void {
    for (const socketId of officer.adapter.rooms.get(roomOf(conversation.id)) ?? []) {
      const socket = officer.sockets.get(socketId);
      if (socket !== undefined && !mayRead(socket.data.officer, conversation)) void socket.leave(roomOf(conversation.id));
    }
  }

  function toWatchers(conversationId: string, rev: number, messages: Message[]): void {
    if (isWatched(officer, conversationId))
      officer.to(roomOf(conversationId)).emit('conversation:changed', { conversationId, rev, messages });
  }

  function addRow(row: ConversationRow, shown: Shown): void {
    if (row.rev < shown.rowRev) return; // a later row has been shown meanwhile
    shown.rowRev = row.rev;
    const audiences = inboxAudiences(row);
    for (const audience of audiences) inbox.add(audience, row);
    // Those who saw it before and may not read it now learn that it is gone from their lists, and nothing more.
    const rooms = audiences.map(({ room }) => room);
    const withheld = { ...row, contactName: null, contactPhone: null, preview: '' };
    for (const { room } of shown.audiences) if (!rooms.includes(room)) inbox.add({ room, except: rooms }, withheld);
    shown.audiences = audiences;
  }

  function toLists({ conversation, contact, messages }: Parameters<Realtime['changed']>[0], shown: Shown): void {
    if (conversation.lastInboundAt === null || officer.sockets.size === 0) return; // not listed, or nobody looks
    const last = messages.find((message) => message.seq === conversation.seq);
    if (last !== undefined) shown.preview = { seq: conversation.seq, text: previewOf(last) };
    if (shown.preview?.seq === conversation.seq) addRow(toRow(conversation, contact, shown.preview.text), shown);
    else lookUpRow(conversation.id, shown);
  }

  function lookUpRow(conversationId: string, shown: Shown): void {
    const look = async () => {
      const row = await store.conversations.row(conversationId);
      if (row === null) return;
      shown.preview = { seq: row.seq, text: row.preview };
      addRow(row, shown);
    };
    later(look());
  }

  return {
    changed(change) {
      const { conversation, messages } = change;
      const shown = recent.of(conversation.id);
      toCitizen(conversation, messages, shown);
      sendAway(conversation);
      toWatchers(conversation.id, conversation.rev, messages);
      toLists(change, shown);
    },
    status(messages) {
      for (const message of messages) {
        const { id, conversationId, seq, rev, state } = message;
        toWatchers(conversationId, rev, [message]);
        if (seq !== null && isWatched(widget, conversationId))
          widget.to(roomOf(conversationId)).emit('message:status', { id, seq, rev, state });
      }
    },
    place(conversation: Conversation, place: QueuePlace | null) {
      recent.of(conversation.id).place = place;
      if (isWatched(widget, conversation.id)) widget.to(roomOf(conversation.id)).emit('queue:place', place);
    },
    typing(conversation, by) {
      const room = roomOf(conversation.id);
      if (by === null) officer.to(room).emit('typing', { conversationId: conversation.id, officerId: null, name: null });
      else {
        widget.to(room).emit('typing', { name: by.name });
        officer.to(room).emit('typing', { conversationId: conversation.id, officerId: by.id, name: by.name });
      }
    },
    alarms: (alarms) => void officer.emit('alarms:changed', { alarms }),
    duty: (officerId, duty) => void officer.emit('duty:changed', { officerId, duty }),
    cut(officerId) {
      // Closing the connection, not the namespace: a console that still has a right to be here comes back by itself.
      for (const socketId of officer.adapter.rooms.get(`officer:${officerId}`) ?? []) officer.sockets.get(socketId)?.conn.close();
    },
    stop: () => inbox.stop(),
  };
}
