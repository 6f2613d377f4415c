// The store contract: facts asked for, labels, and what the bot did not know.
import type { BotReason } from '../../src/contract/message.ts';
import type { Label } from '../../src/desk/knowledgePort.ts';
import type { NewInbound, Store } from '../../src/desk/storePort.ts';
import { audit, change, commit, outbound, pages, say } from '../support/storeKit.ts';

export function describeKnowledge(get: () => Store): void {
  const label = (messageId: string, more: Partial<Label> = {}): Label => ({
    messageId,
    intent: 'nib.apa',
    by: 'o1',
    at: 10,
    ...more,
  });
  /** A citizen asks, the bot writes that it does not know. */
  const unsure = async (who: string, more: Partial<NewInbound> = {}, now = 2000, isUnsure = true) => {
    const { message, conversation } = await say(get(), who, more);
    const reason: BotReason = { intent: null, score: 0, decision: 'notice', ...(isUnsure && { unsure: message.id }) };
    await change(get(), conversation.id, { now, messages: [outbound({ inReplyTo: message.id, ruleId: 'reply', reason })] });
    return message;
  };
  const list = (more: Partial<Parameters<Store['knowledge']['unanswered']>[0]> = {}) =>
    get().knowledge.unanswered({ since: 0, teamIds: null, limit: 9, ...more });

  describe('facts asked for', () => {
    const counts = async (since: string) =>
      Object.fromEntries((await get().knowledge.asked(since)).map(({ fact, count }) => [fact, count]));

    it('When answers need facts, then each is counted with its answer, and summed since a day', async () => {
      const { conversation } = await say(get(), 'ani');
      expect(await counts('2026-01-01')).toEqual({});
      for (const [day, facts] of [
        ['2026-11-01', ['kantor.wa']],
        ['2026-11-02', ['kantor.wa', 'kantor.alamat']],
        ['2026-11-02', ['kantor.wa']],
      ] as const)
        await change(get(), conversation.id, { asked: { day, facts: [...facts] } });
      expect(await counts('2026-11-01')).toEqual({ 'kantor.wa': 3, 'kantor.alamat': 1 });
      expect(await counts('2026-11-02')).toEqual({ 'kantor.wa': 2, 'kantor.alamat': 1 });
      expect(await counts('2026-11-03')).toEqual({});
    });

    it('When a commit is repeated, or comes too late, then nothing is counted', async () => {
      const { conversations } = get();
      const { message, conversation } = await say(get(), 'ani');
      const reply = () => [outbound({ inReplyTo: message.id, ruleId: 'reply' })];
      const asked = { day: '2026-11-01', facts: ['kantor.wa'] };
      const first = commit(conversation, { messages: reply(), asked });
      expect([
        (await conversations.commit(first)).kind,
        (await conversations.commit(first)).kind,
        (await conversations.commit(commit(conversation, { messages: reply(), asked }))).kind,
        (await conversations.commit(commit(conversation, { asked }))).kind,
      ]).toEqual(['ok', 'duplicate', 'duplicate', 'conflict']);
      expect(await counts('2026-11-01')).toEqual({ 'kantor.wa': 1 });
    });
  });

  describe('labels', () => {
    it('When a message is labelled again, then the last label holds; each is on record', async () => {
      const { knowledge, settings } = get();
      const { message } = await say(get(), 'ani');
      expect(await knowledge.labelsOf([message.id])).toEqual([]);
      expect(await knowledge.label(label(message.id), audit({ id: 'a1' }))).toBe('ok');
      const second = label(message.id, { intent: null, by: 'o2', at: 20 });
      expect(await knowledge.label(second, audit({ id: 'a2' }))).toBe('ok');
      expect(await knowledge.labelsOf(['nothing', message.id])).toEqual([second]);
      expect((await settings.audit(9)).map(({ id }) => id)).toEqual(['a2', 'a1']);
    });

    it('When a label is taken back, then it is gone once; what is no inbound message takes none', async () => {
      const { knowledge, settings } = get();
      const { message, conversation } = await say(get(), 'ani');
      const { messages } = await change(get(), conversation.id, { messages: [outbound()] });
      for (const id of ['nothing', messages[0]!.id]) expect(await knowledge.label(label(id), audit())).toBe('gone');
      await knowledge.label(label(message.id), audit({ id: 'a1' }));
      expect([await knowledge.unlabel(message.id, audit({ id: 'a2' })), await knowledge.unlabel(message.id, audit())]).toEqual([
        true,
        false,
      ]);
      expect(await knowledge.labelsOf([message.id])).toEqual([]);
      expect((await settings.audit(9)).map(({ id }) => id)).toEqual(['a2', 'a1']);
    });

    it('When labels are read, then oldest first with the texts of now, page by page, since a time', async () => {
      const { knowledge, conversations } = get();
      const texts = ['cara bikin nib', 'salah ketik', 'ditarik', 'krk', ''];
      const asked = await Promise.all(texts.map(async (text) => (await say(get(), 'ani', { text })).message));
      for (const [at, i] of [0, 1, 2, 3, 4].entries())
        await knowledge.label(label(asked[i]!.id, { at: i === 3 ? 0 : at }), audit());
      await conversations.revise({ find: { id: asked[1]!.id }, text: 'cara urus pbg', editedAt: 5 }, 5);
      await conversations.revise({ find: { id: asked[2]!.id }, deleted: true, editedAt: 5 }, 5);
      const read = (since: number) => pages((cursor) => knowledge.labels(since, cursor, 1));
      expect((await read(0)).map(({ text }) => text)).toEqual(['cara bikin nib', 'krk', 'cara urus pbg']);
      expect(await read(1)).toEqual([{ ...label(asked[1]!.id, { at: 1 }), text: 'cara urus pbg' }]);
    });

    it('When a person is erased, then the labels on their messages go with them', async () => {
      const { knowledge, contacts } = get();
      const [budi, ani] = [await say(get(), 'budi'), await say(get(), 'ani')];
      for (const { message } of [ani, budi]) await knowledge.label(label(message.id), audit());
      await contacts.erase(ani.contact.id, audit());
      expect(await knowledge.labelsOf([ani.message.id, budi.message.id])).toEqual([label(budi.message.id)]);
      // Whatever is stored in their place has no label.
      const next = await say(get(), 'cici');
      expect(await knowledge.labelsOf([next.message.id])).toEqual([]);
      expect((await knowledge.labels(0, null, 9)).rows).toHaveLength(1);
    });
  });

  describe('what the bot did not know', () => {
    it('When the bot is unsure, then the message is listed, newest first, with its label, as many as asked for', async () => {
      const first = await unsure('ani', { text: 'parkir di mana' }, 2000);
      const second = await unsure('budi', { text: `bisa ${'a'.repeat(400)}` }, 3000);
      await unsure('cici', { text: 'nib' }, 3500, false);
      await get().knowledge.label(label(first.id), audit());
      expect(await list()).toEqual([
        { messageId: second.id, conversationId: second.conversationId, text: `bisa ${'a'.repeat(295)}`, at: 3000, label: null },
        { messageId: first.id, conversationId: first.conversationId, text: 'parkir di mana', at: 2000, label: label(first.id) },
      ]);
      expect((await list({ since: 2001 })).map(({ at }) => at)).toEqual([3000]);
      expect((await list({ limit: 1 })).map(({ at }) => at)).toEqual([3000]);
    });

    it('When the bot asks back, then the message is listed until the citizen writes again', async () => {
      const asksBack = async (who: string, now: number) => {
        const { message, conversation } = await say(get(), who, { text: 'syarat' }, { now: 1500 });
        const reason: BotReason = { intent: 'nib.apa', score: 0.4, decision: 'ask', unsure: message.id, untilReply: true };
        await change(get(), conversation.id, { now, messages: [outbound({ inReplyTo: message.id, ruleId: 'reply', reason })] });
        return message;
      };
      const gone = await asksBack('ani', 2000);
      await asksBack('budi', 2000);
      await say(get(), 'budi', { text: 'yang kedua' }, { now: 2500 });
      expect((await list()).map(({ messageId }) => messageId)).toEqual([gone.id]);
    });

    it('When a message is withdrawn, without text or erased, then it is not listed', async () => {
      await unsure('ani', { text: '' });
      const taken = await unsure('ani', { text: 'rahasia' });
      await get().conversations.revise({ find: { id: taken.id }, deleted: true, editedAt: 5 }, 5);
      const { conversationId } = await unsure('budi', { text: 'parkir' });
      expect(await list()).toHaveLength(1);
      const seat = await get().conversations.get(conversationId);
      await get().contacts.erase(seat!.contact.id, audit());
      expect(await list()).toEqual([]);
    });

    it('When a team owns a conversation, then only its members are shown it', async () => {
      const { conversationId } = await unsure('ani', { text: 'parkir' });
      await change(get(), conversationId, { patch: { teamId: 't1' } });
      await unsure('budi', { text: 'toilet' });
      const shown = async (teamIds: string[] | null) => (await list({ teamIds })).length;
      expect([await shown(null), await shown([]), await shown(['t1']), await shown(['t2'])]).toEqual([2, 1, 2, 1]);
    });
  });
}
