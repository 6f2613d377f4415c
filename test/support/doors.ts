// All doors of the desk on a free port: the real HTTP server, the real Socket.IO server and the real web channel around a fake desk.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { createWebChannel, type WebLimits } from '../../src/channels/web/web.ts';
import type { Officer, Role } from '../../src/contract/conversation.ts';
import { newId } from '../../src/desk/ids.ts';
import type { Hints } from '../../src/desk/nodes.ts';
import type { Channel, Hook, Realtime, Store } from '../../src/desk/ports.ts';
import type { Desk } from '../../src/desk/verbs.ts';
import { createVisitorTokens, visitorKey } from '../../src/desk/visitorToken.ts';
import { createAuth } from '../../src/http/auth.ts';
import { createMeter } from '../../src/http/metrics.ts';
import { createPasswords, hashPassword } from '../../src/http/passwords.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { createSetup } from '../../src/http/setup.ts';
import { serveOfficers } from '../../src/realtime/officers.ts';
import { createPublisher } from '../../src/realtime/publish.ts';
import { createRealtimeServer } from '../../src/realtime/server.ts';
import { createFakeDesk, type FakeDesk } from './fakeDesk.ts';
import { createMemoryStore } from './memoryStore.ts';

export const password = 'correct horse 1';

interface DoorsOptions {
  /** The real desk in place of the fake one: for tests of rights, where the rule stands in the desk. */
  makeDesk?: (parts: { store: Store; realtime: Realtime; channels: Channel[] }) => Desk;
  channels?: Channel[];
  /** Doors of other systems, over the store that is made here. */
  hooks?: (store: Store) => Hook[];
  widgetOrigins?: string[];
  publicUrl?: string | null;
  trustProxy?: number;
  limits?: Partial<WebLimits>;
  /** Of other nodes. */
  hints?: Hints;
}

export type Doors = Awaited<ReturnType<typeof openDoors>>;

/** Opens everything; `close` ends it and every client made through it. */
export async function openDoors(options: DoorsOptions = {}) {
  const { widgetOrigins = [], publicUrl = null, trustProxy = 0 } = options;
  const time = { now: Date.now() };
  const clock = { now: () => time.now };
  const logged: Record<string, unknown>[] = [];
  const put = (fields: Record<string, unknown>, event: string) => void logged.push({ ...fields, event });
  const log = { info: put, warn: put, error: put };
  const store = createMemoryStore();
  const dir = mkdtempSync(join(tmpdir(), 'loket-doors-'));
  const pages = { widgetDir: join(dir, 'widget'), consoleDir: join(dir, 'console') };
  for (const page of Object.values(pages)) {
    mkdirSync(join(page, 'assets'), { recursive: true });
    writeFileSync(join(page, 'index.html'), '<!doctype html><title>Loket</title>');
    writeFileSync(join(page, 'loader.js'), '/* loader */');
    writeFileSync(join(page, 'panel.html'), '<!doctype html><title>Loket</title><style></style><script></script>');
    writeFileSync(join(page, 'assets', 'panel-B4x_9aQz.js'), '/* panel */');
  }

  const realtime = createRealtimeServer({ publicUrl, widgetOrigins, trustProxy });
  const publisher = createPublisher({ widget: realtime.widget, officer: realtime.officer, store, log });
  const fake = createFakeDesk({ store, realtime: publisher, now: clock.now });
  const tokens = createVisitorTokens(Buffer.alloc(32, 7));
  const web = createWebChannel({
    namespace: realtime.widget,
    verifyToken: tokens.verify,
    addressOf: realtime.addressOf,
    clock,
    log,
    ...(options.limits && { limits: options.limits }),
  });
  const desk: FakeDesk = Object.assign(
    fake,
    options.makeDesk?.({ store, realtime: publisher, channels: [web, ...(options.channels ?? [])] }),
  );
  await web.start(desk.intake);
  const passwords = createPasswords();
  const auth = createAuth({
    officers: store.officers,
    logins: store.logins,
    passwords,
    clock,
    secure: publicUrl?.startsWith('https:') ?? false,
  });
  const consoles = serveOfficers({
    namespace: realtime.officer,
    desk: desk.officer,
    conversations: store.conversations,
    hints: options.hints ?? null,
    officerOf: (cookie) => auth.officerOf(cookie, false),
    clock,
    log,
  });
  const setup = await createSetup({ officers: store.officers, passwords, clock });
  const http = createHttpServer({
    ...{ desk, store, realtime: publisher, auth, passwords, setup, tokens, log, clock, publicUrl, widgetOrigins, trustProxy },
    ...pages,
    uploadMaxBytes: 10_000_000,
    channels: [web, ...(options.channels ?? [])],
    hooks: options.hooks?.(store) ?? [],
    meter: createMeter(),
  });
  realtime.attach(http.server);
  const base = `http://127.0.0.1:${await http.listen('127.0.0.1', 0)}`;
  const clients: Socket[] = [];

  /** A request as the console makes it; `body` is sent as JSON. */
  async function call(
    method: string,
    path: string,
    given: { cookie?: string; body?: unknown; headers?: Record<string, string> } = {},
  ) {
    const response = await fetch(base + path, {
      method,
      redirect: 'manual',
      headers: {
        'x-loket': '1',
        ...(given.body !== undefined && { 'content-type': 'application/json' }),
        ...(given.cookie !== undefined && { cookie: given.cookie }),
        ...given.headers,
      },
      ...(given.body !== undefined && { body: typeof given.body === 'string' ? given.body : JSON.stringify(given.body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : null };
  }

  async function login(email: string, secret = password): Promise<string> {
    const answer = await call('POST', '/api/session', { body: { email, password: secret } });
    if (answer.status !== 200) throw new Error(`login: ${answer.status} ${answer.text}`);
    return cookieOf(answer.headers);
  }

  return {
    ...{ base, time, store, desk, publisher, tokens, web, auth, setup, http, realtime, logged, pages, call, login },
    /** @returns a visitor who has begun a session */
    async visitor(): Promise<{ token: string; visitorId: string }> {
      const issued = tokens.issue();
      await desk.intake.open(visitorKey(issued.visitorId));
      return issued;
    },
    /** @returns an officer who exists and is signed in */
    async officer(name: string, role: Role = 'officer', teamIds: string[] = []): Promise<Officer & { cookie: string }> {
      const email = `${name}@example.go.id`;
      const made = await store.officers.create(
        { id: newId('o'), name, email, role, passwordHash: await knownHash, teamIds, now: clock.now() },
        false,
      );
      if (typeof made === 'string') throw new Error(made);
      return { ...made, cookie: await login(email) };
    },
    /** @returns a socket that is connected, or rejects with what the server said */
    async connect(
      namespace: '/widget' | '/officer',
      given: { token?: string; cookie?: string; headers?: Record<string, string>; transports?: string[] } = {},
    ): Promise<Socket> {
      const socket = io(base + namespace, {
        forceNew: true,
        reconnection: false,
        transports: given.transports ?? ['websocket'],
        ...(given.token !== undefined && { auth: { token: given.token } }),
        extraHeaders: { ...(given.cookie !== undefined && { cookie: given.cookie }), ...given.headers },
      });
      clients.push(socket);
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      return socket;
    },
    async close() {
      for (const client of clients) client.close();
      consoles.stop();
      publisher.stop();
      realtime.close();
      await http.close(1_000);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** One real hash for all test officers: they all have the same password. */
const knownHash = hashPassword(password);

export const cookieOf = (headers: Headers): string => headers.getSetCookie()[0]?.split(';')[0] ?? '';

/** @returns the arguments of the next such event */
export function next<T>(socket: Socket, event: string): Promise<T> {
  return new Promise((resolve) => socket.once(event, (value: T) => resolve(value)));
}

/** Collects every such event from now on. */
export function collect<T>(socket: Socket, event: string): T[] {
  const all: T[] = [];
  socket.on(event, (value: T) => all.push(value));
  return all;
}
