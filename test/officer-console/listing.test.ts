// How lists lie on the screen, and where the keyboard goes.
import {
  countChanges,
  inView,
  layOut,
  neighbour,
  nextToAnswer,
  ROW_PX,
  withFurther,
} from '../../officer-console/logic/listing.ts';
import { makeRow } from './make.ts';

const rowsOf = (...ids: string[]) => ids.map((id) => makeRow({ id }));
const mine = (id: string, waitingSince: number | null) => makeRow({ id, state: 'officer', officerId: 'o1', waitingSince });

describe('a list on the screen', () => {
  it('When mine is laid out, then those to answer come under one heading and the rest under another, numbered through', () => {
    const { items } = layOut('mine', [mine('a', 5), mine('b', 9), mine('c', null)]);
    expect(
      items.map((item) => (item.kind === 'head' ? `${item.group} ${item.count}` : `${item.row.id} ${item.position}`)),
    ).toEqual(['answer 2', 'a 0', 'b 1', 'wait 1', 'c 2']);
    expect(layOut('mine', [mine('c', null)]).items).toHaveLength(2);
  });

  it('When 10,000 rows are scrolled, then only those in view and a few more are drawn, and each row of the list is drawn somewhere', () => {
    const layout = layOut(
      'all',
      Array.from({ length: 10_000 }, (_, i) => makeRow({ id: `c${i}` })),
    );
    expect(layout.height).toBe(10_000 * ROW_PX);
    const drawn = new Set<string>();
    for (let top = 0; top < layout.height; top += 700) {
      const items = inView(layout, top, top + 800);
      expect(items.length).toBeLessThan(35);
      for (const item of items) if (item.kind === 'row') drawn.add(item.row.id);
    }
    expect(drawn.size).toBe(10_000);
    expect(inView(layout, layout.height + 5000, layout.height + 6000).length).toBeLessThan(35);
  });

  it.each([
    ['nothing happened', rowsOf('a', 'b', 'c'), 0],
    ['one came', rowsOf('a', 'b', 'c', 'd'), 1],
    ['one went', rowsOf('a', 'c'), 1],
    ['one came and one went', rowsOf('b', 'c', 'd'), 2],
    ['two changed places', rowsOf('b', 'a', 'c'), 2],
  ])('When the order is held still and %s, then the hint counts it', (_name, now, changes) => {
    expect(countChanges(rowsOf('a', 'b', 'c'), now)).toBe(changes);
  });

  it.each([
    ['a further page came', ['a', 'b', 'c', 'd', 'e'], 'abcde'],
    ['one came between', ['a', 'x', 'b', 'c'], 'abc'],
    ['the last one moved to the top', ['c', 'a', 'b', 'd'], 'abcd'],
    ['all of them left', ['x', 'y'], 'abc'],
    ['nothing happened', ['a', 'b', 'c'], 'abc'],
  ])('When the order is held still and %s, then only what stands behind all of it is added', (_name, now, shown) => {
    expect(
      withFurther(rowsOf('a', 'b', 'c'), rowsOf(...now))
        .map(({ id }) => id)
        .join(''),
    ).toBe(shown);
  });
});

describe('where the keyboard goes', () => {
  it('When the next to answer is asked for, then it is the own one that waits longest, then the queue; from each of them the one behind it, and round again', () => {
    const own = [mine('late', 10), mine('later', 20), mine('calm', null)];
    const queue = rowsOf('q1', 'q2');
    expect(nextToAnswer(own, queue, null)).toEqual({ view: 'mine', id: 'late' });
    expect(nextToAnswer(own, queue, 'late')).toEqual({ view: 'mine', id: 'later' });
    expect(nextToAnswer([mine('calm', null)], queue, 'q1')).toEqual({ view: 'queue', id: 'q2' });
    const around = ['late', 'later', 'q1', 'q2', 'late'];
    for (const [at, id] of around.slice(1).entries()) expect(nextToAnswer(own, queue, around[at] ?? null)?.id).toBe(id);
    expect(nextToAnswer(own, queue, 'calm')).toEqual({ view: 'mine', id: 'late' });
    expect(nextToAnswer([mine('only', 5)], [], 'only')).toBeNull();
    expect(nextToAnswer([], [], null)).toBeNull();
  });

  it('When one step is taken, then it stays inside the list; without a place it begins at the top', () => {
    const ids = ['a', 'b', 'c'];
    expect([
      neighbour(ids, 'b', 1),
      neighbour(ids, 'c', 1),
      neighbour(ids, 'a', -1),
      neighbour(ids, 'gone', 1),
      neighbour([], null, 1),
    ]).toEqual(['c', 'c', 'a', 'a', null]);
  });
});
