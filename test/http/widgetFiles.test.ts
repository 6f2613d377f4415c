// A visitor's files and the end of a visitor, through the real desk on a real database: stored once, nobody else's, gone for good.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { io } from 'socket.io-client';
import { admin, type Loket, startLoket } from '../support/loket.ts';

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(500, 7)]);
const marker = 'rahasia-penanda-4711';

describe("a visitor's files", () => {
  let loket: Loket;
  beforeAll(async () => {
    loket = await startLoket({ TELEGRAM_BOT_TOKEN: undefined, UPLOAD_MAX_MB: '0.1', WIDGET_ORIGINS: 'https://host.example' });
    mkdirSync(path.join(loket.dataDir, 'files'), { recursive: true });
  });
  afterAll(() => loket.close());

  const begin = async (token?: string): Promise<string> => {
    const body = JSON.stringify(token === undefined ? {} : { token });
    const headers = { 'content-type': 'application/json' };
    return (await (await fetch(`${loket.url}/api/widget/session`, { method: 'POST', headers, body })).json()).token;
  };
  const call = async (token: string, method: string, at: string, given: { body?: Buffer; headers?: object } = {}) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream', ...given.headers };
    const body = given.body === undefined ? {} : { body: new Uint8Array(given.body) };
    const answer = await fetch(`${loket.url}/api/widget${at}`, { method, headers, ...body });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
    return { status: answer.status, headers: answer.headers, bytes, json: isJson ? JSON.parse(String(bytes)) : null };
  };
  const upload = (token: string, id: string, body: Buffer, headers: object = {}) =>
    call(token, 'POST', '/files', { body, headers: { 'x-message-id': id, 'x-file-name': 'foto.png', ...headers } });
  const history = async (token: string) => (await call(token, 'GET', '/history?rev=0')).json;
  const stored = () =>
    readdirSync(path.join(loket.dataDir, 'files'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /[0-9a-f]{32}$/.test(name),
    );

  it('When a photo is sent, also twice at once, then it is one message with one file, and its bytes come back', async () => {
    const token = await begin();
    const before = stored().length;
    const [first, again] = await Promise.all([upload(token, 'photo-0001', png), upload(token, 'photo-0001', png)]);
    const later = await upload(token, 'photo-0001', png);
    expect(first.json).toEqual({ message: { id: expect.any(String), seq: 1 } });
    expect([again.json, later.json]).toEqual([first.json, first.json]);
    expect(stored()).toHaveLength(before + 1);

    const { messages } = await history(token);
    const sent = messages.filter((message: { direction: string }) => message.direction === 'in');
    expect(sent).toMatchObject([
      { kind: 'image', clientMessageId: 'photo-0001', attachments: [{ name: 'foto.png', mime: 'image/png', key: null }] },
    ]);
    const file = await call(token, 'GET', `/files/${sent[0].attachments[0].id}`);
    expect(file.bytes.equals(png)).toBe(true);
    expect(file.headers.get('content-type')).toBe('image/png');
    expect(file.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  });

  it("When another visitor asks for the file, or nobody, then it isn't there", async () => {
    const mine = await begin();
    const theirs = await begin();
    await upload(mine, 'photo-0001', png);
    const { id } = (await history(mine)).messages[0].attachments[0];
    expect((await call(theirs, 'GET', `/files/${id}`)).status).toBe(404);
    expect((await call('x', 'GET', `/files/${id}`)).status).toBe(401);
    expect((await call(mine, 'GET', '/files/..%2F..%2Fetc')).status).toBe(400);
    expect((await call(mine, 'GET', `/files/${id}`)).status).toBe(200);
  });

  it('When a file is empty, too large, of a forbidden type, or its headers are nonsense, then nothing is stored', async () => {
    const token = await begin();
    const before = stored().length;
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    expect((await upload(token, 'file-00001', svg)).status).toBe(400);
    expect((await upload(token, 'file-00002', Buffer.from('<!doctype html><script>1</script>'))).status).toBe(400);
    expect((await upload(token, 'file-00003', Buffer.alloc(0))).status).toBe(400);
    expect((await upload(token, 'file-00004', Buffer.concat([png, Buffer.alloc(100_000)]))).status).toBe(413);
    expect((await upload(token, '$', png)).status).toBe(400);
    expect((await upload(token, 'file-00005', png, { 'x-file-name': '%E0%A4%A' })).status).toBe(400);
    expect((await upload(token, 'file-00006', png, { origin: 'https://evil.example' })).status).toBe(403);
    expect(stored()).toHaveLength(before);
    expect((await history(token)).messages).toEqual([]);
  });

  it('When a file does not say its length, then it is still cut off at the cap', async () => {
    const token = await begin();
    const status = await new Promise<number>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        'x-message-id': 'stream-001',
        'x-file-name': 'a.png',
        'transfer-encoding': 'chunked',
      };
      const req = request(`${loket.url}/api/widget/files`, { method: 'POST', headers }, (res) => {
        res.resume();
        resolve(res.statusCode ?? 0);
      });
      req.on('error', reject);
      for (let i = 0; i < 20; i += 1) req.write(i === 0 ? png : Buffer.alloc(10_000, 1));
      req.end();
    });
    expect(status).toBe(413);
  });

  it('When a name tries to be a path, a header or NIK, then it is only a name, and the NIK is masked', async () => {
    const token = await begin();
    const name = encodeURIComponent('../../3273011234560001"\r\nx: y.pdf');
    await upload(token, 'named-0001', Buffer.from('%PDF-1.7\nx'), { 'x-file-name': name });
    const [file] = (await history(token)).messages[0].attachments;
    expect(file.name).not.toContain('3273011234560001');
    const answer = await call(token, 'GET', `/files/${file.id}`);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[\w.%~*-]+$/);
    expect(answer.headers.get('x')).toBeNull();
  });

  it('When a visitor erases the conversation, then contact, messages and files are gone, the token is dead, and officers keep an audit entry only', async () => {
    const token = await begin();
    const headers = { 'content-type': 'application/json' };
    const said = Buffer.from(JSON.stringify({ clientMessageId: 'message-0001', text: marker }));
    await call(token, 'POST', '/messages', { body: said, headers });
    const before = stored().length;
    await upload(token, 'photo-0001', png);
    expect(stored()).toHaveLength(before + 1);
    const socket = io(`${loket.url}/widget`, { auth: { token }, transports: ['websocket'], reconnection: false });
    await new Promise((resolve) => socket.once('connect', () => resolve(null)));
    const cut = new Promise((resolve) => socket.once('disconnect', resolve));

    expect((await call(token, 'DELETE', '/conversation')).status).toBe(200);
    await cut;
    expect((await call(token, 'GET', '/history?rev=0')).status).toBe(401);
    expect((await call(token, 'DELETE', '/conversation')).status).toBe(401);
    expect(stored()).toHaveLength(before);
    expect(await begin(token)).not.toBe(token);
    const databases = readdirSync(loket.dataDir).filter((name) => name.includes('.db'));
    expect(databases.length).toBeGreaterThan(0);
    for (const name of databases) expect(readFileSync(path.join(loket.dataDir, name)).includes(marker)).toBe(false);

    const login = JSON.stringify(admin);
    const session = await fetch(`${loket.url}/api/session`, {
      method: 'POST',
      headers: { ...headers, 'x-loket': '1' },
      body: login,
    });
    const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const found = await fetch(`${loket.url}/api/conversations/search?q=${marker}`, { headers: { cookie } });
    expect((await found.json()).rows).toEqual([]);
  });
});
