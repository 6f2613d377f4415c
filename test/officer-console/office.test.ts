import { readHolidays, readOffice, readRanges, readWeek, showHolidays, showRanges } from '../../officer-console/logic/office.ts';
import { defaultOffice, withProposals } from '../../src/desk/office.ts';

const office = withProposals(defaultOffice, { 'kantor.alamat': { title: 'Alamat kantor', value: 'Jl. Cianjur', source: null } });

describe('the office in the settings form', () => {
  it('When the office has set nothing, then every fact of the server is a field and none is confirmed', () => {
    const view = readOffice(JSON.parse(JSON.stringify(office)));
    expect(view.facts.map((fact) => fact.key)).toEqual(Object.keys(office.facts));
    expect(view.facts).toEqual([{ key: 'kantor.alamat', value: 'Jl. Cianjur', source: '', vouched: null }]);
    expect(view.rules.map((rule) => rule.key)).toEqual(Object.keys(defaultOffice.rules));
    expect(view.rules.every((rule) => rule.label !== rule.key)).toBe(true);
    expect([view.hours, view.hoursConfirmed]).toEqual([null, false]);
  });

  it('When a number is kept in milliseconds, then an officer sees and writes seconds', () => {
    const [rule] = readOffice({ rules: { greetingWaitMs: 2500 } }).rules;
    expect(rule).toMatchObject({ value: 2.5, per: 1000, label: expect.stringContaining('(detik)') });
  });

  it('When the answer has another shape, then the form is empty rather than broken', () => {
    const vouched = { weekly: null, holidays: null, overrides: null };
    expect(readOffice(null)).toEqual({ facts: [], hours: null, hoursConfirmed: false, vouched, rules: [] });
  });

  it.each([
    [
      '08.00–12.00, 13.00–15.30',
      [
        { from: '08:00', to: '12:00' },
        { from: '13:00', to: '15:30' },
      ],
    ],
    [
      '8-12; 13:00 sampai 15:30',
      [
        { from: '08:00', to: '12:00' },
        { from: '13:00', to: '15:30' },
      ],
    ],
    ['', []],
    ['pagi', null],
    ['08.00–', null],
    ['15-8', null],
    ['20-25', null],
  ])('When %p is typed for a day, then it means %j', (typed, ranges) => {
    expect(readRanges(typed)).toEqual(ranges);
  });

  it('When hours and holidays are shown, then reading them gives the same', () => {
    const ranges = [
      { from: '07:30', to: '11:30' },
      { from: '13:00', to: '14:00' },
    ];
    expect(readRanges(showRanges(ranges))).toEqual(ranges);
    const holidays = [{ date: '2026-12-25', name: 'Hari Natal' }];
    expect(readHolidays(showHolidays(holidays))).toEqual(holidays);
    expect(readHolidays('25 Desember Natal')).toBeNull();
  });

  it('When one day cannot be read, then the form names it', () => {
    expect(readWeek((weekday) => (weekday === 'friday' ? 'setelah jumatan' : '8-15'))).toEqual({ ok: false, day: 'Jumat' });
    expect(readWeek(() => '')).toMatchObject({ ok: true, week: { monday: [], sunday: [] } });
  });
});
