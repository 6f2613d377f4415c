// The canned replies over the box: found by a few letters, chosen by arrow and Enter, filled in for this citizen.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConversationRow } from '../../src/contract/conversation.ts';
import { fillCanned, findCanned } from '../logic/canned.ts';
import { t } from '../logic/language.ts';
import { useWorkplace } from './useWorkplace.ts';

const SHOWN = 8;
/** The types of the JSX know this role only beside a `datalist`. */
const combobox = { role: 'combobox', 'aria-expanded': 'true' } as object;

/**
 * @param q what was typed after the slash
 * @param pick gets the text as it shall be sent
 * @param close puts it away and goes back to the box; `leave` when the officer went elsewhere
 */
export function CannedMenu(props: {
  row: ConversationRow;
  q: string;
  pick: (text: string) => void;
  close: () => void;
  leave: () => void;
}) {
  const { canned, people } = useWorkplace();
  const [q, setQ] = useState(props.q);
  const [at, setAt] = useState(0);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  const found = findCanned(canned.value.replies, q).slice(0, SHOWN);
  const chosen = Math.min(at, found.length - 1);
  const pick = (text: string) => props.pick(fillCanned(text, props.row, people.me.value.name));
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') props.close();
    else if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, chosen + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, chosen - 1));
    else if (event.key === 'Enter') {
      const reply = found[chosen];
      if (reply !== undefined) pick(reply.text);
    } else return;
    event.preventDefault();
  };
  return (
    <div class="canned">
      <input
        ref={box}
        type="text"
        {...combobox}
        aria-controls="canned-list"
        aria-activedescendant={chosen < 0 ? undefined : `canned-${chosen}`}
        aria-label={t('Cari balasan siap pakai', 'Find a canned reply')}
        placeholder={t('Cari balasan…', 'Find a reply…')}
        value={q}
        onInput={(event) => setQ(event.currentTarget.value)}
        onKeyDown={onKey}
        onBlur={({ relatedTarget }) => {
          // The button under it puts it away itself; another window is no leaving.
          const isButton = relatedTarget instanceof Element && relatedTarget.closest('.writer-foot') !== null;
          if (!isButton && document.hasFocus()) props.leave();
        }}
      />
      <div class="canned-list" id="canned-list" role="listbox" aria-label={t('Balasan siap pakai', 'Canned replies')}>
        {found.map((reply, index) => (
          <div
            key={reply.id}
            id={`canned-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onPointerDown={(event) => {
              event.preventDefault();
              pick(reply.text);
            }}
          >
            <b>{reply.title}</b>
            <span>{reply.text}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p class="canned-none">
          {canned.value.replies.length === 0
            ? t(
                'Belum ada balasan siap pakai. Penyelia atau admin menambahkannya di halaman Balasan.',
                'No canned replies yet. A supervisor or admin adds them on the Replies page.',
              )
            : t('Tidak ada yang cocok.', 'Nothing fits.')}
        </p>
      )}
    </div>
  );
}
