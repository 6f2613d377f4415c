import { createOutgoing, type Outgoing } from '../../web-widget/outgoing.ts';
import { createSender, type SendAnswer } from '../../web-widget/sender.ts';
import { counter, fakeStorage, handTimers, settled } from './support.ts';

/** A sender whose attempts are answered from a list; `sent` holds the text of every attempt. */
function setup(answers: (SendAnswer | 'ok')[]) {
  const outgoing = createOutgoing({ storage: fakeStorage(), now: () => 0, newId: counter() });
  const timers = handTimers();
  const sent: string[] = [];
  let inFlight = 0;
  const send = async (entry: Outgoing): Promise<SendAnswer> => {
    inFlight += 1;
    expect(inFlight).toBe(1);
    sent.push(entry.text);
    await Promise.resolve();
    inFlight -= 1;
    const answer = answers.shift() ?? 'ok';
    return answer === 'ok' ? { ok: true, message: { seq: sent.length } } : answer;
  };
  const sender = createSender({ outgoing, send, changed: () => {}, later: timers.later });
  return { outgoing, sender, timers, sent };
}

const no = (code: Extract<SendAnswer, { ok: false }>['code']): SendAnswer => ({ ok: false, code });

describe('sender', () => {
  it('When several wait, then they go one at a time in order, also when flushed several times at once', async () => {
    const { outgoing, sender, sent } = setup([]);
    for (const text of ['a', 'b', 'c']) outgoing.add(text);
    await Promise.all([sender.flush(), sender.flush(), sender.flush()]);
    expect(sent).toEqual(['a', 'b', 'c']);
    expect(outgoing.list().map((entry) => [entry.state, entry.seq])).toEqual([
      ['sent', 1],
      ['sent', 2],
      ['sent', 3],
    ]);
  });

  it('When there is no connection, then the line stays and no timer runs', async () => {
    const { outgoing, sender, timers, sent } = setup([no('away')]);
    outgoing.add('a');
    outgoing.add('b');
    await sender.flush();
    expect(sent).toEqual(['a']);
    expect(timers.delays()).toEqual([]);
    expect(outgoing.next()?.text).toBe('a');
  });

  it.each(['silent', 'overloaded', 'store-away', 'too-many', 'unauthorized'] as const)(
    'When the answer is %s, then the same message is tried again, ever more slowly, before the next one',
    async (code) => {
      const { outgoing, sender, timers, sent } = setup([no(code), no(code), no(code)]);
      outgoing.add('a');
      outgoing.add('b');
      const delays: number[] = [];
      void sender.flush();
      for (let i = 0; i < 3; i++) {
        await settled();
        delays.push(...timers.delays());
        timers.runAll();
      }
      await settled();
      expect(delays).toEqual([1_000, 2_000, 4_000]);
      expect(sent).toEqual(['a', 'a', 'a', 'a', 'b']);
    },
  );

  it.each([
    'invalid',
    'too-large',
    'forbidden',
    'not-found',
    'conflict',
    'not-owner',
    'closed',
    'unreachable',
    'cancelled',
    'lost',
  ] as const)('When the answer is %s, then it is marked and the next goes on', async (code) => {
    const { outgoing, sender, sent } = setup([no(code)]);
    outgoing.add('bad');
    outgoing.add('good');
    await sender.flush();
    expect(sent).toEqual(['bad', 'good']);
    expect(outgoing.list().map((entry) => entry.state)).toEqual(['failed', 'sent']);
  });

  it('When the server fails five times for unknown reasons, then the message no longer holds up the next', async () => {
    const { outgoing, sender, timers, sent } = setup(Array.from({ length: 5 }, () => no('failed')));
    outgoing.add('poison');
    outgoing.add('next');
    await sender.flush();
    for (let i = 0; i < 4; i++) {
      timers.runAll();
      await settled();
    }
    expect(sent).toEqual(['poison', 'poison', 'poison', 'poison', 'poison', 'next']);
    expect(outgoing.list().map((entry) => entry.state)).toEqual(['failed', 'sent']);
  });
});
