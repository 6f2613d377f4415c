// The lists beside the conversation: a page that does not come says so and is asked for again, and what was asked before a filter is not mixed in.
import { type Filter, noFilter } from '../../officer-console/logic/route.ts';
import { createInbox } from '../../officer-console/state/inbox.ts';
import type { ConversationRow } from '../../src/contract/conversation.ts';
import { makeRow } from './make.ts';

// The library comes as ESM only, and nothing here is drawn: a box with a value will do.
jest.mock('@preact/signals', () => ({ signal: <T>(value: T) => ({ value }) }));

type Answer = { ok: true; rows: ConversationRow[]; cursor: string | null } | { ok: false; code: 'no-answer'; message: string };
const away: Answer = { ok: false, code: 'no-answer', message: 'Server tidak menjawab.' };
const row = (id: string, lastInboundAt: number) => makeRow({ id, lastInboundAt, number: lastInboundAt });
const first: Answer = { ok: true, rows: [row('a', 3), row('b', 2)], cursor: 'b' };
const last: Answer = { ok: true, rows: [row('c', 1)], cursor: null };

function setup(...answers: (Answer | Promise<Answer>)[]) {
  const asked: [filter: Filter, cursor: string | null][] = [];
  const list = async (view: string, filter: Filter, cursor: string | null) => {
    if (view !== 'all') return away;
    asked.push([filter, cursor]);
    return (await answers.shift()) ?? away;
  };
  const api = { list } as unknown as Parameters<typeof createInbox>[0]['api'];
  const inbox = createInbox({ api, officerId: 'o1', hurry: () => null, told: () => undefined });
  const ids = () => inbox.lists.all.value.rows.map(({ id }) => id);
  return { inbox, ids, asked, stalled: () => inbox.lists.all.value.stalled };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('the next page', () => {
  it('When it does not come, then the list says why, asks no more until it resumes, and goes on where it stood', async () => {
    const { inbox, ids, asked, stalled } = setup(first, away, last);
    await inbox.refresh('all');
    await inbox.more('all');
    expect(stalled()).toBe('Server tidak menjawab.');
    expect(inbox.trouble.value).toBeNull();
    await inbox.more('all');
    expect(asked.map(([, cursor]) => cursor)).toEqual([null, 'b']);
    inbox.resume('all');
    expect(stalled()).toBeNull();
    await inbox.more('all');
    expect([ids(), stalled()]).toEqual([['a', 'b', 'c'], null]);
  });

  it('When nobody asks, then a stalled list resumes by itself after some seconds, or when its first page is read again', async () => {
    const { inbox, stalled } = setup(first, away, away, first);
    await inbox.refresh('all');
    await inbox.more('all');
    jest.advanceTimersByTime(4_999);
    expect(stalled()).not.toBeNull();
    jest.advanceTimersByTime(1);
    expect(stalled()).toBeNull();
    await inbox.more('all');
    expect(stalled()).not.toBeNull();
    await inbox.refresh('all');
    expect(stalled()).toBeNull();
  });

  it('When the list was narrowed while it was on its way, then it is not taken for a page of the new list', async () => {
    let come = (_: Answer): void => undefined;
    const late = new Promise<Answer>((resolve) => {
      come = resolve;
    });
    const { inbox, ids, asked } = setup(first, late, first);
    await inbox.refresh('all');
    const more = inbox.more('all');
    inbox.setFilter({ ...noFilter, channel: 'telegram' });
    await Promise.resolve();
    await Promise.resolve();
    expect(inbox.lists.all.value.loaded).toBe(true);
    come(last);
    await more;
    expect(asked[2]).toEqual([{ ...noFilter, channel: 'telegram' }, null]);
    expect([ids(), inbox.lists.all.value.cursor]).toEqual([['a', 'b'], 'b']);
  });
});
