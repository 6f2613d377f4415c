// The left column: views with counts, search, and the list.
import { useEffect, useState } from 'preact/hooks';
import type { ConversationView } from '../../src/contract/conversation.ts';
import { talkHash } from '../logic/route.ts';
import { countText } from '../logic/rows.ts';
import { emptyViews, viewNames } from '../logic/words.ts';
import { Row } from './Row.tsx';
import { useWorkplace } from './useWorkplace.ts';

const views = Object.keys(viewNames) as ConversationView[];
const SEARCH_AFTER_MS = 300;

/** @param selected the open conversation */
export function Sidebar({ selected }: { selected: string | null }) {
  const { inbox, view } = useWorkplace();
  const [q, setQ] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => void inbox.find(q), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [inbox, q]);
  return (
    <section class="sidebar" aria-label="Daftar percakapan">
      <nav class="views" aria-label="Tampilan">
        {views.map((one) => (
          <a
            key={one}
            href={talkHash(one)}
            aria-current={one === view.value && q === '' ? 'page' : undefined}
            onClick={() => setQ('')}
          >
            {viewNames[one]} <ViewCount view={one} />
          </a>
        ))}
      </nav>
      <label class="list-tools">
        <span class="sr-only">Cari percakapan</span>
        <input
          type="search"
          placeholder="Cari kata atau nomor K-…"
          value={q}
          onInput={(event) => setQ(event.currentTarget.value)}
        />
      </label>
      {q.trim().length >= 2 ? <FoundList selected={selected} /> : <ViewList selected={selected} />}
    </section>
  );
}

function ViewCount({ view }: { view: ConversationView }) {
  const text = countText(useWorkplace().inbox.lists[view].value);
  return text === '' ? null : <span class={`count ${view === 'queue' && text !== '0' ? 'is-waiting' : ''}`}>{text}</span>;
}

function ViewList({ selected }: { selected: string | null }) {
  const { inbox, view } = useWorkplace();
  const list = inbox.lists[view.value].value;
  return (
    <div class="rows-place">
      {inbox.trouble.value !== null && (
        <p class="hint-box" role="alert">
          {inbox.trouble.value}{' '}
          <button type="button" class="link" onClick={() => void inbox.refresh(view.value)}>
            Muat lagi
          </button>
        </p>
      )}
      <ul class="rows">
        {list.rows.map((row) => (
          <Row key={row.id} row={row} view={view.value} isSelected={row.id === selected} />
        ))}
      </ul>
      {list.rows.length === 0 && <p class="empty">{list.loaded ? emptyViews[view.value] : 'Memuat…'}</p>}
      {list.cursor !== null && (
        <button type="button" class="button more" onClick={() => void inbox.more(view.value)}>
          Tampilkan lebih banyak
        </button>
      )}
    </div>
  );
}

function FoundList({ selected }: { selected: string | null }) {
  const { inbox, view } = useWorkplace();
  const found = inbox.found.value;
  const states = { searching: 'Mencari…', failed: 'Pencarian gagal. Coba lagi.', done: 'Tidak ada yang cocok.' };
  return (
    <div class="rows-place">
      <ul class="rows">
        {found?.rows.map((row) => (
          <Row key={row.id} row={row} view={view.value} isSelected={row.id === selected} />
        ))}
      </ul>
      {(found === null || found.rows.length === 0) && (
        <p class="empty" role="status">
          {states[found?.state ?? 'searching']}
        </p>
      )}
    </div>
  );
}
