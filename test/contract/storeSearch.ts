// The store contract: beginnings of words, numbers, hits in their conversations, and finding contacts.

import type { Store } from '../../src/desk/storePort.ts';
import { contactTokens } from '../../src/desk/tokens.ts';
import { change, note, outbound, say, words } from '../support/storeKit.ts';

export function describeSearch(get: () => Store): void {
  async function indexAll(): Promise<void> {
    const { messages, contacts } = get();
    const stale = await messages.stale(1, 1000);
    await messages.index(stale.map(({ id, text }) => ({ id, version: 1, tokens: text.split(' ').filter(Boolean) })));
    const people = await contacts.stale(1, 1000);
    await contacts.index(people.map((one) => ({ id: one.id, version: 1, tokens: contactTokens(one) })));
  }
  const found = async (request: Parameters<typeof words>) =>
    (await get().messages.search(words(...request))).rows.map(({ row, hits }) => [
      row.contactName,
      ...hits.map(({ text }) => text),
    ]);

  describe('search by beginnings', () => {
    it('When the last word is a beginning, then every word that begins so counts, together with the whole ones', async () => {
      await say(get(), 'a', { text: 'izin reklame' }, { name: 'a' });
      await say(get(), 'b', { text: 'izin rekomendasi' }, { name: 'b' });
      await say(get(), 'c', { text: 'surat reklame' }, { name: 'c' });
      await indexAll();
      expect(await found([[], { prefix: 'rek' }])).toEqual([
        ['c', 'surat reklame'],
        ['b', 'izin rekomendasi'],
        ['a', 'izin reklame'],
      ]);
      expect(await found([['izin'], { prefix: 'rekl' }])).toEqual([['a', 'izin reklame']]);
      expect(await found([['izin'], { prefix: 'x' }])).toEqual([]);
      expect(await found([['re'], {}])).toEqual([]);
    });

    it('When hits are shown, then the newest three of a conversation, notes too, none that was withdrawn', async () => {
      const { conversation } = await say(get(), 'a', { text: 'izin satu' }, { name: 'a' });
      const officer = { author: { kind: 'officer' as const, id: 'o1', name: 'Rina' } };
      await change(get(), conversation.id, {
        messages: [outbound({ ...officer, text: 'izin dua' }), note({ text: 'izin tiga' })],
      });
      const last = await say(get(), 'a', { text: 'izin empat' });
      await say(get(), 'a', { text: 'izin lima' });
      await indexAll();
      expect(await found([['izin'], {}])).toEqual([['a', 'izin lima', 'izin empat', 'izin tiga']]);
      await get().conversations.revise({ find: { id: last.message.id }, text: '', deleted: true, editedAt: 1 }, 1);
      expect(await found([['izin'], {}])).toEqual([['a', 'izin lima', 'izin tiga', 'izin dua']]);
    });

    it('When a consultation number is looked for, then that conversation comes first, within the teams', async () => {
      const { conversation } = await say(get(), 'a', { text: 'halo' }, { name: 'a' });
      await say(get(), 'b', { text: 'perihal k1001' }, { name: 'b' });
      await indexAll();
      const asked = { number: conversation.number };
      expect(await found([['k1001'], asked])).toEqual([['a'], ['b', 'perihal k1001']]);
      await change(get(), conversation.id, { patch: { teamId: 't1' } });
      expect(await found([['k1001'], { ...asked, teamIds: ['t2'] }])).toEqual([['b', 'perihal k1001']]);
    });
  });

  describe('finding contacts', () => {
    const names = async (tokens: string[], teamIds: string[] | null = null) =>
      (await get().contacts.search(tokens, teamIds, 5)).map(({ name }) => name);

    it('When beginnings of names or of the number are given, then the contacts that have all of them, newest first', async () => {
      await say(get(), 'a', {}, { name: 'Dewi Lestari', phone: '+6281234567890' });
      const { conversation } = await say(get(), 'b', {}, { name: 'Dewa Made' });
      await indexAll();
      expect(await names(['dew'])).toEqual(['Dewa Made', 'Dewi Lestari']);
      expect(await names(['dewi', 'les'])).toEqual(['Dewi Lestari']);
      expect(await names(['0812345'])).toEqual(['Dewi Lestari']);
      expect(await names(['6281234567890'])).toEqual(['Dewi Lestari']);
      expect(await names(['estari'])).toEqual([]);
      expect(await names([])).toEqual([]);
      await change(get(), conversation.id, { patch: { teamId: 't1' } });
      expect(await names(['dew'], ['t2'])).toEqual(['Dewi Lestari']);
      expect(await names(['dew'], ['t1'])).toEqual(['Dewa Made', 'Dewi Lestari']);
    });

    it('When a name changes, then the old one finds nobody; who is erased is found no more', async () => {
      const { contact } = await say(get(), 'a', {}, { name: 'Dewi' });
      await indexAll();
      await get().contacts.update(contact.id, { name: 'Sari' });
      expect((await get().contacts.stale(1, 5)).map(({ name }) => name)).toEqual(['Sari']);
      await indexAll();
      expect([await names(['dewi']), await names(['sari'])]).toEqual([[], ['Sari']]);
      await get().contacts.erase(contact.id, { id: 'a1', at: 1, actor: 'o', action: 'erase', subject: 'x', detail: null });
      expect(await names(['sari'])).toEqual([]);
    });

    it('When a contact is blocked, then it stays so whatever they write, and their conversations are listed newest first', async () => {
      const first = await say(get(), 'a', {}, { name: 'Dewi' });
      await change(get(), first.conversation.id, { patch: { state: 'closed', closedAt: 1 } });
      await get().contacts.update(first.contact.id, { blocked: true });
      const second = await say(get(), 'a', {}, { name: 'Dewi L' });
      expect(second.contact).toMatchObject({ blocked: true, name: 'Dewi L' });
      const listed = await get().contacts.conversations(first.contact.id, null, 1);
      expect(listed.rows.map(({ id }) => id)).toEqual([second.conversation.id]);
      const rest = await get().contacts.conversations(first.contact.id, listed.cursor, 1);
      expect(rest).toMatchObject({ rows: [{ id: first.conversation.id }], cursor: null });
    });
  });
}
