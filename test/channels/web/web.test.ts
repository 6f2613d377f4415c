// The web channel over real sockets: who a visitor is, what is stored, what is caught up, what is too much.
import type { Socket } from 'socket.io-client';
import { LoketError } from '../../../src/contract/errors.ts';
import { collect, type Doors, next, openDoors } from '../../support/doors.ts';
import { until } from '../../support/until.ts';

describe('the web channel', () => {
  let doors: Doors;
  const open = async (options = {}) => {
    doors = await openDoors(options);
  };
  afterEach(() => doors.close());

  const ask = (socket: Socket, event: string, ...payload: unknown[]) => socket.timeout(5_000).emitWithAck(event, ...payload);
  const say = (socket: Socket, clientMessageId: string, text = 'halo') => ask(socket, 'message:send', { clientMessageId, text });
  const refusal = (token: unknown) =>
    doors.connect('/widget', { token: token as string }).then(
      () => 'connected',
      (error: Error) => error.message,
    );

  it("When a token is guessed, forged or another's, then nobody gets in", async () => {
    await open();
    const mine = await doors.visitor();
    const theirs = await doors.visitor();
    const signature = mine.token.split('.')[1];
    const tries = [
      undefined,
      '',
      theirs.visitorId,
      `${theirs.visitorId}.${signature}`,
      `${mine.token}A`,
      { $ne: null },
      [mine.token],
    ];
    for (const token of tries) expect(await refusal(token)).toBe('unauthorized');
    expect(await refusal(mine.token)).toBe('connected');
  });

  it('When a message is repeated, also over another connection, then it is stored once and has one number', async () => {
    await open();
    const { token } = await doors.visitor();
    const first = await doors.connect('/widget', { token });
    const answer = await say(first, 'message-0001');
    expect(answer).toEqual({ ok: true, message: { id: expect.any(String), seq: 1 } });
    first.close();
    const second = await doors.connect('/widget', { token });
    const repeats = await Promise.all([say(second, 'message-0001'), say(second, 'message-0001')]);
    expect(repeats).toEqual([answer, answer]);
    const history = await ask(second, 'history:since', { rev: 0 });
    expect(history.messages).toHaveLength(1);
  });

  it('When messages come in quick succession, then they are numbered in the order they were sent', async () => {
    await open();
    const socket = await doors.connect('/widget', { token: (await doors.visitor()).token });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => say(socket, `message-${100 + i}`)));
    expect(answers.map(({ message }) => message.seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it('When a visitor was away while things were said, then history and live events together hold each exactly once', async () => {
    await open();
    const { token } = await doors.visitor();
    const officer = await doors.officer('siti');
    const before = await doors.connect('/widget', { token });
    await say(before, 'message-0001', 'satu');
    const { rev, conversation } = await ask(before, 'history:since', { rev: 0 });
    before.close();
    const answer = (n: number) =>
      doors.desk.officer.send(officer, {
        conversationId: conversation.id,
        clientMessageId: `answer-000${n}`,
        text: `jawab ${n}`,
      });
    await answer(1);
    await answer(2);

    const after = await doors.connect('/widget', { token });
    const live = collect<{ text: string }>(after, 'message:new');
    const missed = await ask(after, 'history:since', { rev });
    await answer(3);
    await until('the live one', () => live.length > 0);
    expect(missed.messages.map((message: { text: string }) => message.text)).toEqual(['jawab 1', 'jawab 2']);
    expect(live.map(({ text }) => text)).toEqual(['jawab 3']);
  });

  it('When the store is away, then nothing is acknowledged, and the same message is taken when it is back', async () => {
    await open();
    const { token } = await doors.visitor();
    doors.desk.trouble = new LoketError('store-away', 'x');
    const socket = await doors.connect('/widget', { token });
    expect(await say(socket, 'message-0001')).toEqual({ ok: false, code: 'store-away' });
    expect(await ask(socket, 'history:since', { rev: 0 })).toEqual({ ok: false, code: 'store-away' });
    doors.desk.trouble = null;
    expect((await say(socket, 'message-0001')).ok).toBe(true);
    expect((await ask(socket, 'history:since', { rev: 0 })).messages).toHaveLength(1);
  });

  it('When the conversation takes long to open, then nothing is read before its room is joined', async () => {
    await open();
    const { intake } = doors.desk;
    const { token } = await doors.visitor();
    const really = intake.open;
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    intake.open = (contact) => gate.then(() => really(contact));
    const socket = await doors.connect('/widget', { token });
    const history = ask(socket, 'history:since', { rev: 0 });
    await ask(socket, 'history:since', null);
    expect(doors.desk.calls).not.toContain('history');
    go();
    expect(doors.realtime.widget.adapter.rooms.has(`conversation:${(await history).conversation.id}`)).toBe(true);
  });

  it('When payloads are nonsense, then the answer is "invalid" and nothing is stored', async () => {
    await open();
    const socket = await doors.connect('/widget', { token: (await doors.visitor()).token });
    const right = { clientMessageId: 'message-0001', text: 'halo' };
    const wrong = [
      null,
      'x',
      [],
      {},
      { ...right, text: '  ' },
      { ...right, text: 'x'.repeat(8001) },
      { ...right, clientMessageId: '$' },
    ];
    for (const payload of [...wrong, { ...right, text: { $gt: '' } }])
      expect(await ask(socket, 'message:send', payload)).toEqual({ ok: false, code: 'invalid' });
    for (const payload of [null, { rev: -1 }, { rev: '0' }, { rev: 0.5 }])
      expect(await ask(socket, 'history:since', payload)).toEqual({ ok: false, code: 'invalid' });
    socket.emit('message:send', right, 'not a function');
    expect((await ask(socket, 'history:since', { rev: 0 })).messages).toHaveLength(1);
    expect(doors.desk.calls.filter((call) => call === 'intake')).toHaveLength(1);
  });

  it('When a visitor is forgotten, then the open sockets are cut and the token opens nothing any more', async () => {
    await open();
    const mine = await doors.visitor();
    const other = await doors.connect('/widget', { token: (await doors.visitor()).token });
    const socket = await doors.connect('/widget', { token: mine.token });
    const cut = next(socket, 'disconnect');
    const contact = await doors.store.contacts.find({ channel: 'web', accountId: 'default', externalId: mine.visitorId });
    const audit = { id: 'a1', at: 0, actor: 'visitor', action: 'erase', subject: contact?.id ?? '', detail: null };
    await doors.store.contacts.erase(contact?.id ?? '', audit);
    doors.web.forget?.(mine.visitorId);
    await cut;
    expect(await refusal(mine.token)).toBe('unauthorized');
    expect(other.connected).toBe(true);
  });

  it('When messages were on the screen, then the desk is told, and nonsense is not', async () => {
    await open();
    const { token, visitorId } = await doors.visitor();
    const socket = await doors.connect('/widget', { token });
    expect(await ask(socket, 'message:seen', { ids: ['m1', 'm2'] })).toEqual({ ok: true });
    expect(await ask(socket, 'message:seen', { ids: [] })).toEqual({ ok: false, code: 'invalid' });
    expect(doors.desk.calls.filter((call) => call.startsWith('seen'))).toEqual([`seen:${visitorId}:m1,m2`]);
  });

  it('When a visitor types, then the desk is told', async () => {
    await open();
    const { token, visitorId } = await doors.visitor();
    const socket = await doors.connect('/widget', { token });
    expect(await ask(socket, 'typing')).toEqual({ ok: true });
    expect(doors.desk.calls).toContain(`typing:${visitorId}`);
  });

  it('When a visitor floods, then the socket is cut, a new one does not help, and other visitors notice nothing', async () => {
    await open({ limits: { burst: 5, everyMs: 1_000 } });
    const { token } = await doors.visitor();
    const flooder = await doors.connect('/widget', { token });
    const other = await doors.connect('/widget', { token: (await doors.visitor()).token });
    const cut = next(flooder, 'disconnect');
    for (let i = 0; i < 10; i += 1) flooder.emit('message:send', { clientMessageId: `message-${100 + i}`, text: 'x' });
    await cut;
    const again = await doors.connect('/widget', { token });
    const cutAgain = next(again, 'disconnect');
    again.emit('typing');
    await cutAgain;
    expect((await say(other, 'message-0001')).ok).toBe(true);
    expect(doors.desk.calls.filter((call) => call === 'intake').length).toBeLessThanOrEqual(6);
    doors.time.now += 5_000;
    const calm = await doors.connect('/widget', { token });
    expect((await say(calm, 'message-0001')).ok).toBe(true);
  });

  it('When one address holds as many sockets as it may, then another waits until one is closed', async () => {
    await open({ limits: { socketsPerAddress: 2 } });
    const { token } = await doors.visitor();
    const first = await doors.connect('/widget', { token });
    await doors.connect('/widget', { token });
    expect(await refusal(token)).toBe('too-many');
    first.close();
    await until('the place is free', () => doors.realtime.widget.sockets.size === 1);
    expect(await refusal(token)).toBe('connected');
  });

  it('When the channel stops, then its sockets are cut in a way that lets widgets come back by themselves', async () => {
    await open();
    const socket = await doors.connect('/widget', { token: (await doors.visitor()).token });
    expect(doors.web.health().state).toBe('ready');
    const reason = next(socket, 'disconnect');
    await doors.web.stop();
    expect(await reason).toBe('transport close');
    expect(doors.web.health()).toMatchObject({ state: 'down', detail: expect.any(String) });
    expect(await refusal((await doors.visitor()).token)).toBe('overloaded');
  });
});
