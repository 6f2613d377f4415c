// The child's side over a client without a browser: what it tells, how it sends, and that every call ends with one honest answer.
import { createDelivery } from '../../../src/channels/whatsappWeb/deliver.ts';
import type { LibraryClient } from '../../../src/channels/whatsappWeb/library.ts';
import type { FromChild } from '../../../src/channels/whatsappWeb/protocol.ts';
import { createSession } from '../../../src/channels/whatsappWeb/session.ts';
import { until } from '../../support/until.ts';
import { ana, FakeClient, incoming, own } from './fakeClient.ts';

/** @param isBack the time away has been looked through */
async function setUp(isBack = true) {
  const client = new FakeClient();
  const library = client as unknown as LibraryClient;
  const words: FromChild[] = [];
  const say = (word: FromChild) => void words.push(word);
  const session = createSession(library, say);
  const delivery = createDelivery(library, session, (file) => file, say, { check: 50, send: 50, file: 50 });
  const bodies = () => words.flatMap((word) => (word.kind === 'message' ? [word.message.body] : []));
  const send = async (more: object = {}): Promise<FromChild> => {
    const before = words.length;
    delivery.send({ kind: 'send', call: 7, chat: ana, text: 'Halo', file: null, seen: true, ...more });
    const answers = () => words.slice(before).filter((word) => word.kind === 'sent' || word.kind === 'trouble');
    await until('it is answered', () => answers().length > 0);
    return answers()[0]!;
  };
  if (isBack) await session.reconcile(0, false);
  words.length = 0;
  return { client, words, session, delivery, bodies, send };
}

describe('what the child tells', () => {
  it('When the library says ready before it hears the page, then that is not told; the ready behind it is', async () => {
    const client = new FakeClient();
    let bound = () => {};
    client.attachEventListeners = () => new Promise((resolve) => (bound = resolve));
    const words: FromChild[] = [];
    createSession(client as unknown as LibraryClient, (word) => void words.push(word));
    client.emit('ready');
    const binding = client.attachEventListeners();
    client.emit('ready');
    expect(words).toEqual([]);
    bound();
    await binding;
    client.emit('ready');
    expect(words).toEqual([{ kind: 'ready', number: null }]);
  });

  it('When a person hides the number, then the phone is used where WhatsApp tells it, asked once', async () => {
    const { client, words, session } = await setUp();
    client.phones['99@lid'] = ana;
    client.emit('message', incoming('A', 'satu', { from: '99@lid' }));
    client.emit('message', incoming('B', 'dua', { from: '99@lid' }));
    client.emit('message', incoming('C', 'tiga', { from: '77@lid' }));
    await until('all are told', () => words.length === 3);
    const chats = Object.fromEntries(
      words.map((word) => (word.kind === 'message' ? [word.message.body, word.message.chat] : [])),
    );
    expect(chats).toEqual({ satu: ana, dua: ana, tiga: '77@lid' });
    const lids = Object.fromEntries(words.map((word) => (word.kind === 'message' ? [word.message.body, word.message.lid] : [])));
    expect(lids).toEqual({ satu: '99@lid', dua: '99@lid', tiga: '77@lid' });
    for (const chat of [ana, '99@lid', '77@lid']) expect(await session.hasWritten(chat)).toBe(true);
    expect(client.lookups).toBe(2);
  });

  it('When a message is edited right after it came, then the edit is told after it', async () => {
    const { client, words } = await setUp();
    client.emit('message', incoming('A', 'satu', { from: '99@lid' }));
    client.emit('message_edit', incoming('A', 'dua', { from: '99@lid' }), 'dua', 'satu');
    client.emit(
      'message_revoke_everyone',
      incoming('B', '', { from: '99@lid', type: 'revoked', protocolMessageKey: { id: 'A' } }),
    );
    await until('all are told', () => words.length === 3);
    expect(words.map((word) => word.kind)).toEqual(['message', 'edit', 'edit']);
    expect(words[2]).toMatchObject({ id: 'A', deleted: true, text: '' });
    // What was withdrawn may also be named by the copy from before alone.
    client.emit('message_revoke_everyone', incoming('C', '', { type: 'revoked' }), incoming('A', 'satu'));
    await until('it is told', () => words.length === 4);
    expect(words[3]).toMatchObject({ id: 'A', deleted: true });
  });

  it('When the number behind a message is long in coming, then its edit does not overtake it', async () => {
    const { client, words } = await setUp();
    const asked: ((phones: { lid: string; pn: string }[]) => void)[] = [];
    client.getContactLidAndPhone = () => new Promise((resolve) => asked.push(resolve));
    client.emit('message', incoming('A', 'satu', { from: '99@lid' }));
    client.emit('message_edit', incoming('A', 'dua', { from: '99@lid' }), 'dua', 'satu');
    await until('it is asked', () => asked.length > 0);
    await new Promise((resolve) => setImmediate(resolve));
    // The last question is answered first.
    for (const answer of asked.reverse()) answer([{ lid: '99@lid', pn: ana }]);
    await until('both are told', () => words.length === 2);
    expect(words.map((word) => word.kind)).toEqual(['message', 'edit']);
  });

  it('When it looks for messages of the time away, then those since then and the unread are told, ours and groups are not', async () => {
    const { client, words, bodies, session } = await setUp();
    client.chat(ana, 1, [incoming('A', 'lama'), own('O', 'kami'), incoming('B', 'belum dibaca', { timestamp: 1001 })]);
    client.chat('62813@c.us', 0, [incoming('C', 'tua', { timestamp: 5, from: '62813@c.us' })], 5);
    client.chat('62814@c.us', 0, [incoming('D', 'baru', { timestamp: 2000, from: '62814@c.us' })], 2000);
    client.chat('1-2@g.us', 5, [incoming('E', 'grup', { from: '1-2@g.us' })]);
    await session.reconcile(1_500_000, true);
    expect(bodies().sort()).toEqual(['baru', 'belum dibaca']);
    expect(words[words.length - 1]).toEqual({ kind: 'reconciled', chats: 2, messages: 2, left: 0 });
    await session.reconcile(1_500_000, false);
    expect(bodies().slice(2)).toEqual(['baru']);
  });

  it('When messages of ours were delivered or read while nobody listened, then that is told after what came in', async () => {
    const { client, words, session } = await setUp(false);
    const mine = [own('A', 'satu'), own('B', 'dua'), own('C', 'tiga')].map((one, at) => ({ ...one, ack: at + 1 }));
    client.chat(ana, 1, [...mine, incoming('D', 'empat')]);
    client.chat('62813@c.us', 0, []);
    client.chats[1]!.fetchMessages = () => Promise.reject(new Error('boom'));
    await session.reconcile(0, true);
    expect(words.filter(({ kind }) => kind !== 'note').map(({ kind }) => kind)).toEqual(['message', 'reconciled', 'ack', 'ack']);
    expect(words.filter(({ kind }) => kind === 'ack')).toEqual([
      { kind: 'ack', id: 'B', ack: 2 },
      { kind: 'ack', id: 'C', ack: 3 },
    ]);
  });

  it('When more came in than a first look loads, then it loads on until it has everything since then', async () => {
    const { client, bodies, session } = await setUp();
    const all = Array.from({ length: 130 }, (_, n) => incoming(`A${n}`, `${n}`, { timestamp: 900 + n }));
    client.chat(ana, 0, all, 2000);
    let loaded = 0;
    client.chats[0]!.fetchMessages = async ({ limit }) => {
      loaded = Math.max(loaded, limit ?? 0);
      return all.slice(-loaded);
    };
    await session.reconcile(910_000, true);
    expect(bodies()).toEqual(all.slice(10).map(({ body }) => body));
    expect(loaded).toBe(200);
  });

  it('When something was edited or withdrawn while nobody listened, then the look back tells that too', async () => {
    const { client, words, bodies, session } = await setUp();
    client.chat(ana, 0, [
      incoming('A', 'izin reklame', { latestEditSenderTimestampMs: 5 }),
      incoming('B', '', { type: 'revoked' }),
      incoming('C', 'tetap'),
    ]);
    await session.reconcile(0, false);
    expect(bodies()).toEqual(['izin reklame', 'tetap']);
    expect(words.filter(({ kind }) => kind === 'edit')).toMatchObject([
      { id: 'B', deleted: true },
      { id: 'A', deleted: false, text: 'izin reklame' },
    ]);
  });

  it.each<[string, (client: FakeClient) => void]>([
    ['the chats do not come', (client) => (client.getChats = () => Promise.reject(new Error('boom')))],
    ['one chat cannot be opened', (client) => (client.chats[0]!.fetchMessages = () => Promise.reject('timeout'))],
    ['a message is not decrypted yet', (client) => client.chat('62815@c.us', 0, [incoming('X', '', { type: 'ciphertext' })])],
  ])('When it looks back and %s, then it says that something is left, and what comes in is told', async (_what, spoil) => {
    const { client, bodies, words, session } = await setUp(false);
    client.chat(ana, 0, [incoming('A', 'satu')]);
    spoil(client);
    await session.reconcile(0, true);
    expect(words.find(({ kind }) => kind === 'reconciled')).toMatchObject({ left: 1 });
    client.emit('message', incoming('B', 'dua'));
    await until('it is told', () => bodies().at(-1) === 'dua');
  });

  it('When a message is only for the phone, then it is told as one that cannot be shown; one to be decrypted is awaited', async () => {
    const { client, words } = await setUp();
    client.emit('message_ciphertext', incoming('A', '', { type: 'ciphertext', _data: {} }));
    client.emit(
      'message_ciphertext',
      incoming('B', '', { type: 'ciphertext', _data: { subtype: 'view_once_unavailable_fanout' } }),
    );
    await until('it is told', () => words.length > 0);
    expect(words).toMatchObject([{ kind: 'message', message: { id: 'B', type: 'unavailable' } }]);
  });

  it('When somebody writes while it looks for what they wrote before, then the earlier comes first', async () => {
    const { client, bodies, session } = await setUp(false);
    client.chat(ana, 2, [incoming('A', 'satu'), incoming('B', 'dua')]);
    client.emit('message', incoming('C', 'tiga'));
    const looking = session.reconcile(0, true);
    client.emit('message', incoming('D', 'empat'));
    await looking;
    await until('all are told', () => bodies().length === 4);
    expect(bodies()).toEqual(['satu', 'dua', 'tiga', 'empat']);
    client.emit('message', incoming('E', 'lima'));
    await until('what comes later is told', () => bodies().at(-1) === 'lima');
  });

  it('When something cannot be read, then that is noted and nothing is thrown', async () => {
    const { client, words } = await setUp();
    for (const event of ['message', 'message_create', 'message_edit', 'message_revoke_everyone', 'message_ack', 'call'])
      client.emit(event, { broken: true });
    expect(words).toEqual([{ kind: 'note', detail: 'a message could not be read' }]);
  });
});

describe('how the child sends', () => {
  const heard = async () => {
    const all = await setUp();
    all.client.chat(ana, 0, [incoming('A', 'halo')]);
    return all;
  };

  it('When it answers somebody who wrote, then it is sent, and read only when all of theirs is stored', async () => {
    const { client, send } = await heard();
    expect(await send()).toEqual({ kind: 'sent', call: 7, id: 'OUT1' });
    expect(client.seen).toEqual([ana]);
    await send({ seen: false });
    expect(client.seen).toEqual([ana]);
    expect(client.sends.map(([, , options]) => options)).toEqual(Array(2).fill(expect.objectContaining({ sendSeen: false })));
  });

  it('When somebody never wrote to this number, then nothing is sent', async () => {
    const { client, send } = await setUp();
    expect(await send()).toMatchObject({ kind: 'trouble', trouble: { verdict: 'stranger' } });
    client.chat(ana, 0, [own('O', 'kami')]);
    expect(await send()).toMatchObject({ trouble: { verdict: 'stranger' } });
    expect(client.sends).toEqual([]);
  });

  it('When somebody called who never wrote, then the call is told and may be answered in words', async () => {
    const { client, words, send } = await setUp();
    client.emit('call', { id: 'C1', from: ana, isVideo: false, isGroup: false, fromMe: false });
    await until('it is told', () => words.length > 0);
    expect(words).toEqual([{ kind: 'call-in', chat: ana, id: 'C1', isVideo: false }]);
    expect(await send()).toMatchObject({ kind: 'sent' });
  });

  it.each([
    ['the page refuses', async () => Promise.reject(new Error('boom')), 'doubt'],
    ['a bare string is thrown', async () => Promise.reject('auth timeout'), 'doubt'],
    ['the frame is gone', async () => Promise.reject(new Error('Attempted to use detached Frame')), 'doubt'],
    ['nothing comes back', async () => undefined, 'doubt'],
    ['nonsense comes back', async () => ({ id: 5 }), 'doubt'],
    ['WhatsApp does not know the person', async () => Promise.reject(new Error('No LID for user')), 'refused'],
  ])('When %s, then the answer says so', async (_what, answer, verdict) => {
    const { client, send } = await heard();
    client.answer = answer;
    expect(await send()).toMatchObject({ kind: 'trouble', trouble: { verdict } });
  });

  it('When the page cannot even say whether they wrote, then it was certainly not sent', async () => {
    const { client, send } = await setUp();
    client.getChatById = async () => Promise.reject(new Error('Target closed'));
    expect(await send()).toMatchObject({ trouble: { verdict: 'unsent' } });
  });

  it('When the call breaks but the message stands in the page, then it is sent, under the id it has there', async () => {
    const { client, send } = await heard();
    client.answer = async (chat, text) => {
      client.emit('message_create', own('ECHO', text, chat));
      client.emit('message_create', own('OTHER', text, '62999@c.us'));
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error('Target closed');
    };
    expect(await send()).toEqual({ kind: 'sent', call: 7, id: 'ECHO' });
  });

  it('When the call hangs, then it is in doubt, or sent when the message stands in the page; when the look before hangs, it is unsent', async () => {
    const { client, send } = await heard();
    const never = new Promise<never>(() => undefined);
    client.answer = () => never;
    expect(await send()).toMatchObject({ trouble: { verdict: 'doubt' } });
    client.answer = (chat, text) => {
      client.emit('message_create', own('ECHO', text, chat));
      return never;
    };
    expect(await send()).toEqual({ kind: 'sent', call: 7, id: 'ECHO' });
    client.sendSeen = () => never;
    expect(await send()).toMatchObject({ kind: 'sent' });
    client.getChatById = () => never;
    expect(await send({ chat: '62813@c.us' })).toMatchObject({ trouble: { verdict: 'unsent' } });
  });

  it.each([
    ['comes', { data: 'UE5H' }, 10, { kind: 'file', base64: 'UE5H' }],
    ['is too large', { data: 'UE5H'.repeat(9) }, 10, { trouble: { verdict: 'too-large' } }],
    ['does not come', undefined, 10, { trouble: { verdict: 'unsent' } }],
  ])('When a file %s, then the answer says so', async (_what, media, maxBytes, expected) => {
    const { client, delivery, words } = await heard();
    client.getMessageById = async () => ({ downloadMedia: async () => media });
    delivery.fetch({ kind: 'fetch', call: 3, key: 'false_x_A', maxBytes });
    await until('it is answered', () => words.length > 0);
    expect(words[0]).toMatchObject({ call: 3, ...expected });
  });
});
