import { createOutgoing } from '../../web-widget/outgoing.ts';
import type { KeyValue } from '../../web-widget/storage.ts';
import { counter, fakeStorage } from './support.ts';

const open = (storage: KeyValue, now: () => number = () => 1_000, prefix?: string) =>
  createOutgoing({ storage, now, newId: counter(prefix) });

describe('outgoing', () => {
  it('When the page is loaded again, then what was not acknowledged waits again, in its order and under its ids', () => {
    const storage = fakeStorage();
    const before = open(storage);
    for (const text of ['a', 'b', 'c']) before.add(text);
    before.add('Cek status', 'status');
    before.accepted('id-000002', 7);
    expect(open(storage).list()).toEqual([
      { clientMessageId: 'id-000001', text: 'a', order: 1_000, state: 'waiting', seq: null },
      { clientMessageId: 'id-000003', text: 'c', order: 1_002, state: 'waiting', seq: null },
      { clientMessageId: 'id-000004', text: 'Cek status', button: 'status', order: 1_003, state: 'waiting', seq: null },
    ]);
  });

  it('When the clock is set back, then a later message still goes later', () => {
    const times = [5_000, 10];
    const outgoing = open(fakeStorage(), () => times.shift() ?? 0);
    outgoing.add('first');
    outgoing.add('second');
    expect(outgoing.list().map((entry) => entry.text)).toEqual(['first', 'second']);
  });

  it('When two tabs write at once, then neither loses a message of the other', () => {
    const storage = fakeStorage();
    const [one, two] = [open(storage, () => 1, 'one'), open(storage, () => 2, 'two')];
    one.add('from one');
    two.add('from two');
    expect(
      open(storage)
        .list()
        .map((entry) => entry.text),
    ).toEqual(['from one', 'from two']);
  });

  it('When a message was refused, then it leaves the line, keeps its place on disk, and may be tried again under its id', () => {
    const storage = fakeStorage();
    const outgoing = open(storage);
    outgoing.add('bad');
    outgoing.add('good');
    outgoing.refused('id-000001', 'invalid');
    expect(outgoing.next()?.text).toBe('good');
    const reloaded = open(storage);
    expect(reloaded.list()[0]).toMatchObject({ clientMessageId: 'id-000001', state: 'failed' });
    reloaded.retry('id-000001');
    expect(reloaded.list().map((entry) => [entry.clientMessageId, entry.state])).toEqual([
      ['id-000002', 'waiting'],
      ['id-000001', 'waiting'],
    ]);
  });

  it('When a refused message is deleted, then it does not come back', () => {
    const storage = fakeStorage();
    const outgoing = open(storage);
    outgoing.add('bad');
    outgoing.refused('id-000001', 'invalid');
    outgoing.drop('id-000001');
    expect(outgoing.list()).toEqual([]);
    expect(open(storage).list()).toEqual([]);
  });

  it('When the acknowledgement comes after the server copy took its place, then nothing reappears', () => {
    const outgoing = open(fakeStorage());
    outgoing.add('a');
    outgoing.drop('id-000001');
    outgoing.accepted('id-000001', 1);
    outgoing.refused('id-000001', 'invalid');
    expect(outgoing.list()).toEqual([]);
  });

  it('When a stored value is damaged, then it is thrown away and the others are kept', () => {
    const storage = fakeStorage();
    open(storage).add('whole');
    storage.set('loket.out.broken', '{"clientMessageId":');
    storage.set('loket.out.strange', '[1]');
    storage.set('other', 'untouched');
    expect(
      open(storage)
        .list()
        .map((entry) => entry.text),
    ).toEqual(['whole']);
    expect(storage.keys().sort()).toEqual(['loket.out.id-000001', 'other']);
  });
});
