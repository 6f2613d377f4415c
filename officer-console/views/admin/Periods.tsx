// Dated periods such as Ramadan that replace the ordinary week.
import { useState } from 'preact/hooks';
import { t } from '../../logic/language.ts';
import { type HoursDocument, readWeek, type Week, weekdayNames, weekdays } from '../../logic/office.ts';
import { Form, textOf } from '../Form.tsx';
import type { SavePart } from './parts.tsx';
import { textsOf, unreadable } from './WeekForm.tsx';

type Period = HoursDocument['overrides'][number];
const noWeek: Week = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };

export function Periods({ known, save }: { known: Period[]; save: SavePart }) {
  const [periods, setPeriods] = useState(() => known.map((period, id) => ({ id, period })));
  const add = () => {
    const id = Math.max(-1, ...periods.map((one) => one.id)) + 1;
    setPeriods([...periods, { id, period: { from: '', to: '', name: '', weekly: noWeek } }]);
  };
  return (
    <Form
      button={t('Simpan dan konfirmasi periode', 'Save and confirm the periods')}
      submit={async (fields) => {
        const overrides: Period[] = [];
        for (const { id } of periods) {
          const of = (name: string) => textOf(fields, `${id}.${name}`);
          const week = readWeek((day) => of(day));
          if (!week.ok) return { ok: false, text: `${of('name')}: ${unreadable(week.day)}` };
          overrides.push({ from: of('from'), to: of('to'), name: of('name'), weekly: week.week });
        }
        return save({ overrides });
      }}
    >
      {periods.length === 0 && <p class="admin-empty">{t('Belum ada periode khusus.', 'No special period.')}</p>}
      {periods.map(({ id, period }) => (
        <PeriodFields key={id} id={id} period={period} remove={() => setPeriods(periods.filter((one) => one.id !== id))} />
      ))}
      <button type="button" class="button is-small" onClick={add}>
        {t('Tambah periode', 'Add a period')}
      </button>
    </Form>
  );
}

function PeriodFields({ id, period, remove }: { id: number; period: Period; remove: () => void }) {
  const texts = textsOf(period.weekly);
  return (
    <fieldset class="period">
      <legend>{period.name || t('Periode baru', 'New period')}</legend>
      <label class="field">
        <span class="field-label">{t('Nama', 'Name')}</span>
        <input name={`${id}.name`} required defaultValue={period.name} placeholder="Ramadan 1448 H" maxLength={80} />
      </label>
      <label class="field">
        <span class="field-label">{t('Mulai', 'From')}</span>
        <input name={`${id}.from`} type="date" required defaultValue={period.from} />
      </label>
      <label class="field">
        <span class="field-label">{t('Sampai', 'To')}</span>
        <input name={`${id}.to`} type="date" required defaultValue={period.to} />
      </label>
      {weekdays.map((day) => (
        <label key={day} class="field is-line">
          <span class="field-label">{weekdayNames[day]}</span>
          <input name={`${id}.${day}`} defaultValue={texts[day]} placeholder={t('tutup', 'closed')} />
        </label>
      ))}
      <button type="button" class="button is-small" onClick={remove}>
        {t('Hapus periode', 'Remove')}
      </button>
    </fieldset>
  );
}
