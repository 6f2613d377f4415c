// The keys of the workplace, as a dialog.
import { t } from '../logic/language.ts';
import { Dialog } from './Dialog.tsx';

const keys: [key: string, what: string][] = [
  ['j / k', t('percakapan berikutnya / sebelumnya', 'next / previous conversation')],
  ['n', t('berikutnya yang perlu dibalas, lalu antrean', 'next to answer, then the queue')],
  ['c', t('ambil percakapan', 'take the conversation')],
  ['r', t('tulis balasan', 'write a reply')],
  ['/', t('balasan siap pakai', 'canned replies')],
  ['Esc', t('keluar dari kotak tulis', 'leave the box')],
  ['?', t('bantuan ini', 'this help')],
];

export function Help({ close }: { close: () => void }) {
  return (
    <Dialog title={t('Pintasan keyboard', 'Keyboard shortcuts')} close={close}>
      <dl class="keys">
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="button" onClick={close}>
        {t('Tutup bantuan', 'Close')}
      </button>
    </Dialog>
  );
}
