import { clientMessageIdSchema } from '../../src/contract/conversation.ts';
import { parseFromLoader, parseFromPanel } from '../../web-widget/frameMessages.ts';
import { newMessageId } from '../../web-widget/messageId.ts';
import { daysOf, rowsOf } from '../../web-widget/rows.ts';
import { createStorage } from '../../web-widget/storage.ts';
import { emptyTimeline, merge, toItems } from '../../web-widget/timeline.ts';
import { createUnread } from '../../web-widget/unread.ts';
import { fakeLocalStore, fakeStorage, message } from './support.ts';

const items = (...parts: Parameters<typeof message>[0][]) => toItems(merge(emptyTimeline, parts.map(message)), []);
const own = { direction: 'in', author: 'contact' } as const;

describe('storage', () => {
  it('When the browser forbids storage, then values live in memory', () => {
    const storage = createStorage(() => {
      throw new Error('SecurityError');
    });
    storage.set('a', '1');
    expect([storage.get('a'), storage.keys()]).toEqual(['1', ['a']]);
    storage.remove('a');
    expect([storage.get('a'), storage.keys()]).toEqual([null, []]);
  });

  it('When the store is full, then the newest value counts, not the older one on disk', () => {
    const local = fakeLocalStore();
    const storage = createStorage(() => local);
    storage.set('a', 'old');
    const write = local.setItem;
    local.setItem = () => {
      throw new Error('QuotaExceededError');
    };
    storage.set('a', 'new');
    expect([storage.get('a'), storage.keys()]).toEqual(['new', ['a']]);
    local.setItem = write;
    storage.set('a', 'newest');
    expect(local.getItem('a')).toBe('newest');
  });
});

describe('newMessageId', () => {
  it('When the browser has no randomUUID, then the id is still unique and fits the contract', () => {
    const old = { getRandomValues: crypto.getRandomValues.bind(crypto) };
    const ids = [newMessageId(old), newMessageId(old), newMessageId(crypto)];
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(clientMessageIdSchema.safeParse(id).success).toBe(true);
  });
});

describe('frame messages', () => {
  it('When a stranger posts something else, then it is nothing', () => {
    for (const data of [null, 'close', { loket: 'open' }, { loket: 'unread', count: '1' }, { type: 'close' }])
      expect([parseFromPanel(data), parseFromLoader(data)]).toEqual([null, null]);
    expect(parseFromLoader({ loket: 'visible', isVisible: 1 })).toBeNull();
    expect(parseFromLoader({ loket: 'ready', isVisible: true })).toBeNull();
  });

  it('When it is one of ours, then it is read without extras', () => {
    expect(parseFromPanel({ loket: 'close', x: 1 })).toEqual({ loket: 'close' });
    expect(parseFromPanel({ loket: 'unread', count: 2 })).toEqual({ loket: 'unread', count: 2 });
    expect(parseFromLoader({ loket: 'visible', isVisible: true })).toEqual({ loket: 'visible', isVisible: true });
  });
});

describe('unread', () => {
  it('When messages arrive out of sight, then they count until the panel is seen, also after a reload', () => {
    const storage = fakeStorage();
    const unread = createUnread(storage);
    expect(unread.count(items({ seq: 1 }), true)).toBe(0);
    const later = items({ seq: 1 }, { seq: 2, ...own }, { seq: 3 }, { seq: 4, deleted: true });
    expect(unread.count(later, false)).toBe(1);
    expect(createUnread(storage).count(later, false)).toBe(1);
    expect(unread.count(later, true)).toBe(0);
    expect(createUnread(storage).count(later, false)).toBe(0);
  });
});

describe('rows', () => {
  it('When the visitor has written since, then earlier quick replies are gone', () => {
    const buttons = [{ id: 'a', label: 'A' }];
    const pressable = (...parts: Parameters<typeof message>[0][]) => rowsOf(items(...parts)).map((row) => row.hasButtons);
    expect(pressable({ seq: 1, buttons }, { seq: 2 })).toEqual([true, false]);
    expect(pressable({ seq: 1, buttons }, { seq: 2, ...own }, { seq: 3, buttons })).toEqual([false, false, true]);
    expect(pressable({ seq: 1, buttons, deleted: true })).toEqual([false]);
  });

  it('When the speaker changes or a pause is long, then a new group begins', () => {
    const rows = rowsOf(
      items(
        { seq: 1 },
        { seq: 2 },
        { seq: 3, author: 'officer', authorName: 'Rina' },
        { seq: 4, author: 'officer', authorName: 'Budi' },
        { seq: 5, author: 'officer', authorName: 'Budi', createdAt: 1_004 + 5 * 60_000 },
      ),
    );
    expect(rows.map((row) => [row.isFirst, row.isLast])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
      [true, true],
    ]);
  });

  it('When days change, then each begins with its name', () => {
    const at = (day: number) => new Date(2026, 10, day, 12).getTime();
    const rows = rowsOf(
      items(
        { seq: 1, createdAt: at(1) },
        { seq: 2, createdAt: at(9) },
        { seq: 3, createdAt: at(10) },
        { seq: 4, createdAt: at(10) },
      ),
    );
    const options = { today: 'Hari ini', yesterday: 'Kemarin', language: 'id', now: at(10) };
    expect(daysOf(rows, options).map((entry) => ('day' in entry ? entry.day : entry.item.key))).toEqual([
      '1 November 2026',
      'm1',
      'Kemarin',
      'm2',
      'Hari ini',
      'm3',
      'm4',
    ]);
  });
});
