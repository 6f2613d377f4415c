import { noFilter } from '../../officer-console/logic/route.ts';
import { countText, emptyList, firstPage, mergeRows, nextPage } from '../../officer-console/logic/rows.ts';
import type { ConversationView } from '../../src/contract/conversation.ts';
import { makeRow } from './make.ts';

const queued = (id: string, queuedAt: number, rev = 1) => makeRow({ id, queuedAt, rev });
const o1 = (view: ConversationView, filter = noFilter) => ({ view, officerId: 'o1', filter });
const o2 = (view: ConversationView) => ({ ...o1(view), officerId: 'o2' });
const ids = (list: { rows: { id: string }[] }) => list.rows.map((row) => row.id);

describe('lists of conversations', () => {
  it('When a citizen joins the queue, then the row stands where the longest wait comes first', () => {
    const list = firstPage({ rows: [queued('a', 10), queued('c', 30)], cursor: null }, [], o1('queue'));
    expect(ids(mergeRows(list, [queued('b', 20)], o1('queue')))).toEqual(['a', 'b', 'c']);
  });

  it('When a colleague takes a conversation, then it leaves the queue and does not enter mine', () => {
    const list = firstPage({ rows: [queued('a', 10)], cursor: null }, [], o1('queue'));
    const taken = makeRow({ id: 'a', state: 'officer', officerId: 'o2', rev: 2 });
    expect(ids(mergeRows(list, [taken], o1('queue')))).toEqual([]);
    expect(ids(mergeRows(emptyList, [taken], o1('mine')))).toEqual([]);
    expect(ids(mergeRows(emptyList, [taken], o2('mine')))).toEqual(['a']);
  });

  it('When an older copy comes late, then the newer one stays', () => {
    const list = firstPage({ rows: [makeRow({ id: 'a', queuedAt: 1, rev: 5, preview: 'baru' })], cursor: null }, [], o1('queue'));
    const late = makeRow({ id: 'a', state: 'closed', rev: 4, preview: 'lama' });
    expect(mergeRows(list, [late], o1('queue'))).toBe(list);
  });

  it('When the list is read afresh, then rows that left unnoticed go, and what was told meanwhile counts', () => {
    const meanwhile = [makeRow({ id: 'b', state: 'officer', officerId: 'o2', rev: 9 }), queued('new', 40)];
    const list = firstPage({ rows: [queued('a', 10), queued('b', 20)], cursor: 'next' }, meanwhile, o1('queue'));
    expect(ids(list)).toEqual(['a', 'new']);
    expect(list.cursor).toBe('next');
  });

  it('When the first page is read again, then further pages that were read stay behind it, and what left the page is gone', () => {
    const place = o1('queue');
    const first = firstPage({ rows: [queued('a', 10), queued('b', 20)], cursor: 'p2' }, [], place);
    const both = nextPage(first, { rows: [queued('c', 30), queued('d', 40)], cursor: 'p3' }, place);
    const again = firstPage({ rows: [queued('b', 20), queued('new', 25)], cursor: 'p2' }, [], place, both);
    expect(ids(again)).toEqual(['b', 'new', 'c', 'd']);
    expect(again.cursor).toBe('p3');
    expect(ids(firstPage({ rows: [queued('b', 20)], cursor: null }, [], place, both))).toEqual(['b']);
  });

  it('When lists are narrowed, then a hint brings in what fits and takes out what no longer does', () => {
    const nib = o1('queue', { channel: 'telegram', teamId: null, tag: 'nib' });
    const list = mergeRows(emptyList, [makeRow({ id: 'a', tags: ['nib'] }), makeRow({ id: 'b', tags: ['pbg'] })], nib);
    expect(ids(list)).toEqual(['a']);
    expect(ids(mergeRows(list, [makeRow({ id: 'a', tags: [], rev: 2 })], nib))).toEqual([]);
    expect(ids(mergeRows(emptyList, [makeRow({ id: 'c', tags: ['nib'], channel: 'web' })], nib))).toEqual([]);
  });

  it('When the next page overlaps with what is there, then no row stands twice', () => {
    const list = firstPage({ rows: [queued('a', 10), queued('b', 20)], cursor: 'next' }, [], o1('queue'));
    const more = nextPage(list, { rows: [queued('b', 20), queued('c', 30)], cursor: null }, o1('queue'));
    expect(ids(more)).toEqual(['a', 'b', 'c']);
    expect(more.cursor).toBeNull();
  });

  it('When somebody only opened the widget, then there is nothing to list', () => {
    expect(ids(mergeRows(emptyList, [makeRow({ state: 'bot', lastInboundAt: null })], o1('all')))).toEqual([]);
  });

  it('When mine is shown, then those who wait come first, longest first, then the newest talk', () => {
    const held = (id: string, waitingSince: number | null, lastInboundAt: number) =>
      makeRow({ id, state: 'officer', officerId: 'o1', waitingSince, lastInboundAt });
    const rows = [held('quiet', null, 50), held('short', 40, 40), held('newest', null, 60), held('long', 10, 10)];
    expect(ids(mergeRows(emptyList, rows, o1('mine')))).toEqual(['long', 'short', 'newest', 'quiet']);
  });

  it('When more pages wait, then the count says so', () => {
    expect(countText(emptyList)).toBe('');
    expect(countText({ rows: [], cursor: null, loaded: true, stalled: null })).toBe('0');
    expect(countText({ rows: [queued('a', 1)], cursor: 'next', loaded: true, stalled: null })).toBe('1+');
    const many = Array.from({ length: 100 }, (_, i) => queued(`q${i}`, i));
    expect(countText({ rows: many, cursor: null, loaded: true, stalled: null })).toBe('99+');
  });
});
