// What browsers are shown: the right people, once, little, and never a citizen what is not theirs.
import type { Socket } from 'socket.io-client';
import type { Conversation, ConversationRow } from '../../src/contract/conversation.ts';
import type { Message } from '../../src/contract/message.ts';
import { collect, type Doors, next, openDoors } from '../support/doors.ts';
import { until } from '../support/until.ts';

type InboxChange = { rows: ConversationRow[] };

describe('the publisher', () => {
  let doors: Doors;
  beforeEach(async () => {
    doors = await openDoors();
  });
  afterEach(() => doors.close());

  const console_ = async (name: string, role: 'officer' | 'admin' = 'officer', teams: string[] = []) => {
    const officer = await doors.officer(name, role, teams);
    return { officer, socket: await doors.connect('/officer', { cookie: officer.cookie }) };
  };

  /** A visitor whose first message is stored, with the socket. */
  async function visitor(name = 'message-0001', text = 'Apa syarat NIB?') {
    const { token } = await doors.visitor();
    const socket = await doors.connect('/widget', { token });
    const answer = await socket.timeout(5_000).emitWithAck('message:send', { clientMessageId: name, text });
    const message = (await doors.store.messages.get(answer.message.id)) as Message;
    return { socket, token, message, conversationId: message.conversationId };
  }

  /** Everything sent to this socket before now has arrived when this resolves. */
  const settled = (socket: Socket) => socket.timeout(5_000).emitWithAck('history:since', {});

  async function seat(conversationId: string) {
    const found = await doors.store.conversations.get(conversationId);
    if (found === null) throw new Error('gone');
    return found;
  }

  it('When many conversations change at once, then lists get one packet with the last row of each', async () => {
    const { socket } = await console_('siti');
    const packets = collect<InboxChange>(socket, 'inbox:changed');
    const visitors = await Promise.all(Array.from({ length: 5 }, (_, i) => visitor(`message-000${i}`)));
    await until('all five are listed', () => new Set(packets.flatMap(({ rows }) => rows.map(({ id }) => id))).size === 5);
    packets.length = 0;

    const seats = await Promise.all(visitors.map(({ conversationId }) => seat(conversationId)));
    for (let change = 1; change <= 10; change += 1)
      for (const { conversation, contact } of seats)
        doors.publisher.changed({
          conversation: { ...conversation, rev: conversation.rev + change, failures: change },
          contact,
          messages: [],
        });
    await until('a packet', () => packets.length > 0);
    expect(packets).toHaveLength(1);
    expect(packets[0]!.rows).toHaveLength(5);
    expect(packets[0]!.rows.map(({ failures }) => failures)).toEqual([10, 10, 10, 10, 10]);
    expect(packets[0]!.rows[0]).toMatchObject({ preview: 'Apa syarat NIB?', contactName: null });
  });

  it('When a conversation belongs to a team, then its members, admins and its holder hear of it, each once, and nobody else', async () => {
    const member = await console_('member', 'officer', ['t_team']);
    const admin = await console_('boss', 'admin', ['t_team']);
    const holder = await console_('holder', 'officer', ['t_other']);
    const outsider = await console_('outsider', 'officer', ['t_other']);
    const seenWithoutTeam = next(outsider.socket, 'inbox:changed');
    const { conversationId } = await visitor();
    const { conversation, contact } = await seat(conversationId);
    await seenWithoutTeam;

    const everybody = [member, admin, holder, outsider];
    const heard = everybody.map(({ socket }) => collect<InboxChange>(socket, 'inbox:changed'));
    const moved: Conversation = { ...conversation, rev: conversation.rev + 1, teamId: 't_team', officerId: holder.officer.id };
    doors.publisher.changed({ conversation: moved, contact: { ...contact, name: 'Warga' }, messages: [] });
    await until('four packets', () => heard.every((packets) => packets.length > 0));
    await Promise.all(everybody.map(({ socket }) => settled(socket)));
    expect(heard.map((packets) => packets.length)).toEqual([1, 1, 1, 1]);
    expect(heard.map((packets) => packets[0]!.rows[0]!.contactName)).toEqual(['Warga', 'Warga', 'Warga', null]);
    // The outsider learns that it has left, and nothing of its content; of what comes later, nothing at all.
    expect(heard[3]![0]!.rows[0]).toMatchObject({ teamId: 't_team', preview: '' });
    doors.publisher.changed({ conversation: { ...moved, rev: moved.rev + 1 }, contact, messages: [] });
    await until('the next packet', () => heard[0]!.length === 2);
    await settled(outsider.socket);
    expect(heard[3]).toHaveLength(1);
  });

  it('When a message is stored, then its visitor sees it without what is for officers, and another visitor sees nothing', async () => {
    const mine = await visitor();
    const other = await visitor('message-0002');
    const { officer } = await console_('siti');
    const seen = collect<Record<string, unknown>>(mine.socket, 'message:new');
    const foreign: string[] = [];
    other.socket.onAny((event) => foreign.push(event));
    await doors.desk.officer.note(officer, {
      conversationId: mine.conversationId,
      clientMessageId: 'message-0003',
      text: 'catatan',
    });
    await doors.desk.officer.send(officer, {
      conversationId: mine.conversationId,
      clientMessageId: 'message-0004',
      text: 'jawaban',
    });
    await until('the answer', () => seen.length > 0);
    expect(seen).toEqual([expect.objectContaining({ text: 'jawaban', author: 'officer', authorName: 'siti', seq: 2 })]);
    expect(JSON.stringify(seen)).not.toContain(officer.id);
    await settled(other.socket);
    expect(foreign).toEqual([]);
  });

  it('When the owner changes, then the visitor is told once, with the name of the officer', async () => {
    const { socket, conversationId } = await visitor();
    const { officer } = await console_('siti');
    const states = collect<{ state: string; officerName: string | null }>(socket, 'conversation:state');
    await doors.desk.officer.claim(officer, conversationId);
    await until('the officer is named', () => states.some(({ officerName }) => officerName === 'siti'));
    const told = states.length;
    await doors.desk.officer.send(officer, { conversationId, clientMessageId: 'message-0004', text: 'jawaban' });
    await settled(socket);
    expect(states).toHaveLength(told);
    expect(JSON.stringify(states)).not.toContain(officer.id);
  });

  it('When delivery state, place or typing change, then those who look at the conversation see it', async () => {
    const { socket, conversationId, message } = await visitor();
    const { officer, socket: desk } = await console_('siti');
    await desk.timeout(5_000).emitWithAck('conversation:watch', { conversationId, rev: 0 });
    const { conversation } = await seat(conversationId);
    const expected = Promise.all([
      next(socket, 'message:status'),
      next(desk, 'conversation:changed'),
      next(socket, 'queue:place'),
      next(socket, 'typing'),
      next(desk, 'duty:changed'),
    ]);
    doors.publisher.status([{ ...message, state: 'read', rev: 99 }]);
    const place = { ahead: 2, estimate: null, officersOnDuty: 1 };
    doors.publisher.place(conversation, place);
    desk.emit('typing', { conversationId });
    doors.publisher.duty(officer.id, 'break');
    expect(await expected).toEqual([
      { id: message.id, seq: 1, rev: 99, state: 'read' },
      { conversationId, rev: 99, messages: [{ ...message, state: 'read', rev: 99 }] },
      place,
      { name: 'siti' },
      { officerId: officer.id, duty: 'break' },
    ]);
    const typing = next(desk, 'typing');
    doors.publisher.typing(conversation, null);
    expect(await typing).toEqual({ conversationId, officerId: null, name: null });
  });

  it('When a row had to be looked up and came late, then it does not replace a newer one', async () => {
    const { socket } = await console_('siti');
    const seen = next(socket, 'inbox:changed');
    const { conversationId, message } = await visitor();
    await seen;
    const { conversation, contact } = await seat(conversationId);
    const packets = collect<InboxChange>(socket, 'inbox:changed');
    const stale = await doors.store.conversations.row(conversationId);
    let arrive = () => {};
    doors.store.conversations.row = () =>
      new Promise((resolve) => {
        arrive = () => resolve(stale);
      });
    doors.publisher.changed({ conversation: { ...conversation, seq: 2, rev: 50 }, contact, messages: [] });
    const last = { ...message, seq: 3, text: 'terbaru' };
    doors.publisher.changed({ conversation: { ...conversation, seq: 3, rev: 60 }, contact, messages: [last] });
    await until('the newer row', () => packets.length > 0);
    arrive();
    await settled(socket);
    doors.publisher.stop();
    await settled(socket);
    expect(packets.flatMap(({ rows }) => rows.map(({ rev, preview }) => [rev, preview]))).toEqual([[60, 'terbaru']]);
  });

  it('When the store is away while a hint is made, then the hint is dropped, and the desk lives on', async () => {
    const { socket } = await console_('siti');
    const { conversationId } = await visitor();
    const { conversation, contact } = await seat(conversationId);
    const { row } = doors.store.conversations;
    doors.store.conversations.row = () => Promise.reject(new Error('away'));
    doors.publisher.changed({ conversation: { ...conversation, seq: 50, rev: 50 }, contact, messages: [] });
    await until('the log says so', () => doors.logged.some(({ event }) => event === 'hint dropped'));
    doors.store.conversations.row = row;
    expect(socket.connected).toBe(true);
  });
});
