// The tags a conversation is filed under: click to take one off, type or choose to add one.
import { useState } from 'preact/hooks';
import type { ConversationRow } from '../../../src/contract/conversation.ts';
import { t } from '../../logic/language.ts';
import { Icon } from '../Icon.tsx';
import { useWorkplace } from '../useWorkplace.ts';

export function Tags({ row }: { row: ConversationRow }) {
  const { actions, canned } = useWorkplace();
  const [text, setText] = useState('');
  const offered = canned.value.tags.filter((tag) => !row.tags.includes(tag));
  const add = (tag: string) => {
    const clean = tag.trim().toLowerCase();
    setText('');
    if (clean !== '' && !row.tags.includes(clean)) void actions.setTags(row.id, [...row.tags, clean]);
  };
  return (
    <div class="tags-panel">
      {row.tags.length > 0 && (
        <ul class="chips">
          {row.tags.map((tag) => (
            <li key={tag} class="chip">
              {tag}
              <button
                type="button"
                class="chip-close"
                onClick={() =>
                  void actions.setTags(
                    row.id,
                    row.tags.filter((one) => one !== tag),
                  )
                }
              >
                <Icon name="close" />
                <span class="sr-only">
                  {t('Lepas label', 'Remove tag')} {tag}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add(text);
        }}
      >
        <input
          type="text"
          list="tags-offered"
          maxLength={24}
          value={text}
          aria-label={t('Tambah label', 'Add a tag')}
          placeholder={t('Tambah label, Enter', 'Add a tag, Enter')}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <datalist id="tags-offered">
          {offered.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      </form>
    </div>
  );
}
