// The column beside a conversation: the panels of panels.ts, each to be folded.
import type { ConversationRow } from '../../src/contract/conversation.ts';
import { t } from '../logic/language.ts';
import { Icon } from './Icon.tsx';
import { panels } from './panels.ts';

export function SidePanels({ row, close }: { row: ConversationRow; close: () => void }) {
  return (
    <aside class="panels" aria-label={t('Keterangan percakapan', 'About this conversation')}>
      <button type="button" class="icon-button panels-close" onClick={close}>
        <Icon name="close" />
        <span class="sr-only">{t('Tutup keterangan', 'Close details')}</span>
      </button>
      {panels.map(({ id, title, open, component: Part }) => (
        <details key={id} class="panel" open={open}>
          <summary>{title}</summary>
          <Part row={row} />
        </details>
      ))}
    </aside>
  );
}
