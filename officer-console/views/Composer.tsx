// Where an officer writes: a reply to the citizen or a note to colleagues, each with its own draft in its own conversation.
import { useState } from 'preact/hooks';
import type { ConversationRow } from '../../src/contract/conversation.ts';
import type { Kind } from '../logic/keep.ts';
import { t } from '../logic/language.ts';
import { takesTemplates, windowBlock } from '../logic/window.ts';
import { replyBlock } from '../logic/words.ts';
import { TemplateDialog } from './TemplateDialog.tsx';
import { useWorkplace } from './useWorkplace.ts';
import { Writer } from './Writer.tsx';

export function Composer({ row }: { row: ConversationRow }) {
  const { people, texts, channels, now } = useWorkplace();
  const [kind, setKind] = useState<Kind>('reply');
  const [isChoosing, setChoosing] = useState(false);
  const tab = (one: Kind, label: string) => (
    <button type="button" class="tab" aria-pressed={kind === one} onClick={() => setKind(one)}>
      {label}
      {kind !== one &&
        (texts.draft(one, row.id) !== '' || (one === 'reply' && texts.chosen(row.id).length > 0)) &&
        ` (${t('draf', 'draft')})`}
    </button>
  );
  const unheld = replyBlock(row, people.me.value.id, people.nameOf(row.officerId));
  const block = kind === 'reply' ? (unheld ?? windowBlock(row, channels.value, now.value)) : null;
  const hasTemplates = kind === 'reply' && unheld === null && takesTemplates(row, channels.value);
  return (
    <div class={`composer is-${kind}`}>
      <div class="tabs">
        {tab('reply', t('Balas', 'Reply'))}
        {tab('note', t('Catatan', 'Note'))}
        {hasTemplates && (
          <button type="button" class="tab" onClick={() => setChoosing(true)}>
            {t('Templat', 'Template')}
          </button>
        )}
      </div>
      <Writer key={`${kind}:${row.id}`} kind={kind} row={row} block={block} />
      {isChoosing && <TemplateDialog row={row} close={() => setChoosing(false)} />}
    </div>
  );
}
