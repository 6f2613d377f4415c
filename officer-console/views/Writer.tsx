// One box to write in, for one kind of text in one conversation: typing, canned replies, files by button, paste and drop.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConversationRow } from '../../src/contract/conversation.ts';
import type { Kind } from '../logic/keep.ts';
import { t } from '../logic/language.ts';
import { channelLabels, nameOf } from '../logic/words.ts';
import { CannedMenu } from './CannedMenu.tsx';
import { Icon } from './Icon.tsx';
import { useWorkplace } from './useWorkplace.ts';

const MAX_LENGTH = 8000;
const MAX_FILES = 10;

/** @param block why nothing can be sent here now; what was typed stays and can be copied */
export function Writer({ kind, row, block }: { kind: Kind; row: ConversationRow; block: string | null }) {
  const { texts, typed, asksCanned, room } = useWorkplace();
  // The id of the conversation this box belongs to: it is drawn anew for every other one, so text and target cannot part.
  const conversationId = row.id;
  const box = useRef<HTMLTextAreaElement>(null);
  const [hasMenu, setMenu] = useState(false);
  const text = texts.draft(kind, conversationId);
  const files = kind === 'reply' ? texts.chosen(conversationId) : [];
  const isReply = kind === 'reply' && block === null;
  const isTooLong = text.length > MAX_LENGTH;
  const isEmpty = text.trim() === '' && files.length === 0;
  const seen = () => (room.peek()?.id === conversationId ? (room.peek()?.row?.seq ?? row.seq) : row.seq);
  const write = (next: string) => texts.setDraft(kind, conversationId, next, seen());

  const asked = useRef(asksCanned.value);
  useEffect(() => {
    if (asked.current === asksCanned.value || !isReply) return;
    asked.current = asksCanned.value;
    setMenu(true);
  }, [asksCanned.value, isReply]);

  const add = (list: FileList | null | undefined): boolean => {
    if (!isReply || list == null || list.length === 0) return false;
    texts.choose(conversationId, [...texts.chosen(conversationId), ...list].slice(0, MAX_FILES), seen());
    return true;
  };
  const send = () => {
    // Not from the box: it is emptied only when it is drawn again, and a second Enter may come before that.
    const written = texts.draft(kind, conversationId);
    if (block !== null || written.length > MAX_LENGTH) return;
    if (written.trim() !== '') texts.send(kind, conversationId);
    if (kind === 'reply') texts.sendFiles(conversationId);
  };
  const closeMenu = () => {
    setMenu(false);
    box.current?.focus();
  };
  const pick = (filled: string) => {
    const typedHere = texts.draft(kind, conversationId);
    const at = box.current?.selectionStart ?? typedHere.length;
    write(typedHere.startsWith('/') ? filled : typedHere.slice(0, at) + filled + typedHere.slice(at));
    closeMenu();
  };

  const label =
    kind === 'note'
      ? t('Catatan untuk petugas lain', 'Note to colleagues')
      : `${t('Balas ke', 'Reply to')} ${nameOf(row)} · ${channelLabels[row.channel]}`;
  return (
    <form
      class="writer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onDragOver={(event) => isReply && event.preventDefault()}
      onDrop={(event) => {
        if (add(event.dataTransfer?.files)) event.preventDefault();
      }}
    >
      {hasMenu && isReply && (
        <CannedMenu
          row={row}
          q={text.startsWith('/') ? text.slice(1) : ''}
          pick={pick}
          close={closeMenu}
          leave={() => setMenu(false)}
        />
      )}
      {files.length > 0 && (
        <ul class="chips" aria-label={t('Berkas yang akan dikirim', 'Files to send')}>
          {files.map((file) => (
            <li key={file} class="chip">
              {file.name}
              <button
                type="button"
                class="chip-close"
                onClick={() =>
                  texts.choose(
                    conversationId,
                    files.filter((one) => one !== file),
                    seen(),
                  )
                }
              >
                <Icon name="close" />
                <span class="sr-only">
                  {t('Buang', 'Remove')} {file.name}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <label class="writer-label">
        <span class="field-label">{label}</span>
        <textarea
          ref={box}
          rows={2}
          value={text}
          readOnly={block !== null}
          aria-describedby="writer-hint"
          onInput={(event) => {
            const { value } = event.currentTarget;
            write(value);
            if (kind === 'reply') {
              typed(conversationId);
              if (value === '/') setMenu(true);
              else if (hasMenu && !value.startsWith('/')) setMenu(false);
            }
          }}
          onPaste={(event) => {
            if (add(event.clipboardData?.files)) event.preventDefault();
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.defaultPrevented) return;
            event.preventDefault();
            if (!event.repeat) send();
          }}
        />
      </label>
      {block === null ? (
        <div class="writer-foot">
          {kind === 'reply' && (
            <>
              <button type="button" class="icon-button" aria-expanded={hasMenu} onClick={() => setMenu(!hasMenu)}>
                <Icon name="bolt" />
                <span class="sr-only">{t('Balasan siap pakai', 'Canned replies')}</span>
              </button>
              <label class="icon-button">
                <Icon name="clip" />
                <span class="sr-only">{t('Lampirkan berkas', 'Attach files')}</span>
                <input
                  type="file"
                  class="sr-only"
                  multiple
                  onChange={(event) => {
                    add(event.currentTarget.files);
                    event.currentTarget.value = '';
                  }}
                />
              </label>
            </>
          )}
          <p id="writer-hint" class={isTooLong ? 'is-bad' : 'writer-hint'}>
            {isTooLong
              ? `${t('Terlalu panjang', 'Too long')}: ${text.length.toLocaleString('id-ID')} / ${MAX_LENGTH.toLocaleString('id-ID')}`
              : t('Enter mengirim, Shift+Enter baris baru', 'Enter sends, Shift+Enter starts a line')}
          </p>
          <button type="submit" class="button is-main" disabled={isEmpty || isTooLong}>
            {kind === 'note' ? t('Simpan', 'Save') : t('Kirim', 'Send')}
          </button>
        </div>
      ) : (
        <p id="writer-hint" class="hint-box">
          {block}
        </p>
      )}
    </form>
  );
}
