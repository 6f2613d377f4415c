// The store contract: watches of permit files, what an undone import means for them, and the counters that bound guessing.
import type { PermitReport } from '../../src/desk/permitPort.ts';
import type { Store } from '../../src/desk/storePort.ts';
import { issued, report, returned, status } from '../support/permitKit.ts';
import { audit, say } from '../support/storeKit.ts';

export function describeWatches(get: () => Store): void {
  let made = 0;
  const put = (reports: PermitReport[], batch: string | null = null) =>
    get().permits.put(
      reports.map((one) => ({ id: `f_${++made}`, report: one })),
      batch,
    );

  describe('permit watches', () => {
    it('When a watched file moves, then it is due once for each move until it was told', async () => {
      const { permitWatches } = get();
      const { contact } = await say(get(), 'ani');
      const [{ id: permitId } = { id: '' }] = await put([report()]);
      const watch = { id: 'w1', permitId, contactId: contact.id, at: 5 };
      await permitWatches.watch(watch);
      await permitWatches.watch({ ...watch, id: 'w2' });
      expect(await permitWatches.watches(contact.id)).toEqual([watch]);
      expect(await permitWatches.due(null, 9)).toEqual([]);
      await put([
        report({ fetchedAt: 2000 }),
        report({ status: returned, fetchedAt: 3000 }),
        report({ status: issued, fetchedAt: 4000 }),
      ]);
      const [due] = await permitWatches.due(null, 9);
      expect(due).toMatchObject({ ...watch, event: { stage: 'dikembalikan' }, file: { status: { stage: 'terbit' } } });
      expect(await permitWatches.due('w1', 9)).toEqual([]);
      await permitWatches.told('w1', due!.event.n, null);
      await permitWatches.told('w1', 0, null);
      const [next] = await permitWatches.due(null, 9);
      expect(next?.event.stage).toBe('terbit');
      await permitWatches.told('w1', next!.event.n, 50);
      expect(await permitWatches.watches(contact.id)).toEqual([]);
    });

    it.each([1, 9])(
      'When a told move is taken back in steps of %i, then the old position is due, once, and the next move as ever',
      async (step) => {
        const { permits, permitWatches } = get();
        const { contact } = await say(get(), 'ani');
        const [{ id: permitId } = { id: '' }] = await put([report()]);
        await permitWatches.watch({ id: 'w1', permitId, contactId: contact.id, at: 5 });
        await put(
          [report({ status: returned, fetchedAt: 2000 }), report({ status: status({ stage: 'penetapan' }), fetchedAt: 3000 })],
          'b1',
        );
        const told: number[] = [];
        const tell = async () => {
          const [due] = await permitWatches.due(null, 9);
          if (due === undefined) return null;
          await permitWatches.told('w1', due.event.n, null);
          // The number of a move is part of the key of its message.
          expect(told).not.toContain(due.event.n);
          told.push(due.event.n);
          return due.event.stage;
        };
        expect([await tell(), await tell(), await tell()]).toEqual(['dikembalikan', 'penetapan', null]);
        while ((await permits.undo('b1', step)) > 0);
        expect([await tell(), await tell()]).toEqual(['verifikasi_berkas', null]);
        expect((await permits.find(report().number))[0]).toMatchObject({ status: status(), fetchedAt: 1000 });
        await put([report({ status: issued, fetchedAt: 4000 })]);
        expect([await tell(), await tell()]).toEqual(['terbit', null]);
      },
    );

    it('When a move that nobody was told of is taken back, then nothing is due, and the next one is', async () => {
      const { permits, permitWatches } = get();
      const { contact } = await say(get(), 'ani');
      const [{ id: permitId } = { id: '' }] = await put([report()]);
      await permitWatches.watch({ id: 'w1', permitId, contactId: contact.id, at: 5 });
      await put([report({ status: returned, fetchedAt: 2000 })], 'b1');
      await permits.undo('b1', 9);
      expect(await permitWatches.due(null, 9)).toEqual([]);
      await put([report({ status: issued, fetchedAt: 4000 })]);
      expect(await permitWatches.due(null, 9)).toMatchObject([{ event: { stage: 'terbit' } }]);
    });

    it('When the end of a watch is taken back, then whoever was told is told the old position, once, and the watch goes on', async () => {
      const { permits, permitWatches } = get();
      const [ani, budi, cici] = [await say(get(), 'ani'), await say(get(), 'budi'), await say(get(), 'cici')];
      const [{ id: permitId } = { id: '' }] = await put([report()]);
      for (const [id, { contact }] of Object.entries({ w1: ani, w2: budi, w3: cici }))
        await permitWatches.watch({ id, permitId, contactId: contact.id, at: 5 });
      await put([report({ status: issued, fetchedAt: 2000 })], 'b1');
      const ends = await permitWatches.due(null, 9);
      expect(ends).toMatchObject([
        { event: { stage: 'terbit' } },
        { event: { stage: 'terbit' } },
        { event: { stage: 'terbit' } },
      ]);
      for (const { id, event } of ends.slice(0, 2)) await permitWatches.told(id, event.n, 50);
      // One stops for good: the end is not theirs to hear corrected. Nobody heard of more after the end.
      expect(await permitWatches.unwatch(budi.contact.id, null)).toBe(0);
      expect(await permitWatches.watches(ani.contact.id)).toEqual([]);
      expect((await permitWatches.watched(null, 9)).map(({ id }) => id)).toEqual(['w3']);
      await permits.undo('b1', 9);
      const due = await permitWatches.due(null, 9);
      expect(due).toMatchObject([{ id: 'w1', event: { stage: 'verifikasi_berkas', batch: 'undo:b1' } }]);
      await permitWatches.told('w1', due[0]!.event.n, null);
      expect(await permitWatches.due(null, 9)).toEqual([]);
      expect(await permitWatches.watches(ani.contact.id)).toHaveLength(1);
      await put([report({ status: returned, fetchedAt: 3000 })]);
      expect((await permitWatches.due(null, 9)).map(({ id }) => id)).toEqual(['w1', 'w3']);
    });

    it('When a watch is over, then it can be asked for anew, and is forgotten after a while', async () => {
      const { permits, permitWatches } = get();
      const { contact } = await say(get(), 'ani');
      const [{ id: permitId } = { id: '' }] = await put([report()]);
      const watch = { id: 'w1', permitId, contactId: contact.id, at: 5 };
      await permitWatches.watch(watch);
      await put([report({ status: issued, fetchedAt: 2000 })], 'b1');
      const [end] = await permitWatches.due(null, 9);
      await permitWatches.told('w1', end!.event.n, 50);
      await permitWatches.watch({ ...watch, id: 'w2', at: 60 });
      expect(await permitWatches.watches(contact.id)).toEqual([{ ...watch, id: 'w2', at: 60 }]);
      expect(await permitWatches.due(null, 9)).toEqual([]);
      await permitWatches.told('w2', end!.event.n, 70);
      await permitWatches.prune(100, 71);
      await permits.undo('b1', 9);
      expect(await permitWatches.due(null, 9)).toEqual([]);
    });

    it('When a watched file is only corrected, then nothing is due', async () => {
      const { contact } = await say(get(), 'ani');
      const [{ id: permitId } = { id: '' }] = await put([report()]);
      await get().permitWatches.watch({ id: 'w1', permitId, contactId: contact.id, at: 5 });
      await put([report({ fetchedAt: 2000, note: 'ditelepon' }), report({ fetchedAt: 3000, service: 'PBG rumah' })]);
      expect(await get().permitWatches.due(null, 9)).toEqual([]);
    });

    it('When somebody stops, or is erased, then their watches end and others stay', async () => {
      const { permitWatches, contacts } = get();
      const [ani, budi] = [await say(get(), 'ani'), await say(get(), 'budi')];
      const files = await put([report({ number: 'A' }), report({ number: 'B' })]);
      for (const { contact } of [ani, budi])
        for (const { id } of files)
          await permitWatches.watch({ id: `${contact.id}${id}`, permitId: id, contactId: contact.id, at: 1 });
      const watched = async (after: string | null, limit: number) =>
        (await permitWatches.watched(after, limit)).map(({ id, file }) => [id, file.id]);
      const all = await watched(null, 9);
      expect(all.map(([, file]) => file).sort()).toEqual([...files, ...files].map(({ id }) => id).sort());
      expect([...(await watched(null, 1)), ...(await watched(all[0]![0]!, 9))]).toEqual(all);
      expect(await permitWatches.unwatch(ani.contact.id, files[0]!.id)).toBe(1);
      expect(await permitWatches.unwatch(ani.contact.id, null)).toBe(1);
      expect(await permitWatches.unwatch(ani.contact.id, null)).toBe(0);
      expect(await permitWatches.watches(budi.contact.id)).toHaveLength(2);
      await contacts.erase(budi.contact.id, audit());
      expect(await permitWatches.watches(budi.contact.id)).toEqual([]);
      expect(await watched(null, 9)).toEqual([]);
    });

    it('When tries are counted, then the first limit reached is told, nothing more is counted, and time ends it', async () => {
      const { permitWatches } = get();
      const keys = (a: string, b: string, until = 100) => [
        { key: a, limit: 2, until },
        { key: b, limit: 3, until },
      ];
      const spend = (a: string, b: string, now = 1, until = 100) => permitWatches.spend(keys(a, b, until), now);
      expect([await spend('a', 'x'), await spend('a', 'x'), await spend('a', 'x')]).toEqual([null, null, 0]);
      expect([await spend('b', 'x'), await spend('b', 'x'), await spend('b', 'y')]).toEqual([null, 1, null]);
      expect([
        await permitWatches.tries('a', 99),
        await permitWatches.tries('a', 100),
        await permitWatches.tries('c', 1),
      ]).toEqual([2, 0, 0]);
      expect(await spend('a', 'x', 100, 200)).toBeNull();
      await permitWatches.prune(200, 0);
      expect([await spend('a', 'x', 150, 300), await spend('a', 'x', 150, 300), await spend('a', 'x', 150, 300)]).toEqual([
        null,
        null,
        0,
      ]);
    });

    it('When many try at once, then no more than the limit are counted', async () => {
      const all = await Promise.all(
        Array.from({ length: 40 }, () => get().permitWatches.spend([{ key: 'n', limit: 5, until: 9 }], 1)),
      );
      expect(all.filter((one) => one === null)).toHaveLength(5);
    });
  });
}
