// The left column: views with counts, search, filters, and the list.
import { useEffect, useState } from 'preact/hooks';
import type { ConversationView } from '../../src/contract/conversation.ts';
import { t } from '../logic/language.ts';
import { type Filter, isSameFilter, noFilter, talkHash } from '../logic/route.ts';
import { countText } from '../logic/rows.ts';
import { channelLabels, emptyViews, viewNames } from '../logic/words.ts';
import { List } from './List.tsx';
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
    <section class="sidebar" aria-label={t('Daftar percakapan', 'Conversations')}>
      <nav class="views" aria-label={t('Tampilan', 'Views')}>
        {views.map((one) => (
          <a
            key={one}
            href={talkHash(one, null, inbox.filter.value)}
            aria-current={one === view.value && q === '' ? 'page' : undefined}
            onClick={() => setQ('')}
          >
            {viewNames[one]} <ViewCount view={one} />
          </a>
        ))}
      </nav>
      <div class="list-tools">
        <label>
          <span class="sr-only">{t('Cari percakapan', 'Search conversations')}</span>
          <input
            type="search"
            placeholder={t('Cari kata atau nomor K-…', 'Search words or K-…')}
            value={q}
            onInput={(event) => setQ(event.currentTarget.value)}
          />
        </label>
        <Filters selected={selected} />
      </div>
      {q.trim().length >= 2 ? <FoundList selected={selected} /> : <ViewList key={view.value} selected={selected} />}
    </section>
  );
}

function ViewCount({ view }: { view: ConversationView }) {
  const text = countText(useWorkplace().inbox.lists[view].value);
  // How many there are or ever were helps nobody choose, and with a busy office's numbers the last tab had no room.
  return text === '' || view === 'all' || view === 'closed' ? null : (
    <span class={`count ${view === 'queue' && text !== '0' ? 'is-waiting' : ''}`}>{text}</span>
  );
}

/** What is chosen stands in the address, so that a list can be kept as a bookmark or sent to a colleague. */
function Filters({ selected }: { selected: string | null }) {
  const { inbox, view, people, canned } = useWorkplace();
  const filter = inbox.filter.value;
  const tags = [...new Set([...canned.value.tags, ...(filter.tag === null ? [] : [filter.tag])])];
  const choose = (change: Partial<Filter>) => {
    location.hash = talkHash(view.value, selected, { ...filter, ...change });
  };
  const select = (name: keyof Filter, label: string, options: [value: string, text: string][]) =>
    options.length === 0 ? null : (
      <select
        aria-label={label}
        class={filter[name] === null ? '' : 'is-set'}
        value={filter[name] ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          choose({ [name]: value === '' ? null : value });
        }}
      >
        <option value="">{label}</option>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    );
  const channels = Object.entries(channelLabels).filter(([name]) => name !== 'shell');
  return (
    <div class="filters">
      {select('channel', t('Kanal', 'Channel'), channels)}
      {select(
        'teamId',
        t('Tim', 'Team'),
        people.teams.value.map((team) => [team.id, team.name]),
      )}
      {select(
        'tag',
        t('Label', 'Tag'),
        tags.map((tag) => [tag, tag]),
      )}
    </div>
  );
}

function ViewList({ selected }: { selected: string | null }) {
  const { inbox, view } = useWorkplace();
  const list = inbox.lists[view.value].value;
  const isNarrow = !isSameFilter(inbox.filter.value, noFilter);
  if (inbox.trouble.value !== null && list.rows.length === 0)
    return (
      <p class="empty" role="alert">
        {inbox.trouble.value}{' '}
        <button type="button" class="link" onClick={() => void inbox.refresh(view.value)}>
          {t('Muat lagi', 'Load again')}
        </button>
      </p>
    );
  if (!list.loaded)
    return (
      <div class="rows-place" role="status" aria-label={t('Memuat…', 'Loading…')}>
        {[1, 2, 3, 4, 5, 6].map((one) => (
          <div key={one} class="skeleton" />
        ))}
      </div>
    );
  // Inside the list: the last row that goes stays under the pointer until that leaves.
  const empty = (
    <p class="empty">
      {isNarrow ? t('Tidak ada yang cocok dengan saringan ini.', 'Nothing fits these filters.') : emptyViews[view.value]}
      {isNarrow && (
        <>
          {' '}
          <a href={talkHash(view.value, selected)}>{t('Hapus saringan', 'Clear filters')}</a>
        </>
      )}
    </p>
  );
  const more = list.cursor === null ? null : () => void inbox.more(view.value);
  const stalled = list.stalled === null ? null : { why: list.stalled, resume: () => inbox.resume(view.value) };
  return <List rows={list.rows} view={view.value} selected={selected} more={more} stalled={stalled} empty={empty} />;
}

function FoundList({ selected }: { selected: string | null }) {
  const { inbox } = useWorkplace();
  const found = inbox.found.value;
  const states = {
    searching: t('Mencari…', 'Searching…'),
    failed: t('Pencarian gagal. Coba lagi.', 'The search failed. Try again.'),
    done: t(
      'Tidak ada yang cocok. Coba kata lain, atau nomor K-… lengkap.',
      'Nothing fits. Try another word, or the whole K-… number.',
    ),
  };
  if (found === null || found.rows.length === 0)
    return (
      <p class="empty" role="status">
        {states[found?.state ?? 'searching']}
      </p>
    );
  return <List rows={found.rows} view="found" selected={selected} more={null} />;
}
