// Holidays out of iCalendar files: whole days, honest refusals, files as programs really write them.
import { readHolidayCalendar } from '../../src/desk/ical.ts';

const calendar = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flatMap((event) => ['BEGIN:VEVENT', event, 'END:VEVENT']), 'END:VCALENDAR'].join(
    '\r\n',
  );
const read = (...events: string[]) => readHolidayCalendar(calendar(...events));
const daysOf = (...events: string[]) => read(...events)?.holidays;

describe('a calendar of holidays', () => {
  it('When an event is one day, then that day; the end of a whole-day event is the day after its last', () => {
    expect(daysOf('DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261226\r\nSUMMARY:Hari Natal')).toEqual([
      { date: '2026-12-25', name: 'Hari Natal' },
    ]);
    expect(daysOf('DTSTART:20270309\r\nDTEND:20270312\r\nSUMMARY:Idulfitri')?.map(({ date }) => date)).toEqual([
      '2027-03-09',
      '2027-03-10',
      '2027-03-11',
    ]);
  });

  it('When the end is missing, the same day, or a length, then the days are right also over the end of a month', () => {
    const count = (event: string) => daysOf(event)?.map(({ date }) => date);
    expect(count('DTSTART:20260131\nSUMMARY:A')).toEqual(['2026-01-31']);
    expect(count('DTSTART:20260131\nDTEND:20260131\nSUMMARY:A')).toEqual(['2026-01-31']);
    expect(count('DTSTART:20260228\nDURATION:P2D\nSUMMARY:A')).toEqual(['2026-02-28', '2026-03-01']);
    expect(count('DTSTART:20280228\nDURATION:P1W\nSUMMARY:A')).toHaveLength(7);
  });

  it('When lines are folded, escaped, quoted or hold an alarm, then the name is the event’s own', () => {
    const event = [
      'DTSTART;VALUE=DATE;X-WHO="a:b;c":20260817',
      'SUMMARY;LANGUAGE=id:Hari Kemerdekaan\\, Republik',
      '  Indonesia\\nke-81',
      'BEGIN:VALARM',
      'SUMMARY:Alarm',
      'END:VALARM',
    ].join('\r\n');
    expect(daysOf(event)).toEqual([{ date: '2026-08-17', name: 'Hari Kemerdekaan, Republik Indonesia ke-81' }]);
  });

  it('When two events share a day, then both are named once; the list is in order; cancelled ones are left out', () => {
    expect(
      daysOf(
        'DTSTART:20261225\nSUMMARY:Natal',
        'DTSTART:20260101\nSUMMARY:Tahun Baru',
        'DTSTART:20261225\nSUMMARY:Cuti bersama',
        'DTSTART:20261225\nSUMMARY:Natal',
        'DTSTART:20261226\nSTATUS:CANCELLED\nSUMMARY:Batal',
      ),
    ).toEqual([
      { date: '2026-01-01', name: 'Tahun Baru' },
      { date: '2026-12-25', name: 'Natal / Cuti bersama' },
    ]);
  });

  it.each([
    ['repeats', 'DTSTART:20260817\nRRULE:FREQ=YEARLY\nSUMMARY:X', /berulang/],
    ['has a time', 'DTSTART:20260817T080000Z\nSUMMARY:X', /jam tertentu/],
    ['has no date', 'SUMMARY:X', /tidak terbaca/],
    ['is on a day that does not exist', 'DTSTART:20260230\nSUMMARY:X', /tidak terbaca/],
    ['ends before it begins', 'DTSTART:20260817\nDTEND:20260801\nSUMMARY:X', /selesai sebelum/],
    ['is longer than a month', 'DTSTART:20260801\nDTEND:20261001\nSUMMARY:X', /periode jam khusus/],
  ])('When an event %s, then it is refused with the reason and the others are read', (_what, event, reason) => {
    const list = read(event, 'DTSTART:20261225\nSUMMARY:Natal');
    expect(list?.refused).toEqual([{ name: 'X', reason: expect.stringMatching(reason) }]);
    expect(list?.holidays).toHaveLength(1);
  });

  it('When the file is no calendar, then that is said; a strange one never throws', () => {
    expect(readHolidayCalendar('<html>')).toBeNull();
    for (const odd of ['BEGIN:VCALENDAR\nEND:VEVENT\nEND:VEVENT', 'BEGIN:VCALENDAR\n:::\nSUMMARY', calendar('DTSTART:')])
      expect(readHolidayCalendar(odd)?.holidays).toEqual([]);
  });
});
