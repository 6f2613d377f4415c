// Opening hours: the ordinary week, holidays, and dated periods such as Ramadan that replace the week.
import { useState } from 'preact/hooks';
import {
  type HoursDocument,
  readHolidays,
  readWeek,
  showHolidays,
  showRanges,
  type Week,
  weekdayNames,
  weekdays,
} from '../logic/office.ts';
import { Confirmed } from './Confirmed.tsx';
import { Form, type SaveOffice, textOf } from './Form.tsx';

const noHours: HoursDocument = {
  weekly: { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] },
  holidays: [],
  overrides: [],
};

/** @param hours null while the office has set none */
export function HoursForm({ hours, isConfirmed, save }: { hours: HoursDocument | null; isConfirmed: boolean; save: SaveOffice }) {
  const known = hours ?? noHours;
  const [periods, setPeriods] = useState(() => known.overrides.map((period, id) => ({ id, period })));
  const addPeriod = () =>
    setPeriods([
      ...periods,
      { id: Math.max(-1, ...periods.map((one) => one.id)) + 1, period: { from: '', to: '', name: '', weekly: noHours.weekly } },
    ]);
  return (
    <Form
      button="Simpan dan konfirmasi jam"
      submit={async (fields) => {
        const weekly = readWeek((day) => textOf(fields, `week.${day}`));
        if (!weekly.ok) return { ok: false, text: `Jam hari ${weekly.day} belum terbaca. Contoh: 08.00–12.00, 13.00–15.30` };
        const holidays = readHolidays(textOf(fields, 'holidays'));
        if (holidays === null) return { ok: false, text: 'Hari libur: satu baris per tanggal. Contoh: 2026-12-25 Hari Natal' };
        const overrides: HoursDocument['overrides'] = [];
        for (const { id } of periods) {
          const week = readWeek((day) => textOf(fields, `period.${id}.${day}`));
          const name = textOf(fields, `period.${id}.name`);
          if (!week.ok) return { ok: false, text: `${name}: jam hari ${week.day} belum terbaca.` };
          overrides.push({
            from: textOf(fields, `period.${id}.from`),
            to: textOf(fields, `period.${id}.to`),
            name,
            weekly: week.week,
          });
        }
        return save({ hours: { value: { weekly: weekly.week, holidays, overrides }, confirm: true } });
      }}
    >
      <p class="fact-head">
        Minggu biasa <Confirmed yes={isConfirmed} isEmpty={hours === null} />
      </p>
      <p class="field-hint">Kosong berarti tutup. Beberapa rentang dipisah koma: 08.00–12.00, 13.00–15.30</p>
      <WeekFields prefix="week" week={known.weekly} />
      <label class="field">
        <span class="field-label">Hari libur</span>
        <textarea name="holidays" rows={4} defaultValue={showHolidays(known.holidays)} />
        <span class="field-hint">Satu baris per tanggal, contoh: 2026-12-25 Hari Natal</span>
      </label>
      {periods.map(({ id, period }) => (
        <fieldset key={id} class="period">
          <legend>Periode jam khusus</legend>
          <label class="field">
            <span class="field-label">Nama periode</span>
            <input name={`period.${id}.name`} required defaultValue={period.name} placeholder="Ramadan 1448 H" />
          </label>
          <label class="field">
            <span class="field-label">Mulai</span>
            <input name={`period.${id}.from`} type="date" required defaultValue={period.from} />
          </label>
          <label class="field">
            <span class="field-label">Sampai</span>
            <input name={`period.${id}.to`} type="date" required defaultValue={period.to} />
          </label>
          <WeekFields prefix={`period.${id}`} week={period.weekly} />
          <button type="button" class="button is-small" onClick={() => setPeriods(periods.filter((one) => one.id !== id))}>
            Hapus periode
          </button>
        </fieldset>
      ))}
      <button type="button" class="button is-small" onClick={addPeriod}>
        Tambah periode jam khusus
      </button>
    </Form>
  );
}

function WeekFields({ prefix, week }: { prefix: string; week: Week }) {
  return (
    <>
      {weekdays.map((day) => (
        <label key={day} class="field is-line">
          <span class="field-label">{weekdayNames[day]}</span>
          <input name={`${prefix}.${day}`} defaultValue={showRanges(week[day] ?? [])} placeholder="tutup" />
        </label>
      ))}
    </>
  );
}
