// The office's calendar: breaks, holidays, Ramadan, midnight, and zones whose clocks jump.
import {
  describeDate,
  describeHours,
  describeMoment,
  type Hours,
  hoursSchema,
  isOpen,
  nextOpening,
} from '../../src/desk/hours.ts';
import { randomFrom } from './random.ts';

const bandung = 'Asia/Jakarta';
const noon = [
  { from: '08:00', to: '12:00' },
  { from: '13:00', to: '15:30' },
];
const friday = [
  { from: '08:00', to: '11:30' },
  { from: '13:00', to: '16:00' },
];
const week = { monday: noon, tuesday: noon, wednesday: noon, thursday: noon, friday, saturday: [], sunday: [] };
const fasting = [{ from: '07:30', to: '13:30' }];
const ramadan = {
  monday: fasting,
  tuesday: fasting,
  wednesday: fasting,
  thursday: fasting,
  friday: fasting,
  saturday: [],
  sunday: [],
};

const hours = hoursSchema.parse({
  weekly: week,
  holidays: [
    { date: '2026-03-17', name: 'Libur di dalam Ramadan' },
    { date: '2026-03-20', name: 'Cuti bersama Idulfitri' },
    { date: '2026-08-17', name: 'Hari Kemerdekaan' },
  ],
  overrides: [{ from: '2026-02-18', to: '2026-03-19', name: 'Ramadan', weekly: ramadan }],
});
/** Wall time in Bandung, UTC+7 all year. */
const at = (wall: string) => Date.parse(`${wall}:00+07:00`);

describe('isOpen', () => {
  it.each([
    ['2026-08-03T07:59', false, 'a minute before Monday opens'],
    ['2026-08-03T08:00', true, 'Monday opens'],
    ['2026-08-03T11:59', true, 'the last minute before noon'],
    ['2026-08-03T12:00', false, 'the noon break begins'],
    ['2026-08-03T13:00', true, 'the noon break ends'],
    ['2026-08-03T15:30', false, 'Monday closes'],
    ['2026-08-07T11:45', false, 'the Friday break'],
    ['2026-08-07T15:45', true, 'Friday stays open longer'],
    ['2026-08-08T10:00', false, 'Saturday'],
    ['2026-08-17T10:00', false, 'a holiday on a Monday'],
    ['2026-02-18T07:30', true, 'Ramadan opens earlier, first day'],
    ['2026-02-18T14:00', false, 'Ramadan closes earlier'],
    ['2026-03-17T08:00', false, 'a holiday within Ramadan'],
    ['2026-03-19T07:30', true, 'the last day of Ramadan'],
    ['2026-03-20T08:00', false, 'a holiday right after it'],
    ['2026-03-23T07:30', false, 'the ordinary table again'],
  ])('When it is %s, then open is %s: %s', (wall, open) => {
    expect(isOpen(hours, at(wall), bandung)).toBe(open);
  });

  it('When the hours are unknown, then it is neither open nor closed', () => {
    expect(isOpen(null, at('2026-08-03T10:00'), bandung)).toBeNull();
    expect(nextOpening(null, at('2026-08-03T10:00'), bandung)).toBeNull();
  });

  it('When a range touches midnight, then the edges belong to the right day', () => {
    const night = hoursSchema.parse({
      weekly: { monday: [{ from: '20:00', to: '24:00' }], tuesday: [{ from: '00:00', to: '02:00' }] },
    });
    expect(isOpen(night, at('2026-08-03T23:59'), bandung)).toBe(true);
    expect(isOpen(night, at('2026-08-04T00:00'), bandung)).toBe(true);
    expect(isOpen(night, at('2026-08-04T02:00'), bandung)).toBe(false);
    expect(isOpen(night, at('2026-08-03T00:00'), bandung)).toBe(false);
    expect(nextOpening(night, at('2026-08-04T02:00'), bandung)).toBe(at('2026-08-10T20:00'));
  });

  it('When the same moment is another day elsewhere, then the given zone counts', () => {
    const moment = at('2026-08-03T08:30');
    expect(isOpen(hours, moment, bandung)).toBe(true);
    expect(isOpen(hours, moment, 'America/New_York')).toBe(false);
  });
});

describe('nextOpening', () => {
  it.each([
    ['2026-08-03T06:00', '2026-08-03T08:00', 'before it opens'],
    ['2026-08-03T10:00', '2026-08-03T10:00', 'while it is open'],
    ['2026-08-03T12:00', '2026-08-03T13:00', 'in the noon break'],
    ['2026-08-07T16:00', '2026-08-10T08:00', 'at the weekend'],
    ['2026-08-14T17:00', '2026-08-18T08:00', 'before a holiday'],
    ['2026-02-17T16:00', '2026-02-18T07:30', 'the evening before Ramadan'],
    ['2026-03-19T14:00', '2026-03-23T08:00', 'when Ramadan ends in a holiday'],
  ])('When it is %s, then the next opening is %s: %s', (from, to) => {
    expect(nextOpening(hours, at(from), bandung)).toBe(at(to));
  });

  it('When nothing opens within 60 days, then there is no answer', () => {
    expect(nextOpening(hoursSchema.parse({ weekly: {} }), at('2026-08-03T10:00'), bandung)).toBeNull();
    const later = (date: string): Hours =>
      hoursSchema.parse({
        weekly: {},
        overrides: [{ from: date, to: date, name: 'Uji', weekly: { ...week, saturday: noon, sunday: noon } }],
      });
    expect(nextOpening(later('2026-10-02'), at('2026-08-03T10:00'), bandung)).toBe(at('2026-10-02T08:00'));
    expect(nextOpening(later('2026-10-03'), at('2026-08-03T10:00'), bandung)).toBeNull();
  });

  it('When clocks go forward over an opening time, then it opens at the jump', () => {
    const early = hoursSchema.parse({ weekly: { sunday: [{ from: '02:30', to: '05:00' }] } });
    // Berlin, 29 March 2026: 02:00 is followed by 03:00, at 01:00 UTC.
    expect(nextOpening(early, Date.parse('2026-03-29T00:00:00Z'), 'Europe/Berlin')).toBe(Date.parse('2026-03-29T01:00:00Z'));
  });

  it('When any zone, also one whose clock jumps, is searched, then the answer is the first open minute', () => {
    const random = randomFrom(4);
    const starts: [string, string][] = [
      ['Europe/Berlin', '2026-03-28T12:00:00Z'],
      ['Europe/Berlin', '2026-10-24T12:00:00Z'],
      ['America/New_York', '2026-10-31T12:00:00Z'],
      ['Australia/Lord_Howe', '2026-04-04T06:00:00Z'],
      ['Asia/Kathmandu', '2026-05-01T12:00:00Z'],
      ['Pacific/Apia', '2011-12-29T18:00:00Z'],
      ['Asia/Jayapura', '2026-05-01T12:00:00Z'],
    ];
    const time = (minute: number) =>
      `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    for (let round = 0; round < 14; round += 1) {
      const [zone, start] = starts[round % starts.length] as [string, string];
      const day = () => {
        const from = random(20 * 60);
        return [{ from: time(from), to: time(from + 1 + random(180)) }];
      };
      const open = hoursSchema.parse({
        weekly: Object.fromEntries(Object.keys(week).map((weekday) => [weekday, random(4) === 0 ? [] : day()])),
      });
      const begin = Date.parse(start) + random(12 * 60) * 60_000;
      let first: number | null = null;
      for (let minute = 0; minute < 8 * 24 * 60 && first === null; minute += 1) {
        if (isOpen(open, begin + minute * 60_000, zone)) first = begin + minute * 60_000;
      }
      expect([zone, start, nextOpening(open, begin, zone)]).toEqual([zone, start, first]);
    }
  });
});

describe('describeHours', () => {
  it('When hours are told, then days alike stand together, in the language', () => {
    expect(describeHours(hours, 'id')).toBe(
      'Senin–Kamis 08.00–12.00 dan 13.00–15.30; Jumat 08.00–11.30 dan 13.00–16.00; Sabtu–Minggu tutup',
    );
    expect(describeHours(hours, 'en')).toBe(
      'Monday–Thursday 08:00–12:00 and 13:00–15:30; Friday 08:00–11:30 and 13:00–16:00; Saturday–Sunday closed',
    );
    expect(describeHours(hours, 'su')).toBe(describeHours(hours, 'id'));
  });

  it('When a period is in force or the day is a holiday, then that is told', () => {
    expect(describeHours(hours, 'id', at('2026-03-01T10:00'), bandung)).toBe(
      'Ramadan (sampai 19 Maret 2026): Senin–Jumat 07.30–13.30; Sabtu–Minggu tutup',
    );
    expect(describeHours(hours, 'id', at('2026-08-17T10:00'), bandung)).toMatch(/tutup\. Hari ini tutup: Hari Kemerdekaan$/);
    expect(describeHours(hours, 'en', at('2026-08-17T10:00'), bandung)).toMatch(/closed\. Closed today: Hari Kemerdekaan$/);
    expect(describeHours(hours, 'id', at('2026-08-18T10:00'), bandung)).toBe(describeHours(hours, 'id'));
  });
});

describe('moments and dates', () => {
  it.each([
    ['2026-08-03T13:00', 'hari ini pukul 13.00', 'today at 13:00'],
    ['2026-08-04T08:00', 'besok pukul 08.00', 'tomorrow at 08:00'],
    ['2026-08-10T08:00', 'Senin, 10 Agustus 2026, pukul 08.00', 'Monday, 10 August 2026, at 08:00'],
  ])('When %s is told on 3 August, then people read "%s"', (wall, indonesian, english) => {
    expect(describeMoment(at(wall), 'id', at('2026-08-03T09:00'), bandung)).toBe(indonesian);
    expect(describeMoment(at(wall), 'en', at('2026-08-03T09:00'), bandung)).toBe(english);
  });

  it('When a date is told, then the month is a word', () => {
    expect(describeDate('2026-08-01', 'id')).toBe('1 Agustus 2026');
    expect(describeDate('2026-08-01', 'en')).toBe('1 August 2026');
  });
});

describe('hoursSchema', () => {
  it.each([
    ['a range ends before it begins', { weekly: { monday: [{ from: '12:00', to: '08:00' }] } }],
    ['a range is empty', { weekly: { monday: [{ from: '12:00', to: '12:00' }] } }],
    ['ranges overlap', { weekly: { monday: [noon[0], { from: '11:00', to: '14:00' }] } }],
    ['ranges are not in order', { weekly: { monday: [noon[1], noon[0]] } }],
    ['a time does not exist', { weekly: { monday: [{ from: '08:00', to: '24:30' }] } }],
    ['a day is misspelt', { weekly: { senin: noon } }],
    ['a date does not exist', { weekly: week, holidays: [{ date: '2026-02-30', name: 'x' }] }],
    [
      'a period ends before it begins',
      { weekly: week, overrides: [{ from: '2026-03-02', to: '2026-03-01', name: 'x', weekly: {} }] },
    ],
    [
      'periods overlap',
      {
        weekly: week,
        overrides: [
          { from: '2026-03-01', to: '2026-03-10', name: 'x', weekly: {} },
          { from: '2026-03-10', to: '2026-03-11', name: 'y', weekly: {} },
        ],
      },
    ],
    ['there is no table', {}],
  ])('When %s, then the hours are refused', (_, input) => {
    expect(hoursSchema.safeParse(input).success).toBe(false);
  });

  it('When ranges touch, then they are accepted', () => {
    const input = { weekly: { monday: [noon[0], { from: '12:00', to: '24:00' }] } };
    expect(hoursSchema.safeParse(input).success).toBe(true);
  });
});
