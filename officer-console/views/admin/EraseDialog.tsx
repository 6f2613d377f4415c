// Erasing one person: what will go, a word to type, and what erasing cannot reach.
import { useState } from 'preact/hooks';
import { t } from '../../logic/language.ts';
import { talkHash } from '../../logic/route.ts';
import { Dialog } from '../Dialog.tsx';
import { Form, textOf } from '../Form.tsx';
import { useWorkplace } from '../useWorkplace.ts';
import { useLoaded, Waiting } from './parts.tsx';

const WORD = 'HAPUS';

export function EraseDialog({ contactId, name, close }: { contactId: string; name: string | null; close: () => void }) {
  const { api } = useWorkplace();
  const preview = useLoaded(() => api.admin.footprint(contactId));
  const [note, setNote] = useState<string | null>(null);
  const footprint = preview.data?.footprint;
  if (note !== null)
    return (
      <Dialog title={t('Sudah dihapus', 'Erased')} close={() => location.assign(talkHash('queue'))}>
        <p role="status">{note}</p>
        <p class="actions">
          <a class="button is-main" href={talkHash('queue')}>
            {t('Kembali ke antrean', 'Back to the queue')}
          </a>
        </p>
      </Dialog>
    );
  return (
    <Dialog title={t(`Hapus ${name ?? 'orang ini'}?`, `Erase ${name ?? 'this person'}?`)} close={close}>
      <Waiting of={preview} />
      {footprint !== undefined && (
        <>
          <p>{t('Yang akan hilang untuk selamanya:', 'What will be gone for ever:')}</p>
          <ul class="admin-counts">
            <li>
              {footprint.conversations} {t('percakapan', 'conversations')}
            </li>
            <li>
              {footprint.messages} {t('pesan dan catatan', 'messages and notes')}
            </li>
            <li>
              {footprint.attachments} {t('berkas', 'files')}
            </li>
            <li>
              {footprint.tokens} {t('kata pencarian', 'search words')}
            </li>
          </ul>
          <p>
            {t(
              'Salinan cadangan yang sudah ada tidak ikut terhapus; itu hilang ketika cadangannya dihapus.',
              'Backups made before are not reached; the data goes when they are deleted.',
            )}
          </p>
          <Form
            button={t('Hapus semuanya', 'Erase everything')}
            destroys
            cancel={close}
            submit={async (fields) => {
              const answer = await api.admin.erase(contactId, textOf(fields, 'confirm').trim());
              if (!answer.ok) return { ok: false, text: answer.message };
              setNote(answer.erased.note);
              return { ok: true, text: null };
            }}
          >
            <label class="field">
              <span class="field-label">
                {t('Ketik', 'Type')} {WORD} {t('untuk melanjutkan', 'to go on')}
              </span>
              <input name="confirm" required autocomplete="off" />
            </label>
          </Form>
        </>
      )}
    </Dialog>
  );
}
