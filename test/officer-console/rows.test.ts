import { countText, emptyList, firstPage, mergeRows, nextPage } from '../../officer-console/logic/rows.ts';
import { makeRow } from './make.ts';

const queued = (id: string, queuedAt: number, rev = 1) => makeRow({ id, queuedAt, rev });
const ids = (list: { rows: { id: string }[] }) => list.rows.map((row) => row.id);

describe('lists of conversations', () => {
  it('When a citizen joins the queue, then the row stands where the longest wait comes first', () => {
    const list = firstPage({ rows: [queued('a', 10), queued('c', 30)], cursor: null }, [], 'queue', 'o1');
    expect(ids(mergeRows(list, [queued('b', 20)], 'queue', 'o1'))).toEqual(['a', 'b', 'c']);
  });

  it('When a colleague takes a conversation, then it leaves the queue and does not enter mine', () => {
    const list = firstPage({ rows: [queued('a', 10)], cursor: null }, [], 'queue', 'o1');
    const taken = makeRow({ id: 'a', state: 'officer', officerId: 'o2', rev: 2 });
    expect(ids(mergeRows(list, [taken], 'queue', 'o1'))).toEqual([]);
    expect(ids(mergeRows(emptyList, [taken], 'mine', 'o1'))).toEqual([]);
    expect(ids(mergeRows(emptyList, [taken], 'mine', 'o2'))).toEqual(['a']);
  });

  it('When an older copy comes late, then the newer one stays', () => {
    const list = firstPage(
      { rows: [makeRow({ id: 'a', queuedAt: 1, rev: 5, preview: 'baru' })], cursor: null },
      [],
      'queue',
      'o1',
    );
    const late = makeRow({ id: 'a', state: 'closed', rev: 4, preview: 'lama' });
    expect(mergeRows(list, [late], 'queue', 'o1')).toBe(list);
  });

  it('When the list is read afresh, then rows that left unnoticed go, and what was told meanwhile counts', () => {
    const meanwhile = [makeRow({ id: 'b', state: 'officer', officerId: 'o2', rev: 9 }), queued('new', 40)];
    const list = firstPage({ rows: [queued('a', 10), queued('b', 20)], cursor: 'next' }, meanwhile, 'queue', 'o1');
    expect(ids(list)).toEqual(['a', 'new']);
    expect(list.cursor).toBe('next');
  });

  it('When the next page overlaps with what is there, then no row stands twice', () => {
    const list = firstPage({ rows: [queued('a', 10), queued('b', 20)], cursor: 'next' }, [], 'queue', 'o1');
    const more = nextPage(list, { rows: [queued('b', 20), queued('c', 30)], cursor: null }, 'queue', 'o1');
    expect(ids(more)).toEqual(['a', 'b', 'c']);
    expect(more.cursor).toBeNull();
  });

  it('When somebody only opened the widget, then there is nothing to list', () => {
    expect(ids(mergeRows(emptyList, [makeRow({ state: 'bot', lastInboundAt: null })], 'all', 'o1'))).toEqual([]);
  });

  it('When mine is shown, then those who wait come first, longest first, then the newest talk', () => {
    const held = (id: string, waitingSince: number | null, lastInboundAt: number) =>
      makeRow({ id, state: 'officer', officerId: 'o1', waitingSince, lastInboundAt });
    const rows = [held('quiet', null, 50), held('short', 40, 40), held('newest', null, 60), held('long', 10, 10)];
    expect(ids(mergeRows(emptyList, rows, 'mine', 'o1'))).toEqual(['long', 'short', 'newest', 'quiet']);
  });

  it('When more pages wait, then the count says so', () => {
    expect(countText(emptyList)).toBe('');
    expect(countText({ rows: [], cursor: null, loaded: true })).toBe('0');
    expect(countText({ rows: [queued('a', 1)], cursor: 'next', loaded: true })).toBe('1+');
  });
});
