// The console's Socket.IO connection: one typed function per event; what comes in is a hint, the server is the truth.
import { io, type Socket } from 'socket.io-client';
import type { Ack, OfficerClientEvents, OfficerHistory, OfficerServerEvents } from '../src/contract/events.ts';
import type { Message } from '../src/contract/message.ts';
import type { PresenceState } from '../src/contract/workplace.ts';
import type { Trouble } from './logic/outbox.ts';

export type Asked<T> = ({ ok: true } & T) | { ok: false; code: Trouble; message?: string };

export interface Link {
  watch(conversationId: string, rev: number): Promise<Asked<OfficerHistory>>;
  since(conversationId: string, rev: number): Promise<Asked<OfficerHistory>>;
  unwatch(conversationId: string): void;
  send(message: {
    conversationId: string;
    clientMessageId: string;
    text: string;
    seen: number | undefined;
  }): Promise<Asked<{ message: Message }>>;
  /** What this console does in the conversation it watches. */
  here(conversationId: string, state: PresenceState): void;
  typing(conversationId: string): void;
  touched(): void;
  close(): void;
}

/**
 * Connects and keeps connecting until `close`.
 * @param on what to do with each event; `refused`: the server does not let us in, ask it over HTTP why
 */
export function createLink(options: {
  answerWithin: number;
  on: OfficerServerEvents & { online: () => void; offline: () => void; refused: () => void };
}): Link {
  const { answerWithin, on } = options;
  const socket: Socket<OfficerServerEvents, OfficerClientEvents> = io('/officer', {
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelayMax: 5000,
    // A line that is half dead swallows an attempt without an answer: the next one must not wait for 20 s.
    timeout: 6000,
  });
  let again: ReturnType<typeof setTimeout> | undefined;
  const stopped = () => {
    on.offline();
    // Refused by the server rather than cut off: the library does not come back by itself.
    if (socket.active) return;
    on.refused();
    clearTimeout(again);
    again = setTimeout(() => socket.connect(), 5000);
  };
  socket.on('connect', on.online);
  socket.on('disconnect', (reason) => {
    if (reason !== 'io client disconnect') stopped();
  });
  socket.on('connect_error', stopped);
  socket.on('inbox:changed', on['inbox:changed']);
  socket.on('conversation:changed', on['conversation:changed']);
  socket.on('typing', on.typing);
  socket.on('presence:changed', on['presence:changed']);
  socket.on('duty:changed', on['duty:changed']);
  socket.on('alarms:changed', on['alarms:changed']);

  const timed = () => socket.timeout(answerWithin);
  async function ask<T>(emit: () => Promise<Ack<T>>): Promise<Asked<T>> {
    // Nothing is buffered for later: whoever asked decides whether to ask again.
    if (!socket.connected) return { ok: false, code: 'no-answer' };
    try {
      return await emit();
    } catch {
      return { ok: false, code: 'no-answer' };
    }
  }

  return {
    watch: (conversationId, rev) => ask(() => timed().emitWithAck('conversation:watch', { conversationId, rev })),
    since: (conversationId, rev) => ask(() => timed().emitWithAck('history:since', { conversationId, rev })),
    unwatch: (conversationId) => {
      if (socket.connected) socket.emit('conversation:unwatch', { conversationId });
    },
    send: (message) => ask(() => timed().emitWithAck('message:send', message)),
    here: (conversationId, state) => {
      if (socket.connected) socket.emit('presence:here', { conversationId, state });
    },
    typing: (conversationId) => void socket.volatile.emit('typing', { conversationId }),
    touched: () => void socket.volatile.emit('presence:input'),
    close: () => {
      clearTimeout(again);
      socket.close();
    },
  };
}
