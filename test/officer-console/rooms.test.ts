import type { Asked } from '../../officer-console/link.ts';
import { createRooms } from '../../officer-console/logic/rooms.ts';
import type { OfficerHistory } from '../../src/contract/events.ts';
import type { Message } from '../../src/contract/message.ts';
import { makeMessage, makeRow } from './make.ts';

/** Rooms over a socket whose answers the test gives. */
function setup() {
  const asked: {
    how: 'watch' | 'since';
    conversationId: string;
    rev: number;
    answer: (given: Asked<OfficerHistory>) => Promise<void>;
  }[] = [];
  const left: string[] = [];
  const ask = (how: 'watch' | 'since') => (conversationId: string, rev: number) =>
    new Promise<Asked<OfficerHistory>>((resolve) => {
      const answer = async (given: Asked<OfficerHistory>) => {
        resolve(given);
        await new Promise<void>((done) => setImmediate(done));
      };
      asked.push({ how, conversationId, rev, answer });
    });
  const seen: Message[] = [];
  const rooms = createRooms({
    link: { watch: ask('watch'), since: ask('since'), unwatch: (id) => left.push(id) },
    seen: (messages) => seen.push(...messages),
    changed: () => undefined,
  });
  return { rooms, asked, left, seen };
}

const message = (seq: number) => makeMessage({ id: `m${seq}`, seq, rev: seq });
const page = (rev: number, messages: Message[], more = false, id = 'c1'): Asked<OfficerHistory> => ({
  ok: true,
  rev,
  messages,
  more,
  conversation: makeRow({ id, rev }),
});
const calls = (asked: { how: string; conversationId: string; rev: number }[]) =>
  asked.map(({ how, conversationId, rev }) => `${how} ${conversationId} ${rev}`);

describe('the open conversation', () => {
  it('When it is opened, then it is joined once and read page after page', async () => {
    const { rooms, asked } = setup();
    rooms.show('c1');
    await asked[0]!.answer(page(2, [message(1), message(2)], true));
    await asked[1]!.answer(page(3, [message(3)]));
    expect(calls(asked)).toEqual(['watch c1 0', 'since c1 2']);
    expect(rooms.current()?.log).toMatchObject({ rev: 3, behind: false });
  });

  it('When the connection comes back, then it is joined again from the last revision read', async () => {
    const { rooms, asked } = setup();
    rooms.show('c1');
    await asked[0]!.answer(page(1, [message(1)]));
    rooms.rejoin();
    await asked[1]!.answer(page(2, [message(2)]));
    expect(calls(asked)).toEqual(['watch c1 0', 'watch c1 1']);
    expect(rooms.current()?.log.messages.map((one) => one.seq)).toEqual([1, 2]);
  });

  it('When another is opened before the answer, then the late answer does not show there', async () => {
    const { rooms, asked, left } = setup();
    rooms.show('c1');
    rooms.show('c2');
    await asked[1]!.answer(page(1, [], false, 'c2'));
    await asked[0]!.answer(page(5, [message(1)]));
    expect(left).toEqual(['c1']);
    expect(rooms.current()).toMatchObject({ id: 'c2', log: { messages: [] } });
    rooms.show('c1');
    expect(calls(asked)).toEqual(['watch c1 0', 'watch c2 0', 'watch c1 0']);
  });

  it('When an event leaves a hole, then the hole is read at once', async () => {
    const { rooms, asked, seen } = setup();
    rooms.show('c1');
    await asked[0]!.answer(page(1, [message(1)]));
    rooms.onChanged({ conversationId: 'c1', rev: 3, messages: [message(3)] });
    expect(calls(asked)).toEqual(['watch c1 0', 'watch c1 1']);
    await asked[1]!.answer(page(3, [message(2), message(3)]));
    expect(rooms.current()?.log.messages.map((one) => one.seq)).toEqual([1, 2, 3]);
    expect(seen.map((one) => one.seq)).toEqual([1, 3, 2, 3]);
  });

  it('When the server says there is more but gives nothing new, then reading ends', async () => {
    const { rooms, asked } = setup();
    rooms.show('c1');
    await asked[0]!.answer(page(0, [], true));
    expect(asked).toHaveLength(1);
  });

  it('When it may not be seen, then the room says why', async () => {
    const { rooms, asked } = setup();
    rooms.show('c1');
    await asked[0]!.answer({ ok: false, code: 'not-found' });
    expect(rooms.current()?.trouble).toBe('not-found');
  });

  it('When it moved to a team of others, then nothing of it stays on the screen', async () => {
    const { rooms, asked } = setup();
    rooms.show('c1');
    await asked[0]!.answer(page(1, [message(1)]));
    rooms.rejoin();
    await asked[1]!.answer({ ok: false, code: 'not-found' });
    expect(rooms.current()).toMatchObject({ row: null, trouble: 'not-found', log: { messages: [] } });
  });

  it('When an older row comes after a newer one, then the newer one stays', async () => {
    const { rooms, asked } = setup();
    rooms.show('c1');
    await asked[0]!.answer(page(4, []));
    rooms.onRows([makeRow({ rev: 5, state: 'officer', officerId: 'o2' }), makeRow({ rev: 3, state: 'bot' })]);
    expect(rooms.current()?.row).toMatchObject({ rev: 5, state: 'officer' });
  });
});
