// What can be done with an open conversation: take, give back, hand on, close.
import { useState } from 'preact/hooks';
import type { ConversationRow } from '../../src/contract/conversation.ts';
import { t } from '../logic/language.ts';
import { Dialog } from './Dialog.tsx';
import { TransferDialog } from './TransferDialog.tsx';
import { useWorkplace } from './useWorkplace.ts';

/** The holder, supervisors and admins may move a held conversation; one that nobody holds may be taken, handed on or closed by everyone. */
export function TalkActions({ row }: { row: ConversationRow }) {
  const { people, actions } = useWorkplace();
  const [dialog, setDialog] = useState<'transfer' | 'close' | null>(null);
  const [isBusy, setBusy] = useState(false);
  const me = people.me.value;
  const isHeld = row.state === 'officer';
  const isMine = isHeld && row.officerId === me.id;
  const mayMove = !isHeld || isMine || me.role !== 'officer';
  const run = async (step: Promise<boolean>) => {
    setBusy(true);
    await step;
    setBusy(false);
  };
  if (row.state === 'closed') return null;
  return (
    <div class="actions card-actions">
      {!isHeld && (
        <button type="button" class="button is-main" disabled={isBusy} onClick={() => void run(actions.claim(row.id))}>
          {t('Ambil', 'Take')}
        </button>
      )}
      {isHeld && mayMove && (
        <button type="button" class="button is-quiet" disabled={isBusy} onClick={() => void run(actions.release(row.id))}>
          {t('Lepas', 'Give back')}
        </button>
      )}
      {mayMove && (
        <>
          <button type="button" class="button is-quiet" disabled={isBusy} onClick={() => setDialog('transfer')}>
            {t('Alihkan', 'Hand on')}
          </button>
          <button type="button" class="button is-quiet" disabled={isBusy} onClick={() => setDialog('close')}>
            {t('Tutup', 'Close')}
          </button>
        </>
      )}
      {dialog === 'transfer' && <TransferDialog row={row} close={() => setDialog(null)} />}
      {dialog === 'close' && (
        <Dialog title={`${t('Tutup percakapan', 'Close conversation')} K-${row.number}?`} close={() => setDialog(null)}>
          <p>
            {t(
              'Warga diberi tahu bahwa konsultasi selesai. Kalau warga menulis lagi, percakapannya terbuka kembali.',
              'The citizen is told that the consultation is over. It opens again when they write.',
            )}
          </p>
          <div class="actions">
            <button
              type="button"
              class="button is-main"
              onClick={() => {
                setDialog(null);
                void run(actions.close(row.id));
              }}
            >
              {t('Tutup percakapan', 'Close conversation')}
            </button>
            <button type="button" class="button" onClick={() => setDialog(null)}>
              {t('Batal', 'Cancel')}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
