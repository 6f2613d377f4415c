// The store contract: permit files, their history, imports, watches, and the counters that bound guessing.
import type { PermitReport } from '../../src/desk/permitPort.ts';
import type { Store } from '../../src/desk/storePort.ts';
import { issued, report, returned, status } from '../support/permitKit.ts';
import { audit, pages } from '../support/storeKit.ts';

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

    it('When a file names another phone, then it is marked as another holder, and as the old one again when that is taken back', async () => {
      const first = report({ system: 'GAMPIL', number: 'REG-1' });
      const [file, other] = await put([first, { ...first, number: 'REG-2' }]);
      const holder = async (id = file!.id) => (await get().permits.get(id))?.holder;
      const before = await holder();
      expect(before).toMatch(/./);
      expect(before).not.toContain('81234565678');
      expect(await holder(other!.id)).not.toBe(before);
      await put([{ ...first, fetchedAt: 2000, status: issued, person: { ...first.person, phone: '081234565678' } }]);
      expect(await holder()).toBe(before);
      await put([{ ...first, fetchedAt: 3000, person: { ...first.person, phone: '+62811' } }], 'b1');
      expect(await holder()).not.toBe(before);
      await get().permits.undo('b1', 10);
      expect(await holder()).toBe(before);
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
}
