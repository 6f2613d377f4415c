// Where an officer writes: a reply to the citizen or a note to colleagues, each with its own draft in its own conversation.
import { useState } from 'preact/hooks';
import type { ConversationRow } from '../../src/contract/conversation.ts';
import type { Kind } from '../logic/keep.ts';
import { t } from '../logic/language.ts';
import { replyBlock } from '../logic/words.ts';
import { useWorkplace } from './useWorkplace.ts';
import { Writer } from './Writer.tsx';

export function Composer({ row }: { row: ConversationRow }) {
  const { people, texts } = useWorkplace();
  const [kind, setKind] = useState<Kind>('reply');
  const tab = (one: Kind, label: string) => (
    <button type="button" class="tab" aria-pressed={kind === one} onClick={() => setKind(one)}>
      {label}
      {kind !== one && texts.draft(one, row.id) !== '' && ` (${t('draf', 'draft')})`}
    </button>
  );
  const block = kind === 'reply' ? replyBlock(row, people.me.value.id, people.nameOf(row.officerId)) : null;
  return (
    <div class={`composer is-${kind}`}>
      <div class="tabs">
        {tab('reply', t('Balas', 'Reply'))}
        {tab('note', t('Catatan', 'Note'))}
      </div>
      <Writer key={`${kind}:${row.id}`} kind={kind} row={row} block={block} />
    </div>
  );
}
