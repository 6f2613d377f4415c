// Texts of the administration's pages: marked places, alarms with what to do, the hours' vouchers.

import { alarmHref, alarmText, detailText, fullMoment, invitationLink, pieces } from '../../officer-console/logic/admin.ts';
import { readOffice } from '../../officer-console/logic/office.ts';
import type { Alarm } from '../../src/contract/alarms.ts';
import { alarmKinds } from '../../src/contract/alarms.ts';

it('When a moment is told in full, then its zone stands with it', () => {
  expect(fullMoment(Date.UTC(2026, 10, 25, 2, 41))).toBe('Rabu, 25 November 2026, 09.41 WIB');
});

it('When the desk notes what changed or was forgotten, then the trail says it in words, and leaves names to others', () => {
  expect(detailText('settings', 'hours.weekly hours.holidays')).toBe('minggu biasa, hari libur');
  expect(detailText('upkeep', 'permits 2, files 0, codes 1')).toBe('berkas izin 2, lampiran 0, kode tautan 1');
  expect(detailText('handoff', 'minta-petugas')).toBeNull();
});

describe('marked places', () => {
  const text = (marks: [number, number][]) =>
    pieces('izin reklame baru', marks)
      .map((part) => (part.isMarked ? `[${part.text}]` : part.text))
      .join('');
  it.each([
    [[], 'izin reklame baru'],
    [[[5, 12]], 'izin [reklame] baru'],
    [
      [
        [5, 12],
        [0, 4],
      ],
      '[izin] [reklame] baru',
    ],
    [
      [
        [0, 8],
        [5, 12],
        [13, 13],
      ],
      '[izin rek]lame baru',
    ],
  ] as [[number, number][], string][])('When places are %j, then the text is whole and marked there: %s', (marks, expected) => {
    expect(text(marks)).toBe(expected);
  });
});

describe('alarms', () => {
  it('When any alarm is shown, then it says what is wrong and what to do', () => {
    for (const kind of alarmKinds) {
      const alarm: Alarm = { id: kind, kind, value: 3600, subject: 'telegram', detail: null, since: 0 };
      const { title, help } = alarmText(alarm);
      expect(title.length).toBeGreaterThan(10);
      expect(help.length).toBeGreaterThan(10);
    }
    const channel: Alarm = { id: 'c', kind: 'channel', value: 3600, subject: 'telegram', detail: 'Token ditolak.', since: 0 };
    expect(alarmText(channel)).toEqual({ title: 'Kanal Telegram tidak tersambung selama 1 j', help: 'Token ditolak.' });
    expect(alarmHref({ kind: 'dead-letters' })).toBe('#/gagal');
  });
});

describe('what the server tells', () => {
  it('When parts of the hours were vouched for, then each by whom and when; anything else is nobody', () => {
    const parts = { weekly: { confirmedBy: 'o1', confirmedAt: 5 }, holidays: { confirmedBy: null, confirmedAt: null } };
    expect(readOffice({ hours: { value: null, parts } }).vouched).toEqual({
      weekly: { by: 'o1', at: 5 },
      holidays: null,
      overrides: null,
    });
    expect(readOffice({}).vouched).toEqual({ weekly: null, holidays: null, overrides: null });
  });
  it('When an invitation is made, then its link leads to the page that takes it', () => {
    expect(invitationLink('https://loket.example', 'abc')).toBe('https://loket.example/console/#/undangan?token=abc');
  });
});
