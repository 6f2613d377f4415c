// The store contract: permit files, their history, imports, watches, and the counters that bound guessing.
import type { PermitReport } from '../../src/desk/permitPort.ts';
import type { Store } from '../../src/desk/storePort.ts';
import { issued, report, returned, status } from '../support/permitKit.ts';
import { audit, pages, say } from '../support/storeKit.ts';

export function describePermits(get: () => Store): void {
  let made = 0;
  const put = (reports: PermitReport[], batch: string | null = null) =>
    get().permits.put(
      reports.map((one) => ({ id: `f_${++made}`, report: one })),
      batch,
    );
  const outcomes = async (...args: Parameters<typeof put>) => (await put(...args)).map(({ outcome }) => outcome);

  describe('permit files', () => {
    it('When a file is put, then each of its numbers finds it whole, and other numbers find nothing', async () => {
      const { permits } = get();
      expect(await permits.isEmpty()).toBe(true);
      const gampil = report({ system: 'GAMPIL', number: 'REG-1', otherNumbers: ['RESI-1'], submittedAt: 5, status: returned });
      const [done] = await put([gampil]);
      const { note: _, ...told } = gampil;
      expect(done?.outcome).toBe('added');
      for (const number of ['REG-1', 'RESI-1']) expect(await permits.find(number)).toEqual([{ ...told, id: done?.id }]);
      expect(await permits.find('REG-2')).toEqual([]);
      expect(await permits.isEmpty()).toBe(false);
      expect(await permits.get('nothing')).toBeNull();
      expect((await permits.get(done!.id))?.events).toMatchObject([{ stage: 'dikembalikan', batch: null, note: null }]);
    });

    it('When one number leads to many files, then the five newest are found', async () => {
      await put(
        Array.from({ length: 7 }, (_, i) => report({ system: 'OSS', number: `I-${i}`, otherNumbers: ['1234567890123'] })),
      );
      const found = await get().permits.find('1234567890123');
      expect(found.map(({ number }) => number)).toEqual(['I-6', 'I-5', 'I-4', 'I-3', 'I-2']);
    });

    it('When the same is told again, then only the time of hearing changes; older news changes nothing', async () => {
      const first = report({ status: { ...returned, since: 500 } });
      expect(await outcomes([first, first])).toEqual(['added', 'same']);
      expect(await outcomes([{ ...first, fetchedAt: 2000 }])).toEqual(['same']);
      expect(await outcomes([{ ...first, fetchedAt: 1999, status: issued }])).toEqual(['older']);
      expect(await outcomes([{ ...first, fetchedAt: 3000, status: { ...issued, since: 400 } }])).toEqual(['older']);
      const [file] = await get().permits.find(first.number);
      expect(file).toMatchObject({ fetchedAt: 2000, status: first.status });
      expect((await get().permits.get(file!.id))?.events).toHaveLength(1);
    });

    it('When the same note is told again, then it is no news; another one is', async () => {
      const noted = report({ note: 'KTP milik Asep' });
      expect(await outcomes([noted, { ...noted, fetchedAt: 2000 }])).toEqual(['added', 'same']);
      expect(await outcomes([{ ...noted, note: 'KTP milik Ujang', fetchedAt: 3000 }])).toEqual(['changed']);
    });

    it('When older news names a person nobody has named yet, then the person is kept and the position stays', async () => {
      const pushed = report({ status: issued, person: { name: null, phone: null, nikTail: null }, fetchedAt: 5000 });
      const older = report({ fetchedAt: 4000, otherNumbers: ['RESI-9'] });
      expect(await outcomes([pushed, older, older], 'b1')).toEqual(['added', 'changed', 'older']);
      expect(await get().permits.find('RESI-9')).toMatchObject([{ status: issued, person: older.person, fetchedAt: 5000 }]);
      expect(await get().permitWatches.due(null, 10)).toEqual([]);
      expect(await get().permits.undo('b1', 10)).toBe(2);
      expect(await get().permits.isEmpty()).toBe(true);
    });

    it('When it moves and its person is corrected, then the history grows and nothing known is lost', async () => {
      await put([report({ submittedAt: 7 })]);
      const person = { name: null, phone: '+628111', nikTail: null };
      expect(
        await outcomes([report({ status: returned, fetchedAt: 2000, person, service: null, note: 'KTP milik Asep' })]),
      ).toEqual(['changed']);
      const [file] = await get().permits.find('PBG-327312-01082023-01');
      expect(file).toMatchObject({
        submittedAt: 7,
        service: 'PBG',
        status: returned,
        person: { name: 'Euis Komariah', phone: '+628111', nikTail: '0001' },
      });
      const seen = await get().permits.get(file!.id);
      expect(seen?.events.map(({ stage, note }) => [stage, note])).toEqual([
        ['verifikasi_berkas', null],
        ['dikembalikan', 'KTP milik Asep'],
      ]);
    });

    it('When files wait for their applicant, then they are listed, longest first, page by page', async () => {
      await put([
        report({ number: 'A', status: { ...returned, since: 30 } }),
        report({ number: 'B', status: { ...returned, since: 10 } }),
        report({ number: 'C' }),
        report({ number: 'D', status: { ...returned, since: 20 } }),
      ]);
      const rows = await pages((cursor) => get().permits.waiting(cursor, 2));
      expect(rows.map(({ number }) => number)).toEqual(['B', 'D', 'A']);
    });

    it('When an import is taken back, then what it brought goes and what it changed is as before', async () => {
      const { permits } = get();
      await put([report({ number: 'A' })]);
      await put(
        [
          report({ number: 'A', status: returned, otherNumbers: ['A2'], fetchedAt: 2000 }),
          report({ number: 'B' }),
          report({ number: 'C' }),
        ],
        'b1',
      );
      await put([report({ number: 'C', status: issued, fetchedAt: 3000 })]);
      expect([await permits.undo('b1', 2), await permits.undo('b1', 2), await permits.undo('b1', 2)]).toEqual([2, 1, 0]);
      expect((await permits.find('A'))[0]).toMatchObject({ status: status(), fetchedAt: 1000 });
      expect(await permits.find('A2')).toEqual([]);
      expect(await permits.find('B')).toEqual([]);
      expect((await permits.find('C'))[0]?.status).toEqual(issued);
    });

    it('When an import is taken back that named another service or date, then they are as before too', async () => {
      const { permits } = get();
      await put([report({ number: 'A', submittedAt: 7 })]);
      await put([report({ number: 'A', service: 'Reklame', submittedAt: 9, status: returned, fetchedAt: 2000 })], 'b1');
      expect((await permits.find('A'))[0]).toMatchObject({ service: 'Reklame', submittedAt: 9 });
      await permits.undo('b1', 9);
      expect((await permits.find('A'))[0]).toMatchObject({ service: 'PBG', submittedAt: 7, status: status() });
    });

    it('When imports are recorded, then they are listed newest first, with one audit entry each time', async () => {
      const { permits, settings } = get();
      const batch = {
        id: 'b1',
        at: 1,
        by: 'o1',
        system: null,
        rows: 0,
        added: 0,
        changed: 0,
        refused: 0,
        state: 'running' as const,
      };
      await permits.putBatch(batch, audit({ id: 'a1' }));
      await permits.putBatch({ ...batch, id: 'b2', system: 'OSS' }, null);
      await permits.putBatch({ ...batch, rows: 9, refused: 2, state: 'done', by: 'other' }, null);
      expect(await permits.batches(9)).toEqual([
        { ...batch, id: 'b2', system: 'OSS' },
        { ...batch, rows: 9, refused: 2, state: 'done' },
      ]);
      expect((await settings.audit(9)).map(({ id }) => id)).toEqual(['a1']);
    });

    it('When time is over, then ended and silent files go, in small steps', async () => {
      const { permits } = get();
      await put([
        report({ number: 'A', status: { ...issued, since: 100 } }),
        report({ number: 'B', status: { ...issued, since: 900 } }),
        report({ number: 'C', fetchedAt: 50 }),
        report({ number: 'D' }),
      ]);
      expect(await permits.purge(500, 60, 1)).toBe(1);
      expect(await permits.purge(500, 60, 9)).toBe(1);
      expect(await permits.purge(500, 60, 9)).toBe(0);
      const left = await Promise.all(['A', 'B', 'C', 'D'].map((number) => permits.find(number)));
      expect(left.map(({ length }) => length)).toEqual([0, 1, 0, 1]);
    });

    it('When files are written anew, then all are passed once and still found', async () => {
      await put(['A', 'B', 'C'].map((number) => report({ number })));
      let place: number | null = 0;
      let steps = 0;
      for (; place !== null; steps++) place = await get().permits.rekey(place, 2);
      expect(steps).toBe(3);
      expect(await get().permits.find('B')).toHaveLength(1);
    });
  });

  describe('retention', () => {
    it('When contacts are looked for that are silent for long, then open and later ones stay, also when erased late', async () => {
      const { contacts, conversations, retention } = get();
      const [ani, budi] = [await say(get(), 'ani'), await say(get(), 'budi')];
      const future = Date.now() * 2;
      expect(await retention.idleContacts(future, null, 9)).toEqual({ ids: [], last: null });
      expect(await contacts.erase(ani.contact.id, audit({ id: 'a1' }), future)).toBeNull();
      const { id: conversationId, rev: expectedRev } = ani.conversation;
      const closed = { state: 'closed' as const, closedAt: 500 };
      const plan = { conversationId, expectedRev, messages: [], cover: null, patch: closed };
      await conversations.commit({ ...plan, facts: [], audit: [], now: 500 } as unknown as Parameters<
        typeof conversations.commit
      >[0]);
      expect((await retention.idleContacts(future, null, 9)).ids).toEqual([ani.contact.id]);
      expect((await retention.idleContacts(500, null, 9)).ids).toEqual([]);
      expect(await contacts.erase(ani.contact.id, audit({ id: 'a2' }), 500)).toBeNull();
      expect(await contacts.erase(ani.contact.id, audit({ id: 'a3' }), future)).toMatchObject({ conversations: 1 });
      expect(await contacts.get(budi.contact.id)).not.toBeNull();
    });

    it('When audit entries are old, then the oldest go in small steps', async () => {
      const { permits, retention, settings } = get();
      for (const at of [1, 2, 3]) await permits.putBatch(batchOf(`b${at}`), audit({ id: `a${at}`, at }));
      expect([await retention.forgetAudit(3, 1), await retention.forgetAudit(3, 9), await retention.forgetAudit(3, 9)]).toEqual([
        1, 1, 0,
      ]);
      expect((await settings.audit(9)).map(({ id }) => id)).toEqual(['a3']);
    });
  });

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

const batchOf = (id: string) => ({
  ...{ id, at: 1, by: 'o1', system: null, rows: 0, added: 0, changed: 0, refused: 0 },
  state: 'done' as const,
});
