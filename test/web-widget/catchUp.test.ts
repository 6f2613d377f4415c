import type { WidgetHistory } from '../../src/contract/events.ts';
import { createCatchUp, type HistoryAnswer } from '../../web-widget/catchUp.ts';
import { conversation, handTimers, message, settled } from './support.ts';

const history = (part: Partial<WidgetHistory>): HistoryAnswer => ({
  ok: true,
  rev: 0,
  messages: [],
  conversation: conversation(),
  more: false,
  ...part,
});

/** Answers by what is asked; `asked` holds every revision asked for, `told` what came of it. */
function setup(answer: (rev: number) => HistoryAnswer | Promise<HistoryAnswer>) {
  const asked: number[] = [];
  const told: (string | number)[] = [];
  const timers = handTimers();
  const catchUp = createCatchUp({
    ask: async (rev) => {
      asked.push(rev);
      return answer(rev);
    },
    apply: (got) => told.push(...got.messages.map((one) => one.seq)),
    newConversation: () => told.push('new'),
    done: () => told.push('done'),
    later: timers.later,
  });
  return { catchUp, asked, told, timers };
}

describe('catchUp', () => {
  it('When more is waiting, then it asks again from where the answer ended', async () => {
    const { catchUp, asked, told } = setup((rev) =>
      history({ rev: Math.min(rev + 2, 5), messages: [message({ seq: rev + 1 })], more: rev + 2 < 5 }),
    );
    await catchUp.run();
    expect(asked).toEqual([0, 2, 4]);
    expect(told).toEqual([1, 3, 5, 'done']);
  });

  it('When an answer says more but does not move, then it stops instead of asking for ever', async () => {
    const { catchUp, asked } = setup(() => history({ rev: 0, more: true }));
    await catchUp.run();
    expect(asked).toEqual([0]);
  });

  it('When events follow each other, then nothing is read; when one is missing, then it reads from the last answer', async () => {
    const { catchUp, asked } = setup(() => history({ rev: 10 }));
    await catchUp.run();
    expect(catchUp.noted(11, false)).toBe(true);
    expect(catchUp.noted(12, false)).toBe(true);
    expect(catchUp.noted(12, false)).toBe(true); // two messages of one revision
    await settled();
    expect(asked).toEqual([0]);
    expect(catchUp.noted(14, false)).toBe(true);
    await settled();
    // Not from 12: a second message of revision 12 may have been lost with the connection.
    expect(asked).toEqual([0, 10]);
  });

  it('When an unknown message claims a revision that was already read, then it is another conversation: read, do not show', async () => {
    const { catchUp, asked } = setup(() => history({ rev: 10 }));
    await catchUp.run();
    expect(catchUp.noted(3, true)).toBe(true);
    expect(asked).toEqual([0]);
    expect(catchUp.noted(3, false)).toBe(false);
    await settled();
    expect(asked).toEqual([0, 10]);
  });

  it('When the answer belongs to another conversation, then that one is read from its start', async () => {
    let current = 'c1';
    const { catchUp, asked, told } = setup((rev) =>
      history({ conversation: conversation({ id: current }), rev: 4, messages: rev === 0 ? [message({ seq: 1 })] : [] }),
    );
    await catchUp.run();
    current = 'c2';
    await catchUp.run();
    expect(asked).toEqual([0, 4, 0]);
    expect(told).toEqual([1, 'done', 'new', 1, 'done']);
    expect(catchUp.notedConversation('c3', 1)).toBe(false);
    await settled();
    expect(asked).toEqual([0, 4, 0, 4]);
  });

  it('When runs overlap, then one reads and reads once more', async () => {
    const { catchUp, asked } = setup(() => history({ rev: 1 }));
    await Promise.all([catchUp.run(), catchUp.run(), catchUp.run()]);
    expect(asked).toEqual([0, 1]);
  });

  it('When the server cannot answer, then it tries later; when the connection is away, then the next connect does it', async () => {
    const answers: HistoryAnswer[] = [
      { ok: false, code: 'away' },
      { ok: false, code: 'store-away' },
      { ok: false, code: 'silent' },
      history({ rev: 2 }),
    ];
    const { catchUp, asked, told, timers } = setup(() => answers.shift() ?? history({ rev: 2 }));
    await catchUp.run();
    expect(timers.delays()).toEqual([]);
    await catchUp.run();
    expect(timers.delays()).toEqual([1_000]);
    timers.runAll();
    await settled();
    expect(timers.delays()).toEqual([2_000]);
    expect(told).toEqual([]);
    timers.runAll();
    await settled();
    expect(asked).toEqual([0, 0, 0, 0]);
    expect(told).toEqual(['done']);
  });

  it('When the visitor deletes everything while an answer is on its way, then that answer is not shown', async () => {
    let answerFirst: (answer: HistoryAnswer) => void = () => undefined;
    const old = history({ rev: 7, messages: [message({ seq: 7 })] });
    const anew = history({ conversation: conversation({ id: 'c2' }), rev: 1, messages: [message({ seq: 1 })] });
    const { catchUp, asked, told } = setup(() =>
      asked.length === 1
        ? new Promise<HistoryAnswer>((resolve) => {
            answerFirst = resolve;
          })
        : anew,
    );
    const run = catchUp.run();
    catchUp.reset();
    answerFirst(old);
    await run;
    expect(asked).toEqual([0, 0]);
    expect(told).toEqual([1, 'done']);
  });

  it('When there is no conversation yet, then the history counts as read', async () => {
    const { catchUp, told } = setup(() => ({ ok: false, code: 'not-found' }));
    await catchUp.run();
    expect(told).toEqual(['done']);
  });
});
