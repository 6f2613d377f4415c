// Searching as an officer types: beginnings, numbers, excerpts with the words marked, people, teams.
import { excerptOf } from '../../src/desk/excerpt.ts';
import { indexContacts, indexMessages } from '../../src/desk/searchIndex.ts';
import { searchWords } from '../../src/desk/tokens.ts';
import { createStemmer } from '../../src/nlu/stem.ts';
import { createKit } from '../support/deskKit.ts';

describe('what was typed', () => {
  it.each([
    ['syarat rek', { tokens: ['syarat'], prefix: 'rek', number: null }],
    ['syarat rek ', { tokens: ['syarat', 'rek'], prefix: null, number: null }],
    ['K-4821', { tokens: ['k4821'], prefix: null, number: 4821 }],
    ['k4821 ', { tokens: ['k4821'], prefix: null, number: 4821 }],
    ['!?', { tokens: [], prefix: null, number: null }],
  ])('When "%s" is typed, then it is read as %j', (typed, words) => {
    expect(searchWords(typed)).toEqual(words);
  });
});

describe('an excerpt', () => {
  const marked = (text: string, typed: string) => {
    const { excerpt, marks } = excerptOf(text, searchWords(typed));
    return { excerpt, words: marks.map(([from, to]) => excerpt.slice(from, to)) };
  };
  it('When words are found, then they are marked as they stand in the text, accents and capitals too', () => {
    expect(marked('Syarat RÉKLAME: izin rekomendasi?', 'izin rek')).toEqual({
      excerpt: 'Syarat RÉKLAME: izin rekomendasi?',
      words: ['RÉKLAME', 'izin', 'rekomendasi'],
    });
    expect(marked('nomor K-4821 ya', 'k-4821').words).toEqual(['K-4821']);
  });
  it('When the text is long, then the part around the first word is shown, cut between words', () => {
    const { excerpt, words } = marked(`${'kata lain '.repeat(50)}reklame ${'dan seterusnya '.repeat(50)}`, 'reklame');
    expect(words).toEqual(['reklame']);
    expect(excerpt.length).toBeLessThan(170);
    expect(excerpt).toMatch(/^…(kata|lain).*reklame.*…$/);
  });
});

describe('search', () => {
  it('When an officer searches, then conversations come with their hits and people with masked numbers, within the teams', async () => {
    const kit = await createKit();
    const [sari, ketua] = [await kit.officer('Sari'), await kit.officer('Ketua', { role: 'supervisor' })];
    await kit.says('mau pasang reklame di dago', { from: 'Budi' });
    await kit.says('reklame rusak', { from: 'Dewi' });
    const id = await kit.conversationId('Budi');
    await kit.desk.officer.note(sari, { conversationId: id, clientMessageId: 'n-000001', text: 'berkas reklame kurang' });
    const { contactId } = (await kit.store.conversations.get(id))!.conversation;
    await kit.store.contacts.update(contactId, { phone: '+6281122334455' });
    await indexMessages(kit);
    await indexContacts(kit);
    const found = await kit.desk.officer.search(sari, { q: 'rekl', cursor: null });
    expect(found.rows.map(({ contactName }) => contactName)).toEqual(['Nama Budi', 'Nama Dewi']);
    expect(found.hits[id]?.map(({ excerpt, direction }) => [direction, excerpt])).toEqual([
      ['note', 'berkas reklame kurang'],
      ['in', 'mau pasang reklame di dago'],
    ]);
    expect((await kit.desk.officer.search(sari, { q: 'bud', cursor: null })).contacts).toMatchObject([
      { name: 'Nama Budi', phone: '+62811****455' },
    ]);

    await kit.store.officers.putTeam({ id: 't1', name: 'Reklame' });
    await kit.desk.officer.transfer(ketua, id, { teamId: 't1', note: '' });
    const mine = await kit.desk.officer.search(sari, { q: 'reklame', cursor: null });
    expect(mine.rows.map(({ contactName }) => contactName)).toEqual(['Nama Dewi']);
    expect((await kit.desk.officer.search(sari, { q: 'bud', cursor: null })).contacts).toEqual([]);
    expect((await kit.desk.officer.search(ketua, { q: 'reklame', cursor: null })).rows).toHaveLength(2);
  });

  it('When a word stands in another form, then its stem finds and marks it, in the index and in the question alike', async () => {
    const { stem } = createStemmer({ protectedWords: new Set() });
    const kit = await createKit();
    const message = await kit.says('saya mengurus perizinan usaha');
    await indexMessages({ store: kit.store, stem });
    for (const typed of ['urus ', 'izin ', 'pengurusan izin ', 'mengur']) {
      const found = await kit.store.messages.search({ ...searchWords(typed, stem), teamIds: null, cursor: null, limit: 5 });
      expect([typed, found.rows.map(({ hits }) => hits.map(({ id }) => id))]).toEqual([typed, [[message.id]]]);
    }
    const { excerpt, marks } = excerptOf('saya mengurus perizinan usaha', searchWords('izin ', stem), stem);
    expect(marks.map(([from, to]) => excerpt.slice(from, to))).toEqual(['perizinan']);
  });
});
