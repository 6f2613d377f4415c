// Changing the data key on a real file: contacts, phones, permit files, notes; beside an open server, cut in the middle, then without the old key.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import Database from 'better-sqlite3';
import { indexContacts } from '../../src/desk/searchIndex.ts';
import type { DataKey } from '../../src/store/dataKeys.ts';
import { openStore } from '../../src/store/openStore.ts';
import { rekeyFile } from '../../src/store/sqlite/rekey.ts';
import { report, returned } from '../support/permitKit.ts';
import { inbound } from '../support/storeKit.ts';
import { tempDir } from '../support/tempStore.ts';

const root = path.join(import.meta.dirname, '..', '..');
const old: DataKey = { id: 'old', key: randomBytes(32) };
const fresh: DataKey = { id: 'new', key: randomBytes(32) };
const PEOPLE = 450;
const FILES = 450;
const phoneOf = (n: number) => `+62812000${String(n).padStart(5, '0')}`;
const numberOf = (n: number) => `PBG-327312-01082023-${n}`;

describe('changing the data key', () => {
  let folder: ReturnType<typeof tempDir>;
  const open = (keys: DataKey[], role: 'server' | 'tool' = 'server') => openStore({ dataDir: folder.dir, keys, role });
  const never = () => false;

  beforeEach(async () => {
    folder = tempDir();
    const { store, close } = open([old]);
    for (let n = 0; n < PEOPLE; n++)
      await store.conversations.receive({
        contact: { channel: 'telegram', accountId: '1', externalId: `${n}`, name: `Warga Nomor${n}`, phone: phoneOf(n) },
        ...{ newContactId: `p${n}`, newConversationId: `c${n}`, reuseClosedSince: 0, now: 1, message: inbound() },
      });
    const files = (status = returned) =>
      Array.from({ length: FILES }, (_, n) => ({
        id: `f${n}`,
        report: report({ number: numberOf(n), status, note: `catatan ${n}`, fetchedAt: status === returned ? 1000 : 2000 }),
      }));
    for (let at = 0; at < FILES; at += 200) await store.permits.put(files().slice(at, at + 200), null);
    for (let at = 0; at < FILES; at += 200)
      await store.permits.put(files({ ...returned, reason: null }).slice(at, at + 200), null);
    await indexContacts({ store }, never);
    await close();
  });
  afterEach(() => folder.remove());

  /** Key ids that stand before sealed fields, anywhere in the file. */
  const keysInFile = (): string[] => {
    const db = new Database(path.join(folder.dir, 'loket.db'), { readonly: true });
    const ids = db
      .prepare(
        `SELECT DISTINCT substr(v, 1, instr(v, ':') - 1) FROM (
           SELECT name AS v FROM contacts UNION ALL SELECT phone FROM contacts UNION ALL SELECT sealed FROM permits
           UNION ALL SELECT sealed FROM permit_events UNION ALL SELECT note FROM permit_events) WHERE v IS NOT NULL`,
      )
      .pluck()
      .all() as string[];
    db.close();
    return ids.sort();
  };

  async function holds(keys: DataKey[]): Promise<void> {
    const { store, close } = open(keys);
    await indexContacts({ store }, never);
    for (const n of [0, 199, 200, PEOPLE - 1]) {
      expect((await store.contacts.findByPhone(phoneOf(n))).map(({ id }) => id)).toEqual([`p${n}`]);
      expect((await store.contacts.search([`nomor${n}`], null, 5)).map(({ name }) => name)).toContain(`Warga Nomor${n}`);
      const [file] = await store.permits.find(numberOf(n));
      expect(file?.person).toEqual(report().person);
      const notes = (await store.permits.get(file?.id ?? ''))?.events.map(({ note }) => note);
      expect(notes).toEqual([`catatan ${n}`, `catatan ${n}`]);
    }
    await close();
  }

  it('When it is cut in the middle and run again beside an open server, then all is under the new key and found without the old one', async () => {
    const server = open([fresh, old]);
    let steps = 0;
    const cut = () => {
      steps += 1;
      if (steps === 4) throw new Error('killed');
    };
    await expect(rekeyFile({ dataDir: folder.dir, keys: [fresh, old], onProgress: cut })).rejects.toThrow('killed');
    expect(keysInFile()).toEqual(['new', 'old']);
    // The server goes on meanwhile, with both.
    expect(await server.store.permits.find(numberOf(5))).toHaveLength(1);
    expect(await server.store.contacts.findByPhone(phoneOf(5))).toHaveLength(1);
    await server.store.contacts.update('p5', { name: 'Nama Baru' });
    const done = await rekeyFile({ dataDir: folder.dir, keys: [fresh, old] });
    // It went on where it was cut: contacts were done, and the first step of the files.
    expect(done).toEqual({ contacts: 0, permits: FILES - 200, left: 0 });
    await server.close();
    expect(keysInFile()).toEqual(['new']);
    await holds([fresh]);
  });

  it('When a server that does not know the new key writes meanwhile, then the fields that are left are counted', async () => {
    const server = open([old]);
    await rekeyFile({
      dataDir: folder.dir,
      keys: [fresh, old],
      onProgress: ({ permits }) =>
        void (permits === 0 && server.store.contacts.update('p3', { unreachable: true }).catch(() => {})),
    });
    await server.store.conversations.open({
      contact: { channel: 'telegram', accountId: '1', externalId: 'late', name: 'Terlambat', phone: null },
      ...{ newContactId: 'late', newConversationId: 'late', reuseClosedSince: 0, now: 1 },
    });
    await server.close();
    const again = await rekeyFile({ dataDir: folder.dir, keys: [fresh, old] });
    expect(again).toMatchObject({ contacts: 1, left: 0 });
  });

  it('When the command runs, then it says what it did; with one key it says what to do', () => {
    const base64 = ({ id, key }: DataKey) => `${id}:${key.toString('base64')}`;
    const run = (DATA_KEYS: string) =>
      spawnSync(process.execPath, ['--import', 'tsx', 'scripts/keysRotate.ts'], {
        ...{ cwd: root, encoding: 'utf8', env: { PATH: process.env.PATH, DATA_DIR: folder.dir, DATA_KEYS } },
      });
    const alone = run(base64(old));
    expect([alone.status, alone.stderr]).toEqual([1, expect.stringContaining('Put a new one first in DATA_KEYS')]);
    const both = run(`${base64(fresh)},${base64(old)}`);
    expect([both.status, both.stderr]).toEqual([0, '']);
    expect(both.stdout).toContain(`${PEOPLE} contacts and ${FILES} permit files written anew`);
    expect(both.stdout).not.toContain(fresh.key.toString('base64'));
    expect(keysInFile()).toEqual(['new']);
  });
});
