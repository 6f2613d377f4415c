import type { Outgoing } from '../../web-widget/outgoing.ts';
import { emptyTimeline, merge, mergeStatus, nextChapter, toItems } from '../../web-widget/timeline.ts';
import { message } from './support.ts';

const own = (part: Partial<Outgoing> & { clientMessageId: string }): Outgoing => ({
  text: 'own',
  order: 1,
  state: 'waiting',
  seq: null,
  ...part,
});
const keys = (...args: Parameters<typeof toItems>): string[] => toItems(...args).map((item) => item.key);

describe('timeline', () => {
  it('When messages arrive in any order and twice, then each is shown once, by seq', () => {
    const timeline = merge(merge(emptyTimeline, [message({ seq: 3 }), message({ seq: 1 })]), [
      message({ seq: 2 }),
      message({ seq: 3 }),
    ]);
    expect(keys(timeline, [])).toEqual(['m1', 'm2', 'm3']);
  });

  it('When an older version comes after a newer one, then the newer stays', () => {
    const edited = message({ seq: 1, rev: 9, text: 'new', edited: true });
    expect(toItems(merge(merge(emptyTimeline, [edited]), [message({ seq: 1 })]), [])[0]).toMatchObject({
      text: 'new',
      edited: true,
    });
    expect(toItems(merge(merge(emptyTimeline, [message({ seq: 1 })]), [edited]), [])[0]).toMatchObject({
      text: 'new',
      edited: true,
    });
  });

  it('When own messages wait, then they stand below, refused ones too, in the order written', () => {
    const outgoing = [
      own({ clientMessageId: 'refused', order: 5, state: 'failed' }),
      own({ clientMessageId: 'second', order: 7 }),
      own({ clientMessageId: 'first', order: 6 }),
    ];
    const timeline = merge(emptyTimeline, [message({ seq: 8 })]);
    expect(keys(timeline, outgoing)).toEqual(['m8', 'refused', 'first', 'second']);
    expect(toItems(timeline, outgoing).map((item) => item.delivery)).toEqual([null, 'failed', 'waiting', 'waiting']);
  });

  it('When an own message is acknowledged, then it takes its place by seq, and its copy replaces it under the same key', () => {
    const echo = own({ clientMessageId: 'mine-0001', state: 'sent', seq: 2 });
    const before = merge(emptyTimeline, [message({ seq: 1 }), message({ seq: 3 })]);
    expect(keys(before, [echo])).toEqual(['m1', 'mine-0001', 'm3']);
    const copy = message({ seq: 2, direction: 'in', author: 'contact', clientMessageId: 'mine-0001', state: 'received' });
    expect(keys(merge(before, [copy]), [echo])).toEqual(['m1', 'mine-0001', 'm3']);
    expect(toItems(merge(before, [copy]), [echo])[1]).toMatchObject({ delivery: 'sent', clientMessageId: null });
  });

  it('When another conversation begins, then its messages come after the earlier ones although seq begins again', () => {
    const later = merge(nextChapter(merge(emptyTimeline, [message({ seq: 1 }), message({ seq: 2 })])), [
      message({ seq: 1, id: 'n1' }),
    ]);
    expect(keys(later, [])).toEqual(['m1', 'm2', 'n1']);
    // A late change of an earlier message does not move it.
    expect(keys(merge(later, [message({ seq: 2, rev: 9, deleted: true })]), [])).toEqual(['m1', 'm2', 'n1']);
  });

  it('When a delivery state arrives, then it is kept unless it is older or of an unknown message', () => {
    const timeline = merge(emptyTimeline, [message({ seq: 1, rev: 5 })]);
    const stateOf = (next: typeof timeline) => next.placed.get('m1')?.message.state;
    expect(stateOf(mergeStatus(timeline, { id: 'm1', seq: 1, rev: 6, state: 'read' }))).toBe('read');
    expect(stateOf(mergeStatus(timeline, { id: 'm1', seq: 1, rev: 4, state: 'failed' }))).toBe('sent');
    expect(mergeStatus(timeline, { id: 'other', seq: 2, rev: 6, state: 'read' })).toBe(timeline);
  });
});
