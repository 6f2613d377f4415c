// Where an officer is signed in, and ending a session that is not theirs.
import { fullMoment } from '../../logic/admin.ts';
import { t } from '../../logic/language.ts';
import { useWorkplace } from '../useWorkplace.ts';
import { useLoaded, Waiting } from './parts.tsx';

/** @param officerId null: one's own */
export function Sessions({ officerId }: { officerId: string | null }) {
  const { api } = useWorkplace();
  const open = useLoaded(() => api.admin.sessions(officerId), officerId ?? '');
  const rows = open.data?.sessions ?? [];
  return (
    <>
      <ul class="admin-list">
        {rows.map((one) => (
          <li key={one.id} class="admin-card">
            <p>
              <strong>{one.device ?? t('Perangkat tidak dikenal', 'Unknown device')}</strong>{' '}
              {one.isCurrent && <span class="tag is-good">{t('perangkat ini', 'this device')}</span>}
            </p>
            <p class="admin-sub">
              {t('Terakhir dipakai', 'Last used')} {fullMoment(one.lastSeenAt)} · {t('masuk', 'signed in')}{' '}
              {fullMoment(one.createdAt)}
            </p>
            {!one.isCurrent && (
              <button
                type="button"
                class="button is-small"
                onClick={() => void open.step(api.admin.endSession(officerId, one.id))}
              >
                {t('Akhiri sesi', 'End this session')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Waiting of={open} empty={rows.length === 0 && t('Tidak ada sesi yang aktif.', 'No active session.')} />
    </>
  );
}
