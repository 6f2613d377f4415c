// The store contract: changing stored messages, and reading history.
import type { Store } from '../../src/desk/storePort.ts';
import { audit, change, note, outbound, pages, say } from '../support/storeKit.ts';

export function describeHistory(get: () => Store): void {
  describe('revise and history', () => {
    it('When a citizen edits by the channel’s id, then both revs rise and the preview follows; told again, nothing changes', async () => {
      const store = get();
      const { conversation, message } = await say(store, 'ani', { externalId: 'ani:1', text: 'salah' });
      const edit = { find: { channel: 'telegram' as const, accountId: 'bot', externalId: 'ani:1' }, text: 'benar', editedAt: 50 };
      const revised = await store.conversations.revise(edit, 60);
      expect(revised).toMatchObject({ message: { text: 'benar', editedAt: 50, rev: 2, seq: 1 }, conversation: { rev: 2 } });
      expect(await store.conversations.revise(edit, 70)).toEqual(revised);
      expect(await store.conversations.revise({ ...edit, text: 'tua', editedAt: 40 }, 80)).toEqual(revised);
      expect(await store.messages.get(message.id)).toEqual(revised!.message);
      expect(await store.conversations.row(conversation.id)).toMatchObject({ preview: 'benar' });
    });

    it('When a message is withdrawn, then it stays in its place, deleted, and the preview is empty', async () => {
      const store = get();
      const { conversation, message } = await say(store, 'ani');
      await store.conversations.revise({ find: { id: message.id }, text: '', attachments: [], deleted: true, editedAt: 9 }, 10);
      expect(await store.messages.get(message.id)).toMatchObject({ deleted: true, text: '', seq: 1 });
      expect(await store.conversations.row(conversation.id)).toMatchObject({ preview: '' });
    });

    it('When an edit names an outbound message or none, then nothing is found', async () => {
      const store = get();
      const { conversation } = await say(store, 'ani');
      await change(store, conversation.id, { messages: [outbound()] });
      const [delivery] = await store.outbox.claim({ owner: 'n', channels: ['telegram'], now: 3000, leaseUntil: 9000, limit: 1 });
      const { id: messageId, attempt } = delivery!.message;
      await store.outbox.settle([{ messageId, owner: 'n', attempt, outcome: { state: 'sent', externalId: 'ours' }, now: 3000 }]);
      const find = { channel: 'telegram' as const, accountId: 'bot', externalId: 'ours' };
      expect(await store.conversations.revise({ find, text: 'x', editedAt: 1 }, 1)).toBeNull();
      expect(await store.conversations.revise({ find: { id: 'nothing' }, text: 'x' }, 1)).toBeNull();
    });

    it('When history is read by rev in small pages, then every message comes, each in its latest form', async () => {
      const store = get();
      const { conversation, message } = await say(store, 'ani');
      for (let i = 0; i < 5; i++) await change(store, conversation.id, { messages: [outbound(), outbound()] });
      await change(store, conversation.id, { cover: { ids: [message.id], by: 'none' } });
      const seen: number[] = [];
      for (let rev = 0, page = await store.messages.since(conversation.id, 0, 3); page.length > 0; ) {
        seen.push(...page.map(({ seq }) => seq!));
        rev = page.at(-1)!.rev;
        page = await store.messages.since(conversation.id, rev, 3);
      }
      expect(seen).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1]);
    });

    it('When history is read by seq, then notes stand where they were made, and a page is not held up by them', async () => {
      const store = get();
      const { conversation } = await say(store, 'ani', { text: '1' });
      for (const text of ['a', 'b', 'c']) await change(store, conversation.id, { messages: [note({ text })] });
      await change(store, conversation.id, { messages: [outbound({ text: '2' }), outbound({ text: '3' }), note({ text: 'd' })] });
      const texts = async (after: number, limit: number) =>
        (await store.messages.after(conversation.id, after, limit)).map(({ text }) => text);
      expect(await texts(0, 10)).toEqual(['1', 'a', 'b', 'c', '2', '3', 'd']);
      expect(await texts(0, 1)).toEqual(['1']);
      expect(await texts(1, 1)).toEqual(['a', 'b', 'c', '2']);
      expect(await texts(2, 1)).toEqual(['3']);
      expect(await texts(3, 1)).toEqual(['d']);
    });

    it('When the keys of files are asked for, then those of every message and note come, page by page, and no other', async () => {
      const store = get();
      const file = (key: string | null) => ({
        ...{ id: `f${key}`, name: 'a.pdf', mime: 'application/pdf', size: 1, ref: null },
        key,
      });
      const stored = (...keys: (string | null)[]) => keys.map((key) => ({ ...file(key), state: 'stored' as const }));
      const { conversation, message } = await say(store, 'ani', { attachments: stored('k1', 'k2') });
      await say(store, 'ani');
      await say(store, 'budi', { attachments: stored(null) });
      const written = [outbound({ attachments: stored('k3') }), note({ attachments: stored('k4', null) })];
      await change(store, conversation.id, { messages: written });
      const keys = async () => (await pages((cursor) => store.attachments.keys(cursor, 1))).sort();
      expect(await keys()).toEqual(['k1', 'k2', 'k3', 'k4']);
      await store.conversations.revise({ find: { id: message.id }, attachments: [], deleted: true, editedAt: 5 }, 6);
      expect(await keys()).toEqual(['k3', 'k4']);
      await store.contacts.erase(conversation.contactId, audit());
      expect(await keys()).toEqual([]);
    });

    it('When a message is asked for by client id or attachment, then it is found in its conversation only', async () => {
      const store = get();
      const file = { id: 'f1', name: 'a.pdf', mime: 'application/pdf', size: 1, state: 'stored' as const, ref: null, key: 'k' };
      const { conversation, message } = await say(store, 'ani', { clientMessageId: 'client-1', attachments: [file] });
      const other = (await say(store, 'budi')).conversation.id;
      expect(await store.messages.byClientId(conversation.id, 'client-1')).toEqual(message);
      expect(await store.messages.byAttachment(conversation.id, 'f1')).toEqual(message);
      expect(await store.messages.byClientId(other, 'client-1')).toBeNull();
      expect(await store.messages.byAttachment(other, 'f1')).toBeNull();
    });
  });
}
