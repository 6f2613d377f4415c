import { createKeep, type Unsent } from '../../officer-console/logic/keep.ts';
import { createOutbox, type Delivered } from '../../officer-console/logic/outbox.ts';
import type { Message } from '../../src/contract/message.ts';
import { makeMessage, makeShelf } from './make.ts';

/** An outbox whose server answers when the test says so. */
function setup(shelf = makeShelf()) {
  const asked: { entry: Unsent; answer: (answer: Delivered) => Promise<void> }[] = [];
  const stored: Message[] = [];
  let time = 1000;
  let ids = 0;
  const outbox = createOutbox({
    keep: createKeep(shelf, 'o1'),
    deliver: (entry) =>
      new Promise((resolve) => {
        const answer = async (given: Delivered) => {
          resolve(given);
          await settled();
        };
        asked.push({ entry, answer });
      }),
    delivered: (message) => stored.push(message),
    changed: () => undefined,
    newId: () => `client-000${++ids}`,
    now: () => time,
  });
  const copyOf = ({ clientMessageId, conversationId, text }: Unsent): Message =>
    makeMessage({ id: `m-${clientMessageId}`, conversationId, clientMessageId, text, direction: 'out', state: 'pending' });
  const passTime = (ms: number) => {
    time += ms;
  };
  return { outbox, asked, stored, shelf, copyOf, passTime };
}

/** A text that began when nothing was there yet. */
const text = (own: { conversationId: string; kind: 'reply' | 'note'; text: string }) => ({ ...own, seen: 0, fileName: null });

/** Lets every promise that can go on go on. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('messages on their way', () => {
  it('When A waits for its answer and B is open, then what was typed in A goes to A only', async () => {
    const { outbox, asked, copyOf } = setup();
    outbox.send(text({ conversationId: 'a', kind: 'reply', text: 'untuk A' }));
    outbox.send(text({ conversationId: 'b', kind: 'reply', text: 'untuk B' }));
    expect(asked.map(({ entry }) => [entry.conversationId, entry.text])).toEqual([
      ['a', 'untuk A'],
      ['b', 'untuk B'],
    ]);
    const [first] = asked;
    await first!.answer({ ok: true, message: copyOf(first!.entry) });
    expect(outbox.echoes().map((echo) => echo.conversationId)).toEqual(['b']);
  });

  it('When two are sent in one conversation, then the second leaves after the first is stored', async () => {
    const { outbox, asked, stored, copyOf } = setup();
    outbox.send(text({ conversationId: 'a', kind: 'reply', text: 'satu' }));
    outbox.send(text({ conversationId: 'a', kind: 'reply', text: 'dua' }));
    expect(asked).toHaveLength(1);
    expect(outbox.echoes().map((echo) => echo.state)).toEqual(['sending', 'waiting']);
    await asked[0]!.answer({ ok: true, message: copyOf(asked[0]!.entry) });
    expect(asked[1]!.entry.text).toBe('dua');
    await asked[1]!.answer({ ok: true, message: copyOf(asked[1]!.entry) });
    expect(stored.map((message) => message.text)).toEqual(['satu', 'dua']);
    expect(outbox.echoes()).toEqual([]);
  });

  it('When there is no answer, then it stays, and every further try carries the same clientMessageId', async () => {
    const { outbox, asked, copyOf, shelf } = setup();
    outbox.send(text({ conversationId: 'a', kind: 'reply', text: 'satu' }));
    await asked[0]!.answer({ ok: false, code: 'no-answer' });
    expect(outbox.echoes()).toMatchObject([{ state: 'failed', code: 'no-answer', text: 'satu' }]);
    outbox.retry('a', 'reply');
    outbox.retry('a', 'reply');
    expect(asked).toHaveLength(2);
    expect(asked[1]!.entry.clientMessageId).toBe(asked[0]!.entry.clientMessageId);
    await asked[1]!.answer({ ok: true, message: copyOf(asked[1]!.entry) });
    expect(shelf.content.size).toBe(0);
  });

  it('When the first fails, then the one behind it waits and both go in order at the next try', async () => {
    const { outbox, asked, copyOf } = setup();
    outbox.send(text({ conversationId: 'a', kind: 'reply', text: 'satu' }));
    outbox.send(text({ conversationId: 'a', kind: 'reply', text: 'dua' }));
    await asked[0]!.answer({ ok: false, code: 'no-answer' });
    expect(asked).toHaveLength(1);
    outbox.retry('a', 'reply');
    await asked[1]!.answer({ ok: true, message: copyOf(asked[1]!.entry) });
    expect(asked.map(({ entry }) => entry.text)).toEqual(['satu', 'satu', 'dua']);
  });

  it('When the server copy comes before the lost answer, then its echo goes and the next one leaves', async () => {
    const { outbox, asked, copyOf } = setup();
    outbox.send(text({ conversationId: 'a', kind: 'reply', text: 'satu' }));
    outbox.send(text({ conversationId: 'a', kind: 'reply', text: 'dua' }));
    outbox.settle([copyOf(asked[0]!.entry)]);
    await asked[0]!.answer({ ok: false, code: 'no-answer' });
    expect(asked[1]!.entry.text).toBe('dua');
  });

  it('When a message may have arrived, then it cannot be taken back; a refused one can, once', async () => {
    const { outbox, asked } = setup();
    outbox.send(text({ conversationId: 'a', kind: 'reply', text: 'satu' }));
    const id = asked[0]!.entry.clientMessageId;
    await asked[0]!.answer({ ok: false, code: 'no-answer' });
    expect(outbox.takeBack(id)).toBeNull();
    outbox.retry('a', 'reply');
    await asked[1]!.answer({ ok: false, code: 'not-owner' });
    expect(outbox.takeBack(id)).toBe('satu');
    expect(outbox.takeBack(id)).toBeNull();
    expect(outbox.echoes()).toEqual([]);
  });

  it('When the connection is back, then fresh unanswered ones go again; refused and old ones wait for a click', async () => {
    const { outbox, asked, passTime } = setup();
    outbox.send(text({ conversationId: 'old', kind: 'reply', text: 'lama' }));
    await asked[0]!.answer({ ok: false, code: 'no-answer' });
    passTime(600);
    outbox.send(text({ conversationId: 'a', kind: 'reply', text: 'baru' }));
    outbox.send(text({ conversationId: 'b', kind: 'reply', text: 'ditolak' }));
    await asked[1]!.answer({ ok: false, code: 'no-answer' });
    await asked[2]!.answer({ ok: false, code: 'closed' });
    outbox.resume(500);
    expect(asked.slice(3).map(({ entry }) => entry.text)).toEqual(['baru']);
  });

  it.each(['no-answer', 'failed', 'store-away', 'overloaded'] as const)(
    'When the answer is %s, then the message may be there: it cannot be taken back, and goes again under its id',
    async (code) => {
      const { outbox, asked } = setup();
      outbox.send(text({ conversationId: 'a', kind: 'reply', text: 'satu' }));
      await asked[0]!.answer({ ok: false, code });
      expect(outbox.takeBack(asked[0]!.entry.clientMessageId)).toBeNull();
      outbox.resume(500);
      expect(asked[1]!.entry.clientMessageId).toBe(asked[0]!.entry.clientMessageId);
    },
  );

  it('When a reply waits for its answer, then a note of the same conversation does not wait behind it', () => {
    const { outbox, asked } = setup();
    outbox.send(text({ conversationId: 'a', kind: 'reply', text: 'kepada warga' }));
    outbox.send(text({ conversationId: 'a', kind: 'note', text: 'antar petugas' }));
    expect(asked.map(({ entry }) => entry.kind)).toEqual(['reply', 'note']);
  });

  it('When a colleague was first, then the echo says so, nothing is sent by itself, and a yes sends it once more with what was read', async () => {
    const { outbox, asked, copyOf } = setup();
    outbox.send(text({ conversationId: 'a', kind: 'reply', text: 'satu' }));
    await asked[0]!.answer({ ok: false, code: 'conflict', why: 'Budi sudah membalas. Tetap kirim?' });
    expect(outbox.echoes()).toMatchObject([{ state: 'failed', code: 'conflict', why: 'Budi sudah membalas. Tetap kirim?' }]);
    outbox.resume(60_000);
    expect(asked).toHaveLength(1);
    outbox.confirm(asked[0]!.entry.clientMessageId, 8);
    expect(asked[1]!.entry).toEqual({ ...asked[0]!.entry, seen: 8 });
    await asked[1]!.answer({ ok: true, message: copyOf(asked[1]!.entry) });
    expect(outbox.echoes()).toEqual([]);
  });

  it('When a file is refused, then it can be dropped, and leaves no text behind', async () => {
    const { outbox, asked } = setup();
    outbox.send({ conversationId: 'a', kind: 'reply', text: '', seen: 0, fileName: 'a.exe' }, 'client-file');
    expect(asked[0]!.entry).toMatchObject({ clientMessageId: 'client-file', fileName: 'a.exe' });
    await asked[0]!.answer({ ok: false, code: 'invalid' });
    expect(outbox.takeBack('client-file')).toBe('');
    expect(outbox.echoes()).toEqual([]);
  });

  it('When the page is loaded again in between, then the message is still there under its id', async () => {
    const { outbox, asked, shelf } = setup();
    outbox.send(text({ conversationId: 'a', kind: 'note', text: 'cek berkas' }));
    const after = setup(shelf);
    expect(after.outbox.echoes()).toMatchObject([{ text: 'cek berkas', kind: 'note', state: 'failed' }]);
    after.outbox.resume(60_000);
    expect(after.asked[0]!.entry.clientMessageId).toBe(asked[0]!.entry.clientMessageId);
  });
});
