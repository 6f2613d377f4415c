// Changing the data key, as every store must do it: contacts, phones, permit files, notes; beside an open server, cut in the middle, then
// without the old key.
import { randomBytes } from 'node:crypto';
import { indexContacts } from '../../src/desk/searchIndex.ts';
import type { Store } from '../../src/desk/storePort.ts';
import type { DataKey } from '../../src/store/dataKeys.ts';
import { type RekeyEnd, rekeyStore } from '../../src/store/rekey.ts';
import { report, returned } from '../support/permitKit.ts';
import { inbound } from '../support/storeKit.ts';

export const old: DataKey = { id: 'old', key: randomBytes(32) };
export const fresh: DataKey = { id: 'new', key: randomBytes(32) };
const PEOPLE = 12;
const FILES = 12;
const CHUNK = 5;
const phoneOf = (n: number) => `+62812000${String(n).padStart(5, '0')}`;
const numberOf = (n: number) => `PBG-327312-01082023-${n}`;

export interface RekeyRig {
  /** The store as a server has it. */
  open(keys: DataKey[]): Promise<{ store: Store; close(): Promise<void> }>;
  rekey(keys: DataKey[]): RekeyEnd | Promise<RekeyEnd>;
  /** Key ids that stand before sealed fields, anywhere; sorted, each once. */
  keyIds(): Promise<string[]>;
  /** Runs the command with these `DATA_KEYS`. */
  command(keys: DataKey[]): Promise<{ code: number | null; stdout: string; stderr: string }>;
  remove(): Promise<void>;
}

/** @param make a place for an empty store; called before each test */
export function describeRekey(name: string, make: () => Promise<RekeyRig>): void {
  describe(`changing the data key on ${name}`, () => {
    let rig: RekeyRig;
    const telegram = { channel: 'telegram' as const, accountId: '1' };

    beforeEach(async () => {
      rig = await make();
      const { store, close } = await rig.open([old]);
      const receive = (n: number) =>
        store.conversations.receive({
          contact: { ...telegram, externalId: `${n}`, name: `Warga Nomor${n}`, phone: phoneOf(n) },
          ...{ newContactId: `p${n}`, newConversationId: `c${n}`, reuseClosedSince: 0, now: 1, message: inbound() },
        });
      await Promise.all(Array.from({ length: PEOPLE }, (_, n) => receive(n)));
      const files = (status = returned) =>
        Array.from({ length: FILES }, (_, n) => ({
          id: `f${n}`,
          report: report({ number: numberOf(n), status, note: `catatan ${n}`, fetchedAt: status === returned ? 1000 : 2000 }),
        }));
      await store.permits.put(files(), null);
      await store.permits.put(files({ ...returned, reason: null }), null);
      const [gone] = await store.permits.put([{ id: 'gone', report: report({ number: 'GONE' }) }], 'b1');
      await store.permitWatches.watch({ id: 'w1', permitId: gone!.id, contactId: 'p1', at: 1 });
      await store.permits.undo('b1', 9);
      await indexContacts({ store });
      await close();
    });
    afterEach(() => rig.remove());

    const run = async (keys: DataKey[], onProgress?: (done: { contacts: number; permits: number }) => void) =>
      rekeyStore(await rig.rekey(keys), { key: keys[0]!.id, chunk: CHUNK, ...(onProgress && { onProgress }) });

    async function holds(keys: DataKey[]): Promise<void> {
      const { store, close } = await rig.open(keys);
      await indexContacts({ store });
      for (const n of [0, CHUNK - 1, CHUNK, PEOPLE - 1]) {
        expect((await store.contacts.findByPhone(phoneOf(n))).map(({ id }) => id)).toEqual([`p${n}`]);
        expect((await store.contacts.search([`nomor${n}`], null, 5)).map(({ name }) => name)).toContain(`Warga Nomor${n}`);
        const [file] = await store.permits.find(numberOf(n));
        expect(file?.person).toEqual(report().person);
        const notes = (await store.permits.get(file?.id ?? ''))?.events.map(({ note }) => note);
        expect(notes).toEqual([`catatan ${n}`, `catatan ${n}`]);
      }
      expect(await store.permitWatches.ended(null, 9)).toMatchObject([{ id: 'w1', number: 'GONE' }]);
      await close();
    }

    it('When it is cut in the middle and run again beside an open server, then all is under the new key and found without the old one', async () => {
      const server = await rig.open([fresh, old]);
      let steps = 0;
      const cut = () => {
        steps += 1;
        if (steps === 4) throw new Error('killed');
      };
      await expect(run([fresh, old], cut)).rejects.toThrow('killed');
      expect(await rig.keyIds()).toEqual(['new', 'old']);
      // The server goes on meanwhile, with both.
      expect(await server.store.permits.find(numberOf(FILES - 1))).toHaveLength(1);
      expect(await server.store.contacts.findByPhone(phoneOf(PEOPLE - 1))).toHaveLength(1);
      await server.store.contacts.update('p6', { name: 'Nama Baru' });
      // It goes on where it was cut: contacts were done, and the first step of the files.
      expect(await run([fresh, old])).toEqual({ contacts: 0, permits: FILES - CHUNK, left: 0 });
      await server.close();
      expect(await rig.keyIds()).toEqual(['new']);
      await holds([fresh]);
      // A run that ended leaves no place to go on at.
      expect(await run([fresh])).toMatchObject({ contacts: 0, permits: FILES });
    });

    it('When a server that does not know the new key writes meanwhile, then what is left is counted and written by the next run', async () => {
      const server = await rig.open([old]);
      const late = {
        contact: { ...telegram, externalId: 'late', name: 'Terlambat', phone: null },
        ...{ newContactId: 'p0late', newConversationId: 'late', reuseClosedSince: 0, now: 1 },
      };
      let written: Promise<unknown> | null = null;
      const first = await run([fresh, old], ({ permits }) => {
        if (permits >= CHUNK) written ??= server.store.conversations.open(late);
      });
      await written;
      expect([0, 1]).toContain(first.left); // the count may come before the write
      await server.close();
      expect(await run([fresh, old])).toMatchObject({ contacts: 1, left: 0 });
      expect(await rig.keyIds()).toEqual(['new']);
    });

    it('When a name is known under the older key only, then it says so, and given again it outlives that key', async () => {
      const alias = { ...telegram, kind: 'phone' as const, value: phoneOf(1) };
      const before = await rig.open([old]);
      await before.store.identities.give('p1', [alias]);
      await before.close();
      const both = await rig.open([fresh, old]);
      expect(await both.store.identities.find([alias])).toEqual([{ ...alias, contactId: 'p1', isOld: true }]);
      await both.store.identities.give('p1', [alias]);
      await both.close();
      await run([fresh, old]);
      const after = await rig.open([fresh]);
      expect(await after.store.identities.find([alias])).toEqual([{ ...alias, contactId: 'p1' }]);
      await after.close();
    });

    it('When the command runs, then it says what it did; with one key it says what to do', async () => {
      const alone = await rig.command([old]);
      expect(alone).toMatchObject({ code: 1, stderr: expect.stringContaining('Put a new one first in DATA_KEYS') });
      const both = await rig.command([fresh, old]);
      expect(both.code).toBe(0);
      expect(both.stdout).toContain(`${PEOPLE} contacts and ${FILES} permit files written anew`);
      expect(both.stdout).not.toContain(fresh.key.toString('base64'));
      expect(await rig.keyIds()).toEqual(['new']);
      await holds([fresh]);
    });
  });
}
