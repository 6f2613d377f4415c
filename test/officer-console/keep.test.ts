import { createKeep } from '../../officer-console/logic/keep.ts';
import { makeShelf } from './make.ts';

const entry = {
  clientMessageId: 'client-0001',
  conversationId: 'a',
  kind: 'reply' as const,
  text: 'Siap.',
  at: 5,
  seen: 3,
  fileName: null,
};

describe('what an officer typed', () => {
  it('When a draft is written in A, then B and the note of A have none', () => {
    const keep = createKeep(makeShelf(), 'o1');
    keep.setDraft('reply', 'a', 'untuk A', 7);
    expect(keep.draft('reply', 'a')).toBe('untuk A');
    expect(keep.draft('reply', 'b')).toBe('');
    expect(keep.draft('note', 'a')).toBe('');
  });

  it('When the page is loaded again, then drafts and unsent messages are there, for the same officer only', () => {
    const shelf = makeShelf();
    const before = createKeep(shelf, 'o1');
    before.setDraft('note', 'a', 'cek berkas', 7);
    before.putUnsent(entry);
    const after = createKeep(shelf, 'o1');
    expect(after.draft('note', 'a')).toBe('cek berkas');
    expect(after.unsent()).toEqual([entry]);
    expect(createKeep(shelf, 'o2').isEmpty()).toBe(true);
  });

  it('When an officer signs out for good, then nothing of theirs stays and the colleague keeps everything', () => {
    const shelf = makeShelf();
    createKeep(shelf, 'o2').setDraft('reply', 'a', 'milik rekan', 7);
    const keep = createKeep(shelf, 'o1');
    keep.setDraft('reply', 'a', 'rahasia', 7);
    keep.putUnsent(entry);
    keep.clear();
    expect(keep.isEmpty()).toBe(true);
    expect([...shelf.content.keys()].filter((key) => !key.startsWith('loket:o2:'))).toEqual([]);
    expect(createKeep(shelf, 'o2').draft('reply', 'a')).toBe('milik rekan');
  });

  it('When a draft is emptied, then no trace of it stays', () => {
    const shelf = makeShelf();
    const keep = createKeep(shelf, 'o1');
    keep.setDraft('reply', 'a', 'x', 7);
    keep.setDraft('reply', 'a', '', 7);
    expect(shelf.content.size).toBe(0);
  });

  it('When a draft grows, then it remembers what was on the screen at its first letter, over a reload, until it is empty', () => {
    const shelf = makeShelf();
    const keep = createKeep(shelf, 'o1');
    expect(keep.seen('reply', 'a')).toBeNull();
    keep.setDraft('reply', 'a', 'B', 4);
    keep.setDraft('reply', 'a', 'Ba', 9);
    expect(createKeep(shelf, 'o1').seen('reply', 'a')).toBe(4);
    expect(keep.seen('note', 'a')).toBeNull();
    keep.setDraft('reply', 'a', '', 9);
    keep.setDraft('reply', 'a', 'Lagi', 9);
    expect(keep.seen('reply', 'a')).toBe(9);
  });

  it('When a message was kept by an older console, then it is still sent; a file is not kept', () => {
    const shelf = makeShelf();
    const { seen: _seen, fileName: _fileName, ...old } = entry;
    shelf.setItem('loket:o1:unsent:client-0001', JSON.stringify(old));
    const keep = createKeep(shelf, 'o1');
    keep.putUnsent({ ...entry, clientMessageId: 'client-0002', fileName: 'a.pdf' });
    expect(keep.unsent()).toEqual([{ ...entry, seen: null }]);
  });

  it('When the browser allows no storage, then the texts live as long as the page', () => {
    const shelf = makeShelf();
    shelf.setItem = () => {
      throw new Error('quota');
    };
    const keep = createKeep(shelf, 'o1');
    keep.setDraft('reply', 'a', 'tetap ada', 7);
    expect(keep.draft('reply', 'a')).toBe('tetap ada');
  });

  it('When the storage holds something foreign, then it is passed over', () => {
    const shelf = makeShelf();
    shelf.setItem('loket:o1:unsent:broken', '{');
    shelf.setItem('loket:o1:unsent:other', '{"text":1}');
    expect(createKeep(shelf, 'o1').unsent()).toEqual([]);
  });
});
