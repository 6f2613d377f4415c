// What needs a person who runs the desk, with what to do about it.
import { useEffect } from 'preact/hooks';
import { alarmHref, alarmText, fullMoment } from '../../logic/admin.ts';
import { t } from '../../logic/language.ts';
import { useWorkplace } from '../useWorkplace.ts';

export function AlarmList() {
  const { alarms, people } = useWorkplace();
  useEffect(() => void alarms.load(), [alarms]);
  const list = alarms.list.value;
  return (
    <section class="page">
      <h1>{t('Alarm', 'Alarms')}</h1>
      {list.length === 0 && (
        <p class="admin-card" role="status">
          {t('Semua berjalan baik: kanal tersambung, tidak ada pesan gagal, ruang cukup.', 'All is well.')}
        </p>
      )}
      <ul class="admin-list">
        {list.map((alarm) => {
          const { title, help } = alarmText(alarm);
          // The page of the bot's knowledge is the supervisors'.
          const isClosed = alarm.kind === 'overdue-answers' && people.me.value.role === 'officer';
          const href = isClosed ? null : alarmHref(alarm);
          return (
            <li key={alarm.id} class="admin-card is-alarm">
              <p>
                <strong>{title}</strong>
              </p>
              <p>{help}</p>
              <p class="admin-sub">
                {t('Sejak', 'Since')} {fullMoment(alarm.since)}
              </p>
              {href !== null && (
                <a class="way" href={href}>
                  {t('Buka', 'Open')}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
