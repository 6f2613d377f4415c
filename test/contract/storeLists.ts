// The store contract: lists, due conversations, search.
import type { ConversationPatch, ListRequest, Store } from '../../src/desk/storePort.ts';
import { change, open, outbound, pages, say, words } from '../support/storeKit.ts';

export function describeLists(get: () => Store): void {
  /** A conversation of `who` that received at `at` and was then patched. */
  async function seat(who: string, at: number, patch: ConversationPatch = {}): Promise<string> {
    const { conversation } = await say(get(), who, { text: `dari ${who}` }, { now: at, name: who });
    await change(get(), conversation.id, { patch });
    return conversation.id;
  }
  const list = (more: Partial<ListRequest>, limit = 2) =>
    pages((cursor) => get().conversations.list({ view: 'all', officerId: 'o1', teamIds: null, cursor, limit, ...more }));
  const names = async (more: Partial<ListRequest>, limit?: number) =>
    (await list(more, limit)).map(({ contactName }) => contactName);

  describe('lists', () => {
    it('When conversations are queued, then the longest queued comes first, across pages', async () => {
      for (const [who, queuedAt] of [
        ['a', 30],
        ['b', 10],
        ['c', 20],
        ['d', 20],
        ['e', 40],
      ] as const)
        await seat(who, 5, { state: 'queued', queuedAt });
      await seat('other', 5);
      expect(await names({ view: 'queue' })).toEqual(['b', 'c', 'd', 'a', 'e']);
      expect((await get().conversations.queue()).map(({ queuedAt }) => queuedAt)).toEqual([10, 20, 20, 30, 40]);
    });

    it('When a place is asked for, then who is queued before it for the same team is counted, by time, then by number', async () => {
      const { queue } = get();
      expect(await queue.size()).toEqual({ queued: 0, oldest: null });
      for (const [who, queuedAt, teamId] of [
        ['a', 30, null],
        ['b', 10, null],
        ['c', 20, null],
        ['d', 20, null],
        ['e', 15, 't1'],
        ['f', 40, 't1'],
      ] as const)
        await seat(who, 5, { state: 'queued', queuedAt, teamId });
      await seat('other', 5, { teamId: 't1', queuedAt: 1 });
      const ahead = (teamId: string | null, queuedAt: number, number: number) => queue.ahead({ teamId, queuedAt, number });
      expect(await ahead(null, 10, 1002)).toBe(0);
      expect(await ahead(null, 20, 1003)).toBe(1);
      expect(await ahead(null, 20, 1004)).toBe(2);
      expect(await ahead(null, 30, 1001)).toBe(3);
      expect(await ahead(null, 99, 1)).toBe(4);
      expect(await ahead('t1', 40, 1006)).toBe(1);
      expect(await ahead('t2', 99, 1)).toBe(0);
      expect(await queue.size()).toEqual({ queued: 6, oldest: 10 });
    });

    it('When an officer looks at their own, then who waits longest comes first, then the newest', async () => {
      const mine = { state: 'officer' as const, officerId: 'o1' };
      await seat('a', 10, { ...mine, waitingSince: null });
      await seat('b', 20, { ...mine, waitingSince: 20 });
      await seat('c', 30, { ...mine, waitingSince: null });
      await seat('d', 5, { ...mine, waitingSince: 5 });
      await seat('e', 1, { ...mine, officerId: 'o2' });
      expect(await names({ view: 'mine' })).toEqual(['d', 'b', 'c', 'a']);
      const held = await get().conversations.heldBy('o1');
      expect(held.map(({ number }) => number).sort()).toEqual([1001, 1002, 1003, 1004]);
      expect(await get().conversations.heldBy('nobody')).toEqual([]);
    });

    it('When all are listed, then the newest message comes first and closed ones are apart, newest closed first', async () => {
      await seat('a', 10);
      await seat('b', 30, { state: 'queued', queuedAt: 1 });
      await seat('c', 20);
      for (const [who, closedAt] of [
        ['x', 10],
        ['y', 30],
        ['z', 20],
      ] as const)
        await seat(who, 99, { state: 'closed', closedAt });
      await get().conversations.open(open('silent'));
      expect(await names({ view: 'all' })).toEqual(['b', 'c', 'a']);
      expect(await names({ view: 'closed' })).toEqual(['y', 'z', 'x']);
    });

    it('When an officer has teams, then conversations of no team and of theirs are shown', async () => {
      await seat('none', 1);
      await seat('mine', 2, { teamId: 't1' });
      await seat('theirs', 3, { teamId: 't2' });
      expect(await names({ teamIds: ['t1', 't9'] })).toEqual(['mine', 'none']);
      expect(await names({ teamIds: [] })).toEqual(['none']);
      expect(await names({ teamIds: null })).toEqual(['theirs', 'mine', 'none']);
    });

    it('When a list is narrowed by channel, team or tag, then only what fits is shown, across pages; an empty choice narrows nothing', async () => {
      await seat('a', 1, { tags: ['nib', 'oss'] });
      await seat('b', 2, { tags: ['nib'], teamId: 't1' });
      await seat('c', 3, { teamId: 't1' });
      await say(
        get(),
        'w',
        { text: 'dari w' },
        { now: 4, name: 'w', contact: { ...open('w').contact, channel: 'web', name: 'w' } },
      );
      expect(await names({ filter: { tag: 'nib' } }, 1)).toEqual(['b', 'a']);
      expect(await names({ filter: { tag: 'nib', teamId: 't1' } })).toEqual(['b']);
      expect(await names({ filter: { teamId: 't1' } })).toEqual(['c', 'b']);
      expect(await names({ filter: { channel: 'web' } })).toEqual(['w']);
      expect(await names({ filter: { tag: 'ni' } })).toEqual([]);
      expect(await names({ filter: { channel: null, teamId: null, tag: null } })).toEqual(['w', 'c', 'b', 'a']);
    });

    it('When a contact has several conversations, then they are told newest first, across pages, silent ones left out', async () => {
      const ids: string[] = [];
      for (const at of [1, 2, 3]) {
        ids.unshift(await seat('ani', at));
        await change(get(), ids[0]!, { patch: { state: 'closed', closedAt: at } });
      }
      await seat('other', 4);
      await get().conversations.open(open('ani'));
      const contact = await get().contacts.find({ channel: 'telegram', accountId: 'bot', externalId: 'ani' });
      const told = await pages((cursor) => get().contacts.conversations(contact!.id, cursor, 2));
      expect(told.map((row) => [row.id, row.contactName])).toEqual(ids.map((id) => [id, 'ani']));
      expect((await get().contacts.conversations('nobody', null, 2)).rows).toEqual([]);
    });

    it('When a row is shown, then the phone is masked and the last visible text is its preview', async () => {
      const { conversation } = await say(get(), 'ani', { text: 'halo' }, { name: 'Ani', phone: '+6281298765678' });
      const shown = await get().conversations.row(conversation.id);
      expect(shown).toEqual({
        ...conversation,
        contactName: 'Ani',
        contactPhone: '+62812****678',
        contactUnreachable: false,
        preview: 'halo',
      });
      await change(get(), conversation.id, {
        messages: [outbound({ text: `${'x'.repeat(119)}😀` }), outbound({ direction: 'note', state: 'noted', text: 'rahasia' })],
      });
      expect((await get().conversations.row(conversation.id))?.preview).toBe('x'.repeat(119));
      expect(await get().conversations.row('nobody')).toBeNull();
    });

    it('When a cursor is made up, then it is refused', async () => {
      await seat('a', 1);
      await expect(
        get().conversations.list({ view: 'all', officerId: '', teamIds: null, cursor: 'x', limit: 1 }),
      ).rejects.toThrow();
    });
  });

  describe('due', () => {
    const due = async (now: number, uncoveredBefore: number, limit = 10) =>
      (await get().conversations.due(now, uncoveredBefore, limit)).map(({ number }) => number);

    it('When a time is due or a message went unanswered, then the conversation is found once, oldest first', async () => {
      await seat('timer', 50, { dueAt: 20, timers: { idle: 20 } });
      await seat('both', 10, { dueAt: 30 });
      await seat('later', 100, { dueAt: 200 });
      await seat('queued', 5, { state: 'queued', queuedAt: 5 });
      await seat('officer', 5, { state: 'officer', officerId: 'o1' });
      await seat('closed', 15, { state: 'closed', closedAt: 15 });
      expect(await due(30, 0)).toEqual([1001, 1002]);
      expect(await due(0, 15)).toEqual([1002, 1006]);
      expect(await due(30, 50)).toEqual([1002, 1006, 1001]);
      expect(await due(30, 50, 1)).toEqual([1002]);
    });

    it('When the oldest unanswered message is covered, then the next one counts', async () => {
      const first = await say(get(), 'ani', {}, { now: 10 });
      const second = await say(get(), 'ani', {}, { now: 20 });
      await change(get(), first.conversation.id, { cover: { ids: [first.message.id], by: 'none' } });
      expect(await due(0, 19)).toEqual([]);
      expect(await due(0, 20)).toEqual([1001]);
      await change(get(), first.conversation.id, { cover: { ids: [second.message.id], by: 'none' } });
      expect(await due(0, 99)).toEqual([]);
    });
  });

  describe('search', () => {
    /** Indexes every message by its words. */
    async function indexAll(version = 1): Promise<void> {
      const stale = await get().messages.stale(version, 1000);
      await get().messages.index(stale.map(({ id, text }) => ({ id, version, tokens: text.split(' ').filter(Boolean) })));
    }
    const find = async (tokens: string[], limit = 2, teamIds: string[] | null = null) =>
      (await pages((cursor) => get().messages.search(words(tokens, { teamIds, cursor, limit })))).map(
        ({ row }) => row.contactName,
      );

    it('When one message has all words, then its conversation is found, newest such message first, once', async () => {
      for (const who of ['a', 'b', 'c', 'd']) await say(get(), who, { text: 'syarat izin' }, { name: who });
      await say(get(), 'e', { text: 'izin' }, { name: 'e' });
      await say(get(), 'e', { text: 'syarat' }, { name: 'e' });
      await say(get(), 'b', { text: 'izin syarat lagi' });
      await say(get(), 'b', { text: 'terima kasih' });
      await indexAll();
      expect(await find(['izin', 'syarat'])).toEqual(['b', 'd', 'c', 'a']);
      expect(await find(['izin'], 1)).toEqual(['b', 'e', 'd', 'c', 'a']);
      expect(await find(['izin', 'nihil'])).toEqual([]);
      expect(await find([])).toEqual([]);
    });

    it('When conversations belong to teams, then the same rule holds as in lists', async () => {
      const { conversation } = await say(get(), 'a', { text: 'izin' }, { name: 'a' });
      await change(get(), conversation.id, { patch: { teamId: 't1' } });
      await say(get(), 'b', { text: 'izin' }, { name: 'b' });
      await indexAll();
      expect(await find(['izin'], 2, ['t2'])).toEqual(['b']);
      expect(await find(['izin'], 2, ['t1'])).toEqual(['b', 'a']);
    });

    it('When a text changes or the version rises, then the message is stale, and new tokens replace the old', async () => {
      const { message } = await say(get(), 'a', { text: 'lama' }, { name: 'a' });
      await say(get(), 'b', { text: 'lain' });
      await indexAll();
      expect(await get().messages.stale(1, 10)).toEqual([]);
      await get().conversations.revise({ find: { id: message.id }, text: 'baru', editedAt: 1 }, 1);
      expect(await get().messages.stale(1, 10)).toEqual([{ id: message.id, text: 'baru' }]);
      await indexAll();
      expect(await find(['lama'])).toEqual([]);
      expect(await find(['baru'])).toEqual(['a']);
      expect(await get().messages.stale(2, 10)).toHaveLength(2);
      expect(await get().messages.stale(2, 1)).toHaveLength(1);
    });
  });
}
