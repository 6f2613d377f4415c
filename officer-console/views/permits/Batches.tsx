// Imports on record, newest first; one can be taken back.
import { useEffect, useState } from 'preact/hooks';
import type { PermitBatchView } from '../../../src/contract/permitImport.ts';
import { fullMoment } from '../../logic/admin.ts';
import { t } from '../../logic/language.ts';
import { systemNames } from '../../logic/permits.ts';
import { Table, useLoaded, Waiting } from '../admin/parts.tsx';
import { Dialog } from '../Dialog.tsx';
import { useWorkplace } from '../useWorkplace.ts';

const stateNames: Record<PermitBatchView['state'], string> = {
  running: t('berjalan', 'running'),
  stopped: t('terhenti', 'stopped'),
  done: t('selesai', 'done'),
  undoing: t('sedang dibatalkan', 'being taken back'),
  undone: t('dibatalkan', 'taken back'),
};
const ASK_MS = 1000;

export function Batches() {
  const { api, people } = useWorkplace();
  const loaded = useLoaded(() => api.permits.batches());
  const [asked, setAsked] = useState<PermitBatchView | null>(null);
  const batches = loaded.data?.batches ?? [];
  const isMoving = batches.some(({ state }) => state === 'undoing' || state === 'running');
  useEffect(() => {
    if (!isMoving) return;
    const timer = setTimeout(() => void loaded.reload(), ASK_MS);
    return () => clearTimeout(timer);
  }, [loaded.data]);

  const undo = (id: string) => {
    setAsked(null);
    void loaded.step(api.permits.undo(id));
  };
  const heads = [t('Waktu', 'When'), t('Oleh', 'By'), t('Isi', 'Content'), t('Keadaan', 'State'), t('Tindakan', 'Action')];
  return (
    <section>
      <h2>{t('Impor sebelumnya', 'Earlier imports')}</h2>
      <Waiting of={loaded} empty={batches.length === 0 && t('Belum ada impor.', 'No import yet.')} />
      {batches.length > 0 && (
        <Table label={t('Impor sebelumnya', 'Earlier imports')} heads={heads}>
          {batches.map((batch) => (
            <tr key={batch.id}>
              <th scope="row">{fullMoment(batch.at)}</th>
              <td>{batch.by === 'system' ? t('perintah', 'command') : (people.nameOf(batch.by) ?? batch.by)}</td>
              <td>
                {batch.system !== null && `${systemNames[batch.system]}: `}
                {batch.added} {t('baru', 'new')}, {batch.changed} {t('berubah', 'changed')}, {batch.refused}{' '}
                {t('ditolak', 'refused')}
              </td>
              <td>{stateNames[batch.state]}</td>
              <td>
                {(batch.state === 'done' || batch.state === 'stopped') && (
                  <button type="button" class="button is-small" onClick={() => setAsked(batch)}>
                    {t('Batalkan', 'Take back')} <span class="sr-only">{fullMoment(batch.at)}</span>
                  </button>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
      {asked !== null && (
        <Dialog title={t('Batalkan impor ini?', 'Take this import back?')} close={() => setAsked(null)}>
          <p>
            {t(
              'Berkas yang masuk bersamanya hilang, yang berubah kembali seperti sebelumnya. Kabar yang sudah terkirim tidak dapat ditarik.',
              'Files that came with it go, changed ones are as before. News already sent cannot be called back.',
            )}
          </p>
          <div class="actions">
            <button type="button" class="button is-danger" onClick={() => undo(asked.id)}>
              {t('Ya, batalkan impor', 'Yes, take it back')}
            </button>
            <button type="button" class="button" onClick={() => setAsked(null)}>
              {t('Tidak', 'No')}
            </button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
