// The ordinary week: several ranges a day, with the two breaks offices have at one press.
import { useState } from 'preact/hooks';
import { t } from '../../logic/language.ts';
import { readWeek, showRanges, type Week, weekdayNames, weekdays } from '../../logic/office.ts';
import { Form, textOf } from '../Form.tsx';
import type { SavePart } from './parts.tsx';

/** Common to offices; a proposal to type over, never in force by itself. */
const usual = { day: '08.00–12.00, 13.00–15.30', friday: '08.00–11.30, 13.00–15.30' };

export function WeekForm({ week, save }: { week: Week; save: SavePart }) {
  const [typed, setTyped] = useState(() => textsOf(week));
  const set = (day: keyof Week, text: string) => setTyped((all) => ({ ...all, [day]: text }));
  const fill = () =>
    setTyped(
      (all) =>
        Object.fromEntries(
          weekdays.map((day, at) => [day, at > 4 ? all[day] : day === 'friday' ? usual.friday : usual.day]),
        ) as typeof all,
    );
  return (
    <Form
      button={t('Simpan dan konfirmasi minggu biasa', 'Save and confirm the week')}
      submit={async (fields) => {
        const read = readWeek((day) => textOf(fields, day));
        return read.ok ? save({ weekly: read.week }) : { ok: false, text: unreadable(read.day) };
      }}
    >
      <p class="field-hint">
        {t(
          'Kosong berarti tutup. Beberapa rentang dipisah koma, jadi istirahat siang dan salat Jumat tinggal dilewati.',
          'Empty means closed. Several ranges are parted by commas; breaks are what lies between.',
        )}{' '}
        <button type="button" class="link" onClick={fill}>
          {t('Isi contoh dengan istirahat siang dan Jumat', 'Fill in an example with noon and Friday breaks')}
        </button>
      </p>
      {weekdays.map((day) => (
        <label key={day} class="field is-line">
          <span class="field-label">{weekdayNames[day]}</span>
          <input
            name={day}
            value={typed[day]}
            placeholder={t('tutup', 'closed')}
            onInput={(event) => set(day, event.currentTarget.value)}
          />
        </label>
      ))}
    </Form>
  );
}

export const textsOf = (week: Week): Record<keyof Week, string> =>
  Object.fromEntries(weekdays.map((day) => [day, showRanges(week[day] ?? [])])) as Record<keyof Week, string>;

export const unreadable = (day: string): string =>
  t(
    `Jam hari ${day} belum terbaca. Contoh: 08.00–12.00, 13.00–15.30`,
    `The hours of ${day} cannot be read. Example: 08.00–12.00, 13.00–15.30`,
  );
