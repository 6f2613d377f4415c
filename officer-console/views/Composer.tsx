// Where an officer writes: a reply to the citizen or a note to colleagues, each with its own draft in its own conversation.
import { useState } from 'preact/hooks';
import type { ConversationRow } from '../../src/contract/conversation.ts';
import type { Kind } from '../logic/keep.ts';
import { channelLabels, nameOf, replyBlock } from '../logic/words.ts';
import { useWorkplace } from './useWorkplace.ts';

const MAX_LENGTH = 8000;

export function Composer({ row }: { row: ConversationRow }) {
  const { people, texts } = useWorkplace();
  const [kind, setKind] = useState<Kind>('reply');
  const tab = (one: Kind, label: string) => (
    <button type="button" class="tab" aria-pressed={kind === one} onClick={() => setKind(one)}>
      {label}
      {kind !== one && texts.draft(one, row.id) !== '' && ' (draf)'}
    </button>
  );
  const block = kind === 'reply' ? replyBlock(row, people.me.value.id, people.nameOf(row.officerId)) : null;
  return (
    <div class={`composer is-${kind}`}>
      <div class="tabs">
        {tab('reply', 'Balas')}
        {tab('note', 'Catatan')}
      </div>
      <Writer key={`${kind}:${row.id}`} kind={kind} row={row} block={block} />
    </div>
  );
}

/** @param block why nothing can be sent; what was typed stays and can be copied */
function Writer({ kind, row, block }: { kind: Kind; row: ConversationRow; block: string | null }) {
  const { texts, typed } = useWorkplace();
  // The id of the conversation this box belongs to: it is drawn anew for every other one, so text and target cannot part.
  const conversationId = row.id;
  const text = texts.draft(kind, conversationId);
  const isTooLong = text.length > MAX_LENGTH;
  const send = () => {
    // Not from the box: it is emptied only when it is drawn again, and a second Enter may come before that.
    const written = texts.draft(kind, conversationId);
    if (block !== null || written.trim() === '' || written.length > MAX_LENGTH) return;
    texts.send(kind, conversationId, written);
    texts.setDraft(kind, conversationId, '');
  };
  const label = kind === 'note' ? 'Catatan untuk petugas lain' : `Balas ke ${nameOf(row)} · ${channelLabels[row.channel]}`;
  return (
    <form
      class="writer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="writer-line">
        <label>
          <span class="field-label">{label}</span>
          <textarea
            rows={2}
            value={text}
            readOnly={block !== null}
            aria-describedby="writer-hint"
            onInput={(event) => {
              texts.setDraft(kind, conversationId, event.currentTarget.value);
              if (kind === 'reply') typed(conversationId);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
              event.preventDefault();
              if (!event.repeat) send();
            }}
          />
        </label>
        {block === null && (
          <button type="submit" class="button is-main" disabled={text.trim() === '' || isTooLong}>
            {kind === 'note' ? 'Simpan' : 'Kirim'}
          </button>
        )}
      </div>
      <p id="writer-hint" class={block !== null || isTooLong ? 'hint-box' : 'writer-hint'}>
        {block ??
          (isTooLong
            ? `Terlalu panjang: ${text.length.toLocaleString('id-ID')} dari ${MAX_LENGTH.toLocaleString('id-ID')} karakter.`
            : 'Enter mengirim, Shift+Enter baris baru.')}
      </p>
    </form>
  );
}
