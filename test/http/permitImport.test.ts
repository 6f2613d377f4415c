// Importing over HTTP, as the console does it: bring a file, look, check, run, follow, take back.
import { type Doors, openDoors } from '../support/doors.ts';
import { realDesk } from '../support/realDesk.ts';
import { until } from '../support/until.ts';
import { makeXlsx } from '../support/xlsxMaker.ts';

let doors: Doors;
let made = 0;
beforeAll(async () => {
  doors = await openDoors({ makeDesk: realDesk });
});
afterAll(() => doors.close());

const csv = [
  'nomor;status;sejak;hp',
  'GMP-0001;Terbit;2026-11-01;081234565678',
  'GMP-0002;;2026-11-01;',
  'GMP-0003;Ditolak;;',
].join('\n');

async function scene() {
  const { cookie, id } = await doors.officer(`s${++made}`, 'supervisor', []);
  const call = (method: string, path: string, body?: object) =>
    doors.call(method, `/api/permits${path}`, { cookie, ...(body !== undefined && { body }) });
  const upload = async (bytes: Uint8Array | string, headers: Record<string, string> = { 'x-file-name': 'izin%20lama.csv' }) => {
    const response = await fetch(`${doors.base}/api/permits/files`, {
      method: 'POST',
      headers: { 'x-loket': '1', cookie, 'content-type': 'application/octet-stream', ...headers },
      body: bytes as BodyInit,
    });
    return { status: response.status, json: await response.json() };
  };
  const settled = async (importId: string) => {
    await until(
      'the work is over',
      async () => !['checking', 'running'].includes((await call('GET', `/imports/${importId}`)).json.import.state),
    );
    return (await call('GET', `/imports/${importId}`)).json.import;
  };
  return { id, call, upload, settled };
}

it('When a file is brought, then it is looked at, checked without a trace, imported, followed, and taken back', async () => {
  const { id: by, call, upload, settled } = await scene();
  const { json } = await upload(csv);
  expect(json).toMatchObject({ import: { name: 'izin lama.csv', format: 'csv', state: 'ready' }, preview: { sheets: [] } });
  const { id } = json.import;
  const { mapping } = json.preview;
  expect(json.preview.problems).toEqual([{ line: 3, column: 'status', problem: 'status kosong' }]);

  expect((await call('POST', `/imports/${id}/run`, { mapping, dryRun: true })).json.import.state).toBe('checking');
  expect(await settled(id)).toMatchObject({ state: 'checked', total: 3, rows: 3, added: 0, refused: 1, batch: null });
  expect(await doors.store.permits.isEmpty()).toBe(true);

  await call('POST', `/imports/${id}/run`, { mapping, dryRun: false });
  const done = await settled(id);
  expect(done).toMatchObject({ state: 'done', total: 3, added: 2, refused: 1, problems: [{ line: 3 }] });
  expect(await doors.store.permits.find('GMP-0001')).toMatchObject([
    { person: { phone: '+6281234565678' }, status: { stage: 'terbit' } },
  ]);

  const batches = async () => (await call('GET', '/batches')).json.batches;
  expect(await batches()).toMatchObject([{ id: done.batch, by, rows: 3, added: 2, refused: 1, state: 'done' }]);
  expect((await call('POST', `/batches/${done.batch}/undo`, {})).json.batch.state).toBe('undoing');
  await until('it is taken back', async () => (await batches())[0].state === 'undone');
  expect(await doors.store.permits.isEmpty()).toBe(true);
  const trail = (await call('GET', '/../audit')).json.entries;
  expect(trail.map(({ action }: { action: string }) => action)).toEqual(
    expect.arrayContaining(['permit-import', 'permit-import-undone']),
  );
  expect((await call('DELETE', `/imports/${id}`)).status).toBe(200);
  expect((await call('GET', `/imports/${id}`)).status).toBe(404);
});

it('When it is a workbook, then a sheet can be chosen, and a mapping that does not fit is refused by its columns', async () => {
  const { call, upload } = await scene();
  const { json } = await upload(
    makeXlsx({
      Satu: [['a'], ['b']],
      Dua: [
        ['nomor', 'status'],
        ['GMP-7', 'Terbit'],
      ],
    }),
  );
  expect(json.preview).toMatchObject({ sheets: ['Satu', 'Dua'], headers: ['a'], mapping: null });
  const { id } = json.import;
  const second = await call('POST', `/imports/${id}/preview`, { sheet: 'Dua' });
  expect(second.json.preview).toMatchObject({
    headers: ['nomor', 'status'],
    rows: [['GMP-7', 'Terbit']],
    mapping: { sheet: 'Dua' },
  });
  const wrong = { ...second.json.preview.mapping, columns: { number: 'nomor', phone: 'telp' } };
  const refused = await call('POST', `/imports/${id}/preview`, { mapping: wrong });
  expect(refused).toMatchObject({ status: 400, json: { code: 'invalid', message: expect.stringContaining('"telp"') } });
});

it('When a file is too large, empty, nameless or no table, then it is refused with a sentence, and nothing is held', async () => {
  const { call, upload } = await scene();
  expect((await upload(new Uint8Array(30_000_001))).json.code).toBe('too-large');
  expect((await upload('')).json.code).toBe('invalid');
  expect((await upload(csv, {})).json.code).toBe('invalid');
  expect((await upload('satu\ndua')).json.preview).toMatchObject({ mapping: null });
  expect((await call('GET', '/imports')).json.imports.filter(({ name }: { name: string }) => name === '')).toEqual([]);
});

it('When an officer who may not import sends a file, then it is refused before it is read', async () => {
  const { cookie } = await doors.officer(`p${++made}`, 'officer', []);
  const headers = { cookie, 'content-type': 'application/octet-stream', 'x-file-name': 'a.csv' };
  expect((await doors.call('POST', '/api/permits/files', { headers, body: csv })).status).toBe(403);
});

it('When an admin saves settings of permit status, then they hold at once, and every problem is named', async () => {
  const { cookie } = await doors.officer(`a${++made}`, 'admin', []);
  const call = (method: string, body?: object) =>
    doors.call(method, '/api/permits/settings', { cookie, ...(body !== undefined && { body }) });
  const { settings, version } = (await call('GET')).json;
  const saved = await call('PUT', { settings: { ...settings, staleHours: 5 }, version });
  expect(saved.json).toMatchObject({ settings: { staleHours: 5 }, version: version + 1 });
  expect((await call('PUT', { settings, version })).json.code).toBe('conflict');
  const refused = await call('PUT', { settings: { ...settings, staleHours: 0, slotSeconds: 99 }, version: version + 1 });
  expect(refused.json).toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(/staleHours.*slotSeconds|slotSeconds.*staleHours/),
  });
});
