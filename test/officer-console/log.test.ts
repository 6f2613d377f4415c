import { addEvent, addOwn, addPage, beginCatchUp, emptyLog } from '../../officer-console/logic/log.ts';
import { makeMessage } from './make.ts';

const message = (seq: number, rev = seq) => makeMessage({ id: `m${seq}`, seq, rev, createdAt: seq * 10 });
const seqs = (log: { messages: { seq: number | null; id: string }[] }) => log.messages.map((one) => one.seq ?? one.id);
const read = addPage(emptyLog, { rev: 3, messages: [message(1), message(2), message(3)], more: false });

describe('messages of a conversation', () => {
  it('When an event follows on what was read, then it is added and counts as read', () => {
    const { log, gap } = addEvent(read, { rev: 4, messages: [message(4)] });
    expect(seqs(log)).toEqual([1, 2, 3, 4]);
    expect([log.rev, gap]).toEqual([4, false]);
  });

  it('When an event leaves a hole, then it is shown but reading starts before the hole', () => {
    const { log, gap } = addEvent(read, { rev: 6, messages: [message(6)] });
    expect(seqs(log)).toEqual([1, 2, 3, 6]);
    expect([log.rev, gap]).toEqual([3, true]);
    const whole = addPage(beginCatchUp(log), { rev: 6, messages: [message(4), message(5), message(6)], more: false });
    expect(seqs(whole)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(whole.rev).toBe(6);
  });

  it('When only the conversation changed, then its record is read', () => {
    expect(addEvent(read, { rev: 4, messages: [] }).gap).toBe(true);
    expect(addEvent(read, { rev: 3, messages: [] }).gap).toBe(false);
  });

  it('When an event overtakes a catch-up of several pages, then no page is skipped', () => {
    const behind = addPage(emptyLog, { rev: 2, messages: [message(1), message(2)], more: true });
    const { log } = addEvent(behind, { rev: 9, messages: [message(9)] });
    expect([log.rev, log.behind]).toEqual([2, true]);
    const whole = addPage(log, { rev: 8, messages: [3, 4, 5, 6, 7, 8].map((seq) => message(seq)), more: false });
    expect(seqs(whole)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([whole.rev, whole.behind]).toEqual([9, false]);
  });

  it('When the connection broke in a catch-up, then the next one starts from the last page, not from the event', () => {
    const behind = addPage(emptyLog, { rev: 2, messages: [message(1), message(2)], more: true });
    const again = beginCatchUp(addEvent(behind, { rev: 9, messages: [message(9)] }).log);
    expect(again.rev).toBe(2);
    expect(addPage(again, { rev: 3, messages: [message(3)], more: true }).rev).toBe(3);
  });

  it('When a message changed, then its newest copy stays at its place', () => {
    const sent = { ...message(2, 7), state: 'sent' as const };
    const { log } = addEvent(read, { rev: 7, messages: [sent] });
    const { log: after } = addEvent(log, { rev: 7, messages: [message(2, 2)] });
    expect(after.messages[1]).toEqual(sent);
    expect(after.messages).toHaveLength(3);
  });

  it('When a note was made between two messages, then it stands between them, also after it was read again', () => {
    const note = makeMessage({ id: 'note', seq: null, rev: 9, direction: 'note', createdAt: 25 });
    const log = addOwn(read, [note]);
    expect(seqs(log)).toEqual([1, 2, 'note', 3]);
    expect(log.rev).toBe(3);
  });

  it('When the clock of one message is wrong, then the order of the citizen still holds', () => {
    const odd = [makeMessage({ id: 'm1', seq: 1, createdAt: 900 }), makeMessage({ id: 'm2', seq: 2, rev: 2, createdAt: 100 })];
    expect(seqs(addPage(emptyLog, { rev: 2, messages: odd, more: false }))).toEqual([1, 2]);
  });
});
