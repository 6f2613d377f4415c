// Consoles over real sockets: who gets in, who is cut, what events may do.
import type { Socket } from 'socket.io-client';
import { LoketError } from '../../src/contract/errors.ts';
import { type Doors, next, openDoors } from '../support/doors.ts';
import { until } from '../support/until.ts';

describe('/officer', () => {
  let doors: Doors;
  beforeEach(async () => {
    doors = await openDoors({ widgetOrigins: ['https://host.example'] });
  });
  afterEach(() => doors.close());

  const conversation = async () =>
    (await doors.desk.intake.open({ channel: 'web', accountId: 'default', externalId: 'visitor' })).conversationId;
  const ask = (socket: Socket, event: string, ...payload: unknown[]) => socket.timeout(5_000).emitWithAck(event, ...payload);
  const refusal = (namespace: '/officer' | '/widget', given: object) =>
    doors.connect(namespace, given).then(
      () => 'connected',
      (error: Error) => error.message,
    );

  it('When there is no session, or one that has ended, then the console is told so', async () => {
    expect(await refusal('/officer', {})).toBe('unauthorized');
    const { cookie } = await doors.officer('siti');
    await doors.call('DELETE', '/api/session', { cookie });
    expect(await refusal('/officer', { cookie })).toBe('unauthorized');
  });

  it('When another site opens the socket, then it is refused on both transports; a widget site gets no console', async () => {
    const { cookie } = await doors.officer('siti');
    const { token } = await doors.visitor();
    const from = (origin: string, transport: string) => ({ cookie, token, headers: { origin }, transports: [transport] });
    for (const transport of ['websocket', 'polling']) {
      for (const namespace of ['/officer', '/widget'] as const) {
        expect(await refusal(namespace, from('https://evil.example', transport))).toMatch(/websocket error|xhr poll error/);
        expect(await refusal(namespace, from('null', transport))).toMatch(/websocket error|xhr poll error/);
        expect(await refusal(namespace, from(doors.base, transport))).toBe('connected');
      }
      expect(await refusal('/widget', from('https://host.example', transport))).toBe('connected');
      expect(await refusal('/officer', from('https://host.example', transport))).toBe('forbidden');
    }
  });

  it('When an admin disables an officer, then the sockets are cut within a second and nothing comes back', async () => {
    const admin = await doors.officer('boss', 'admin');
    const { cookie, id } = await doors.officer('siti');
    const sockets = await Promise.all([doors.connect('/officer', { cookie }), doors.connect('/officer', { cookie })]);
    const cut = Promise.all(sockets.map((socket) => next(socket, 'disconnect')));
    const started = Date.now();
    await doors.call('PATCH', `/api/officers/${id}`, { cookie: admin.cookie, body: { disabled: true } });
    await cut;
    expect(Date.now() - started).toBeLessThan(1_000);
    expect(await refusal('/officer', { cookie })).toBe('unauthorized');
    expect((await doors.call('GET', '/api/session', { cookie })).status).toBe(401);
    await doors.call('PATCH', `/api/officers/${id}`, { cookie: admin.cookie, body: { disabled: false } });
    expect(await refusal('/officer', { cookie })).toBe('unauthorized');
  });

  it('When the session ended behind its back, then the next event after half a minute is refused and the socket cut', async () => {
    const { cookie, id } = await doors.officer('siti');
    const socket = await doors.connect('/officer', { cookie });
    await doors.store.officers.endSessions({ officerId: id });
    expect(await ask(socket, 'duty:set', { duty: 'on' })).toEqual({ ok: true, duty: 'on' });
    doors.time.now += 30_000;
    const cut = next(socket, 'disconnect');
    socket.emit('duty:set', { duty: 'off' });
    await cut;
    expect(doors.desk.calls).not.toContain('duty:off');
  });

  it('When a console connects, then the desk knows it is there, and the console does not keep its session alive', async () => {
    const { cookie, id } = await doors.officer('siti');
    await doors.connect('/officer', { cookie });
    expect(doors.desk.calls).toContain(`seen:${id}`);
    doors.time.now += 12 * 3_600_000;
    expect(await refusal('/officer', { cookie })).toBe('unauthorized');
  });

  it('When events carry nonsense, then the answer is "invalid" and the desk is never asked', async () => {
    const { cookie } = await doors.officer('siti');
    const socket = await doors.connect('/officer', { cookie });
    doors.desk.calls.length = 0;
    const nonsense = [undefined, null, 7, 'x', [], {}, { conversationId: { $ne: null } }, { conversationId: '../x', rev: -1 }];
    for (const event of ['message:send', 'history:since', 'conversation:watch', 'conversation:unwatch', 'duty:set', 'typing'])
      for (const payload of nonsense) expect(await ask(socket, event, payload)).toEqual({ ok: false, code: 'invalid' });
    socket.emit('message:send');
    socket.emit('no:such', { a: 1 });
    expect(await ask(socket, 'message:send')).toEqual({ ok: false, code: 'invalid' });
    expect(doors.desk.calls).toEqual([]);
    expect(socket.connected).toBe(true);
  });

  it('When a verb fails, then the console gets a code, and the socket lives on', async () => {
    const { cookie } = await doors.officer('siti');
    const socket = await doors.connect('/officer', { cookie });
    doors.desk.trouble = new LoketError('store-away', 'x');
    expect(await ask(socket, 'duty:set', { duty: 'on' })).toEqual({ ok: false, code: 'store-away' });
    doors.desk.trouble = new Error('boom');
    expect(await ask(socket, 'duty:set', { duty: 'on' })).toEqual({ ok: false, code: 'failed' });
    doors.desk.trouble = null;
    expect(await ask(socket, 'duty:set', { duty: 'on' })).toEqual({ ok: true, duty: 'on' });
  });

  it('When an officer without the right watches, reads or writes, then the conversation does not exist and its room stays closed', async () => {
    const member = await doors.officer('member', 'officer', ['t_team']);
    const outsider = await doors.officer('outsider', 'officer', ['t_other']);
    const id = await conversation();
    await doors.desk.officer.transfer(member, id, { teamId: 't_team', note: '' });
    const socket = await doors.connect('/officer', { cookie: outsider.cookie });
    const heard: unknown[] = [];
    socket.onAny((name, value) => heard.push([name, value]));
    const missing = { ok: false, code: 'not-found' };
    expect(await ask(socket, 'conversation:watch', { conversationId: id, rev: 0 })).toEqual(missing);
    expect(await ask(socket, 'history:since', { conversationId: id, rev: 0 })).toEqual(missing);
    expect(doors.realtime.officer.adapter.rooms.has(`conversation:${id}`)).toBe(false);
    const sent = { conversationId: id, clientMessageId: 'message-0001', text: 'x' };
    expect(await ask(socket, 'message:send', sent)).toEqual(missing);
    await doors.desk.officer.send(member, sent);
    await ask(socket, 'duty:set', { duty: 'on' });
    expect(heard.filter((event) => JSON.stringify(event).includes(id))).toEqual([]);
  });

  it('When an officer watches, then history and live messages meet without a gap; a repeated send is one message', async () => {
    const { cookie, ...officer } = await doors.officer('siti');
    const id = await conversation();
    await doors.desk.officer.send(officer, { conversationId: id, clientMessageId: 'message-0001', text: 'satu' });
    const socket = await doors.connect('/officer', { cookie });
    const watched = await ask(socket, 'conversation:watch', { conversationId: id, rev: 0 });
    expect(watched.messages.map((message: { text: string }) => message.text)).toEqual(['satu']);
    const live = next<{ conversationId: string; rev: number; messages: { text: string }[] }>(socket, 'conversation:changed');
    const sent = { conversationId: id, clientMessageId: 'message-0002', text: 'dua' };
    const first = await ask(socket, 'message:send', sent);
    expect((await ask(socket, 'message:send', sent)).message.id).toBe(first.message.id);
    expect(await live).toMatchObject({ conversationId: id, messages: [{ text: 'dua' }] });
    const rest = await ask(socket, 'history:since', { conversationId: id, rev: watched.rev });
    expect(rest.messages.map((message: { text: string }) => message.text)).toEqual(['dua']);
    await ask(socket, 'conversation:unwatch', { conversationId: id });
    expect(doors.realtime.officer.adapter.rooms.has(`conversation:${id}`)).toBe(false);
  });

  it('When a watched conversation goes to a team the watcher is not of, then the watcher hears no more of it', async () => {
    const watcher = await doors.officer('watcher');
    const admin = await doors.officer('boss', 'admin');
    const id = await conversation();
    const [theirs, adminSocket] = [
      await doors.connect('/officer', { cookie: watcher.cookie }),
      await doors.connect('/officer', { cookie: admin.cookie }),
    ];
    for (const socket of [theirs, adminSocket])
      expect((await ask(socket, 'conversation:watch', { conversationId: id, rev: 0 })).ok).toBe(true);
    const heard: unknown[] = [];
    theirs.on('conversation:changed', (change) => heard.push(change));
    await doors.desk.officer.transfer(admin, id, { teamId: 't_team', note: '' });
    const live = new Promise<void>((resolve) => {
      adminSocket.on('conversation:changed', ({ messages }) => messages.length > 0 && resolve());
    });
    await doors.desk.officer.note(admin, { conversationId: id, clientMessageId: 'message-0001', text: 'rahasia' });
    await live;
    await ask(theirs, 'duty:set', { duty: 'on' });
    expect(heard).toEqual([]);
  });

  it('When colleagues have one conversation open, then each is told once who looks, types or is away, and nobody else is told', async () => {
    const [siti, budi, eko] = [await doors.officer('siti'), await doors.officer('budi'), await doors.officer('eko')];
    const id = await conversation();
    const sockets = [];
    for (const { cookie } of [siti, siti, budi, eko]) sockets.push(await doors.connect('/officer', { cookie }));
    const [sitis, second, budis, ekos] = sockets as [Socket, Socket, Socket, Socket];
    const told: { present: { name: string; state: string }[] }[] = [];
    budis.on('presence:changed', (change) => told.push(change));
    const others: unknown[] = [];
    ekos.on('presence:changed', (change) => others.push(change));
    for (const socket of [sitis, second, budis]) await ask(socket, 'conversation:watch', { conversationId: id, rev: 0 });
    const last = () =>
      told
        .at(-1)
        ?.present.map(({ name, state }) => `${name} ${state}`)
        .sort();
    const tells = (...expected: string[]) => until(expected.join(), () => JSON.stringify(last()) === JSON.stringify(expected));

    // Eko watches nothing: what he says of it does not count.
    ekos.emit('presence:here', { conversationId: id, state: 'typing' });
    second.emit('presence:here', { conversationId: id, state: 'away' });
    sitis.emit('presence:here', { conversationId: id, state: 'typing' });
    budis.emit('presence:here', { conversationId: id, state: 'viewing' });
    await tells('budi viewing', 'siti typing');
    sitis.disconnect();
    await tells('budi viewing', 'siti away');
    await ask(second, 'conversation:unwatch', { conversationId: id });
    await tells('budi viewing');
    budis.emit('presence:here', { conversationId: id, state: 'dancing' });
    await ask(ekos, 'duty:set', { duty: 'on' });
    expect(others).toEqual([]);
  });

  it('When a console floods, then it is cut', async () => {
    const { cookie } = await doors.officer('siti');
    const socket = await doors.connect('/officer', { cookie });
    const cut = next(socket, 'disconnect');
    for (let i = 0; i < 61; i += 1) socket.emit('presence:input');
    await cut;
    await until('the log says so', () => doors.logged.some(({ event }) => event === 'console cut: too many events'));
    expect(doors.desk.calls.filter((call) => call.startsWith('touched')).length).toBeLessThanOrEqual(60);
  });

  it('When a frame of 65 KB or 1 MB comes, then its connection is closed and the desk lives on', async () => {
    const { cookie } = await doors.officer('siti');
    const other = await doors.connect('/officer', { cookie });
    for (const size of [65 * 1024, 1024 * 1024]) {
      const socket = await doors.connect('/officer', { cookie });
      const cut = next(socket, 'disconnect');
      socket.emit('message:send', { conversationId: 'c1', clientMessageId: 'message-0001', text: 'x'.repeat(size) });
      await cut;
    }
    expect(await ask(other, 'duty:set', { duty: 'on' })).toEqual({ ok: true, duty: 'on' });
    expect(doors.desk.calls.some((call) => call.startsWith('send'))).toBe(false);
  });
});
