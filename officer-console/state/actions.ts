// What an officer does to a conversation besides writing; shown at once, taken back visibly when the server refuses, with the reason.
import type { Signal } from '@preact/signals';
import type { Conversation, ConversationRow, Duty } from '../../src/contract/conversation.ts';
import type { Message } from '../../src/contract/message.ts';
import type { Answer } from '../answer.ts';
import type { Api, TransferTo } from '../api.ts';
import { t } from '../logic/language.ts';
import type { Rooms } from '../logic/rooms.ts';
import type { Inbox } from './inbox.ts';
import type { People } from './people.ts';

export interface Actions {
  claim(conversationId: string): Promise<boolean>;
  release(conversationId: string): Promise<boolean>;
  close(conversationId: string): Promise<boolean>;
  transfer(conversationId: string, to: TransferTo): Promise<boolean>;
  setTags(conversationId: string, tags: string[]): Promise<boolean>;
  /** Sends a failed or uncertain message again. */
  retry(messageId: string): Promise<Message | null>;
  /** Sends an approved text. @returns the sentence that says why not; null when it is on its way */
  sendTemplate(
    conversationId: string,
    choice: { clientMessageId: string; templateId: string; variables: string[] },
  ): Promise<string | null>;
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

  const show = (row: ConversationRow) => {
    rooms.showRow(row);
    inbox.merge([row]);
  };
  const rowOf = (id: string) => {
    const room = rooms.current();
    return room?.id === id && room.row !== null ? room.row : inbox.latest(id);
  };

  /** @param guess how the row will look when the server agrees */
  async function step(
    conversationId: string,
    guess: Partial<ConversationRow>,
    ask: () => Promise<Answer<{ conversation: Conversation }>>,
  ): Promise<boolean> {
    const before = rowOf(conversationId);
    if (before !== undefined) show({ ...before, ...guess });
    const answer = await ask();
    if (answer.ok) {
      const row = rooms.setConversation(answer.conversation);
      if (row !== null) inbox.merge([row]);
      return true;
    }
    if (before !== undefined) show(before);
    notice.value = answer.message;
    if (rooms.current()?.id !== conversationId) return false;
    await rooms.reread();
    const row = rooms.current()?.row ?? null;
    if (row?.id !== conversationId) return false;
    inbox.merge([row]);
    const holder = row.officerId === people.me.value.id ? null : people.nameOf(row.officerId);
    const isTaken = (answer.code === 'conflict' || answer.code === 'not-owner') && holder !== null;
    if (isTaken) notice.value = t(`Percakapan ini sudah dipegang ${holder}.`, `${holder} was first and holds this conversation.`);
    return false;
  }

  return {
    claim: (id) => step(id, { state: 'officer', officerId: people.me.value.id }, () => api.claim(id)),
    release: (id) => step(id, { state: 'queued', officerId: null }, () => api.release(id)),
    close: (id) => step(id, { state: 'closed', officerId: null, waitingSince: null, closedAt: Date.now() }, () => api.close(id)),
    // Where it goes is shown when it is there: the dialog waits for the answer.
    transfer: (id, to) => step(id, {}, () => api.transfer(id, to)),
    setTags: (id, tags) => step(id, { tags }, () => api.setTags(id, tags)),
    retry: async (messageId) => {
      const answer = await api.retry(messageId);
      if (!answer.ok) {
        notice.value = answer.message;
        return null;
      }
      rooms.addMessage(answer.message);
      return answer.message;
    },
    sendTemplate: async (id, choice) => {
      const answer = await api.sendTemplate(id, choice);
      if (answer.ok) rooms.addMessage(answer.message);
      return answer.ok ? null : answer.message;
    },
    setDuty: async (duty) => {
      const before = people.me.value.duty;
      people.onDuty({ officerId: people.me.value.id, duty });
      const answer = await api.setDuty(duty);
      if (answer.ok) return;
      people.onDuty({ officerId: people.me.value.id, duty: before });
      notice.value = answer.message;
    },
  };
}
