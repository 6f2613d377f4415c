// Reading a calendar file (.ics), picked or pasted: what it would add, what it holds that is no holiday, and only then into the list.
import { useState } from 'preact/hooks';
import type { Holiday } from '../../adminApi.ts';
import { t } from '../../logic/language.ts';
import { plainDate } from '../../logic/words.ts';
import { FilePick } from '../FilePick.tsx';
import { useWorkplace } from '../useWorkplace.ts';

interface Preview {
  holidays: (Holiday & { isKnown: boolean })[];
  refused: { name: string; reason: string }[];
}

/** @param take puts the chosen days into the list, which is then saved by its own button */
export function ImportHolidays({ take }: { take: (holidays: Holiday[]) => void }) {
  const { api } = useWorkplace();
  const [preview, setPreview] = useState<Preview | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const read = async (text: string) => {
    if (text.trim() === '') return;
    const answer = await api.admin.readHolidays(text);
    setTrouble(answer.ok ? null : answer.message);
    setPreview(answer.ok ? answer : null);
  };
  return (
    <details class="admin-card">
      <summary>{t('Impor dari berkas kalender (.ics)', 'Import from a calendar file (.ics)')}</summary>
      <FilePick
        label={t('Berkas kalender', 'Calendar file')}
        accept=".ics,text/calendar"
        take={(file) => void file.text().then(read)}
      />
      <label class="field">
        <span class="field-label">{t('atau tempel isinya', 'or paste its text')}</span>
        <textarea rows={3} placeholder="BEGIN:VCALENDAR" onChange={(event) => void read(event.currentTarget.value)} />
      </label>
      {trouble !== null && <p role="alert">{trouble}</p>}
      {preview !== null && (
        <Chosen
          preview={preview}
          take={(holidays) => {
            take(holidays);
            setPreview(null);
          }}
        />
      )}
    </details>
  );
}

function Chosen({ preview, take }: { preview: Preview; take: (holidays: Holiday[]) => void }) {
  const fresh = preview.holidays.filter(({ isKnown }) => !isKnown);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const toggle = (date: string) => {
    const next = new Set(left);
    if (!next.delete(date)) next.add(date);
    setLeft(next);
  };
  const known = preview.holidays.length - fresh.length;
  return (
    <div class="admin-part" role="status">
      <p>{t(`${fresh.length} hari baru, ${known} sudah ada.`, `${fresh.length} new days, ${known} known.`)}</p>
      <fieldset class="admin-boxes is-tall">
        <legend>{t('Yang ditambahkan', 'To be added')}</legend>
        {fresh.map(({ date, name }) => (
          <label key={date} class="check">
            <input type="checkbox" checked={!left.has(date)} onChange={() => toggle(date)} /> {plainDate(date)}: {name}
          </label>
        ))}
      </fieldset>
      {preview.refused.length > 0 && (
        <>
          <p>{t('Tidak diambil:', 'Left out:')}</p>
          <ul class="admin-counts">
            {preview.refused.map(({ name, reason }, at) => (
              <li key={at}>
                {name}: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
      <button type="button" class="button" onClick={() => take(fresh.filter(({ date }) => !left.has(date)))}>
        {t('Masukkan ke daftar, lalu simpan', 'Put into the list, then save')}
      </button>
    </div>
  );
}
