// An officer's upload at the door: what must come with it, how large it may be, and from where.
import { type Doors, openDoors } from '../support/doors.ts';

describe('POST /api/conversations/:id/files', () => {
  let doors: Doors;
  let cookie: string;
  let path: string;
  beforeAll(async () => {
    doors = await openDoors({ widgetOrigins: ['https://host.example'] });
    ({ cookie } = await doors.officer('siti'));
    const { conversationId } = await doors.desk.intake.open({ channel: 'web', accountId: 'default', externalId: 'v1' });
    path = `/api/conversations/${conversationId}/files`;
  });
  afterAll(() => doors.close());
  beforeEach(() => {
    doors.desk.calls.length = 0;
  });

  const good = { 'content-type': 'application/octet-stream', 'x-message-id': 'file-00001', 'x-file-name': 'surat%20kuasa.pdf' };
  const send = async (body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
    const sent = { 'x-loket': '1', cookie, ...good, ...headers };
    const kept = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== ''));
    const response = await fetch(doors.base + path, { method: 'POST', headers: kept, body });
    return { status: response.status, json: await response.json() };
  };
  const file = new Uint8Array(1000);

  it('When a file comes whole, then the desk gets its bytes and its name, once', async () => {
    const answer = await send(file);
    expect([answer.status, answer.json.message.clientMessageId]).toEqual([200, 'file-00001']);
    expect(doors.desk.calls).toEqual(['file:surat kuasa.pdf:1000']);
  });

  it.each([
    ['nobody is signed in', { cookie: '' }, 401],
    ['our header is missing', { 'x-loket': '' }, 403],
    ['another site sends it', { origin: 'https://evil.example' }, 403],
    ['a site that carries the widget sends it', { origin: 'https://host.example' }, 403],
    ['a form sends it', { 'content-type': 'multipart/form-data; boundary=x' }, 403],
    ['it has no key', { 'x-message-id': '' }, 400],
    ['it has no name', { 'x-file-name': '' }, 400],
    ['its name is broken', { 'x-file-name': '%E0%A4%A' }, 400],
    ['what was seen is no number', { 'x-seen': 'all' }, 400],
  ])('When %s, then it is refused and the desk never asked', async (_name, headers, status) => {
    expect((await send(file, headers)).status).toBe(status);
    expect(doors.desk.calls).toEqual([]);
  });

  it('When it is empty or larger than allowed, then it is refused with the limit', async () => {
    expect((await send(new Uint8Array())).status).toBe(400);
    const large = await send(new Uint8Array(10_000_001));
    expect([large.status, large.json.message]).toEqual([413, 'Berkas terlalu besar: paling besar 10 MB.']);
    expect(doors.desk.calls).toEqual([]);
  });
});
