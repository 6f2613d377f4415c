// OSS pushing to `/webhook/oss`: who may, what is kept of it, what a repeat does; and what is nowhere afterwards.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Store } from '../../src/desk/ports.ts';
import { createOssPush } from '../../src/permits/connectors/ossPush.ts';
import { openDoors } from '../support/doors.ts';
import { createMemoryStore } from '../support/memoryStore.ts';
import { ossNib, ossNumber, ossPush, ossToken } from '../support/ossStandin.ts';
import { report, returned } from '../support/permitKit.ts';
import { openTempStore } from '../support/tempStore.ts';

const [username, password] = ['oss-kantor', 'rahasia-kantor-yang-panjang'];
/** 00:30 of 26 November in Bandung. */
const now = Date.UTC(2026, 10, 25, 17, 30);
const npwp = '012345678901000';
const token = (id = npwp, ymd = '20261126') => ossToken(username, password, id, ymd);

function setUp(store: Store = createMemoryStore()) {
  const logged: unknown[] = [];
  const put = (...line: unknown[]) => void logged.push(line);
  const log = { info: put, warn: put, error: put };
  const hook = createOssPush({
    username,
    password,
    timeZone: 'Asia/Jakarta',
    permits: store.permits,
    clock: { now: () => now },
    log,
  });
  const push = (body: unknown, headers: Record<string, string> = { token: token() }) =>
    hook.webhook({
      ...{ method: 'POST', headers, query: new URLSearchParams() },
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    });
  return { store, push, logged };
}
const kode = ({ body = '' }: { body?: string }) => JSON.parse(body).responreceiveNIB.kode;

it('When OSS pushes, then number, NIB, service and date are kept, found by both numbers, and provable only once somebody names the person', async () => {
  const { store, push } = setUp();
  const done = await push(ossPush());
  expect([done.status, kode(done)]).toEqual([200, 200]);
  const file = {
    ...{ system: 'OSS', number: ossNumber, otherNumbers: [ossNib], service: 'SPPL', fetchedAt: now },
    ...{ person: { name: null, phone: null, nikTail: null }, submittedAt: Date.UTC(2026, 10, 1, 17) },
    status: { stage: null, turn: 'unknown', codeRaw: null, textRaw: 'Tercatat di OSS', reason: null, since: null },
  };
  expect(await store.permits.find(ossNumber)).toMatchObject([file]);
  expect(await store.permits.find(ossNib)).toMatchObject([file]);
  // The export that names the person may be older than the push.
  await store.permits.put([{ id: 'f2', report: report({ system: 'OSS', number: ossNumber, fetchedAt: now - 5000 }) }], null);
  expect(await store.permits.find(ossNumber)).toMatchObject([{ ...file, person: report().person }]);
});

it('When the same push comes twice, then nothing is doubled; a push without a status does not move a file that has one', async () => {
  const { store, push } = setUp();
  await store.permits.put(
    [{ id: 'f1', report: report({ system: 'OSS', number: ossNumber, status: returned, fetchedAt: now - 5000 }) }],
    null,
  );
  for (let i = 0; i < 2; i++) expect((await push(ossPush())).status).toBe(200);
  const [file, ...others] = await store.permits.find(ossNumber);
  expect(others).toEqual([]);
  expect(file).toMatchObject({ id: 'f1', status: returned, person: report().person, otherNumbers: [ossNib] });
  expect((await store.permits.get('f1'))?.events).toHaveLength(2);
});

it('When a push names a status, then the table reads it; when it has many applications, then each is a file; one without any is the NIB itself', async () => {
  const { store, push } = setUp();
  const numbers = Array.from({ length: 60 }, (_, i) => `I-20220223171041192${String(1000 + i)}`);
  const list = numbers.map((id_izin) => ({ id_izin, nama_izin: 'Izin', kd_status: '50', uraian_status: 'Izin terbit' }));
  await push(ossPush({ data_checklist: [...list, list[0], { id_izin: 'kosong' }], id_izin: '' }));
  expect(await store.permits.find(numbers[59]!)).toMatchObject([{ status: { stage: 'terbit', codeRaw: '50' } }]);
  await push(ossPush({ nib: '9999999999999', data_checklist: null, id_izin: null }), { token: token() });
  expect(await store.permits.find('9999999999999')).toMatchObject([{ number: '9999999999999', service: 'NIB' }]);
});

test.each<[string, Record<string, string>, number]>([
  ['the token of today', { token: token() }, 200],
  ['the token of yesterday, in capitals', { token: token(npwp, '20261125').toUpperCase() }, 200],
  ['a bearer token over the nib', { authorization: `Bearer ${token(ossNib)}` }, 200],
  ['the token of the day before', { token: token(npwp, '20261124') }, 401],
  ['the token of another company', { token: token('999999999999999') }, 401],
  ['half a token', { token: token().slice(0, 20) }, 401],
  ['no token', {}, 401],
])('When a push comes with %s, then it is answered accordingly', async (_, headers, status) => {
  const { store, push } = setUp();
  const done = await push(ossPush(), headers);
  expect([done.status, kode(done)]).toEqual([status, status]);
  expect(await store.permits.isEmpty()).toBe(status !== 200);
});

test.each<[string, unknown]>([
  ['no JSON', '<xml/>'],
  ['empty', ''],
  ['without dataNIB', { nib: ossNib }],
  ['with a NIB of 12 digits', ossPush({ nib: '123456789012' })],
])('When a push is %s, then it is refused and nothing is stored', async (_, body) => {
  const { store, push } = setUp();
  expect((await push(body)).status).toBe(400);
  expect((await push(body, {})).status).toBe(401);
  expect(await store.permits.isEmpty()).toBe(true);
});

it('When the store cannot write, then OSS is asked to send again', async () => {
  const { store, push, logged } = setUp();
  store.permits.put = () => Promise.reject(new Error('disk'));
  expect((await push(ossPush())).status).toBe(503);
  expect(JSON.stringify(logged)).not.toMatch(/RAHASIA|0812|disk/);
});

it('When a push was taken, then nothing personal of it is in the database or the log', async () => {
  const temp = openTempStore();
  const { push, logged } = setUp(temp.store);
  expect((await push(ossPush())).status).toBe(200);
  const files = readdirSync(temp.dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = Buffer.concat(files.map((entry) => readFileSync(path.join(entry.parentPath, entry.name))));
  await temp.close();
  expect(bytes.includes('SPPL')).toBe(true);
  for (const secret of ['RAHASIA', 'Rahasia', 'rahasia@', '081234565678', '3273120108800001', npwp, ossNib, ossNumber])
    expect([secret, bytes.includes(secret), JSON.stringify(logged).includes(secret)]).toEqual([secret, false, false]);
});

it('When it arrives over HTTP, then its door is beside those of the channels', async () => {
  const doors = await openDoors({
    hooks: (store) => {
      const log = { info() {}, warn() {}, error() {} };
      return [
        createOssPush({ username, password, timeZone: 'Asia/Jakarta', permits: store.permits, clock: { now: () => now }, log }),
      ];
    },
  });
  const post = (headers: Record<string, string>) => doors.call('POST', '/webhook/oss', { headers, body: ossPush() });
  expect((await post({})).status).toBe(401);
  expect(await post({ token: token() })).toMatchObject({ status: 200, text: expect.stringContaining('Sukses') });
  expect(await doors.store.permits.find(ossNumber)).toHaveLength(1);
  expect((await doors.call('GET', '/webhook/oss')).status).toBe(405);
  await doors.close();
});
