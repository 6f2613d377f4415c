// Opening hours: the ordinary week, holidays with calendar import, dated periods such as Ramadan. Each part says who confirmed it.
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../logic/language.ts';
import { type HoursDocument, type HoursPart, type OfficeView, readOffice } from '../../logic/office.ts';
import { useWorkplace } from '../useWorkplace.ts';
import { Holidays } from './Holidays.tsx';
import { Periods } from './Periods.tsx';
import { type SavePart, Tabs, VouchedLine } from './parts.tsx';
import { WeekForm } from './WeekForm.tsx';

const names: Record<HoursPart, string> = {
  weekly: t('Minggu biasa', 'Ordinary week'),
  holidays: t('Hari libur', 'Holidays'),
  overrides: t('Periode khusus', 'Special periods'),
};
const noDay = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };
const noHours: HoursDocument = { weekly: noDay, holidays: [], overrides: [] };

export function Hours() {
  const { api, people } = useWorkplace();
  const [stored, setStored] = useState<{ view: OfficeView; version: number } | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [part, setPart] = useState<HoursPart>('weekly');
  // Said here: the form is drawn anew from what was kept.
  const [said, setSaid] = useState<string | null>(null);
  const load = async () => {
    setSaid(null);
    const answer = await api.settings();
    if (answer.ok) setStored({ view: readOffice(answer.office), version: answer.version });
    setTrouble(answer.ok ? null : answer.message);
  };
  useEffect(() => {
    void load();
    void people.load();
  }, []);
  const save: SavePart = async (changed) => {
    if (stored === null) return { ok: false, text: t('Belum dimuat.', 'Not loaded yet.') };
    const value = { ...(stored.view.hours ?? noHours), ...changed };
    const office = { hours: { value, confirm: Object.keys(changed) } };
    const answer = await api.saveSettings({ office, version: stored.version });
    if (!answer.ok) return { ok: false, text: answer.message };
    setStored({ view: readOffice(answer.office), version: answer.version });
    setSaid(t('Tersimpan dan langsung berlaku.', 'Saved, and in force at once.'));
    return { ok: true, text: null };
  };
  const hours = stored?.view.hours ?? noHours;
  return (
    <section class="page">
      <h1>{t('Jam layanan', 'Opening hours')}</h1>
      <p>
        {t(
          'Bot menyampaikan jam ini kepada warga. Menyimpan berarti mengonfirmasi atas nama Anda.',
          'The bot tells citizens these hours. Saving means that you vouch for them.',
        )}
      </p>
      <Tabs
        names={names}
        chosen={part}
        choose={(next) => {
          setPart(next);
          setSaid(null);
        }}
      />
      <p role="status" class="form-outcome">
        {said}
      </p>
      {stored === null ? (
        <p role="status">{trouble ?? t('Memuat…', 'Loading…')}</p>
      ) : (
        <div key={stored.version} class="admin-part">
          <VouchedLine vouched={stored.view.vouched[part]} />
          {part === 'weekly' && <WeekForm week={hours.weekly} save={save} />}
          {part === 'holidays' && <Holidays known={hours.holidays} save={save} />}
          {part === 'overrides' && <Periods known={hours.overrides} save={save} />}
          <p>
            <button type="button" class="link" onClick={() => void load()}>
              {t('Muat ulang dari server', 'Load again from the server')}
            </button>
          </p>
        </div>
      )}
    </section>
  );
}
