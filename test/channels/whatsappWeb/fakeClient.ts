// A client of whatsapp-web.js without a browser, in the hands of the session's tests.
import { EventEmitter } from 'node:events';
import type { LibraryChat } from '../../../src/channels/whatsappWeb/library.ts';

export const ana = '62812@c.us';
export const incoming = (id: string, body: string, more: object = {}) => ({
  ...{ id: { id, _serialized: `false_${ana}_${id}`, fromMe: false }, from: ana, to: '62811@c.us', type: 'chat', body },
  ...{ timestamp: 1000, hasMedia: false, ...more },
});
export const own = (id: string, body: string, to = ana) =>
  incoming(id, body, { id: { id, _serialized: `true_${to}_${id}`, fromMe: true }, from: '62811@c.us', to });

/** A client as the library's, in the test's hands. */
export class FakeClient extends EventEmitter {
  pupBrowser = null;
  pupPage = null;
  phones: Record<string, string> = {};
  lookups = 0;
  chats: LibraryChat[] = [];
  seen: string[] = [];
  sends: [string, unknown, object][] = [];
  answer: (chat: string, text: string) => Promise<unknown> = async (_chat, text) => own('OUT1', text);
  initialize = async () => undefined;
  attachEventListeners: () => Promise<void> = async () => undefined;
  destroy = async () => undefined;
  logout = async () => undefined;
  getState = async () => 'CONNECTED';
  sendSeen = async (chat: string) => this.seen.push(chat) > 0;
  getChats = async () => this.chats;
  getChatById = async (id: string) => this.chats.find((chat) => chat.id._serialized === id);
  getMessageById = async () => ({ downloadMedia: async (): Promise<unknown> => ({ data: 'UE5H' }) });
  requestPairingCode = async () => 'ABCD1234';
  async getContactLidAndPhone([lid]: string[]) {
    this.lookups += 1;
    return [{ lid, pn: this.phones[lid ?? ''] }];
  }
  sendMessage(chat: string, content: unknown, options: object) {
    this.sends.push([chat, content, options]);
    return this.answer(chat, typeof content === 'string' ? content : '');
  }
  chat(id: string, unreadCount: number, messages: object[], timestamp = 1000): void {
    const theirs = messages.filter((one) => !(one as { id: { fromMe: boolean } }).id.fromMe);
    const ours = messages.filter((one) => !theirs.includes(one));
    const fetchMessages = async ({ fromMe }: { fromMe?: boolean }) => (fromMe === undefined ? messages : fromMe ? ours : theirs);
    this.chats.push({
      id: { _serialized: id },
      isGroup: false,
      unreadCount,
      timestamp,
      fetchMessages,
      sendStateTyping: async () => true,
    });
  }
}
