// The server as a whole: webhooks ahead of Express, health, numbers, pages, the API's description, start and stop.
import { createHash } from 'node:crypto';
import { utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Channel, RawRequest } from '../../src/desk/ports.ts';
import type { HttpOptions } from '../../src/http/options.ts';
import { hashPassword } from '../../src/http/passwords.ts';
import { createRoutes } from '../../src/http/routes.ts';
import { createSetup, ensureAdmin } from '../../src/http/setup.ts';
import { cookieOf, type Doors, openDoors, password } from '../support/doors.ts';
import { createMemoryStore } from '../support/memoryStore.ts';

function hookChannel() {
  const got: RawRequest[] = [];
  const answers: (() => Promise<{ status: number; body?: string }>)[] = [];
  const channel: Channel = {
    name: 'telegram',
    accountId: 'bot1',
    capabilities: { buttons: true, typing: true, maxTextLength: 4096, repeatable: false, oneThread: true },
    start: async () => {},
    send: async () => ({ externalId: null }),
    stop: async () => {},
    health: () => ({ state: 'down', since: 5, detail: 'Token ditolak.' }),
    webhook: async (request) => {
      got.push(request);
      return answers.shift()?.() ?? { status: 200 };
    },
  };
  return { channel, got, answers };
}

describe('webhooks', () => {
  const hook = hookChannel();
  let doors: Doors;
  beforeAll(async () => {
    doors = await openDoors({ channels: [hook.channel] });
  });
  afterAll(() => doors.close());
  const post = (path: string, body: BodyInit, method = 'POST') => fetch(doors.base + path, { method, body });

  it('When a delivery comes in, then the channel gets its very bytes, headers and query, and its status is the answer', async () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x00, 0xf0, 0x9f, 0x99, 0x8f]);
    hook.answers.push(async () => ({ status: 503, body: 'later' }));
    const answer = await post('/webhook/telegram?hub=1', bytes);
    expect([answer.status, await answer.text()]).toEqual([503, 'later']);
    const got = hook.got.at(-1)!;
    expect(got.body.equals(bytes)).toBe(true);
    expect([got.method, got.query.get('hub'), got.headers['content-length']]).toEqual(['POST', '1', '7']);
  });

  it('When the channel is unknown or takes no webhooks, then it is 404; another method is 405', async () => {
    for (const path of ['/webhook/nothing', '/webhook/web', '/webhook/telegram/more', '/webhook/'])
      expect((await post(path, 'x')).status).toBe(404);
    const put = await post('/webhook/telegram', 'x', 'PUT');
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  it('When a delivery is larger than 4 MB, then it is 413 and the channel never sees it; exactly 4 MB passes', async () => {
    const before = hook.got.length;
    expect((await post('/webhook/telegram', Buffer.alloc(4 * 1024 * 1024 + 1))).status).toBe(413);
    expect(hook.got).toHaveLength(before);
    expect((await post('/webhook/telegram', Buffer.alloc(4 * 1024 * 1024))).status).toBe(200);
  });

  it('When a channel throws although it must not, then the provider is told to repeat', async () => {
    hook.answers.push(() => Promise.reject(new Error('token 123:abc')));
    const answer = await post('/webhook/telegram', 'x');
    expect([answer.status, await answer.text()]).toEqual([500, '']);
    expect(JSON.stringify(doors.logged)).not.toContain('123:abc');
  });

  it('When a sender goes away in the middle, then the server lives on', async () => {
    const before = hook.got.length;
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(doors.base).port), '127.0.0.1', () => {
        socket.write('POST /webhook/telegram HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf', () => socket.destroy());
      });
      socket.on('close', () => resolve());
    });
    expect((await post('/webhook/telegram', 'x')).status).toBe(200);
    expect(hook.got).toHaveLength(before + 1);
  });
});

describe('health, numbers, pages', () => {
  const hook = hookChannel();
  let doors: Doors;
  beforeAll(async () => {
    doors = await openDoors({ channels: [hook.channel], widgetOrigins: ['https://host.example'] });
  });
  afterAll(() => doors.close());

  it('When the store can write, then health is 200 and shows each channel; when it cannot or hangs, 503', async () => {
    const well = await doors.call('GET', '/health');
    expect([well.status, well.json.status]).toEqual([200, 'ok']);
    expect(well.json.channels).toContainEqual({
      name: 'telegram',
      accountId: 'bot1',
      state: 'down',
      since: 5,
      detail: 'Token ditolak.',
    });
    doors.store.ping = () => Promise.reject(new Error('disk'));
    expect((await doors.call('GET', '/health')).status).toBe(503);
    doors.store.ping = () => new Promise(() => {});
    expect((await doors.call('GET', '/health')).json).toMatchObject({ status: 'store-away', store: 'away' });
    doors.store.ping = async () => {};
  });

  it('When numbers are asked for, then queue, outbox, channels and process are there', async () => {
    const { text } = await doors.call('GET', '/metrics');
    for (const line of [
      'loket_queue_length 3',
      'loket_queue_oldest_wait_seconds 42',
      'loket_outbox_messages{state="failed"} 2',
      'loket_channel_ready{channel="web",account="default"} 1',
    ])
      expect(text).toContain(line);
    expect(text).toMatch(/nodejs_eventloop_lag_seconds \d/);
  });

  it('When pages are fetched, then their policy names who may frame them and hashed files never change', async () => {
    const panel = await doors.call('GET', '/widget/');
    expect(panel.headers.get('content-security-policy')).toContain("frame-ancestors 'self' https://host.example");
    expect(panel.headers.get('cache-control')).toBe('no-cache');
    // Of what is inline only the panel's own script and style, and never 'unsafe-inline'.
    expect(panel.headers.get('content-security-policy')).toMatch(
      /script-src 'self' 'sha256-[^']+'; style-src 'self' 'sha256-[^']+';/,
    );
    const desk = await doors.call('GET', '/console/');
    const policy = desk.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'; object-src 'none'; base-uri 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`connect-src 'self' ${doors.base.replace('http', 'ws')}`);
    for (const name of ['x-content-type-options', 'referrer-policy', 'permissions-policy'])
      expect(desk.headers.get(name)).not.toBeNull();
    expect(desk.headers.get('x-powered-by')).toBeNull();
    const hashed = await doors.call('GET', '/widget/assets/panel-B4x_9aQz.js');
    expect(hashed.headers.get('cache-control')).toContain('immutable');
    const loader = await doors.call('GET', '/widget/loader.js');
    expect(loader.headers.get('cache-control')).toBe('public, max-age=300');
    expect(loader.headers.get('access-control-allow-origin')).toBe('*');
    expect((await doors.call('GET', '/')).headers.get('location')).toBe('/widget/');
    expect((await doors.call('GET', '/console/none.js')).status).toBe(404);
  });

  it('When the widget is built anew under a running server, then its policy is that of the new page', async () => {
    const script = "console.log('new')";
    const file = join(doors.pages.widgetDir, 'panel.html');
    await doors.call('GET', '/widget/panel.html');
    writeFileSync(file, `<!doctype html><style></style><script type="module">${script}</script>`);
    utimesSync(file, new Date(), new Date(Date.now() + 5_000));
    const { headers } = await doors.call('GET', '/widget/panel.html');
    const hash = createHash('sha256').update(script).digest('base64');
    expect(headers.get('content-security-policy')).toContain(`script-src 'self' 'sha256-${hash}'`);
  });

  it("When an officer opens a stranger's file, then it cannot act as a page", async () => {
    const { cookie } = await doors.officer('siti');
    const { conversationId } = await doors.desk.intake.open({ channel: 'web', accountId: 'default', externalId: 'v' });
    const file = (id: string) => doors.call('GET', `/api/conversations/${conversationId}/files/${id}`, { cookie });
    const evil = await file('drawing');
    expect(evil.headers.get('content-type')).toBe('application/octet-stream');
    expect(evil.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''foto%20%22rumah%22.svg`);
    const photo = await file('photo');
    expect(photo.headers.get('content-type')).toBe('image/png');
    for (const answer of [evil, photo]) {
      expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('When the API is described, then every route is there, and each write has the schema of its body', async () => {
    const { json } = await doors.call('GET', '/api/openapi.json');
    expect(json.openapi).toBe('3.1.0');
    const routes = Object.entries(json.paths as Record<string, Record<string, { requestBody?: { content: object } }>>).flatMap(
      ([path, methods]) => Object.entries(methods).map(([method, route]) => ({ key: `${method} ${path}`, route })),
    );
    const table = createRoutes(doors as unknown as HttpOptions);
    expect(routes.map(({ key }) => key).sort()).toEqual(
      table.map(({ method, path }) => `${method} /api${path.replace(/:(\w+)/g, '{$1}')}`).sort(),
    );
    for (const { key, route } of routes)
      if (!key.startsWith('get'))
        expect(route.requestBody?.content).toMatchObject({ 'application/json': { schema: { type: 'object' } } });
    expect(json.paths['/api/conversations'].get.parameters[0]).toMatchObject({ name: 'view', in: 'query', required: false });
    expect(json.paths['/api/conversations/{id}/messages'].post.requestBody.content['application/json'].schema.required).toEqual([
      'clientMessageId',
      'text',
    ]);
    // Each described route answers, so none is described that does not exist.
    for (const { key } of routes) {
      const [method = '', path = ''] = key.split(' ');
      const answer = await doors.call(method.toUpperCase(), path.replace(/\{\w+\}/g, 'x1'), method === 'get' ? {} : { body: {} });
      expect([key, answer.status === 404]).toEqual([key, false]);
    }
  });
});

/** Opens doors that are closed after the test, also when it failed. */
const open: Doors[] = [];
async function opened(options: Parameters<typeof openDoors>[0] = {}): Promise<Doors> {
  const doors = await openDoors(options);
  open.push(doors);
  return doors;
}
afterEach(async () => {
  for (const doors of open.splice(0)) await doors.close();
});

describe('starting and stopping', () => {
  it('When the port is taken, then the error says what to do', async () => {
    const doors = await opened();
    const other = await opened();
    const port = Number(new URL(doors.base).port);
    other.http.server.close();
    await expect(other.http.listen('127.0.0.1', port)).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use`);
  });

  it('When the server closes, then a request in hand is finished first', async () => {
    const hook = hookChannel();
    const doors = await opened({ channels: [hook.channel] });
    let release = () => {};
    const entered = new Promise<void>((resolve) => {
      hook.answers.push(async () => {
        resolve();
        await new Promise<void>((go) => {
          release = go;
        });
        return { status: 200, body: 'done' };
      });
    });
    const answer = fetch(`${doors.base}/webhook/telegram`, { method: 'POST', body: 'x' });
    await entered;
    const closed = doors.http.close(5_000);
    release();
    expect(await (await answer).text()).toBe('done');
    await closed;
    await expect(fetch(`${doors.base}/health`)).rejects.toThrow();
  });

  it('When a request never ends, then the server closes at its deadline all the same', async () => {
    const hook = hookChannel();
    const doors = await opened({ channels: [hook.channel] });
    const entered = new Promise<void>((resolve) => {
      hook.answers.push(() => {
        resolve();
        return new Promise(() => {});
      });
    });
    const answer = fetch(`${doors.base}/webhook/telegram`, { method: 'POST', body: 'x' }).catch(() => 'cut');
    await entered;
    await doors.http.close(50);
    expect(await answer).toBe('cut');
  });
});

describe('the first officer', () => {
  const form = (token: string, name = 'Ani') => ({ token, name, email: `${name}@Example.go.id `, password: 'long enough 1' });

  it('When two set up at the same time with the right token, then one wins and is signed in, and the token is dead', async () => {
    const doors = await opened();
    const token = doors.setup.token!;
    expect((await doors.call('POST', '/api/setup', { body: form('x'.repeat(32)) })).status).toBe(403);
    const answers = await Promise.all(
      ['Ani', 'Budi'].map((name) => doors.call('POST', '/api/setup', { body: form(token, name) })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = answers.find(({ status }) => status === 200)!;
    expect(winner.json.officer.role).toBe('admin');
    expect((await doors.call('GET', '/api/session', { cookie: cookieOf(winner.headers) })).status).toBe(200);
    expect(await doors.store.officers.list()).toHaveLength(1);
    expect(doors.setup.token).toBeNull();
    expect((await doors.call('POST', '/api/setup', { body: form(token, 'Cici') })).status).toBe(403);
  });

  it('When an officer exists, then there is no token', async () => {
    const clock = { now: () => 1 };
    const { officers } = createMemoryStore();
    await ensureAdmin({ officers, clock, email: ' Boss@Example.go.id', password: 'long enough 1' });
    await ensureAdmin({ officers, clock, email: 'boss@example.go.id', password: 'another one 2' });
    expect(await officers.list()).toMatchObject([{ email: 'boss@example.go.id', role: 'admin' }]);
    const passwords = { hash: hashPassword, matches: async () => false };
    expect((await createSetup({ officers, passwords, clock })).token).toBeNull();
  });

  it('When an admin adds officers and teams, then taken names are conflicts, and nobody takes their own rights away', async () => {
    const doors = await opened();
    const admin = await doors.officer('boss', 'admin');
    const write = (method: string, path: string, body: object) => doors.call(method, path, { cookie: admin.cookie, body });
    const officer = { name: 'Budi', email: 'budi@example.go.id', password };
    expect((await write('POST', '/api/officers', officer)).status).toBe(200);
    expect((await write('POST', '/api/officers', officer)).status).toBe(409);
    expect((await write('POST', '/api/teams', { name: 'Bangunan' })).json.team).toMatchObject({ name: 'Bangunan' });
    expect((await write('POST', '/api/teams', { name: 'Bangunan' })).status).toBe(409);
    expect((await write('PATCH', `/api/officers/${admin.id}`, { disabled: true })).status).toBe(409);
    expect((await write('PATCH', '/api/officers/o_none', { name: 'Nobody' })).status).toBe(404);
  });
});
