// What an officer does to a conversation besides writing; a refused action says why and shows how things stand now.
import type { Signal } from '@preact/signals';
import type { Conversation, Duty } from '../../src/contract/conversation.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Answer, Api, TransferTo } from '../api.ts';
import type { Rooms } from '../logic/rooms.ts';
import type { Inbox } from './inbox.ts';
import type { People } from './people.ts';

export interface Actions {
  claim(conversationId: string): Promise<boolean>;
  release(conversationId: string): Promise<boolean>;
  close(conversationId: string): Promise<boolean>;
  transfer(conversationId: string, to: TransferTo): Promise<boolean>;
  /** Sends a failed or uncertain message again. */
  retry(messageId: string): Promise<Message | null>;
  setDuty(duty: Duty): Promise<void>;
}

/** @param notice where the sentence for the officer goes */
export function createActions(options: {
  api: Api;
  inbox: Inbox;
  rooms: Rooms;
  people: People;
  notice: Signal<string | null>;
}): Actions {
  const { api, inbox, rooms, people, notice } = options;

  async function settle(conversationId: string, asked: Promise<Answer<{ conversation: Conversation }>>): Promise<boolean> {
    const answer = await asked;
    if (answer.ok) {
      const row = rooms.setConversation(answer.conversation);
      if (row !== null) inbox.merge([row]);
      return true;
    }
    notice.value = answer.message;
    if (rooms.current()?.id !== conversationId) return false;
    await rooms.reread();
    const row = rooms.current()?.row ?? null;
    if (row?.id !== conversationId) return false;
    inbox.merge([row]);
    const holder = row.officerId === people.me.value.id ? null : people.nameOf(row.officerId);
    const isTaken = (answer.code === 'conflict' || answer.code === 'not-owner') && holder !== null;
    if (isTaken) notice.value = `Percakapan ini sudah dipegang ${holder}.`;
    return false;
  }

  return {
    claim: (conversationId) => settle(conversationId, api.claim(conversationId)),
    release: (conversationId) => settle(conversationId, api.release(conversationId)),
    close: (conversationId) => settle(conversationId, api.close(conversationId)),
    transfer: (conversationId, to) => settle(conversationId, api.transfer(conversationId, to)),
    retry: async (messageId) => {
      const answer = await api.retry(messageId);
      if (!answer.ok) {
        notice.value = answer.message;
        return null;
      }
      rooms.addMessage(answer.message);
      return answer.message;
    },
    setDuty: async (duty) => {
      const answer = await api.setDuty(duty);
      if (answer.ok) people.onDuty({ officerId: people.me.value.id, duty: answer.duty });
      else notice.value = answer.message;
    },
  };
}
