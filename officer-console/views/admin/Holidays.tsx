// Holidays: one a line, or out of a calendar file, looked at before anything is saved.
import { useState } from 'preact/hooks';
import type { Holiday } from '../../adminApi.ts';
import { t } from '../../logic/language.ts';
import { readHolidays, showHolidays } from '../../logic/office.ts';
import { Form, textOf } from '../Form.tsx';
import { ImportHolidays } from './ImportHolidays.tsx';
import type { SavePart } from './parts.tsx';

export function Holidays({ known, save }: { known: Holiday[]; save: SavePart }) {
  const [typed, setTyped] = useState(() => showHolidays(known));
  const add = (holidays: Holiday[]) => {
    const all = new Map([...(readHolidays(typed) ?? known), ...holidays].map(({ date, name }) => [date, name]));
    const sorted = [...all].map(([date, name]) => ({ date, name })).sort((a, b) => (a.date < b.date ? -1 : 1));
    setTyped(showHolidays(sorted));
  };
  return (
    <>
      <ImportHolidays take={add} />
      <Form
        button={t('Simpan dan konfirmasi hari libur', 'Save and confirm the holidays')}
        submit={async (fields) => {
          const holidays = readHolidays(textOf(fields, 'holidays'));
          if (holidays !== null) return save({ holidays });
          const text = t(
            'Satu baris per tanggal. Contoh: 2026-12-25 Hari Natal',
            'One date a line. Example: 2026-12-25 Christmas',
          );
          return { ok: false, text };
        }}
      >
        <label class="field">
          <span class="field-label">{t('Hari libur dan cuti bersama', 'Holidays')}</span>
          <textarea name="holidays" rows={12} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
          <span class="field-hint">{t('Satu baris per tanggal: 2026-12-25 Hari Natal', 'One a line: 2026-12-25 Christmas')}</span>
        </label>
      </Form>
    </>
  );
}
