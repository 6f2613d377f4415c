// The time left to reply, as an officer reads it; who stands first because of it; and templates with their blanks.
import { noFilter } from '../../officer-console/logic/route.ts';
import { emptyList, mergeRows } from '../../officer-console/logic/rows.ts';
import { blanksIn, filled } from '../../officer-console/logic/templates.ts';
import { hurry, windowBlock, windowText } from '../../officer-console/logic/window.ts';
import { makeRow } from './make.ts';

const HOUR = 3_600_000;
const channels = [
  { name: 'whatsapp', windowMs: 24 * HOUR, templates: true },
  { name: 'whatsappWeb', windowMs: 24 * HOUR, templates: false },
  { name: 'telegram', windowMs: null, templates: false },
];
const now = 100 * HOUR;
const row = (hoursAgo: number, more: Parameters<typeof makeRow>[0] = {}) =>
  makeRow({
    channel: 'whatsapp',
    state: 'officer',
    officerId: 'o1',
    waitingSince: 1,
    lastInboundAt: now - hoursAgo * HOUR,
    ...more,
  });

describe('the time left to reply', () => {
  test.each([
    [1, '23 j 0 m lagi untuk membalas'],
    [23.5, '30 m lagi untuk membalas'],
    [24, 'waktu balas habis'],
    [90, 'waktu balas habis'],
  ])('When the citizen wrote %d hours ago, then it reads %s', (hoursAgo, text) => {
    expect(windowText(row(hoursAgo), channels, now)).toBe(text);
  });

  it('When the channel has no window or is not known yet, then nothing is said and nothing blocked', () => {
    for (const one of [row(90, { channel: 'telegram' }), row(90, { channel: 'web' })]) {
      expect(windowText(one, channels, now)).toBeNull();
      expect(windowBlock(one, channels, now)).toBeNull();
      expect(hurry(one, channels, now)).toBeNull();
    }
  });

  it('When the window is over, then the box says what is left: a template, or waiting', () => {
    expect(windowBlock(row(23.9), channels, now)).toBeNull();
    expect(windowBlock(row(24), channels, now)).toMatch(/Kirim templat/);
    expect(windowBlock(row(24, { channel: 'whatsappWeb' }), channels, now)).not.toMatch(/templat/i);
  });

  it('When it closes within two hours and somebody waits, then there is a hurry; when it is answered or over, there is none', () => {
    expect(hurry(row(22.5), channels, now)).toBe(now + 1.5 * HOUR);
    expect(hurry(row(21.9), channels, now)).toBeNull();
    expect(hurry(row(22.5, { waitingSince: null }), channels, now)).toBeNull();
    expect(hurry(row(24), channels, now)).toBeNull();
    expect(hurry(row(22.5, { state: 'bot' }), channels, now)).toBeNull();
  });

  it('When rows are put in order, then those in a hurry come first, the next to close on top', () => {
    const place = {
      view: 'mine' as const,
      officerId: 'o1',
      filter: noFilter,
      hurry: (one: Parameters<typeof hurry>[0]) => hurry(one, channels, now),
    };
    const rows = [
      row(1, { id: 'long', waitingSince: 1 }),
      row(22.5, { id: 'soon', waitingSince: 50 }),
      row(23.5, { id: 'sooner', waitingSince: 60 }),
    ];
    expect(mergeRows(emptyList, rows, place).rows.map(({ id }) => id)).toEqual(['sooner', 'soon', 'long']);
    const { hurry: _, ...calm } = place;
    expect(mergeRows(emptyList, rows, calm).rows.map(({ id }) => id)).toEqual(['long', 'soon', 'sooner']);
  });

  it('When all or ended ones are listed, then a hurry changes nothing: there the newest stands first', () => {
    const ends = (one: Parameters<typeof hurry>[0]) => hurry(one, channels, now);
    const rows = [row(22.5, { id: 'soon' }), row(1, { id: 'long' })];
    const place = { view: 'all' as const, officerId: 'o1', filter: noFilter, hurry: ends };
    expect(mergeRows(emptyList, rows, place).rows.map(({ id }) => id)).toEqual(['long', 'soon']);
  });
});

describe('templates', () => {
  it('When a text has blanks, then they are counted once each and filled in; an empty one stays', () => {
    expect(blanksIn('Halo {{1}}, {{2}} dan {{1}}.')).toBe(2);
    expect(blanksIn('Tanpa isian {x}.')).toBe(0);
    expect(filled('Halo {{1}}, {{2}}.', ['Asep', ''])).toBe('Halo Asep, {{2}}.');
  });
});
